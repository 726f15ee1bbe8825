/** `window.AssistantAM`: what the page's own script may ask of the chat. */

import type { Ensure } from "./launcher";

export interface PageApi {
  open(options?: { question?: string }): void;
  /** Opens and sends, when a person has just clicked; else only writes the question. */
  ask(question: string): void;
  close(): void;
  forget(): void;
  /** Puts the launcher back if it is gone. */
  attach(): void;
}

type Call = [keyof PageApi, ...unknown[]];

declare global {
  interface Window {
    AssistantAM?: Partial<PageApi>;
  }
}

export function publish(ensure: Ensure): void {
  const api: PageApi = {
    open: (options) => ensure()?.open(options),
    ask: (question) => ensure()?.ask(question),
    close: () => ensure()?.close(),
    forget: () => ensure()?.forget(),
    attach: () => void ensure(),
  };
  const early: unknown = window.AssistantAM;
  window.AssistantAM = api;
  // Asked before this file was there: `(window.AssistantAM ||= []).push(["open", {…}])`.
  for (const [name, ...words] of Array.isArray(early) ? (early as Call[]) : []) {
    (api[name] as (...given: unknown[]) => void)(...words);
  }
}
