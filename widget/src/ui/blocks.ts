/** The blocks of an answer. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Bar, Block, Picture, Table } from "../core/contract";
import { safeLink, safePicture } from "../core/links";
import type { Chat } from "./chat";
import { icons } from "./icons";
import { remarkView, sourcesView } from "./sources";
import { T } from "./strings";
import { callButtons, link, rich } from "./text";

type View = TemplateResult | typeof nothing;

export function blockView(block: Block, chat: Chat, fresh: boolean): View {
  switch (block.type) {
    case "paragraphe":
      return html`<p>${rich(block.texte, chat.base)}</p>`;
    case "liste":
      return html`<ul>
        ${block.elements.map((element) => html`<li>${rich(element, chat.base)}</li>`)}
      </ul>`;
    case "tableau":
      return tableView(block, chat.base);
    case "sources":
      return html`${remarkView(block, chat.base)}${sourcesView(block, chat.base)}`;
    case "image":
      return pictureView(block, chat);
    case "lien": {
      const url = safeLink(block.url, chat.base);
      return url ? html`<p>${link(url, block.texte, "out")}</p>` : html`<p>${block.texte}</p>`;
    }
    case "alerte":
      return alertView(block.texte, fresh);
    case "calcul":
      // Drawn by the second file, once it is there.
      return nothing;
  }
}

/** An old alert must not interrupt again the person who reloads the page. */
export function alertView(text: string, fresh: boolean): TemplateResult {
  return html`<div class="alert" role=${fresh ? "alert" : "note"}>
    ${icons.alert}
    <p>${rich(text, location.origin)}</p>
    ${callButtons(text)}
  </div>`;
}

function tableView(table: Table, base: string): TemplateResult {
  const [first, ...others] = table.colonnes;
  return html`<div class="table" role="group" tabindex="0" aria-label=${table.legende || T.scrollTable}>
    <table>
      ${table.legende ? html`<caption>${rich(table.legende, base)}</caption>` : nothing}
      <thead>
        <tr>
          <th scope="col">${unbroken(first ?? "")}</th>
          ${others.map((name) => html`<th scope="col">${unbroken(name)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.lignes.map(
          ([name = "", ...cells]) => html`<tr>
            <th scope="row">${rich(name, base)}</th>
            ${cells.map((cell) => html`<td>${rich(cell, base)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** « Mi-temps » stays on one line. */
const unbroken = (text: string): string => text.replaceAll("-", "\u2011");

/** Bars with their values beside them: read by eye, by ear, in both themes. */
function barsView(bars: Bar[]): TemplateResult {
  const highest = Math.max(1, ...bars.map(({ valeur }) => valeur));
  return html`<table class="bars">
    <caption class="sr">${T.bars}</caption>
    ${bars.map(
      ({ nom, valeur, texte }) => html`<tr>
        <th scope="row">${nom}</th>
        <td>
          <svg aria-hidden="true"><rect width="${(100 * valeur) / highest}%" height="100%" rx="4" /></svg>
          ${texte}
        </td>
      </tr>`,
    )}
  </table>`;
}

function pictureView(block: Picture, chat: Chat): View {
  if (block.barres.length) return barsView(block.barres);
  const url = safePicture(block.url, chat.base);
  if (!url) return nothing;
  const failed = (event: Event): void => {
    (event.target as HTMLElement).closest(".picture")?.classList.add("broken");
  };
  return html`<div class="picture">
    <button type="button" @click=${() => chat.set({ zoom: block })}>
      <img src=${url} alt=${block.alternative} referrerpolicy="no-referrer" @error=${failed} />
      <span class="enlarge">${icons.enlarge}<span>${T.enlarge}</span></span>
    </button>
    <p class="missing">${T.pictureMissing} ${block.alternative}</p>
  </div>`;
}
