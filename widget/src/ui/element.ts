/** `<am-chat>`: keeps the views in step with the client, and the focus where it belongs. */

import { render } from "lit-html";
import type { Client } from "../core/client";
import { WELCOME } from "../core/conversation";
import type { Mode } from "../core/storage";
import type { GetToken } from "../core/tokens";
import { loadPlus } from "../plus";
import type { Plus } from "../plus/index";
import { START, type Chat, type Ui } from "./chat";
import { clientFor } from "./clients";
import { restoreDraft, takeText, writeQuestion } from "./composer";
import { showDialogs } from "./dialogs";
import { foldLong } from "./fold";
import { listenToKeys } from "./keyboard";
import { atEnd, keepEnd, renderTurns, reveal, toEnd } from "./log";
import { Watcher } from "./news";
import { focusedTurn, followFocus, lastAnswered } from "./next";
import { ATTRIBUTES, dress, settingsOf, type Settings } from "./settings";
import { T } from "./strings";
import { styles } from "./styles";
import { followKeyboard } from "./viewport";
import { view } from "./view";

const TOAST_MS = 4_000;
const DARK = "(prefers-color-scheme: dark)";
const SMALL = "(max-width: 480px), (max-height: 480px)";
const LOW = "(max-height: 420px)";
const FINE = "(hover: hover) and (pointer: fine)";

export class AmChat extends HTMLElement implements Chat {
  static readonly observedAttributes = ATTRIBUTES;

  readonly root = document.createElement("div");
  ui: Ui = START;
  client!: Client;
  #settings!: Settings;
  plus: Plus | undefined;
  #plusAsked = false;
  #getToken: GetToken | undefined;
  #watcher = new Watcher();
  #leave: (() => void)[] = [];
  #unfollow: (() => void) | undefined;
  /** Leaves the client. */
  #part: (() => void) | undefined;
  #scheduled = false;
  #toastTimer: ReturnType<typeof setTimeout> | undefined;
  /** Done once the next rendering is on screen. */
  #after: (() => void)[] = [];

  constructor() {
    super();
    this.root.className = "root";
    this.root.lang = T.lang;
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [styles()];
    shadow.append(this.root);
    listenToKeys(this);
    this.root.addEventListener("pointerdown", (event) => this.#leaveMenu(event));
    this.root.addEventListener("focusin", (event) => this.#leaveMenu(event));
  }

  /** The page's own way to a token; makes this an intranet conversation. */
  get getToken(): GetToken | undefined {
    return this.#getToken;
  }
  set getToken(getToken: GetToken | undefined) {
    this.#getToken = getToken;
    if (this.isConnected) this.#configure();
  }

  get base(): string {
    return this.#settings.base;
  }
  get mode(): Mode {
    return this.#settings.mode;
  }
  get embedded(): boolean {
    return this.#settings.embedded;
  }
  get launcherLabel(): string {
    return this.#settings.launcherLabel;
  }
  get heading(): string {
    return this.#settings.title;
  }

  connectedCallback(): void {
    // Set before this class was known to the page.
    if (Object.hasOwn(this, "getToken")) {
      const early = this.getToken;
      delete (this as { getToken?: GetToken | undefined }).getToken;
      this.#getToken = early;
    }
    for (const query of [DARK, SMALL, LOW]) this.#watch(query);
    this.#configure();
    this.#rise();
  }

  disconnectedCallback(): void {
    this.#unfollow = void this.#unfollow?.();
    this.#part = void this.#part?.();
    for (const leave of this.#leave.splice(0)) leave();
  }

  attributeChangedCallback(): void {
    if (this.isConnected && this.#settings) this.#configure();
  }

  set(change: Partial<Ui>): void {
    this.ui = { ...this.ui, ...change };
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#render());
  }

  /** `question`: written in the field, for the person to send. */
  open({ question = "" }: { question?: string } = {}): void {
    if (!this.ui.open) this.#tell("ouvert");
    this.client.start();
    if (!this.embedded) this.client.store.wasOpen = true;
    this.set({ open: true, unread: 0 });
    this.#after.push(() => {
      const field = matchMedia(FINE).matches && this.root.querySelector("textarea");
      (field || this.root.querySelector<HTMLElement>(".panel"))?.focus();
      this.#showLast();
      if (question) writeQuestion(this, question);
    });
  }

  /** Sends the question when a person has just clicked on the page; else only writes it. */
  ask(question: string): void {
    this.open({ question });
    if (navigator.userActivation?.isActive) this.#after.push(() => this.submit());
  }

  close(): void {
    if (this.ui.open) this.#tell("ferme");
    if (this.client.conversation) this.client.store.wasOpen = false;
    this.set({ open: false, menu: false });
    this.#after.push(() => this.root.querySelector<HTMLElement>(".launcher")?.focus());
  }

  /** For the page, when the person logs out: nothing stays on this device. */
  forget(): void {
    this.client.forget();
  }

  submit(): void {
    const text = takeText(this);
    if (text) this.client.send(text);
  }

  toast(text: string): void {
    clearTimeout(this.#toastTimer);
    this.set({ toast: text });
    this.#toastTimer = setTimeout(() => this.set({ toast: "" }), TOAST_MS);
  }

  withPlus(task: (plus: Plus) => void): void {
    if (this.plus) return task(this.plus);
    this.#fetchPlus().then(task, () => this.toast(T.notLoaded));
  }

  async #fetchPlus(): Promise<Plus> {
    const plus = await loadPlus(this.base);
    if (!this.plus) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(plus.css);
      this.shadowRoot?.adoptedStyleSheets.push(sheet);
    }
    this.plus = plus;
    // What it adds to the last answer comes into sight, for who is reading there.
    if (atEnd(this)) this.#after.push(() => this.#showLast());
    this.set({});
    return plus;
  }

  #rise(): void {
    if (this.embedded || !this.root.showPopover) return;
    this.root.popover = "manual";
    this.root.showPopover();
  }

  #configure(): void {
    this.#settings = settingsOf(this, this.#getToken);
    const client = clientFor(this.#settings);
    if (client !== this.client || !this.#part) this.#join(client);
    dress(this, this.root, matchMedia(DARK).matches);
    this.set({ full: matchMedia(SMALL).matches, low: matchMedia(LOW).matches });
  }

  /** Takes up a kept conversation; a full-screen panel does not open by itself. */
  #join(client: Client): void {
    this.#part?.();
    this.client = client;
    client.owner ??= this;
    const unsubscribe = client.subscribe(() => this.#changed());
    this.#part = () => {
      unsubscribe();
      client.viewers.delete(this);
      if (client.owner === this) client.owner = undefined;
    };
    this.#watcher.look(client.conversation);
    const resumed = client.resume();
    const reopen = resumed && client.store.wasOpen && !matchMedia(SMALL).matches;
    this.set({ open: this.embedded || reopen });
    this.#after.push(() => this.#showLast());
  }

  #watch(query: string): void {
    const media = matchMedia(query);
    const changed = (): void => this.#configure();
    media.addEventListener("change", changed);
    this.#leave.push(() => media.removeEventListener("change", changed));
  }

  #changed(): void {
    const { conversation } = this.client;
    const { answered, asked } = this.#watcher.look(conversation);
    const fresh = answered.length ? new Set([...this.ui.fresh, ...answered]) : this.ui.fresh;
    const mine = answered.filter((id) => {
      const turn = conversation?.turns.find((one) => one.id === id);
      return turn?.owner === this.client.store.tab();
    });
    const unread = this.client.viewers.size ? 0 : this.ui.unread + mine.length;
    const reading = !atEnd(this) && !asked.length;
    this.set({ fresh, unread, below: this.ui.below || (reading && answered.length > 0) });
    if (this.client.owner === this) {
      for (const _ of asked) this.#tell("question");
      for (const id of answered) if (id !== WELCOME) this.#tell("reponse");
    }
    if (asked.length) this.#after.push(() => toEnd(this));
    const [first] = answered;
    if (first && !reading) this.#after.push(() => reveal(first, this));
  }

  #render(): void {
    this.#scheduled = false;
    const { full, open } = this.ui;
    this.root.dataset.full = String(full && !this.embedded);
    this.client.viewers[open ? "add" : "delete"](this);
    const pressed = focusedTurn(this.root);
    render(view(this), this.root);
    renderTurns(this);
    const folds = foldLong(this);
    if (open && !this.#plusAsked && lastAnswered(this.client.conversation?.turns ?? [])?.ask) {
      this.#plusAsked = true;
      this.#fetchPlus().catch(() => undefined);
    }
    if (folds) {
      this.ui = { ...this.ui, folds };
      renderTurns(this);
    }
    followFocus(pressed, this.root);
    showDialogs(this.root);
    keepEnd(this);
    restoreDraft(this);
    const follow = full && open && !this.embedded;
    if (follow) this.#unfollow ??= followKeyboard(this.root);
    else this.#unfollow = void this.#unfollow?.();
    for (const task of this.#after.splice(0)) task();
  }

  /** For the page's own statistics: what happened, never what was written. */
  #tell(what: "ouvert" | "question" | "reponse" | "ferme"): void {
    this.dispatchEvent(new CustomEvent(`assistant-am:${what}`, { bubbles: true, composed: true }));
  }

  #showLast(): void {
    const last = this.client.conversation?.turns.at(-1);
    if (last) reveal(last.id, this);
  }

  #leaveMenu(event: Event): void {
    const target = event.target as HTMLElement;
    if (this.ui.menu && !target.closest(".menu, .menu-button")) this.set({ menu: false });
  }
}

