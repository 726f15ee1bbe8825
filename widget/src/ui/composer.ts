/** Where one writes: grows with the text, counts near the limit, sends on Enter. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Chat } from "./chat";
import { icons } from "./icons";
import { T } from "./strings";

const LIMIT = 1000;
const COUNT_FROM = 850;

export function composerView(chat: Chat): TemplateResult {
  const { length } = chat.ui;
  const over = length - LIMIT;
  const key = (event: KeyboardEvent): void => {
    // 229: an input method still composing a word, where `isComposing` is not known.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    chat.submit();
  };
  const input = (event: Event): void => {
    const field = event.target as HTMLTextAreaElement;
    chat.client.store.draft = field.value;
    grow(field);
    chat.set({ length: field.value.length });
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    chat.submit();
  };
  return html`<form class="composer" @submit=${submit}>
    <div class=${over > 0 ? "field over" : "field"}>
      <textarea
        rows="1"
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${T.field}
        aria-describedby="am-notice"
        aria-invalid=${over > 0 ? "true" : nothing}
        placeholder=${T.placeholder}
        @keydown=${key}
        @input=${input}
      ></textarea>
      <button type="submit" class="send" aria-label=${T.send} title=${T.send} aria-disabled=${length === 0 || over > 0 ? "true" : nothing}>
        ${icons.send}
      </button>
    </div>
    <p class="count" role="status">
      ${over > 0 ? T.tooLong(over) : nothing}
      ${length >= COUNT_FROM && over <= 0
        ? html`<span aria-hidden="true">${T.count(length, LIMIT)}</span>`
        : nothing}
    </p>
  </form>`;
}

const fieldOf = (chat: Chat): HTMLTextAreaElement | null =>
  chat.root.querySelector(".composer textarea");

/** The text to send, taken out of the field; empty when it may not be sent. */
export function takeText(chat: Chat): string {
  const field = fieldOf(chat);
  const text = field?.value.trim() ?? "";
  if (!field || !text || field.value.length > LIMIT) return "";
  write(field, "", chat);
  chat.client.store.draft = "";
  return text;
}

/** A new field takes up what had been left unsent. */
export function restoreDraft(chat: Chat): void {
  const field = fieldOf(chat);
  if (!field || field.dataset.ready) return;
  field.dataset.ready = "oui";
  write(field, chat.client.store.draft, chat);
}

function write(field: HTMLTextAreaElement, text: string, chat: Chat): void {
  field.value = text;
  grow(field);
  if (chat.ui.length !== text.length) chat.set({ length: text.length });
}

/** A question of a page's link or button: it takes the place of a draft. */
export function writeQuestion(chat: Chat, question: string): void {
  const field = fieldOf(chat);
  if (!field) return;
  write(field, question.slice(0, LIMIT), chat);
  chat.client.store.draft = field.value;
}

/** For browsers that do not size a field by its content. */
function grow(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
