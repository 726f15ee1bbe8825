// A coordinator's morning in a real browser, on the real workshop that AM_ATELIER names (its
// one-time link); with AM_CAPTURES, a folder, the pictures of docs/atelier.md are made on the way.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch } from "../dev/navigateur.mjs";

const LINK = process.env.AM_ATELIER;
const BASE = new URL(LINK).origin;
const DESKTOP = { width: 1536, height: 900 };
const PHONE = { width: 390, height: 844 };
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const seen = { wrong: [], elsewhere: [] };
let browser;
let page;

before(async () => {
  browser = await launch();
  const context = await browser.newContext({ viewport: DESKTOP, locale: "fr-FR" });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => seen.wrong.push(error.message));
  page.on("console", (said) => said.type() === "error" && seen.wrong.push(said.text()));
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

test("chaque page, sur un ordinateur et un téléphone, en clair et en sombre", async () => {
  for (const [size, colorScheme] of [[DESKTOP, "light"], [PHONE, "dark"], [{ width: 320, height: 700 }, "light"]]) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    for (const path of ["/", "/faits/cqp_heures", "/fiches/cqp", "/sources/akeia", "/site", "/montants", "/montants/aide_mi_temps", "/rappels", "/publier", "/historique", "/essayer"]) {
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
