/** The whole widget: launcher, panel, dialogs. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Chat } from "./chat";
import { composerView } from "./composer";
import { confirmView, zoomView } from "./dialogs";
import { headView } from "./head";
import { icons } from "./icons";
import { logView, statusView } from "./log";
import { nextView } from "./next";
import { T } from "./strings";

type View = TemplateResult | typeof nothing;

export function view(chat: Chat): TemplateResult {
  return html`${chat.embedded ? nothing : launcherView(chat)} ${chat.ui.open ? panelView(chat) : nothing}
  ${confirmView(chat)} ${zoomView(chat)}`;
}

function launcherView(chat: Chat): TemplateResult {
  const { open, unread } = chat.ui;
  const text = chat.launcherLabel;
  return html`<button
      type="button"
      class=${text ? "launcher" : "launcher bare"}
      aria-label=${text ? `${text} ${T.open(chat.heading, unread)}` : T.open(chat.heading, unread)}
      aria-expanded=${open ? "true" : "false"}
      ?hidden=${open}
      @click=${() => chat.open()}
    >
      ${icons.mark}${text ? html`<span class="label">${text}</span>` : nothing}
      ${unread ? html`<span class="badge">${unread}</span>` : nothing}
    </button>
    <p class="sr" role="status">${!open && unread ? T.unread(unread) : nothing}</p>`;
}

function panelView(chat: Chat): TemplateResult {
  const { conversation } = chat.client;
  const modal = chat.ui.full && !chat.embedded;
  return html`<div
    class="panel"
    role=${chat.embedded ? "region" : "dialog"}
    aria-labelledby="am-title"
    aria-modal=${modal ? "true" : nothing}
    tabindex="-1"
  >
    ${headView(chat)}
    ${conversation
      ? html`${logView(conversation, chat)} ${statusView(chat)} ${chat.ui.low ? nothing : nextView(chat)}
        ${composerView(chat)}`
      : coverView(chat)}
    <p class="notice" id="am-notice">
      ${conversation?.turns.some((turn) => turn.ask) ? T.noticeShort : T.notice}
      <a href="${chat.base}/confidentialite" target="_blank" rel="noopener noreferrer"
        >${T.privacy}<span class="sr">${T.newTab}</span></a
      >
    </p>
    <p class=${chat.ui.toast ? "toast shown" : "toast"} role="status">${chat.ui.toast || nothing}</p>
  </div>`;
}

const COVERS = {
  start: { title: T.coverTitle, text: T.coverText, action: T.coverStart },
  erased: { title: T.erasedTitle, text: T.erasedText, action: T.startAgain },
  expired: { title: T.expiredTitle, text: T.expiredText, action: T.startAgain },
};

/** Before the first word, and after the last: nothing is stored, nothing is asked. */
function coverView(chat: Chat): View {
  const { phase } = chat.client.state;
  const cover = COVERS[phase === "erased" || phase === "expired" ? phase : "start"];
  const stored = chat.mode === "intranet" ? T.coverStoredTab : T.coverStored;
  return html`<div class="cover">
    <span class="mark">${icons.mark}</span>
    <h3>${cover.title}</h3>
    <p>${cover.text}</p>
    <button type="button" class="main" @click=${() => chat.open()}>${cover.action}</button>
    ${cover === COVERS.start ? html`<p class="small">${stored}</p>` : nothing}
  </div>`;
}
