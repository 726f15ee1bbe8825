/** All styles, in one constructed sheet: a strict CSP has nothing to say about it. */

import blocks from "../styles/blocks.css?inline";
import controls from "../styles/controls.css?inline";
import dialogs from "../styles/dialogs.css?inline";
import frame from "../styles/frame.css?inline";
import menu from "../styles/menu.css?inline";
import modes from "../styles/modes.css?inline";
import thread from "../styles/thread.css?inline";
import tokens from "../styles/tokens.css?inline";

let sheet: CSSStyleSheet | undefined;

export function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync([tokens, frame, menu, thread, blocks, controls, dialogs, modes].join("\n"));
  }
  return sheet;
}
