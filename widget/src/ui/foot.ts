/** The end of an answer: its sources, an opinion on it, a copy of it. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Sources } from "../core/contract";
import type { Opinion, Turn } from "../core/conversation";
import type { Chat } from "./chat";
import { time } from "./dates";
import { icons } from "./icons";
import { sourcesView } from "./sources";
import { T } from "./strings";

const REASON_LIMIT = 300;

export function footView(turn: Turn, note: Sources, chat: Chat): TemplateResult | typeof nothing {
  // Nobody rates a bare question.
  if (turn.answer?.question && !note.sources.length) return nothing;
  return html`<div class="foot" aria-live="off">
      ${sourcesView(note, chat.base)} ${toolsView(turn, chat)}
    </div>
    ${chat.ui.reason === turn.id ? reasonView(turn, chat) : nothing}`;
}

function toolsView(turn: Turn, chat: Chat): TemplateResult {
  return html`
      <div class="tools">
        <span class="time">${time(turn.answeredAt ?? turn.at)}</span>
        ${thumb(turn, "utile", chat)} ${thumb(turn, "inutile", chat)}
        <button type="button" class="tool" aria-label=${T.copyAnswer} title=${T.copyAnswer} @click=${() => chat.withPlus((plus) => void plus.copyAnswer(turn, chat))}>
          ${icons.copy}
        </button>
      </div>`;
}

function thumb(turn: Turn, opinion: Opinion, chat: Chat): TemplateResult {
  const label = opinion === "utile" ? T.useful : T.useless;
  const rate = (): void => {
    chat.set({ reason: turn.id });
    chat.toast(T.reasonOpened);
    // Once it is drawn.
    queueMicrotask(() => chat.root.querySelector(".reason")?.scrollIntoView({ block: "nearest" }));
    void send(turn, opinion, "", chat);
  };
  return html`<button
    type="button"
    class="tool"
    aria-label=${label}
    title=${label}
    aria-pressed=${turn.opinion === opinion ? "true" : "false"}
    @click=${rate}
  >
    ${opinion === "utile" ? icons.up : icons.down}
  </button>`;
}

function reasonView(turn: Turn, chat: Chat): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const reason = form.querySelector("textarea")?.value.trim() ?? "";
    leave(form, turn, chat);
    if (reason) void send(turn, turn.opinion ?? "inutile", reason, chat);
    chat.toast(T.thanks);
  };
  const skip = (event: Event): void => {
    leave((event.currentTarget as HTMLElement).closest("form"), turn, chat);
  };
  return html`<form class="reason" aria-live="off" @submit=${submit}>
    <label>
      <span>${T.reasonLabel(turn.opinion === "utile")}</span> <small>${T.reasonHint}</small>
      <textarea rows="2" maxlength=${REASON_LIMIT}></textarea>
    </label>
    <div class="row">
      <button type="button" class="plain" @click=${skip}>${T.reasonSkip}</button>
      <button type="submit" class="main">${T.reasonSend}</button>
    </div>
  </form>`;
}

/** Closes the form; the focus goes back to the thumb that opened it. */
function leave(form: HTMLFormElement | null, turn: Turn, chat: Chat): void {
  form?.parentElement?.querySelector<HTMLElement>(".foot [aria-pressed=true]")?.focus();
  if (chat.ui.reason === turn.id) chat.set({ reason: undefined });
}

async function send(turn: Turn, opinion: Opinion, reason: string, chat: Chat): Promise<void> {
  const sent = await chat.client.rate(turn.id, opinion, reason || undefined);
  if (!sent) chat.toast(T.opinionFailed);
}
