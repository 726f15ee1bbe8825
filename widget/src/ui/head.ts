/** The panel's head: its name, the menu, the way out. */

import { html, nothing, type TemplateResult } from "lit-html";
import { lastEstimate, type Turn } from "../core/conversation";
import type { Chat } from "./chat";
import { icons } from "./icons";
import { T } from "./strings";

type View = TemplateResult | typeof nothing;

export function headView(chat: Chat): TemplateResult {
  const { ui } = chat;
  return html`<div class="head">
    <span class="mark">${icons.mark}</span>
    <div class="names">
      <h2 id="am-title">${chat.heading}</h2>
      <p>${T.subtitle}</p>
    </div>
    ${chat.client.conversation
      ? html`<button
          type="button"
          class="round menu-button"
          aria-label=${T.menu}
          title=${T.menu}
          aria-expanded=${ui.menu ? "true" : "false"}
          @click=${() => chat.set({ menu: !ui.menu })}
        >
          ${icons.dots}
        </button>`
      : nothing}
    ${ui.menu ? menuView(chat) : nothing}
    ${chat.embedded
      ? nothing
      : html`<button
          type="button"
          class="round"
          aria-label=${T.minimise}
          title=${T.minimise}
          @click=${() => chat.close()}
        >
          ${icons.chevronDown}
        </button>`}
  </div>`;
}

function menuView(chat: Chat): TemplateResult {
  const turns = chat.client.conversation?.turns ?? [];
  const estimate = lastEstimate(turns);
  return html`<div class="menu" role="group" aria-label=${T.menu}>
    ${exportsView(T.conversation, turns, T.fileConversation, chat)}
    ${estimate ? exportsView(T.estimate, [estimate], T.fileEstimate, chat) : nothing}
    <div class="section">
      ${chat.client.store.lasting ? item(icons.people, T.shared, () => shareComputer(chat)) : nothing}
      ${item(icons.restart, T.restart, () => ask("restart", chat))}
      ${item(icons.trash, T.eraseAll, () => ask("erase", chat))}
      <a class="item" href="${chat.base}/confidentialite" target="_blank" rel="noopener noreferrer"
        >${icons.shield}<span>${T.privacy}<span class="sr">${T.newTab}</span></span></a
      >
    </div>
  </div>`;
}

function exportsView(name: string, turns: Turn[], file: string, chat: Chat): View {
  const act = (action: () => void) => () => {
    closeMenu(chat);
    action();
  };
  const tile = (icon: TemplateResult, label: string, action: () => void) =>
    html`<button type="button" class="tile" aria-label="${label} : ${name}" @click=${act(action)}>
      ${icon}<span>${label}</span>
    </button>`;
  return html`<div class="section">
    <p>${name}</p>
    <div class="tiles">
      ${tile(icons.copy, T.copy, () => chat.withPlus((plus) => void plus.copyTurns(turns, chat)))}
      ${tile(icons.print, T.print, () => chat.withPlus((plus) => plus.printTurns(turns, chat)))}
      ${tile(icons.download, T.download, () => chat.withPlus((plus) => plus.downloadTurns(turns, file, chat)))}
      ${tile(icons.mail, T.mail, () => chat.withPlus((plus) => plus.mailTurns(turns, chat)))}
    </div>
  </div>`;
}

function item(icon: TemplateResult, label: string, action: () => void): TemplateResult {
  return html`<button type="button" class="item" @click=${action}>${icon}<span>${label}</span></button>`;
}

function shareComputer(chat: Chat): void {
  chat.client.store.keepNothing();
  closeMenu(chat);
  chat.toast(T.sharedNow);
}

function ask(confirm: "restart" | "erase", chat: Chat): void {
  closeMenu(chat);
  chat.set({ confirm, confirmState: "ready" });
}

/** The focus goes back to the menu's button. */
export function closeMenu(chat: Chat): void {
  chat.root.querySelector<HTMLElement>(".menu-button")?.focus();
  chat.set({ menu: false });
}
