import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { clean, flat, visit, w } from "./monde.mjs";

test("une visite entière : accueil, tableau, sources, question de suite, avis, copie, impression", async () => {
  const { context, page, seen, chat } = await visit(`${w.partner.origin}/`, {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await chat.open();
  assert.match(await chat.answer(), /automate/);
  assert.equal(await chat.last.locator(".starters button").count(), 4);

  const table = await chat.press("Estimer mon aide");
  assert.match(table, /Année de contrat[\s\S]*1re année\s+19 000 €\s+38 000 €/);
  const starters = chat.box.locator(".starters button");
  assert.equal(await starters.count(), 4, "les boutons restent");
  assert.match(await starters.last().textContent(), /\(choisi\)/);
  assert.equal(await chat.box.locator(".starters button:enabled:not(.chosen)").count(), 0);

  const sources = chat.last.locator(".foot details.sources");
  const first = sources.locator("a").first();
  assert.equal(await first.isVisible(), false, "les sources sont repliées");
  await sources.locator("summary").click();
  assert.match(flat(await sources.innerText()), /relue le \d/);
  assert.match(await first.getAttribute("href"), /^https:\/\/www\.ameli\.fr\//);
  assert.equal(await first.getAttribute("rel"), "noopener noreferrer");

  assert.match(await chat.say("aide mi-temps 2e année P92"), /14 000 € par an au maximum/);
  assert.match(await chat.say("et à temps plein ?"), /28 000 € par an au maximum/);

  const opinion = () => page.waitForResponse((reply) => reply.url().endsWith("/avis"));
  const [down] = await Promise.all([opinion(), chat.last.getByRole("button", { name: "Réponse pas utile" }).click()]);
  assert.equal(down.status(), 204);
  await chat.last.locator(".reason textarea").fill("il manque le coût");
  const [reason] = await Promise.all([opinion(), chat.last.getByRole("button", { name: "Envoyer" }).click()]);
  assert.equal(reason.status(), 204);
  assert.equal(reason.request().postDataJSON().raison, "il manque le coût");
  await page.getByText("Merci pour votre avis.").waitFor();

  await chat.last.getByRole("button", { name: "Copier la réponse" }).click();
  await page.getByText("Copié.").waitFor();
  const copied = flat(await page.evaluate(() => navigator.clipboard.readText()));
  assert.match(copied, /^28 000 € par an au maximum[\s\S]*Source : Assurance Maladie.*relue le \d/);

  await chat.menu("Imprimer : Conversation");
  const printed = await page.waitForFunction(() => window.__printed);
  assert.match(flat(await printed.jsonValue()), /Estimer mon aide[\s\S]*14 000 €[\s\S]*28 000 €/);

  await chat.box.locator(".menu-button").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    chat.box.getByRole("button", { name: "Télécharger : Conversation" }).click(),
  ]);
  const file = flat(await readFile(await download.path(), "utf8"));
  for (const said of ["Estimer mon aide", "1re année | 19 000 € | 38 000 €", "et à temps plein ?", "28 000 €"]) {
    assert.ok(file.includes(said), `absent du fichier : ${said}`);
  }
  assert.doesNotMatch(file, /undefined|\*\*|<\w+/);
  clean(seen);
  const others = seen.requests.filter((url) => ![w.robot.origin, w.partner.origin].includes(new URL(url).origin));
  assert.deepEqual(others.filter((url) => /^http/.test(url)), [], "rien n'est demandé à un tiers");
  await context.close();
});

test("une urgence au milieu d'une estimation : alerte rouge, le 15 à appeler, puis la suite", async () => {
  const { context, seen, chat } = await visit(`${w.partner.origin}/`);
  await chat.open();
  await chat.press("Estimer mon aide");
  await chat.press("Mi-temps");
  await chat.say("mon mari fait un malaise il respire plus");
  const alert = chat.last.locator(".alert");
  assert.equal(await alert.getAttribute("role"), "alert");
  const numbers = await alert.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(numbers, ["tel:15", "tel:112", "sms:114"]);
  const [red, green, blue] = await alert.evaluate((node) => getComputedStyle(node).borderLeftColor.match(/\d+/g).map(Number));
  assert.ok(red > 2 * green && red > 2 * blue, `rouge ? rgb(${red}, ${green}, ${blue})`);
  assert.doesNotMatch(await chat.answer(), /€/);
  assert.match(await chat.say("je reprends : secteur 1, généraliste, P92, 3e année"), /13 000 €/);
  clean(seen);
  await context.close();
});
