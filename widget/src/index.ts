/** `widget.js`: defines `<am-chat>` and, on a page that has none, adds the launcher. */

import { ownScript } from "./origin";
import { AmChat } from "./ui/element";

function addLauncher(): void {
  const wanted = ownScript?.dataset.launcher;
  if (wanted === "non" || (wanted !== "oui" && document.querySelector("am-chat"))) return;
  const launcher = document.createElement("am-chat");
  Object.assign(launcher.dataset, ownScript?.dataset);
  document.body.append(launcher);
}

if (!customElements.get("am-chat")) {
  customElements.define("am-chat", AmChat);
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", addLauncher, { once: true });
  } else {
    addLauncher();
  }
}
