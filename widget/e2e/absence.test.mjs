import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { open, PHONE, say, still, world } from "./outils.mjs";

const CHEST = "j'ai une douleur dans la poitrine et je n'arrive plus à respirer";
let w;
before(async () => (w = await world()));
after(() => w.end());
beforeEach(() => Object.assign(w.bot.state, { offline: false, script: [], delay: 60 }));

async function visit(options = {}, init = () => {}) {
  const context = await w.browser.newContext(options);
  await context.addInitScript(init);
  const page = await context.newPage();
  await page.goto(`${w.partner.origin}/`);
  return { context, page };
}
const write = async (page, text) => {
  await page.locator("am-chat .composer textarea").fill(text);
  await page.keyboard.press("Enter");
};
const numbers = (page, where) =>
  page.locator(`am-chat ${where} a`).evaluateAll((links) => links.map((link) => link.getAttribute("href")));
const ALL = ["tel:15", "tel:112", "sms:114"];

test("service absent : le 15, le 112 et le 114 restent à l'écran", async () => {
  const { context, page } = await visit();
  await open(page);
  w.bot.state.offline = true;
  await write(page, "formation");
  await page.locator("am-chat .status .standing").waitFor();
  assert.deepEqual(await numbers(page, ".status .standing"), ALL);
  assert.equal(await page.locator("am-chat .alert").count(), 0, "rien de rouge pour une question ordinaire");
  await context.close();
});

test("service absent dès l'ouverture, puis message non envoyé : les numéros aussi", async () => {
  const { context, page } = await visit();
  await page.clock.install();
  w.bot.state.offline = true;
  // The page itself is a partner's: it stays.
  await page.locator("am-chat .launcher").click();
  await write(page, "formation");
  for (let step = 0; step < 60; step += 1) await page.clock.runFor(3000);
  await page.getByText("Non envoyé").waitFor();
  assert.deepEqual(await numbers(page, ".status .standing"), ALL);
  assert.deepEqual(await numbers(page, ".failure .standing"), ALL);
  await context.close();
});

test("une urgence, service absent : l'alerte vient tout de suite", async () => {
  const { context, page } = await visit();
  await open(page);
  w.bot.state.offline = true;
  await write(page, CHEST);
  const alert = page.locator("am-chat .turn:last-child .alert");
  await alert.waitFor({ timeout: 2000 });
  assert.equal(await alert.getAttribute("role"), "alert");
  assert.deepEqual(await numbers(page, ".turn:last-child .alert"), ALL);
  await context.close();
});

test("une urgence, service lent : l'alerte n'attend pas la réponse", async () => {
  const { context, page } = await visit();
  await open(page);
  w.bot.state.delay = 8000;
  await write(page, CHEST);
  await page.locator("am-chat .turn:last-child .alert").waitFor({ timeout: 4000 });
  assert.equal(await page.locator("am-chat .typing").count(), 1, "la réponse n'est pas encore là");
  await context.close();
});

test("« Gardée sur cet appareil » seulement si elle l'est", async () => {
  const kept = await visit();
  await open(kept.page);
  await kept.page.getByText("Gardée sur cet appareil").waitFor();
  await kept.context.close();
  for (const forbid of [
    () => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("refusé"); } }),
    () => (Storage.prototype.setItem = () => { throw new Error("plein"); }),
  ]) {
    const { context, page } = await visit({}, forbid);
    await open(page);
    await page.getByText("Gardée dans cette page seulement").waitFor();
    await say(page, "formation");
    assert.equal(await page.getByText("Gardée sur cet appareil").count(), 0);
    await context.close();
  }
});

test("l'avis : le formulaire se voit, et il est annoncé", async () => {
  const { context, page } = await visit(PHONE);
  await open(page);
  await say(page, "formation");
  await page.getByRole("button", { name: "Réponse pas utile" }).click();
  await still(page);
  const [form, log] = await Promise.all([".reason", ".log"].map((name) => page.locator(`am-chat ${name}`).boundingBox()));
  assert.ok(form.y >= log.y && form.y + form.height <= log.y + log.height + 1, JSON.stringify({ form, log }));
  assert.match(await page.locator("am-chat .toast[role=status]").innerText(), /dire pourquoi/);
  const sizes = await page.locator("am-chat textarea").evaluateAll((fields) => fields.map((field) => parseFloat(getComputedStyle(field).fontSize)));
  assert.ok(sizes.every((size) => size >= 16), `iOS agrandirait la page : ${sizes}`);
  await context.close();
});

test("le clavier d'un téléphone : le panneau tient dans ce qui reste, deux doigts ne le réduisent pas", async () => {
  const { context, page } = await visit({ ...PHONE, reducedMotion: "reduce" }, () => {
    const seen = new EventTarget();
    window.__seen = Object.assign(seen, { height: 844, offsetTop: 0, scale: 1 });
    Object.defineProperty(window, "visualViewport", { get: () => seen });
  });
  await open(page);
  const seen = (change) => page.evaluate((to) => Object.assign(window.__seen, to).dispatchEvent(new Event("resize")), change);
  await seen({ height: 430, offsetTop: 60 });
  assert.deepEqual(await page.locator("am-chat .panel").boundingBox(), { x: 0, y: 60, width: 390, height: 430 });
  await seen({ height: 200, offsetTop: 0, scale: 2 });
  assert.equal((await page.locator("am-chat .panel").boundingBox()).height, 430);
  await context.close();
});
