// Sans ce fichier, tout marche page après page ; avec lui, les réponses changent pendant la saisie.
"use strict";

const PAUSE = 8000; // millisecondes entre deux « quelqu'un d'autre est-il passé ? »

for (const form of document.querySelectorAll("form[data-apercu]")) {
  let running = null;
  form.addEventListener("input", () => preview(form));

  /** Envoie ce qui est tapé ; une frappe plus récente annule la demande d'avant. */
  async function preview(form) {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await post(form.dataset.apercu, new FormData(form), running.signal);
      show(form, answer);
    } catch (error) {
      if (error.name !== "AbortError") say("[data-compte]", "L'aperçu ne répond pas : gardez, puis rechargez la page.");
    }
  }

  if (form.dataset.etat) {
    setInterval(async () => {
      if (document.hidden) return;
      const stamp = encodeURIComponent(form.elements.empreinte.value);
      const answer = await fetch(`${form.dataset.etat}?empreinte=${stamp}`).catch(() => null);
      if (answer?.ok) other((await answer.json()).autre);
    }, PAUSE);
  }
}

async function post(address, data, signal) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(data), signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function show(form, answer) {
  for (const place of form.querySelectorAll("[data-erreur]")) {
    const said = (answer.erreurs[place.dataset.erreur] ?? []).join(" ");
    put(place, said);
    const field = document.getElementById(`champ-${place.dataset.erreur}`);
    if (said) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
  for (const place of form.querySelectorAll("[data-doute]")) {
    put(place, (answer.doutes ?? {})[place.dataset.doute] ?? "");
  }
  other(answer.autre);
  if (answer.apercu === undefined) {
    say("[data-compte]", "À corriger : l'aperçu attend.");
    return;
  }
  say("[data-compte]", answer.compte);
  // Notre serveur échappe tout ce que quelqu'un a écrit.
  document.querySelector("[data-cible]").innerHTML = answer.apercu;
}

function put(place, said) {
  if (place.textContent !== said) place.textContent = said;
  place.hidden = !said;
}

function say(where, said) {
  const place = document.querySelector(where);
  if (place && place.textContent !== said) place.textContent = said;
}

function other(said) {
  const place = document.querySelector("[data-autre]");
  if (place) put(place, said);
}

const trial = document.querySelector("form[data-essai]");
trial?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const data = new FormData(trial);
  if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
  if (!data.get("message").trim()) return;
  data.set("seul", "oui");
  say("[data-attente]", "L'assistant répond…");
  try {
    const { tour, refus } = await post(trial.action, data);
    say("[data-attente]", refus ?? "");
    if (!tour) return;
    document.querySelector("[data-fil]").insertAdjacentHTML("beforeend", tour);
    trial.elements.message.value = "";
    trial.scrollIntoView({ block: "nearest" });
  } catch {
    say("[data-attente]", "L'essai n'a pas répondu : rechargez la page.");
  }
});

const followed = document.querySelector("[data-suivi]");
if (followed && !followed.hasAttribute("data-fini")) {
  setInterval(async () => {
    const answer = await fetch(followed.dataset.suivi).catch(() => null);
    if (!answer?.ok) return;
    const { apercu, en_cours: running } = await answer.json();
    if (followed.innerHTML !== apercu) followed.innerHTML = apercu;
    if (!running) location.reload();
  }, 2000);
}
