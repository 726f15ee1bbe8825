/** Text with its few marks, as DOM nodes. */

import { html, nothing, type TemplateResult } from "lit-html";
import { safeLink } from "../core/links";
import { parseCalls, parseMarkup, type Span } from "../core/markup";
import { icons } from "./icons";
import { T } from "./strings";

type Part = TemplateResult | string | typeof nothing;

export function link(url: string, text: Part | Part[], className = ""): TemplateResult {
  return html`<a href=${url} target="_blank" rel="noopener noreferrer" class=${className}
    >${text}${icons.external}<span class="sr">${T.newTab}</span></a
  >`;
}

/** Bold and addresses. */
export function rich(source: string, base: string): Part[] {
  return parseMarkup(source).map((span) => {
    if (span.kind === "bold") return html`<strong>${span.text}</strong>`;
    const url = span.kind === "link" ? safeLink(span.text, base) : undefined;
    return url ? link(url, span.text) : span.text;
  });
}

/** The same, with the emergency services' numbers to call. */
export function callable(source: string): Part[] {
  return parseMarkup(source).map((span) => {
    const parts = calls(span);
    return span.kind === "bold" ? html`<strong>${parts}</strong>` : html`${parts}`;
  });
}

function calls(span: Span): Part[] {
  return parseCalls(span.text).map(({ text, number }) =>
    number ? html`<a class="call" href=${dial(number)}>${text}</a>` : text,
  );
}

/** The 114 is for who can neither speak nor hear: it is written to. */
const dial = (number: string): string => `${number === "114" ? "sms" : "tel"}:${number}`;

/** Each number of an emergency text, once, as a large button. */
export function callButtons(source: string): TemplateResult[] {
  const numbers = parseCalls(source).flatMap(({ number }) => number ?? []);
  return [...new Set(numbers)].map(
    (number) => html`<a class="dial" href=${dial(number)}>${T.dial(number)}</a>`,
  );
}
