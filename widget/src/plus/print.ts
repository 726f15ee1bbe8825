/** Prints some turns alone, from a hidden frame: the page around is left as it is. */

import { html, nothing, render, type TemplateResult } from "lit-html";
import type { Turn } from "../core/conversation";
import printCss from "../styles/print.css?inline";
import { blockView } from "./blocks";
import type { Chat } from "./chat";
import { full } from "./dates";
import { T } from "./strings";

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
  page.document.title = T.transcriptTitle(chat.heading, full(turns[0]?.at ?? Date.now()));
  render(documentView(turns, page.document.title, chat), page.document.body);
  for (const details of page.document.querySelectorAll("details")) details.open = true;
  page.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  void loaded(page.document).then(() => page.print());
}

function documentView(turns: Turn[], title: string, chat: Chat): TemplateResult {
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
