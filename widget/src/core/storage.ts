/** Where a conversation is kept between two pages; nothing is written before the chat is opened. */

import { revive, type Conversation } from "./conversation";
import { uuid } from "./ids";

export type Mode = "visiteur" | "intranet";

/** The few methods used of a Storage; the browser may forbid the real one. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

class MemoryShelf implements Shelf {
  #items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
}

function shelf(name: "localStorage" | "sessionStorage"): Shelf {
  try {
    const storage = window[name];
    storage.getItem("am-chat");
    return storage;
  } catch {
    return new MemoryShelf();
  }
}

/** One bot, one mode: a visitor's conversation and an employee's never meet. */
export class Store {
  readonly key: string;
  #kept: Shelf;
  #tab: Shelf;
  #name: string | undefined;
  /** What was written last is really kept. */
  #written = true;

  constructor(base: string, mode: Mode) {
    this.key = `am-chat:${mode}:${base}`;
    this.#tab = shelf("sessionStorage");
    // An intranet conversation stays in its tab: the next person at the desk does not find it.
    this.#kept = mode === "intranet" ? this.#tab : shelf("localStorage");
  }

  load(): Conversation | undefined {
    const raw = this.#kept.getItem(this.key);
    if (raw === null) return undefined;
    const conversation = revive(readJson(raw));
    if (!conversation) this.#kept.removeItem(this.key);
    return conversation;
  }

  save(conversation: Conversation): void {
    this.#written = this.#write(this.#kept, this.key, JSON.stringify(conversation));
  }

  /** Another page will find the conversation: the browser forbids nothing, and has room. */
  get lasting(): boolean {
    return this.#written && !(this.#kept instanceof MemoryShelf);
  }

  /** Somebody else may come to this computer: what is kept goes, the rest stays in this page. */
  keepNothing(): void {
    const conversation = this.load();
    const { draft } = this;
    this.clear();
    this.#kept = this.#tab = new MemoryShelf();
    this.draft = draft;
    if (conversation) this.save(conversation);
  }

  clear(): void {
    this.#kept.removeItem(this.key);
    for (const name of ["brouillon", "ouvert", "onglet"]) {
      this.#tab.removeItem(`${this.key}:${name}`);
    }
  }

  /** Another tab wrote or erased the conversation. */
  onChange(heard: (conversation: Conversation | undefined) => void): () => void {
    const listener = (event: StorageEvent): void => {
      const ours = event.key === this.key || event.key === null;
      if (ours && !(this.#kept instanceof MemoryShelf)) heard(this.load());
    };
    window.addEventListener("storage", listener);
    return () => window.removeEventListener("storage", listener);
  }

  get draft(): string {
    return this.#tab.getItem(`${this.key}:brouillon`) ?? "";
  }
  set draft(text: string) {
    this.#set("brouillon", text);
  }

  get wasOpen(): boolean {
    return this.#tab.getItem(`${this.key}:ouvert`) === "oui";
  }
  set wasOpen(open: boolean) {
    this.#set("ouvert", open ? "oui" : "");
  }

  /** This tab's own name, the same after a reload. */
  tab(): string {
    const known = this.#tab.getItem(`${this.key}:onglet`);
    if (known) return known;
    // Kept here too: a full storage would give another name at each call.
    this.#name ??= uuid();
    this.#set("onglet", this.#name);
    return this.#name;
  }

  #set(name: string, value: string): void {
    if (value) this.#write(this.#tab, `${this.key}:${name}`, value);
    else this.#tab.removeItem(`${this.key}:${name}`);
  }

  #write(where: Shelf, key: string, value: string): boolean {
    try {
      where.setItem(key, value);
      return true;
    } catch {
      // A full or forbidden storage: the conversation goes on, in this page only.
      return false;
    }
  }
}

function readJson(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return undefined;
  }
}
