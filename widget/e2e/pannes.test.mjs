import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { asked, focused, open, PHONE, say, settled, storageSize, world } from "./outils.mjs";

let w;
before(async () => (w = await world()));
after(() => w.end());
beforeEach(() => Object.assign(w.bot.state, { offline: false, script: [], requests: [], delay: 60, tokens: true }));

async function visit(path = "/", options = {}) {
  const context = await w.browser.newContext(options);
  const page = await context.newPage();
  await page.goto(w.partner.origin + path);
  return { context, page };
}
const bubbles = async (page) =>
  (await page.locator("am-chat .bubble").allTextContents()).map((text) => text.replaceAll("\u00a0", " "));
const answers = (page) => page.locator("am-chat .turn:has(.ask) .answer").count();
const write = async (page, text) => {
  await page.locator("am-chat .composer textarea").fill(text);
  await page.keyboard.press("Enter");
};

test("service arrêté puis revenu : dit, retenté avec le même id, rien de perdu", async () => {
  const { context, page } = await visit();
  await open(page);
  await say(page, "formation");
  w.bot.state.offline = true;
  await write(page, "et le salaire ?");
  await page.getByText("Le service ne répond pas, nouvelle tentative…").waitFor();
  await page.locator("am-chat .composer textarea").fill("à moitié écrit");
  await page.waitForTimeout(1500);
  w.bot.state.offline = false;
  await page.locator("am-chat .status .link").click();
  await settled(page);
  assert.equal(await answers(page), 2);
  assert.equal(await page.locator("am-chat .composer textarea").inputValue(), "à moitié écrit");
  assert.equal(new Set(asked(w.bot).map(({ id }) => id)).size, 2);
  assert.equal(await page.locator("am-chat .status.shown").count(), 0);
  await context.close();
});

test("rechargé au milieu : l'échange, le brouillon et la question en route sont là", async () => {
  const { context, page } = await visit();
  await open(page);
  await say(page, "formation");
  w.bot.state.delay = 1500;
  await write(page, "estimation");
  await page.locator("am-chat .composer textarea").fill("mon brouillon");
  const before = w.bot.state.runs;
  await page.reload();
  await page.locator("am-chat .panel").waitFor();
  w.bot.state.delay = 60;
  await settled(page);
  assert.equal(await answers(page), 2);
  assert.equal(await page.locator("am-chat .composer textarea").inputValue(), "mon brouillon");
  assert.notEqual(await focused(page), "textarea", "le focus n'est pas volé");
  assert.ok(w.bot.state.runs - before <= 1, "la question n'est jouée qu'une fois");
  await context.close();
});

test("rechargé service arrêté : la question repart seule", async () => {
  const { context, page } = await visit();
  await open(page);
  w.bot.state.offline = true;
  await write(page, "formation");
  await page.locator("am-chat .status.shown").waitFor();
  await page.reload({ waitUntil: "commit" }).catch(() => undefined);
  w.bot.state.offline = false;
  await page.goto(`${w.partner.origin}/`);
  await page.locator("am-chat .panel").waitFor();
  await settled(page);
  assert.deepEqual(await bubbles(page), ["Vous : formation"]);
  assert.equal(await answers(page), 1);
  await context.close();
});

test("abandon : « Non envoyé · Réessayer »", async () => {
  const { context, page } = await visit();
  await page.clock.install();
  await page.locator("am-chat .launcher").click();
  await page.clock.runFor(500);
  await page.locator("am-chat .starters").waitFor();
  w.bot.state.offline = true;
  await write(page, "formation");
  for (let step = 0; step < 60; step += 1) await page.clock.runFor(3000);
  await page.getByText("Non envoyé").waitFor();
  w.bot.state.offline = false;
  await page.locator("am-chat .failure .link").click();
  await page.clock.runFor(2000);
  await settled(page);
  assert.equal(await answers(page), 1);
  await context.close();
});

test("réponse tardive (202), puis plus lente que d'habitude", async () => {
  const { context, page } = await visit();
  await open(page);
  w.bot.state.script = [{ status: 202 }, { status: 202 }];
  await say(page, "formation");
  assert.equal(await answers(page), 1);
  assert.equal(new Set(asked(w.bot).map(({ id }) => id)).size, 1);
  assert.equal(asked(w.bot).length, 3);
  await context.close();
});

test("trop de messages (429) : dit poliment, renvoyé tout seul", async () => {
  const { context, page } = await visit();
  await open(page);
  w.bot.state.limited = false;
  await write(page, "limite");
  await page.getByText("envoi automatique dans 3 secondes").waitFor();
  await settled(page);
  assert.equal(await answers(page), 1);
  await context.close();
});

test("session expirée : nouvelle session, renvoi, et c'est dit", async () => {
  const { context, page } = await visit();
  await open(page);
  w.bot.state.script = [{ status: 401, body: { erreur: { code: "session_expiree", message: "Expirée.", reessayer_dans: null } } }];
  await say(page, "formation");
  assert.equal(await answers(page), 1);
  await page.getByText("La session a été renouvelée").waitFor();
  assert.equal(w.bot.state.requests.filter(({ route }) => route === "session").length, 2);
  await context.close();
});

test("intranet : jeton expiré, redemandé à la page ; rien dans le stockage des visiteurs", async () => {
  const { context, page } = await visit("/intranet");
  await page.locator("am-chat .cover .main").click();
  await page.locator("am-chat .starters").waitFor();
  w.bot.state.script = [{ status: 401, body: { erreur: { code: "jeton_expire", message: "Expiré.", reessayer_dans: null } } }];
  await say(page, "formation");
  const tokens = w.bot.state.requests.map(({ authorization }) => authorization);
  assert.equal(new Set(tokens).size, 2);
  assert.ok(tokens.every((token) => /^Bearer jeton-\d+$/.test(token)));
  assert.equal(await answers(page), 1);
  const stored = await page.evaluate(() => [localStorage.length, JSON.stringify({ ...sessionStorage })]);
  assert.equal(stored[0], 0);
  assert.doesNotMatch(stored[1], /jeton-/);
  await context.close();
});

test("deux onglets : mêmes messages, une fois chacun", async () => {
  const context = await w.browser.newContext();
  const [a, b] = [await context.newPage(), await context.newPage()];
  for (const page of [a, b]) await page.goto(`${w.partner.origin}/`);
  await open(a);
  await open(b);
  assert.equal(w.bot.state.requests.filter(({ route }) => route === "session").length, 1);
  await Promise.all([say(a, "formation"), say(b, "estimation")]);
  await a.waitForTimeout(400);
  const both = await bubbles(a);
  assert.deepEqual([...both].sort(), ["Vous : estimation", "Vous : formation"]);
  assert.deepEqual(await bubbles(b), both);
  assert.equal(await answers(a), 2);
  assert.equal(asked(w.bot).length, 2);
  await a.locator("am-chat .kept button").click();
  await a.locator("am-chat dialog .danger").click();
  await b.getByText("Conversation effacée").waitFor();
  assert.equal(await storageSize(a), 0);
  await context.close();
});

test("la bulle et l'encart d'une même page montrent la même conversation", async () => {
  const { context, page } = await visit("/integre");
  await page.locator("am-chat .cover .main").click();
  await page.locator("am-chat .starters").waitFor();
  await page.evaluate(() => document.body.append(document.createElement("am-chat")));
  await page.locator("am-chat .launcher").click();
  await page.locator("am-chat:not([embedded]) .composer textarea").fill("formation");
  await page.keyboard.press("Enter");
  await page.locator("am-chat[embedded] .ask").waitFor();
  await page.waitForTimeout(400);
  assert.equal(asked(w.bot).length, 1);
  assert.equal(await page.locator("am-chat[embedded] .turn:has(.ask) .answer").count(), 1);
  await context.close();
});

test("réduit pendant l'attente : pastille, puis plus rien une fois lu", async () => {
  const { context, page } = await visit();
  await open(page);
  w.bot.state.delay = 500;
  await write(page, "formation");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("am-chat .badge").count(), 0);
  await page.locator("am-chat .badge").waitFor();
  assert.match(await page.locator("am-chat .launcher").getAttribute("aria-label"), /1 nouveau message/);
  await page.locator("am-chat .launcher").click();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("am-chat .badge").count(), 0);
  await context.close();
});

test("effacer : serveur d'abord ; en panne, rien n'est oublié", async () => {
  const { context, page } = await visit();
  await open(page);
  await say(page, "formation");
  await page.locator("am-chat .kept button").click();
  w.bot.state.offline = true;
  await page.locator("am-chat dialog .danger").click();
  await page.getByText("rien n’a été effacé").waitFor();
  w.bot.state.offline = false;
  await page.locator("am-chat dialog .danger").click();
  await page.getByText("Conversation effacée").waitFor();
  assert.equal(await storageSize(page), 0);
  assert.ok(w.bot.state.requests.some(({ route }) => route === "effacer"));
  await page.locator("am-chat .cover .main").click();
  await page.locator("am-chat .starters").waitFor();
  assert.deepEqual(await bubbles(page), []);
  await context.close();
});

test("recommencer, avec confirmation", async () => {
  const { context, page } = await visit();
  await open(page);
  await say(page, "formation");
  await page.locator("am-chat .menu-button").click();
  await page.getByRole("button", { name: "Recommencer" }).click();
  await page.getByRole("button", { name: "Annuler" }).click();
  assert.equal(await answers(page), 1);
  await page.locator("am-chat .menu-button").click();
  await page.getByRole("button", { name: "Recommencer" }).click();
  await page.locator("am-chat dialog .danger").click();
  await page.locator("am-chat .ask").waitFor({ state: "detached" });
  await page.locator("am-chat .starters button:enabled").first().waitFor();
  await context.close();
});

test("limite de longueur : rien n'est coupé, rien ne part", async () => {
  const { context, page } = await visit();
  await open(page);
  await page.locator("am-chat .composer textarea").fill("a".repeat(900));
  await page.getByText("900 / 1000").waitFor();
  await page.locator("am-chat .composer textarea").fill("a".repeat(1003));
  await page.getByText("retirez 3 caractères").waitFor();
  await page.keyboard.press("Enter");
  assert.equal(asked(w.bot).length, 0);
  assert.equal((await page.locator("am-chat .composer textarea").inputValue()).length, 1003);
  await context.close();
});

test("avis, avec une raison", async () => {
  const { context, page } = await visit("/", PHONE);
  await open(page);
  await say(page, "formation");
  await page.getByRole("button", { name: "Réponse pas utile" }).click();
  await page.locator("am-chat .reason textarea").fill("trop court");
  await page.locator("am-chat .reason .main").click();
  await page.getByText("Merci pour votre avis.").waitFor();
  await page.waitForTimeout(100);
  const sent = w.bot.state.requests.filter(({ route }) => route === "avis").map(({ posted }) => [posted.avis, posted.raison]);
  assert.deepEqual(sent, [["inutile", undefined], ["inutile", "trop court"]]);
  assert.equal(await page.locator("am-chat .tool[aria-pressed=true]").count(), 1);
  await context.close();
});

test("Entrée pendant une composition (IME) n'envoie pas", async () => {
  const { context, page } = await visit();
  await open(page);
  await page.locator("am-chat .composer textarea").fill("にほん");
  await page.locator("am-chat .composer textarea").evaluate((field) => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, composed: true })));
  assert.equal(asked(w.bot).length, 0);
  await context.close();
});

test("session finie au milieu d'une estimation : l'estimation est redite à la nouvelle", async () => {
  const { page, context } = await visit();
  await open(page);
  await say(page, "précise");
  w.bot.state.requests.length = 0;
  w.bot.state.script = [{ status: 401, body: { erreur: { code: "session_expiree", message: "Expirée.", reessayer_dans: null } } }];
  await say(page, "et à temps plein ?");
  await page.getByText("l’assistant garde votre estimation").waitFor();
  assert.deepEqual(w.bot.state.requests.map(({ route, posted }) => posted.texte ?? route), ["et à temps plein ?", "session", "Montant de l’aide : mi-temps", "et à temps plein ?"]);
  await context.close();
});

test("« je ne suis pas seul sur cet ordinateur » : plus rien de gardé, la discussion continue dans la page", async () => {
  const { page, context } = await visit();
  await open(page);
  await say(page, "formation");
  assert.ok((await storageSize(page)) > 0);
  await page.locator("am-chat .menu-button").click();
  await page.getByRole("button", { name: "Je ne suis pas seul sur cet ordinateur" }).click();
  await page.getByText("Gardée dans cette page seulement").waitFor();
  assert.equal(await storageSize(page), 0);
  await say(page, "estimation");
  assert.equal(await page.locator("am-chat .ask").count(), 2);
  assert.equal(await storageSize(page), 0);
  await page.reload();
  await page.locator("am-chat .launcher").click();
  await page.locator("am-chat .starters").waitFor();
  assert.equal(await page.locator("am-chat .ask").count(), 0);
  await context.close();
});
