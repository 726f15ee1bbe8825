/** One turn: what was asked, what was answered, what can be done with it. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Turn } from "../core/conversation";
import { blockView } from "./blocks";
import type { Chat } from "./chat";
import { footView } from "./foot";
import { icons } from "./icons";
import { T } from "./strings";

type View = TemplateResult | typeof nothing;

export function turnView(turn: Turn, last: boolean, chat: Chat): TemplateResult {
  const fresh = chat.ui.fresh.has(turn.id);
  return html`${turn.forgotten ? html`<p class="aside">${T.forgotten}</p>` : nothing}
  ${askView(turn, chat)} ${answerView(turn, last, fresh, chat)}`;
}

function askView(turn: Turn, chat: Chat): View {
  if (!turn.ask) return nothing;
  return html`<div class="ask" aria-live="off">
    <p class="bubble"><span class="sr">${T.you}</span>${turn.ask.text}</p>
    ${turn.state === "failed" ? failureView(turn, chat) : nothing}
  </div>`;
}

function failureView(turn: Turn, chat: Chat): TemplateResult {
  return html`<div class="failure">
    <p>${icons.alert}<span><b>${T.notSent}</b>${turn.problem ? ` · ${turn.problem}` : nothing}</span></p>
    ${turn.retryable === false
      ? nothing
      : html`<button type="button" class="link" @click=${() => chat.client.retry()}>
          ${icons.restart}${T.retry}
        </button>`}
  </div>`;
}

function answerView(turn: Turn, last: boolean, fresh: boolean, chat: Chat): View {
  const { answer } = turn;
  if (!answer) return nothing;
  return html`<div class="answer">
      <span class="sr">${T.bot}</span>
      ${answer.blocs.map((block) => blockView(block, chat, fresh))}
    </div>
    ${turn.ask ? footView(turn, chat) : nothing} ${buttonsView(turn, last, chat)}`;
}

function buttonsView(turn: Turn, last: boolean, chat: Chat): View {
  const { boutons, question } = turn.answer ?? { boutons: [], question: false };
  if (!boutons.length) return nothing;
  const style = question ? "choices" : turn.ask ? "chips" : "starters";
  return html`<div class="buttons ${style}" role="group" aria-label=${question ? T.choices : T.suggestions}>
    ${boutons.map(({ titre }, rank) => {
      const chosen = turn.choice === rank;
      // The pressed one stays focusable: the keyboard is not thrown back to the top of the page.
      const press = (): void => {
        if (last) chat.client.press(turn.id, rank);
      };
      return html`<button
        type="button"
        class=${chosen ? "chosen" : ""}
        ?disabled=${!last && !chosen}
        aria-disabled=${!last && chosen ? "true" : nothing}
        @click=${press}
      >
        ${chosen ? icons.check : nothing}<span
          >${titre}${chosen ? html`<span class="sr">${T.chosen}</span>` : nothing}</span
        >${question || !turn.ask ? icons.chevronRight : nothing}
      </button>`;
    })}
  </div>`;
}
