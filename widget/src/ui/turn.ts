/** One turn: what was asked, what was answered, what can be done with it. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Answer, Block, Calculator } from "../core/contract";
import type { Turn } from "../core/conversation";
import { emergencyIn } from "../core/emergency";
import { STANDING } from "../core/emergency-words";
import { alertView, blockView } from "./blocks";
import type { Chat } from "./chat";
import { footView } from "./foot";
import { icons } from "./icons";
import { buttonsView, formOf, isActive, lastAnswered, questionOf } from "./next";
import { remarkView, sourcesOf } from "./sources";
import { T } from "./strings";
import { callable } from "./text";

type View = TemplateResult | typeof nothing;

export function turnView(turn: Turn, turns: Turn[], chat: Chat): TemplateResult {
  return html`${turn.forgotten
    ? html`<p class="aside">${turn.forgotten === true ? T.forgotten : T.resumed}</p>`
    : nothing}
  ${askView(turn, chat)} ${answerView(turn, turns, chat)}`;
}

function askView(turn: Turn, chat: Chat): View {
  if (!turn.ask) return html`<h3 class="sr">${T.welcome}</h3>`;
  return html`<div class="ask" aria-live="off">
    <h3 class="bubble"><span class="sr">${T.you}</span>${turn.ask.text}</h3>
    ${turn.state === "failed" ? failureView(turn, chat) : nothing}
  </div>
  ${emergencyView(turn, chat)}`;
}

/** Said here and at once when the service does not: it may be away for long. */
function emergencyView(turn: Turn, chat: Chat): View {
  const { notice, late, phase } = chat.client.state;
  const absent = turn.state === "failed" || late || notice || phase === "unreachable";
  if (turn.answer || !absent) return nothing;
  const text = emergencyIn(turn.ask?.text ?? "");
  return text ? html`<div class="answer">${alertView(text, true)}</div>` : nothing;
}

function failureView(turn: Turn, chat: Chat): TemplateResult {
  return html`<div class="failure">
    <p>${icons.alert}<span><b>${T.notSent}</b>${turn.problem ? ` · ${turn.problem}` : nothing}</span></p>
    ${turn.retryable === false
      ? nothing
      : html`<button type="button" class="link" @click=${() => chat.client.retry()}>
          ${icons.restart}${T.retry}
        </button>`}
    <p class="standing">${callable(STANDING)}</p>
  </div>`;
}

function answerView(turn: Turn, turns: Turn[], chat: Chat): View {
  const { answer } = turn;
  if (!answer) return nothing;
  const note = sourcesOf(answer.blocs);
  const form = chat.plus && turn === lastAnswered(turns) && formOf(answer);
  return html`<div class="answer">
      <span class="sr">${T.bot}</span>
      ${partsView(turn, answer, turns, chat)} ${form ? nothing : remarkView(note, chat.base)}
      ${turn.ask && !answer.blocs.some(({ type }) => type === "alerte") ? footView(turn, note, chat) : nothing}
    </div>
    ${turn.ask || !answer.boutons.length
      ? nothing
      : html`<div class="buttons starters" role="group" aria-label=${T.suggestions}>
          ${buttonsView(turn, isActive(turn, turns), chat)}
        </div>`}`;
}

/** The blocks; a long answer shows its first ones, and the rest unfolds. */
function partsView(turn: Turn, answer: Answer, turns: Turn[], chat: Chat): TemplateResult {
  const fresh = chat.ui.fresh.has(turn.id);
  // Shown above the composer, where it waits: said here, too, for who listens.
  const last = turn === lastAnswered(turns);
  const pinned = last ? questionOf(answer) : undefined;
  const form = answer.blocs.find((block) => block.type === "calcul");
  const card = last && form && chat.plus ? [html`<div class="part">${chat.plus.cardView(form, turn, chat)}</div>`] : [];
  const blocks = answer.blocs
    .filter((block) => shown(block, form, last ? chat.plus?.headlineOf(turn, chat) : ""))
    .map((block) => html`<div class=${block === pinned ? "sr" : "part"}>${blockView(block, chat, fresh)}</div>`);
  // What opens it may be folded; the form itself never is (fold.ts).
  const parts = form?.ouvert ? blocks : [...blocks, ...card];
  const whole = chat.ui.folds.get(turn.id) ?? parts.length;
  const rest = parts.slice(whole);
  return html`${parts.slice(0, whole)}
  ${rest.length
    ? html`<details class="rest"><summary>${T.more}${icons.chevronDown}</summary>${rest}</details>`
    : nothing}
  ${form?.ouvert ? card : nothing}`;
}

/** Where the calculator stands, the figures would be said twice; passed, the question only stays. */
function shown(block: Block, form: Calculator | undefined, headline: string | undefined): boolean {
  if (block.type === "sources") return false;
  if (!form?.ouvert || headline === undefined) return true;
  return block.type !== "tableau" && !(block.type === "paragraphe" && block.texte === headline);
}
