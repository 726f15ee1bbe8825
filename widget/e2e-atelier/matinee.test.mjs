// A coordinator's morning in a real browser, on the real workshop that AM_ATELIER names (its
// one-time link), whose knowledge is the folder AM_CONNAISSANCES; with AM_CAPTURES, a folder, the
// pictures of docs/atelier.md are made on the way.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch } from "../dev/navigateur.mjs";

const LINK = process.env.AM_ATELIER;
const BASE = new URL(LINK).origin;
/** Milliseconds that learning may take, on a busy machine. */
const LEARNING = 40 * 60_000;
const DESKTOP = { width: 1536, height: 900 };
const PHONE = { width: 390, height: 844 };
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PHRASES = [
  "y a-t-il des places de parking",
  "est-ce que je peux venir en voiture",
  "je laisse ma voiture à quel endroit",
  "le stationnement est-il payant",
  "un badge pour le parking",
  "je viens en voiture, je me mets où",
  "parking gratuit pour les salariés ?",
  "trouver une place pour sa voiture près du cabinet",
];
const seen = { wrong: [], elsewhere: [] };
let browser;
let page;

before(async () => {
  browser = await launch();
  const context = await browser.newContext({ viewport: DESKTOP, locale: "fr-FR" });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => seen.wrong.push(error.message));
  // 422 : une faute montrée à côté de son champ, comme un test le demande.
  page.on("console", (said) => said.type() === "error" && !/status of 422/.test(said.text()) && seen.wrong.push(said.text()));
  page.on("request", (request) => {
    if (!/^data:/.test(request.url()) && new URL(request.url()).origin !== BASE) seen.elsewhere.push(request.url());
  });
});

after(() => browser.close());

const picture = async (name) => {
  if (process.env.AM_CAPTURES) await page.screenshot({ path: `${process.env.AM_CAPTURES}/${name}.png` });
};

/** No axe violation, and nothing wider than the window. */
async function sound() {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  const told = found.violations.map((each) => `${each.id} : ${each.nodes.map((node) => node.html).join(" | ").slice(0, 300)}`);
  assert.deepEqual(told, [], page.url());
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${page.url()} déborde`);
}

test("entrer, chercher, changer un fait au clavier et voir les réponses changer", async () => {
  await page.goto(LINK);
  await sound();
  await page.getByLabel("Votre nom").fill("Anne");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${BASE}/`);
  await page.getByLabel(/Un chiffre/).fill("279");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /pour « 279 »/ }).waitFor();
  await sound();
  await page.getByRole("link", { name: "Durée du CQP complet", exact: true }).first().click();
  await page.waitForURL(/cqp_heures/);

  await page.getByLabel("Valeur").fill("300 heures");
  await page.locator("#erreur-valeur").getByText("n'est pas un nombre").waitFor();
  assert.equal(await page.getByLabel("Valeur").getAttribute("aria-invalid"), "true");
  await sound();
  await page.getByLabel("Valeur").fill("300");
  await page.locator("#apercu mark").getByText("300").first().waitFor();
  await page.getByText(/(\d+) réponses utilisent cette entrée, \1 changent/).waitFor();
  await page.locator("select[name=source]").selectOption({ label: "Akeia (26 août 2025)" });
  await page.locator("#doute-source").getByText("encore l'ancienne source").waitFor();
  await page.getByLabel("Retirer l'ancienne source").check();
  await page.locator("#apercu mark").getByText("Akeia").first().waitFor();
  await picture("atelier-fait");
  await page.getByLabel("Valeur").focus();
  await page.keyboard.press("Enter");
  await page.getByText("C'est dans le brouillon").waitFor();
});

test("essayer le brouillon, et demander pourquoi", async () => {
  await page.getByLabel("Votre question").fill("combien d'heures dure le CQP ?");
  await page.keyboard.press("Enter");
  await page.locator(".fil .bulle").getByText("300 heures").waitFor();
  await page.getByText("Pourquoi cette réponse ?").last().click();
  await page.locator(".pourquoi").getByText(/règle/).waitFor();
  await sound();
  await page.goto(`${BASE}/essayer`);
  await page.locator(".fil .bulle").getByText("300 heures").waitFor();
  await sound();
});

test("ajouter le montant de 2027 et voir les deux contrats", async () => {
  await page.goto(`${BASE}/montants/aide_mi_temps`);
  await page.getByLabel("P30 à P89, 1re").check();
  await page.getByLabel("Nouvelle valeur").fill("20 000");
  await page.getByLabel("À partir du").fill("2027-01-01");
  await page.locator("select[name=source]").selectOption("ameli_bdr");
  await page.locator("#apercu mark").getByText("20 000 €").waitFor();
  assert.equal(await page.locator("#apercu table").first().locator("mark").count(), 0, "la veille, rien ne change");
  await picture("atelier-montant");
  await sound();
  await page.getByRole("button", { name: "Ajouter au brouillon" }).click();
  await page.getByText("1 ligne dans le brouillon").waitFor();
});

test("publier, lire l'historique, annuler", async () => {
  await page.goto(`${BASE}/publier`);
  await page.getByText(/279 → 300\sheures.*\d+ réponses changent/).waitFor();
  await picture("atelier-publier");
  await sound();
  await page.getByLabel("Pourquoi").fill("arrêté du 1er décembre");
  await page.keyboard.press("Enter");
  await page.getByText("C'est publié (n° 1)").waitFor();
  await sound();
  await page.getByRole("button", { name: /Annuler cette publication/ }).click();
  await page.getByText("La publication n° 1 est annulée").waitFor();
  await page.goto(`${BASE}/faits/cqp_heures`);
  assert.equal(await page.getByLabel("Valeur").inputValue(), "279");
});

test("mon site : qui propose l'assistant, un contact de plus", async () => {
  await page.goto(`${BASE}/site`);
  await page.getByLabel(/Qui propose/).fill("la MSP des Coëvrons");
  const other = page.getByRole("group", { name: "Un autre département" });
  await other.getByLabel("Numéro").fill("99");
  await other.getByLabel("Nom").fill("MSP du Mans");
  await page.getByText("n'est pas un département").waitFor();
  await other.getByLabel("Numéro").fill("72");
  await page.getByText(/réponses? utilisent? cette entrée/).waitFor();
  await page.getByRole("button", { name: "Garder dans le brouillon" }).click();
  await page.getByText("C'est dans le brouillon").waitFor();
});

test("la boîte : ce que trois personnes ont demandé devient une fiche, avec ses phrases", async () => {
  await page.goto(`${BASE}/boite`);
  await page.getByText("3 personnes, 3 fois").waitFor();
  await sound();
  await picture("atelier-boite");
  await page.getByRole("link", { name: /C'était une fiche/ }).first().click();
  await page.getByLabel(/Phrases à apprendre/).waitFor();
  await sound();
  await page.getByRole("button", { name: "Garder dans le brouillon" }).click();
  await page.locator("#erreur-phrases").getByText("dites-le avec vos mots").waitFor();
  await page.goto(`${BASE}/boite`);
  await page.getByRole("link", { name: /Il manque un sujet/ }).first().click();
  await page.getByLabel("Question", { exact: true }).fill("Où l'assistant médical peut-il se garer ?");
  await page.getByLabel(/Bouton/).fill("Parking");
  await page.getByLabel("Réponse à tout le monde").fill("**Le parking est gratuit pour le personnel.** Demandez un badge à l'accueil.");
  await page.locator("summary").getByText("Sources de la réponse").click();
  await page.getByLabel("May'Santé LAB (Mayenne)").first().check();
  await page.locator("#erreur-phrases").getByText("dites-le avec vos mots").waitFor();
  await page.getByLabel(/Ce que les gens écrivent/).fill(PHRASES.join("\n"));
  await page.locator("#apercu").getByText("Le parking est gratuit").waitFor();
  await sound();
  await page.getByRole("button", { name: "Garder dans le brouillon" }).click();
  await page.getByText("C'est dans le brouillon").waitFor();
  await page.goto(`${BASE}/boite`);
  await page.getByText("Rien n'attend").waitFor();
});

test("publier tout, en cinq secondes", async () => {
  await page.goto(`${BASE}/publier`);
  await page.getByRole("link", { name: /Fiche « Parking » : ajout/ }).waitFor();
  await page.getByRole("link", { name: /Phrases de « Parking » : \d+ ajoutées/ }).waitFor();
  await sound();
  await page.getByLabel("Pourquoi").fill("demandé trois fois");
  await page.keyboard.press("Enter");
  await page.getByText(/C'est publié/).waitFor();
});

test("apprendre, voir où cela en est et ce qu'il en est venu, puis essayer", async () => {
  await page.goto(`${BASE}/apprendre`);
  await sound();
  await page.getByRole("button", { name: "Apprendre maintenant" }).click();
  await page.getByText("L'assistant apprend…").waitFor();
  await sound();
  await page.getByText(/C'est fait : l'assistant se sert|Refusé|n'a pas abouti/).waitFor({ timeout: LEARNING });
  await page.getByText("C'est fait : l'assistant se sert").waitFor();
  await page.getByRole("table").getByText("phrases à part : bon sujet").waitFor();
  await sound();
  await picture("atelier-apprendre");
  await page.goto(`${BASE}/essayer`);
  await page.getByLabel("Votre question").fill("il y a de la place pour ma voiture près du cabinet ?");
  await page.keyboard.press("Enter");
  await page.locator(".fil .bulle").getByText("Le parking est gratuit").waitFor();
});

test("montrer un essai à une collègue", async () => {
  await page.goto(`${BASE}/essayer`);
  await page.getByRole("button", { name: "Montrer cet essai" }).click();
  await page.getByRole("heading", { name: "Un essai de Anne" }).waitFor();
  await sound();
});

test("une mise à jour change un fait qu'elle avait changé : les deux sont montrés", async () => {
  await page.goto(`${BASE}/faits/cqp_heures`);
  await page.getByLabel("Valeur").fill("300");
  await page.getByRole("button", { name: "Garder dans le brouillon" }).click();
  await page.goto(`${BASE}/publier`);
  await page.getByLabel("Pourquoi").fill("arrêté du 1er décembre");
  await page.keyboard.press("Enter");
  await page.getByText(/C'est publié/).waitFor();
  const shipped = `${process.env.AM_CONNAISSANCES}/faits/formation.yml`;
  await writeFile(shipped, (await readFile(shipped, "utf8")).replace("valeur: 279", "valeur: 290"));
  await page.goto(`${BASE}/publier`);
  await page.getByText("Une mise à jour a changé ce que vous aviez changé").waitFor();
  await page.getByRole("cell", { name: "290" }).waitFor();
  await sound();
  await picture("atelier-mise-a-jour");
  await page.getByRole("button", { name: "Garder la nôtre" }).click();
  await page.getByText("C'est noté : votre entrée reste").waitFor();
});

test("prendre un tableau pour Excel, le rendre tel quel", async () => {
  await page.goto(`${BASE}/tableur`);
  await sound();
  await picture("atelier-excel");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Faits" }).click()]);
  await page.getByLabel(/Tableau/).setInputFiles(await download.path());
  await page.getByRole("button", { name: "Voir ce qui changerait" }).click();
  await page.getByText("il n'y a rien à reprendre").waitFor();
});

test("chaque page, sur un ordinateur et un téléphone, en clair et en sombre", async () => {
  for (const [size, colorScheme] of [[DESKTOP, "light"], [PHONE, "dark"], [{ width: 320, height: 700 }, "light"]]) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    for (const path of ["/", "/faits/cqp_heures", "/fiches/cqp", "/sources/akeia", "/site", "/montants", "/montants/aide_mi_temps", "/boite", "/nouveau/fiches", "/nouveau/faits", "/phrases/cqp", "/contacts/opco_ep", "/apprendre", "/tableur", "/rappels", "/publier", "/historique", "/essayer"]) {
      await page.goto(BASE + path);
      await sound();
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(PHONE);
  await page.goto(`${BASE}/faits/cqp_heures`);
  await picture("atelier-telephone");
});

test("rien d'ailleurs, rien en erreur", () => {
  assert.deepEqual(seen, { wrong: [], elsewhere: [] });
});
