/** The second file's door. */

import type { Kit } from "../kit";
import { cardView, covers, headlineOf } from "./card";
import css from "./card.css?inline";
import { copyAnswer, copyTurns, downloadTurns, mailTurns } from "./exports";
import { equip } from "./kit";
import { printTurns } from "./print";

const make = (kit: Kit) => {
  equip(kit);
  return { cardView, covers, headlineOf, copyAnswer, copyTurns, downloadTurns, mailTurns, printTurns, css };
};
export type Plus = ReturnType<typeof make>;
export default make;
