"use strict";

// « #q=… » écrit la question, sans l'envoyer. Ce qui suit # ne va jamais au serveur, et quitte l'adresse aussitôt.
function ecrire() {
  const question = new URLSearchParams(location.hash.slice(1)).get("q");
  if (question === null) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  window.AssistantAM.open({ question });
}
window.addEventListener("hashchange", ecrire);
ecrire();
