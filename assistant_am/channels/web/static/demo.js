"use strict";

// Les adresses des exemples sont celles de ce serveur ; chaque exemple se copie.
for (const pre of document.querySelectorAll("pre")) {
  const code = pre.querySelector("code");
  code.textContent = code.textContent.replaceAll("{{origine}}", new URL(".", location.href).href.replace(/\/$/, ""));
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy";
  copy.textContent = "Copier";
  copy.setAttribute("aria-label", `Copier : ${pre.getAttribute("aria-label")}`);
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      copy.textContent = "Copié";
    } catch {
      getSelection().selectAllChildren(code);
      copy.textContent = "Ctrl + C";
    }
    setTimeout(() => (copy.textContent = "Copier"), 2500);
  });
  const box = document.createElement("div");
  box.className = "snippet";
  pre.replaceWith(box);
  box.append(pre, copy);
}

document.querySelector("#ouvrir").addEventListener("click", () => {
  document.querySelector("am-chat:not([embedded])")?.open();
});

async function demoToken() {
  const response = await fetch("demo/jeton", { cache: "no-store" });
  if (!response.ok) throw new Error(`jeton : ${response.status}`);
  return (await response.json()).jeton;
}

async function showIntranet() {
  const state = document.querySelector("#etat-jeton");
  try {
    await demoToken();
  } catch {
    state.className = "box";
    state.replaceChildren(
      "Cette partie de la démonstration est éteinte. Pour l’allumer, démarrez le serveur avec ",
      Object.assign(document.createElement("code"), { textContent: "AM_DEMO=1" }),
      " : il fabriquera alors des jetons d’essai. Sur un vrai intranet, c’est votre serveur qui signe les jetons.",
    );
    return;
  }
  state.textContent = "Un jeton d’essai est prêt : la personne connectée est inventée.";
  const chat = document.createElement("am-chat");
  chat.setAttribute("embedded", "");
  chat.dataset.title = "Assistant AM, intranet";
  chat.getToken = demoToken;
  document.querySelector("#place-intranet").append(chat);
}

void showIntranet();
