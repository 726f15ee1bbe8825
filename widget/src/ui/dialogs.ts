/** The two native dialogs: a confirmation, and the picture enlarged. */

import { html, nothing, type TemplateResult } from "lit-html";
import { safePicture } from "../core/links";
import type { Chat } from "./chat";
import { icons } from "./icons";
import { T } from "./strings";

type View = TemplateResult | typeof nothing;

const closeDialog = (event: Event): void =>
  (event.currentTarget as HTMLElement).closest("dialog")?.close();

export function confirmView(chat: Chat): View {
  const { confirm, confirmState } = chat.ui;
  if (!confirm) return nothing;
  const restart = confirm === "restart";
  const act = async (event: Event): Promise<void> => {
    const dialog = (event.currentTarget as HTMLElement).closest("dialog");
    if (chat.ui.confirmState === "busy") return;
    chat.set({ confirmState: "busy" });
    const done = restart ? await chat.client.restart() : await chat.client.erase();
    if (done) dialog?.close();
    else chat.set({ confirmState: "failed" });
  };
  const closed = (): void => {
    chat.set({ confirm: undefined });
    // What had the focus may be gone with the conversation.
    chat.root.querySelector<HTMLElement>(".cover .main, .menu-button")?.focus();
  };
  return html`<dialog
    class="confirm"
    aria-labelledby="am-confirm"
    aria-describedby="am-confirm-text"
    @close=${closed}
  >
    <h3 id="am-confirm">${restart ? T.restartTitle : T.eraseTitle}</h3>
    <p id="am-confirm-text">${restart ? T.restartText : T.eraseText}</p>
    <p class="problem" role="alert">${confirmState === "failed" ? T.eraseFailed : nothing}</p>
    <div class="row">
      <button type="button" class="plain" @click=${closeDialog}>${T.cancel}</button>
      <button type="button" class="danger" aria-disabled=${confirmState === "busy" ? "true" : nothing} @click=${act}>
        ${restart ? T.restart : T.erase}
      </button>
    </div>
  </dialog>`;
}

export function zoomView(chat: Chat): View {
  const picture = chat.ui.zoom;
  const url = picture && (safePicture(picture.grande, chat.base) ?? safePicture(picture.url, chat.base));
  if (!picture || !url) return nothing;
  const outside = (event: Event): void => {
    if (event.target === event.currentTarget) closeDialog(event);
  };
  return html`<dialog class="zoom" aria-label=${picture.alternative} @click=${outside} @close=${() => chat.set({ zoom: undefined })}>
    <div class="frame">
      <div class="bar">
        <a href=${url} target="_blank" rel="noopener noreferrer"
          >${icons.external}<span>${T.openPicture}</span></a
        >
        <button type="button" class="round" aria-label=${T.close} title=${T.close} @click=${closeDialog}>
          ${icons.close}
        </button>
      </div>
      <div class="canvas" tabindex="0" role="group" aria-label=${picture.alternative}>
        <img src=${url} alt=${picture.alternative} referrerpolicy="no-referrer" />
      </div>
    </div>
  </dialog>`;
}

/** Opens what the last rendering put there. */
export function showDialogs(root: HTMLElement): void {
  for (const dialog of root.querySelectorAll("dialog")) if (!dialog.open) dialog.showModal();
}
