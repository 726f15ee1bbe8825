/** The conversation as the page's elements see it: one per bot and mode, whatever shows it. */

import {
  estimateIn,
  isExpired,
  ORPHAN_MS,
  type Ask,
  type Conversation,
  type Opinion,
  type Turn,
} from "./conversation";
import { lostSession, type Courier, type Desk, type Refusal } from "./courier";
import { uuid } from "./ids";
import { Ledger } from "./ledger";
import type { Notice } from "./persist";
import type { Store } from "./storage";
import { Waiter } from "./waiter";

const SLOW_MS = 15_000;
/** An answer to an emergency that is not there by now must not be waited for. */
const LATE_MS = 1_500;

export interface State {
  phase: "idle" | "open" | "unreachable" | "erased" | "expired";
  notice?: Notice | undefined;
  /** Why no session could be opened. */
  problem?: string;
  slow: boolean;
  late: boolean;
}

export class Client {
  state: State = { phase: "idle", slow: false, late: false };
  /** The elements that show the conversation right now: an answer seen in one is not unread. */
  readonly viewers = new Set<object>();
  /** The element that tells the page what happens: two elements would tell it twice. */
  owner: object | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #waiter = new Waiter();
  readonly #ledger: Ledger;
  #abort = new AbortController();
  #working = false;
  #erasing = false;

  constructor(
    readonly store: Store,
    readonly courier: Courier,
  ) {
    this.#ledger = new Ledger(store, {
      changed: (elsewhere) => {
        this.#show({ phase: "open" });
        if (elsewhere) void this.#work();
      },
      replaced: () => this.#stop(),
      gone: (why) => {
        this.#stop();
        this.#show({ phase: why });
      },
    });
    window.addEventListener("online", () => this.#waiter.wake());
  }

  get conversation(): Conversation | undefined {
    return this.#ledger.conversation;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether a kept conversation goes on; the server is asked only for what it still owes. */
  resume(): boolean {
    if (!this.#ledger.resume()) return false;
    void this.#work();
    return true;
  }

  /** The visitor opens the chat. */
  start(): void {
    if (this.resume()) return;
    this.#ledger.begin();
    void this.#work();
  }

  send(text: string): void {
    this.#ask({ text });
  }

  press(turnId: string, rank: number): void {
    const turn = this.#ledger.turn(turnId);
    const button = turn?.answer?.boutons[rank];
    if (!turn || !button) return;
    this.#ledger.write({ ...turn, choice: rank });
    this.#ask({ text: button.titre, charge: button.charge });
  }

  /** Sends again what failed, oldest first; or hurries the attempt under way. */
  retry(): void {
    for (const { problem, retryable, ...turn } of this.conversation?.turns ?? []) {
      if (turn.state === "failed" && retryable !== false) {
        this.#ledger.write({ ...turn, state: "waiting", owner: this.store.tab() });
      }
    }
    this.#waiter.wake();
    void this.#work();
  }

  async rate(turnId: string, opinion: Opinion, reason?: string): Promise<boolean> {
    const turn = this.#ledger.turn(turnId);
    if (!turn?.answer) return false;
    this.#ledger.write({ ...turn, opinion, ...(reason ? { reason } : {}) });
    const body = {
      session: this.conversation?.session,
      reference: turn.answer.reference,
      avis: opinion,
      ...(reason ? { raison: reason } : {}),
    };
    const reply = await this.courier.once("avis", body, this.#abort.signal);
    return reply.status === 204 || reply.status === 200;
  }

  /** Erases on the server, then here; nothing is forgotten here if the server did not. */
  async erase(): Promise<boolean> {
    const session = this.conversation?.session;
    this.#erasing = true;
    this.#stop();
    const reply = session
      ? await this.courier.once("effacer", { session }, this.#abort.signal)
      : undefined;
    this.#erasing = false;
    const erased = !reply || reply.status === 204 || reply.status === 200 || lostSession(reply);
    if (erased) this.#ledger.forget("erased");
    else void this.#work();
    return erased;
  }

  /** Forgets here only: another person takes the place (the page logs out). */
  forget(): void {
    this.#ledger.forget("erased");
  }

  async restart(): Promise<boolean> {
    const erased = await this.erase();
    if (erased) this.start();
    return erased;
  }

  #ask(ask: Ask): void {
    if (!this.conversation || isExpired(this.conversation)) this.start();
    const last = this.conversation?.turns.at(-1)?.at ?? this.conversation?.startedAt ?? 0;
    const at = Math.max(Date.now(), last + 1);
    this.#ledger.write({ id: uuid(), at, rev: 0, state: "waiting", owner: this.store.tab(), ask });
    void this.#work();
  }

  /** Opens the session if there is none, then delivers the waiting turns one by one. */
  async #work(): Promise<void> {
    if (this.#working || this.#erasing || !this.conversation) return;
    this.#working = true;
    const { signal } = this.#abort;
    if (this.conversation.session || (await this.#openSession(signal))) {
      for (let turn = this.#next(); turn && !signal.aborted; turn = this.#next()) {
        await this.#deliver(turn, signal);
      }
    }
    this.#working = false;
    if (signal.aborted) void this.#work();
  }

  async #openSession(signal: AbortSignal): Promise<boolean> {
    const refused = await this.courier.open(this.#desk(signal));
    if (signal.aborted) return false;
    if (refused) {
      this.#failWaiting(refused);
      this.#show({ phase: "unreachable", problem: refused.problem });
    }
    return !refused;
  }

  async #deliver(turn: Turn, signal: AbortSignal): Promise<void> {
    if (!turn.ask) return;
    const slow = setTimeout(() => this.#show({ slow: true }), SLOW_MS);
    const late = setTimeout(() => this.#show({ late: true }), LATE_MS);
    const outcome = await this.courier.deliver(turn.id, turn.ask, this.#desk(signal));
    clearTimeout(slow);
    clearTimeout(late);
    if (signal.aborted) return;
    this.#show({ slow: false, late: false });
    const now = this.#ledger.turn(turn.id) ?? turn;
    if ("answer" in outcome) {
      const { answer, forgotten } = outcome;
      this.#ledger.write({ ...now, state: "done", answer, answeredAt: Date.now(), forgotten });
    } else {
      this.#ledger.write({ ...now, state: "failed", ...outcome });
      if (outcome.retryable) this.#failWaiting(outcome);
    }
  }

  /** What waits behind a failed turn would fail, too: it is shown, and sent again with it. */
  #failWaiting(outcome: Refusal): void {
    for (const turn of this.conversation?.turns ?? []) {
      if (turn.state === "waiting" && turn.owner === this.store.tab()) {
        this.#ledger.write({ ...turn, state: "failed", ...outcome });
      }
    }
  }

  #next(): Turn | undefined {
    const waiting = this.conversation?.turns.filter((turn) => turn.state === "waiting") ?? [];
    const age = (turn: Turn): number => Date.now() - turn.at;
    const tab = this.store.tab();
    const mine = waiting.find((turn) => turn.owner === tab || age(turn) > ORPHAN_MS);
    const others = waiting[0];
    // Looked at again when the tab that sends it had ample time to.
    if (!mine && others) setTimeout(() => void this.#work(), ORPHAN_MS - age(others) + 1);
    return mine;
  }

  #desk(signal: AbortSignal): Desk {
    return {
      session: () => this.conversation?.session ?? "",
      opened: (session) => this.#ledger.opened(session),
      estimate: () => estimateIn(this.conversation?.turns ?? []),
      pace: {
        wait: (milliseconds) => this.#waiter.wait(milliseconds),
        notice: (notice) => this.#show({ notice }),
        signal,
      },
    };
  }

  /** Leaves whatever is under way without its outcome. */
  #stop(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#waiter.wake();
    this.#show({ slow: false, late: false, notice: undefined });
  }

  #show(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
