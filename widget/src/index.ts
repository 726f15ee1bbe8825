/** `widget.js`: defines `<am-chat>`, `AssistantAM`, and keeps one launcher on a page that has none. */

import { publish } from "./api";
import { followLinks } from "./hash";
import { keepLauncher } from "./launcher";
import { AmChat } from "./ui/element";

function start(): void {
  const ensure = keepLauncher();
  publish(ensure);
  followLinks(ensure);
}

if (customElements.get("am-chat")) {
  // The tag stands twice, or a framework runs it again with each page.
  window.AssistantAM?.attach?.();
} else {
  customElements.define("am-chat", AmChat);
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start, { once: true });
  } else {
    start();
  }
}
