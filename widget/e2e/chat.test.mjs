// The conversation as a page of its own, also in a frame and in a folder of a partner's site.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { asked, clean, PHONE, settled, still, watched, world } from "./outils.mjs";

let w;
before(async () => (w = await world()));
after(() => w.end());
beforeEach(() => Object.assign(w.bot.state, { requests: [], seen: [] }));

const field = (page) => page.locator("am-chat .composer textarea");
const QUESTION = "Combien gagne un débutant ? & après + 2 ans";
const LINK = `/chat#q=${encodeURIComponent(QUESTION)}`;

async function visit(address, options = {}) {
  const context = await w.browser.newContext({ reducedMotion: "reduce", ...options });
  const { page, seen } = await watched(context);
  await page.goto(address);
  return { context, page, seen };
}

test("#q=… écrit la question : ni envoyée, ni au serveur, ni dans l'adresse", async () => {
  const { context, page, seen } = await visit(w.bot.origin + LINK);
  await page.locator("am-chat .starters").waitFor();
  assert.equal(await field(page).inputValue(), QUESTION);
  assert.equal(asked(w.bot).length, 0);
  assert.equal(new URL(page.url()).hash, "");
  assert.ok(!w.bot.state.seen.join(" ").includes("gagne"), w.bot.state.seen.join("\n"));
  await page.evaluate(() => (location.hash = "q=Et+après"));
  await page.waitForFunction(() => document.querySelector("am-chat").shadowRoot.querySelector("textarea").value === "Et après");
  await field(page).press("Enter");
  await settled(page);
  assert.deepEqual(asked(w.bot).map(({ texte }) => texte), ["Et après"]);
  clean(seen);
  await context.close();
});

test("sans question, rien n'est demandé ni gardé avant le premier clic", async () => {
  const { context, page, seen } = await visit(`${w.bot.origin}/chat`);
  await page.getByRole("button", { name: "Commencer la discussion" }).waitFor();
  assert.equal(seen.requests.filter((url) => url.includes("webhooks")).length, 0);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  clean(seen);
  await context.close();
});

for (const [name, options] of [["bureau", { viewport: { width: 1280, height: 800 } }], ["téléphone", PHONE]]) {
  test(`${name} : toute la hauteur, rien ne dépasse`, async () => {
    const { context, page } = await visit(w.bot.origin + LINK, options);
    await page.locator("am-chat .starters").waitFor();
    await still(page);
    const { height, width } = page.viewportSize();
    const panel = await page.locator("am-chat .panel").boundingBox();
    assert.ok(Math.abs(panel.height - height) <= 2 && panel.y <= 1, JSON.stringify(panel));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width);
    await context.close();
  });
}

test("dans un cadre d'un site partenaire, et dans un dossier de son site", async () => {
  const { context, page, seen } = await visit(`${w.partner.origin}/nue`);
  await page.evaluate((src) => document.body.append(Object.assign(document.createElement("iframe"), { src, width: 400, height: 600 })), `${w.bot.origin}/assistant${LINK}`);
  const frame = page.frameLocator("iframe");
  await frame.locator("am-chat .starters").waitFor();
  assert.equal(await frame.locator("am-chat .composer textarea").inputValue(), QUESTION);
  await frame.locator("am-chat .composer textarea").press("Enter");
  await frame.locator("am-chat .foot").waitFor();
  const outside = seen.requests.filter((url) => url.startsWith(w.bot.origin) && !url.startsWith(`${w.bot.origin}/assistant/`));
  assert.deepEqual(outside, [], "tout vient du dossier");
  clean(seen);
  await context.close();
});

test("un téléphone peut l'installer", async () => {
  const { context, page } = await visit(`${w.bot.origin}/chat`);
  const session = await context.newCDPSession(page);
  const { errors } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A private window, as each test has one, offers nothing to install.
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"), []);
  await context.close();
});
