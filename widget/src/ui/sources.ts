/** Where an answer comes from: one line that unfolds. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Block, Source, Sources } from "../core/contract";
import { safeLink } from "../core/links";
import { reviewed, shortDay } from "./dates";
import { icons } from "./icons";
import { T } from "./strings";
import { link, rich } from "./text";

type View = TemplateResult | typeof nothing;

/** An answer to several questions names its sources once. */
export function sourcesOf(blocks: Block[]): Sources {
  const notes = blocks.filter((block) => block.type === "sources");
  const sources = new Map(notes.flatMap((note) => note.sources).map((one) => [one.nom + one.url, one]));
  const remarks = new Set(notes.map((note) => note.remarque));
  return { type: "sources", sources: [...sources.values()], remarque: [...remarks].join(" ").trim() };
}

export const remarkView = ({ remarque }: Sources, base: string): View =>
  remarque ? html`<p class="remark">${rich(remarque, base)}</p>` : nothing;

export function sourcesView({ sources }: Sources, base: string): View {
  if (!sources.length) return nothing;
  const day = shortDay(sources.map((source) => source.relu));
  return html`<details class="sources">
    <summary>
      <span
        >${T.sources(sources.length)}${day
          ? html`<span class="sr"> ${T.reviewed(sources.length, "le")}</span> <span class="when">${day}</span>`
          : nothing}</span
      >${icons.chevronDown}
    </summary>
    <ul>
      ${sources.map((source) => sourceView(source, base))}
    </ul>
  </details>`;
}

function sourceView(source: Source, base: string): TemplateResult {
  const url = safeLink(source.url, base);
  const when = reviewed([source.relu]);
  return html`<li>
    ${url ? link(url, source.nom) : source.nom}
    ${when ? html`<span class="when">${T.reviewed(1, when)}</span>` : nothing}
  </li>`;
}
