/** What stands above the composer: the question that waits and its choices, or likely next questions. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { Answer, Calculator, Paragraph } from "../core/contract";
import type { Turn } from "../core/conversation";
import type { Chat } from "./chat";
import { icons } from "./icons";
import { T } from "./strings";
import { rich } from "./text";

type View = TemplateResult | typeof nothing;

/** The turn whose buttons are shown: the last answer, even while the next one is on its way. */
export function lastAnswered(turns: Turn[]): Turn | undefined {
  return turns.findLast((turn) => turn.answer);
}

/** Its buttons can be pressed: nothing was asked since. */
export const isActive = (turn: Turn, turns: Turn[]): boolean =>
  turn === lastAnswered(turns) && !turns.some(({ state }) => state === "waiting");

/** The sentence that puts the question, shown above the composer instead of in the thread. */
export function questionOf(answer: Answer): Paragraph | undefined {
  if (!answer.question || !answer.boutons.length) return undefined;
  return answer.blocs.findLast(
    (block): block is Paragraph => block.type === "paragraphe" && block.texte.includes("?"),
  );
}

/** The calculator, when the answer puts it in place of its figures. */
export const formOf = (answer: Answer): Calculator | undefined =>
  answer.blocs.find((block): block is Calculator => block.type === "calcul" && block.ouvert);

/** Not every browser brings a focused button of a row that scrolls into sight. */
const show = (event: Event): void =>
  (event.target as HTMLElement).scrollIntoView({ block: "nearest", inline: "nearest" });

export function nextView(chat: Chat): View {
  const turns = chat.client.conversation?.turns ?? [];
  const turn = lastAnswered(turns);
  if (!turn?.ask || !turn.answer?.boutons.length) return nothing;
  const { question } = turn.answer;
  if (formOf(turn.answer) && chat.plus?.covers(turn, chat)) return nothing;
  const asked = questionOf(turn.answer);
  const roll = (event: WheelEvent): void => {
    const row = event.currentTarget as HTMLElement;
    if (question || event.deltaX || row.scrollWidth <= row.clientWidth) return;
    event.preventDefault();
    row.scrollLeft += event.deltaY;
  };
  return html`<div
    class="next ${question ? "choices" : "chips"}"
    role="group"
    tabindex="-1"
    data-turn=${turn.id}
    aria-label=${asked ? nothing : question ? T.choices : T.suggestions}
    aria-labelledby=${asked ? "am-asked" : nothing}
  >
    ${asked ? html`<p id="am-asked">${rich(asked.texte, chat.base)}</p>` : nothing}
    <div class="buttons" @wheel=${roll} @focusin=${show}>${buttonsView(turn, isActive(turn, turns), chat)}</div>
  </div>`;
}

/** The buttons of a turn; once one is pressed it says so, and keeps the focus. */
export function buttonsView(turn: Turn, active: boolean, chat: Chat): TemplateResult[] {
  return (turn.answer?.boutons ?? []).map(({ titre }, rank) => {
    const chosen = turn.choice === rank;
    const press = (): void => {
      if (active) chat.client.press(turn.id, rank);
    };
    return html`<button
      type="button"
      class=${chosen ? "chosen" : ""}
      ?disabled=${!active && !chosen}
      aria-disabled=${!active && chosen ? "true" : nothing}
      @click=${press}
    >
      ${chosen ? icons.check : nothing}<span
        >${titre}${chosen ? html`<span class="sr">${T.chosen}</span>` : nothing}</span
      >
    </button>`;
  });
}

const CARD = "carte";
const focusOf = (root: HTMLElement): Element | null => (root.getRootNode() as ShadowRoot).activeElement;

/** The turn of the button that has the focus, if it is one of these; or that the calculator has it. */
export function focusedTurn(root: HTMLElement): string | undefined {
  const at = focusOf(root);
  return at?.closest<HTMLElement>(".next")?.dataset.turn ?? (at?.closest(".card") ? CARD : undefined);
}

/** Its button is gone: the keyboard goes on with the new question, or with the answer. */
export function followFocus(before: string | undefined, root: HTMLElement): void {
  const next = root.querySelector<HTMLElement>(".next");
  if (!before || next?.dataset.turn === before || (before === CARD && focusOf(root))) return;
  const asks = next?.classList.contains("choices") ? next : undefined;
  (asks ?? root.querySelector<HTMLElement>(".log"))?.focus({ preventScroll: true });
}
