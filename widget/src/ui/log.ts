/** The conversation on screen, and the line that says how the service is doing. */

import { html, nothing, render, type TemplateResult } from "lit-html";
import { expiresAt, type Conversation, type Turn } from "../core/conversation";
import { STANDING } from "../core/emergency-words";
import type { Chat } from "./chat";
import { day, deadline, sameDay } from "./dates";
import { icons } from "./icons";
import { nextView } from "./next";
import { T } from "./strings";
import { callable } from "./text";
import { turnView } from "./turn";

type View = TemplateResult | typeof nothing;

export function logView(conversation: Conversation, chat: Chat): TemplateResult {
  const { turns } = conversation;
  const waiting = turns.some((turn) => turn.state === "waiting");
  return html`<div class="log-box">
    <div class="log" role="log" tabindex="0" aria-label=${T.log} aria-live="polite" @scroll=${() => scrolled(chat)}>
      <div class="thread">
        ${keptView(conversation, chat)}
        <div class="turns"></div>
        ${waiting || !turns.length
          ? html`<div class="typing" aria-hidden="true"><i></i><i></i><i></i></div>`
          : nothing}
        ${chat.ui.low ? nextView(chat) : nothing}
      </div>
    </div>
    ${chat.ui.below
      ? html`<button type="button" class="jump" aria-label=${T.newBelow} title=${T.newBelow} @click=${() => toEnd(chat)}>
          ${icons.chevronDown}
        </button>`
      : nothing}
  </div>`;
}

/** Draws each turn in a place of its own: what is already said is never said again. */
export function renderTurns(chat: Chat): void {
  const box = chat.root.querySelector(".turns");
  if (!box) return;
  const turns = chat.client.conversation?.turns ?? [];
  const known = new Map([...box.children].map((node) => [(node as HTMLElement).dataset.turn, node]));
  let next = box.firstElementChild;
  turns.forEach((turn, rank) => {
    const node = (known.get(turn.id) ?? document.createElement("div")) as HTMLElement;
    known.delete(turn.id);
    node.dataset.turn = turn.id;
    node.className = chat.ui.fresh.has(turn.id) ? "turn fresh" : "turn";
    render(html`${dayView(turn, turns[rank - 1])}${turnView(turn, turns, chat)}`, node);
    if (node === next) next = next.nextElementSibling;
    else box.insertBefore(node, next);
  });
  for (const gone of known.values()) gone.remove();
}

function keptView(conversation: Conversation, chat: Chat): TemplateResult {
  const until = deadline(expiresAt(conversation), Date.now());
  const erase = (): void => chat.set({ confirm: "erase", confirmState: "ready" });
  return html`<p class="aside kept" aria-live="off">
    ${!chat.client.store.lasting ? T.keptHere : chat.mode === "intranet" ? T.keptInTab(until) : T.keptUntil(until)}
 ·
    <button type="button" class="link" @click=${erase}>${T.erase}</button>
  </p>`;
}

function dayView(turn: Turn, before: Turn | undefined): View {
  if (before && sameDay(before.at, turn.at)) return nothing;
  if (!before && sameDay(turn.at, Date.now())) return nothing;
  return html`<p class="day" aria-live="off"><span>${day(turn.at, Date.now())}</span></p>`;
}

export function statusView(chat: Chat): TemplateResult {
  const { state } = chat.client;
  const unreachable = state.phase === "unreachable";
  const text = statusText(chat);
  return html`<div class=${text ? "status shown" : "status"}>
    <p role="status">
      ${text ? html`${unreachable ? icons.alert : html`<span class="spinner"></span>`}<span>${text}</span>` : nothing}
    </p>
    ${unreachable || state.notice?.kind === "away"
      ? html`<button type="button" class="link" @click=${() => chat.client.retry()}>
          ${T.retry}
        </button>`
      : nothing}
    ${unreachable || state.notice?.kind === "away" || state.slow
      ? html`<p class="standing">${callable(STANDING)}</p>`
      : nothing}
  </div>`;
}

function statusText({ client: { state, conversation } }: Chat): string {
  const { notice } = state;
  if (state.phase === "unreachable") return state.problem || T.unreachable;
  if (notice?.kind === "away") return T.away;
  if (notice?.kind === "limited") return T.limited(notice.seconds);
  if (state.slow) return T.slow;
  return conversation && !conversation.session ? T.opening : "";
}

const NEAR = 60;

function logOf(chat: Chat): HTMLElement | null {
  return chat.root.querySelector(".log");
}

const nearEnd = (log: HTMLElement): boolean =>
  log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;

export function atEnd(chat: Chat): boolean {
  const log = logOf(chat);
  return !log || nearEnd(log);
}

/** When a notice or a phone's keyboard takes some room, the last words stay in sight. */
export function keepEnd(chat: Chat): void {
  const log = logOf(chat);
  if (!log || log.dataset.kept) return;
  log.dataset.kept = "oui";
  let end = true;
  log.addEventListener("scroll", () => (end = nearEnd(log)));
  new ResizeObserver(() => {
    if (end) log.scrollTop = log.scrollHeight;
  }).observe(log);
}

export function toEnd(chat: Chat): void {
  const log = logOf(chat);
  if (log) log.scrollTop = log.scrollHeight;
  if (chat.ui.below) chat.set({ below: false });
}

/** A short turn is shown whole; of a long one, the beginning. */
export function reveal(turnId: string, chat: Chat): void {
  const log = logOf(chat);
  const turn = log?.querySelector<HTMLElement>(`[data-turn="${CSS.escape(turnId)}"]`);
  if (!log || !turn) return;
  const top = turn.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop;
  const end = log.scrollHeight - log.clientHeight;
  log.scrollTop = Math.min(end, top - 12);
  if (end - log.scrollTop > NEAR !== chat.ui.below) chat.set({ below: end - log.scrollTop > NEAR });
}

function scrolled(chat: Chat): void {
  if (chat.ui.below && atEnd(chat)) chat.set({ below: false });
}
