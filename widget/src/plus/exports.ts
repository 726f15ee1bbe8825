/** Copy, e-mail and download: of a conversation, of an answer, of an estimate. */

import type { Turn } from "../core/conversation";
import type { Chat } from "../ui/chat";
import { render, T } from "./kit";
import { documentView, titleOf } from "./print";
import { answerText, transcript } from "./transcript";

/** Of an address with its text written in: mail programs of Windows take no longer one. */
const LONGEST_MAIL = 1_900;

/** With tables and links for a text processor or a message, and as plain text. */
export function copyTurns(turns: Turn[], chat: Chat): Promise<void> {
  return copy(turns, transcript(turns, chat.heading, chat.base), chat);
}

/** An answer alone: its plain text has no heading. */
export async function copyAnswer(turn: Turn, chat: Chat): Promise<void> {
  if (turn.answer) await copy([turn], answerText(turn.answer, chat.base), chat);
}

async function copy(turns: Turn[], text: string, chat: Chat): Promise<void> {
  const said = { "text/html": richText(turns, chat), "text/plain": text };
  const copied = (await copyByClipboard(said)) || copyBySelection(said, chat.root);
  chat.toast(copied ? T.copied : T.copyFailed);
}

export function downloadTurns(turns: Turn[], name: string, chat: Chat): void {
  const day = new Date().toISOString().slice(0, 10);
  // The mark at the start tells old Windows programs that it is UTF-8.
  const text = `\uFEFF${transcript(turns, chat.heading, chat.base)}`;
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = `assistant-am-${name}-${day}.txt`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The address of a message to write, sent by nobody but the person; a long text ends before its end. */
export function mailOf(turns: Turn[], chat: Chat): string {
  const start = `mailto:?subject=${encodeURIComponent(titleOf(turns, chat))}&body=`;
  let address = start;
  for (const line of transcript(turns, chat.heading, chat.base).split("\n")) {
    const next = address + encodeURIComponent(`${line}\r\n`);
    if (next.length > LONGEST_MAIL) return `${address}${encodeURIComponent("…")}`;
    address = next;
  }
  return address;
}

export function mailTurns(turns: Turn[], chat: Chat): void {
  const anchor = document.createElement("a");
  anchor.href = mailOf(turns, chat);
  anchor.click();
}

function richText(turns: Turn[], chat: Chat): string {
  const box = document.createElement("div");
  render(documentView(turns, titleOf(turns, chat), chat), box);
  for (const unseen of box.querySelectorAll("svg, summary, .sr, .missing, .enlarge, .picture img")) unseen.remove();
  for (const fold of box.querySelectorAll("details")) fold.replaceWith(...fold.childNodes);
  for (const node of box.querySelectorAll("*")) {
    for (const { name } of [...node.attributes]) if (name !== "href") node.removeAttribute(name);
  }
  return box.innerHTML.replace(/<!--.*?-->/g, "");
}

type Said = Record<"text/html" | "text/plain", string>;

async function copyByClipboard(said: Said): Promise<boolean> {
  try {
    const parts = Object.entries(said).map(([type, text]) => [type, new Blob([text], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
    return true;
  } catch {
    return false;
  }
}

/** For plain-http pages, where the clipboard is closed. */
function copyBySelection(said: Said, root: HTMLElement): boolean {
  const before = (root.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
  const field = document.createElement("textarea");
  field.className = "sr";
  field.value = said["text/plain"];
  const both = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    for (const [type, text] of Object.entries(said)) event.clipboardData?.setData(type, text);
  };
  root.append(field);
  field.select();
  root.addEventListener("copy", both, { once: true });
  const copied = document.execCommand("copy");
  root.removeEventListener("copy", both);
  field.remove();
  before?.focus();
  return copied;
}
