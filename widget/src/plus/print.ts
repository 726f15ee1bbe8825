/** Prints some turns alone, from a hidden frame: the page around is left as it is. */

import type { TemplateResult } from "lit-html";
import type { Turn } from "../core/conversation";
import type { Chat } from "../ui/chat";
import { blockView, full, html, nothing, render, T } from "./kit";
import printCss from "./print.css?inline";

const IMAGES_PATIENCE_MS = 5_000;

export function printTurns(turns: Turn[], chat: Chat): void {
  const frame = document.createElement("iframe");
  frame.className = "print-frame";
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  chat.root.append(frame);
  const page = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!page) return;
  const sheet = new page.CSSStyleSheet();
  sheet.replaceSync(printCss);
  page.document.adoptedStyleSheets = [sheet];
  page.document.documentElement.lang = T.lang;
  page.document.title = titleOf(turns, chat);
  render(documentView(turns, page.document.title, chat), page.document.body);
  for (const details of page.document.querySelectorAll("details")) details.open = true;
  page.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  void loaded(page.document).then(() => page.print());
}

export const titleOf = (turns: Turn[], chat: Chat): string =>
  T.transcriptTitle(chat.heading, full(turns[0]?.at ?? Date.now()));

/** Some turns as a document: to print, or to paste elsewhere. */
export function documentView(turns: Turn[], title: string, chat: Chat): TemplateResult {
  return html`<h1>${title}</h1>
    <p class="note">${T.transcriptNote}</p>
    ${turns.map(
      (turn) => html`<section>
        ${turn.ask ? html`<h2>${turn.ask.text}</h2>` : nothing}
        ${turn.answer?.blocs.map((block) => blockView(block, chat, false))}
      </section>`,
    )}`;
}

/** The pictures are there, or have had their chance. */
function loaded(page: Document): Promise<unknown> {
  const images = [...page.images].filter((image) => !image.complete);
  const all = images.map(
    (image) =>
      new Promise((done) => {
        image.addEventListener("load", done);
        image.addEventListener("error", done);
      }),
  );
  return Promise.race([
    Promise.all(all),
    new Promise((done) => setTimeout(done, IMAGES_PATIENCE_MS)),
  ]);
}
