/** Copy and download: of a conversation, of an answer, of an estimate. */

import type { Turn } from "../core/conversation";
import type { Chat } from "./chat";
import { T } from "./strings";
import { answerText, transcript } from "./transcript";

export function copyTurn(turn: Turn, chat: Chat): void {
  if (turn.answer) void copy(answerText(turn.answer, chat.origin), chat);
}

export function copyTurns(turns: Turn[], chat: Chat): void {
  void copy(transcript(turns, chat.heading, chat.origin), chat);
}

export function downloadTurns(turns: Turn[], name: string, chat: Chat): void {
  const day = new Date().toISOString().slice(0, 10);
  // The mark at the start tells old Windows programs that it is UTF-8.
  const text = `\uFEFF${transcript(turns, chat.heading, chat.origin)}`;
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = `assistant-am-${name}-${day}.txt`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function copy(text: string, chat: Chat): Promise<void> {
  const copied = (await copyByClipboard(text)) || copyBySelection(text, chat.root);
  chat.toast(copied ? T.copied : T.copyFailed);
}

async function copyByClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** For plain-http pages, where the clipboard is closed. */
function copyBySelection(text: string, root: HTMLElement): boolean {
  const before = (root.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
  const field = document.createElement("textarea");
  field.className = "sr";
  field.value = text;
  root.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before?.focus();
  return copied;
}
