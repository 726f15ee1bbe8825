/** Escape, the focus trap of the full-screen panel, and keys that stay ours. */

import type { Chat } from "./chat";
import { closeMenu } from "./head";

const STOPS = 'button:not([disabled]), a[href], textarea, summary, [tabindex="0"]';

export function listenToKeys(chat: Chat): void {
  for (const type of ["keydown", "keyup", "keypress"] as const) {
    chat.root.addEventListener(type, (event) => {
      // A page's own shortcuts would take us for something else than a text field.
      if ((event.target as HTMLElement).matches("textarea")) event.stopPropagation();
      if (type === "keydown") onKey(event, chat);
    });
  }
}

function onKey(event: KeyboardEvent, chat: Chat): void {
  if (event.isComposing || chat.root.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    if (chat.ui.menu) closeMenu(chat);
    else if (!chat.embedded) chat.close();
  }
  if (event.key === "Tab" && chat.ui.full && !chat.embedded && chat.ui.open) trap(event, chat);
}

function trap(event: KeyboardEvent, chat: Chat): void {
  const panel = chat.root.querySelector(".panel");
  const stops = [...(panel?.querySelectorAll<HTMLElement>(STOPS) ?? [])].filter(
    (stop) => stop.checkVisibility(),
  );
  const [first, last] = [stops[0], stops.at(-1)];
  const at = (chat.root.getRootNode() as ShadowRoot).activeElement;
  if (event.shiftKey ? at === first || at === panel : at === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
