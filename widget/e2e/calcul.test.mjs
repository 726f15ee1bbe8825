import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { asked, clean, open, say, still, unfold, watched, world } from "./outils.mjs";

let w;
before(async () => (w = await world()));
after(() => w.end());
beforeEach(() => Object.assign(w.bot.state, { offline: false, requests: [], cards: [], broken: "" }));

const plain = (text) => text.replaceAll(/[\u00a0\u202f]|&nbsp;/g, " ");

async function visit(path = "/", options = {}) {
  const context = await w.browser.newContext({ reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"], ...options });
  const { page, seen } = await watched(context);
  await page.goto(w.partner.origin + path);
  await open(page);
  return { context, page, seen, card: page.locator("am-chat .card") };
}
const amount = (card) => card.locator(".result strong");
const choose = async (page, card, name, value, text) => {
  await card.getByLabel(name).selectOption(value);
  await page.waitForFunction((said) => document.querySelector("am-chat").shadowRoot.querySelector(".card [role=status]").textContent.replaceAll(/\s/g, " ").includes(said), text);
};

test("la carte tient lieu du tableau et des choix ; le montant, du serveur, suit ce qu'on choisit", async () => {
  const { context, page, seen, card } = await visit();
  await say(page, "guide");
  await card.locator(".result").waitFor();
  assert.equal(await page.locator("am-chat .turn:last-child table").count(), 1, "un seul tableau");
  assert.equal(await page.locator("am-chat .next").count(), 0, "les choix sont dans la carte");
  await choose(page, card, "Temps de travail", "quotite=0.5", "46 000 €");
  assert.equal(plain(await amount(card).innerText()), "46 000 € au maximum");
  await choose(page, card, "Temps de travail", "quotite=1", "92 000 €");
  await choose(page, card, "Patientèle", "tranche=p90_p94", "92 000 €");
  await card.getByLabel("Contrat signé le").fill("2025-09-01");
  await card.getByText("Détails").click();
  await card.getByRole("link", { name: "Dates du contrat" }).waitFor();
  assert.deepEqual(w.bot.state.cards.at(-1), { quotite: "1", tranche: "p90_p94", date_contrat: "2025-09-01" });
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.localName), "summary");
  clean(seen);
  await context.close();
});

test("« Reprendre dans la discussion » dit la situation ; le champ de texte marche toujours", async () => {
  const { context, page, card } = await visit();
  await say(page, "guide");
  await choose(page, card, "Temps de travail", "quotite=1", "92 000 €");
  await card.getByRole("button", { name: "Reprendre dans la discussion" }).click();
  await page.locator("am-chat .bubble").nth(1).waitFor();
  await say(page, "formation");
  assert.deepEqual(asked(w.bot).map(({ texte }) => texte), ["guide", "Montant de l’aide : temps plein", "formation"]);
  assert.equal(await card.count(), 0, "une carte passée ne reste pas dans le fil");
  await context.close();
});

test("sous une estimation, « Changer une donnée » ouvre la carte, remplie de ce qui est su", async () => {
  const { context, page, card } = await visit();
  await say(page, "précise");
  await page.locator("am-chat .turn .part button", { hasText: "Changer une donnée" }).waitFor({ state: "attached" });
  await still(page);
  await unfold(page);
  await page.getByRole("button", { name: "Changer une donnée" }).click();
  await card.locator(".result").waitFor();
  assert.equal(await card.getByLabel("Temps de travail").inputValue(), "quotite=0.5");
  assert.equal(await card.getByLabel("Patientèle").inputValue(), "tranche=p90_p94");
  await context.close();
});

test("comparer : deux situations côte à côte", async () => {
  const { context, page, card } = await visit();
  await say(page, "précise");
  await page.locator("am-chat .turn .part button", { hasText: "Changer une donnée" }).waitFor({ state: "attached" });
  await still(page);
  await unfold(page);
  await page.getByRole("button", { name: "Changer une donnée" }).click();
  await card.getByRole("button", { name: "Comparer" }).click();
  await choose(page, card, "Temps de travail", "quotite=1", "92 000 €");
  const rows = await card.locator(".compare tbody tr").allInnerTexts();
  assert.deepEqual(rows.map((row) => plain(row).replaceAll(/\s+/g, " ").trim()), [
    "1re année 19 000 € 38 000 €",
    "2e année 14 000 € 28 000 €",
    "3e année 13 000 € 26 000 €",
    "En bref 46 000 € au maximum 92 000 € au maximum",
  ]);
  assert.deepEqual(await card.locator(".compare thead small").allInnerTexts(), ["Mi-temps, P90 à P94, Les 5 premières", "Temps plein, P90 à P94, Les 5 premières"]);
  await card.getByRole("button", { name: "Ne plus comparer" }).click();
  assert.equal(await card.locator(".compare").count(), 0);
  await context.close();
});

test("copier pour une réunion : tableau et liens pour un texte, phrases pour le reste", async () => {
  const { context, page, card } = await visit();
  await say(page, "guide");
  await card.locator(".result").waitFor();
  await card.getByText("Détails").click();
  await card.getByRole("button", { name: "Copier pour ma réunion" }).click();
  await page.getByText("Copié.").waitFor();
  const said = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return Promise.all(["text/html", "text/plain"].map(async (type) => (await item.getType(type)).text()));
  });
  const [rich, text] = said.map(plain);
  assert.match(rich, /<table>.*<td[^>]*>38 000 €<\/td>/s);
  assert.match(rich, /href="https:\/\/www\.ameli\.fr/);
  assert.match(rich, new RegExp(`href="${w.bot.origin}/estimation"`));
  assert.doesNotMatch(rich, /<svg|class=|<!--/);
  assert.match(text, /2e année \| 14 000 € \| 28 000 €/);
  assert.match(text, /Source : Assurance Maladie.*https:/);
  await context.close();
});

test("m'envoyer par e-mail : un brouillon, que personne d'autre n'envoie", async () => {
  const { context, page, card } = await visit();
  await page.evaluate(() => {
    HTMLAnchorElement.prototype.click = function () {
      window.__mail = this.href;
    };
  });
  await say(page, "guide");
  await card.locator(".result").waitFor();
  await card.getByText("Détails").click();
  await card.getByRole("button", { name: "M’envoyer par e-mail" }).click();
  const mail = await page.evaluate(() => window.__mail);
  assert.ok(mail.startsWith("mailto:?subject=") && mail.length <= 1_950, `${mail.length}`);
  assert.match(plain(decodeURIComponent(mail)), /1re année \| 19 000 € \| 38 000 €/);
  await context.close();
});

test("calcul refusé ou serveur parti : dit, et on peut réessayer", async () => {
  const { context, page, card } = await visit();
  await say(page, "guide");
  await card.locator(".result").waitFor();
  w.bot.state.broken = "Champ « date_contrat » : l'aide n'existe que depuis le 14 août 2019.";
  await card.getByLabel("Contrat signé le").fill("2001-01-01");
  await card.getByText("n'existe que depuis").waitFor();
  w.bot.state.offline = true;
  await card.getByRole("button", { name: "Réessayer" }).click();
  await card.getByText("n’a pas pu être fait").waitFor();
  Object.assign(w.bot.state, { offline: false, broken: "" });
  await card.getByRole("button", { name: "Réessayer" }).click();
  await card.locator(".result").waitFor();
  assert.equal(await card.getByLabel("Contrat signé le").inputValue(), "2001-01-01", "rien de choisi n'est perdu");
  await context.close();
});

test("le second fichier ne vient qu'après une réponse, vérifié ; sans lui, la réponse reste entière", async () => {
  const { context, page, seen } = await visit();
  const plus = () => seen.requests.filter((url) => url.includes("widget-plus"));
  assert.equal(plus().length, 0);
  let changed = true;
  await context.route("**/widget-plus.*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}${changed ? "//" : ""}` });
  });
  await say(page, "guide");
  await still(page);
  await page.waitForTimeout(300);
  assert.equal(await page.locator("am-chat .card").count(), 0, "un fichier changé n'est pas exécuté");
  assert.equal(await page.locator("am-chat .next button").count(), 3, "les choix restent");
  assert.ok(plus().length > 0);
  changed = false;
  await context.close();
});

for (const [path, name] of [["/strict", "CSP stricte"], ["/hostile", "CSS hostile"]]) {
  test(`${name} : la carte se lit et marche`, async () => {
    const { context, page, seen, card } = await visit(path);
    await say(page, "guide");
    await choose(page, card, "Temps de travail", "quotite=1", "92 000 €");
    assert.ok(await amount(card).isVisible());
    clean(seen);
    await context.close();
  });
}
