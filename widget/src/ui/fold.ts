/** A long answer begins with its headline: what does not fit on screen is folded. */

import type { Chat } from "./chat";
import { formOf, lastAnswered } from "./next";

const MARGIN = 26;
const SUMMARY = 54;
const GAP = 10;

/** How many blocks of the last answer are shown; undefined when all fit, or it was settled before. */
export function foldLong(chat: Chat): ReadonlyMap<string, number> | undefined {
  const turn = lastAnswered(chat.client.conversation?.turns ?? []);
  const log = chat.root.querySelector<HTMLElement>(".log");
  if (!turn?.ask || !turn.answer || formOf(turn.answer) || !log || chat.ui.folds.has(turn.id)) return undefined;
  const node = log.querySelector<HTMLElement>(`[data-turn="${CSS.escape(turn.id)}"]`);
  const parts = [...(node?.querySelectorAll<HTMLElement>(".answer > .part") ?? [])];
  // An emergency is always whole, and so is the calculator that somebody opened.
  if (!node || node.querySelector(".alert, .card")) return undefined;
  let excess = node.offsetHeight + MARGIN - log.clientHeight;
  if (excess <= 0 || parts.length < 2) return undefined;
  excess += SUMMARY;
  let shown = parts.length;
  while (shown > 1 && excess > 0) {
    shown -= 1;
    excess -= (parts[shown]?.offsetHeight ?? 0) + GAP;
  }
  // « Montants maximaux : » alone says nothing.
  while (parts[shown - 1]?.textContent?.trim().endsWith(":")) shown += 1;
  if (shown >= parts.length) return undefined;
  return new Map(chat.ui.folds).set(turn.id, shown);
}
