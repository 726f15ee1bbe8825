/** The conversation at hand and its stored copy, kept the same in every tab. */

import {
  expiresAt,
  isAhead,
  isExpired,
  merge,
  newConversation,
  WELCOME,
  withTurn,
  type Conversation,
  type Turn,
} from "./conversation";
import type { Session } from "./contract";
import type { Store } from "./storage";

export interface LedgerEvents {
  /** Here, or in another tab. */
  changed(elsewhere: boolean): void;
  /** Another conversation took its place. */
  replaced(): void;
  gone(why: "erased" | "expired"): void;
}

export class Ledger {
  conversation: Conversation | undefined;
  /** The stored copy was seen: when it is missing later, another tab erased it. */
  #stored = false;
  #listening = false;
  #expiry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly store: Store,
    readonly events: LedgerEvents,
  ) {}

  /** Takes up the kept conversation, if one goes on. */
  resume(): boolean {
    if (this.conversation && !isExpired(this.conversation)) return true;
    const kept = this.store.load();
    if (!kept) return false;
    this.#stored = true;
    this.#listen();
    this.#set(kept);
    return true;
  }

  begin(): void {
    this.#stored = false;
    this.#listen();
    this.#keep(newConversation());
  }

  turn(id: string): Turn | undefined {
    return this.conversation?.turns.find((turn) => turn.id === id);
  }

  /** Writes a turn, new or changed, on top of what other tabs wrote meanwhile. */
  write(turn: Turn): void {
    const mine = this.conversation;
    if (!mine) return;
    const stored = this.store.load();
    if (!stored && this.#stored) return this.forget("erased");
    const both = stored ? merge(mine, stored) : mine;
    if (both.id === mine.id) this.#keep(withTurn(both, { ...turn, rev: turn.rev + 1 }));
    else this.#hear(both);
  }

  opened(session: Session): void {
    if (!this.conversation) return;
    const now = Date.now();
    const before = this.conversation;
    const opened = {
      ...before,
      session: session.session,
      sessionAt: now,
      keptDays: session.conservation_jours,
    };
    if (this.turn(WELCOME)) return this.#keep(opened);
    const at = before.startedAt;
    const answer = session.accueil;
    this.#keep(
      withTurn(opened, { id: WELCOME, at, rev: 1, state: "done", answer, answeredAt: now }),
    );
  }

  forget(why: "erased" | "expired"): void {
    clearTimeout(this.#expiry);
    this.conversation = undefined;
    this.store.clear();
    this.events.gone(why);
  }

  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    this.store.onChange((other) => this.#hear(other));
  }

  #hear(other: Conversation | undefined): void {
    const mine = this.conversation;
    if (!mine) return;
    if (!other) return this.forget("erased");
    const both = merge(mine, other);
    this.#stored = true;
    this.#set(both, true);
    if (both.id !== mine.id) this.events.replaced();
    else if (isAhead(both, other)) this.store.save(both);
  }

  #keep(conversation: Conversation): void {
    this.store.save(conversation);
    this.#stored = this.store.load() !== undefined;
    this.#set(conversation);
  }

  #set(conversation: Conversation, elsewhere = false): void {
    this.conversation = conversation;
    clearTimeout(this.#expiry);
    const left = Math.max(0, expiresAt(conversation) - Date.now());
    this.#expiry = setTimeout(() => this.forget("expired"), left);
    this.events.changed(elsewhere);
  }
}
