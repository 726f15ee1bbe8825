/** Links that open the chat with a question written, never sent: `<a href="#assistant-am=…">`. */

import type { Ensure } from "./launcher";

const MARK = "#assistant-am";

export function followLinks(ensure: Ensure): void {
  const follow = (): void => {
    const { hash } = location;
    if (hash !== MARK && !hash.startsWith(`${MARK}=`)) return;
    // The same link works a second time, and a reload does not open the chat again.
    history.replaceState(history.state, "", location.pathname + location.search);
    ensure()?.open({ question: decode(hash.slice(MARK.length + 1)) });
  };
  window.addEventListener("hashchange", follow);
  follow();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return "";
  }
}
