/** One launcher on the page, whatever happens to its body: Turbo, htmx, React, a second tag. */

import { ownScript } from "./base";
import { AmChat } from "./ui/element";

export type Ensure = () => AmChat | undefined;

/** The chat that the page's script talks to: the launcher, else the first one there is. */
export const chatOf = (): AmChat | undefined =>
  document.querySelector<AmChat>("am-chat:not([embedded])") ??
  document.querySelector<AmChat>("am-chat") ??
  undefined;

export function keepLauncher(): Ensure {
  const wanted = ownScript?.dataset.launcher;
  const settings = { ...ownScript?.dataset };
  let launcher: Element | undefined;

  const ensure = (): AmChat | undefined => {
    const there = wanted === "oui" ? "am-chat:not([embedded])" : "am-chat";
    if (wanted !== "non" && !document.querySelector(there)) {
      launcher ??= document.createElement("am-chat");
      Object.assign((launcher as HTMLElement).dataset, settings);
      document.body.append(launcher);
    }
    return chatOf();
  };

  /** Went away with what stood around it; a page that removes it alone wants it gone. */
  const swept = ({ removedNodes }: MutationRecord): boolean =>
    removedNodes.length > 1 || removedNodes[0] !== launcher;

  const body = new MutationObserver((records) => {
    if (launcher?.isConnected === false && records.some(swept)) ensure();
  });
  const root = new MutationObserver(() => {
    body.observe(document.body, { childList: true });
    if (launcher?.isConnected === false) ensure();
  });
  root.observe(document.documentElement, { childList: true });
  body.observe(document.body, { childList: true });
  ensure();
  return ensure;
}
