import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { focused, open, say, settled, still, world } from "./outils.mjs";

const DEVICES = {
  bureau: { viewport: { width: 1280, height: 800 } },
  téléphone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
};
let w;
before(async () => (w = await world()));
after(() => w.end());

async function visit(device) {
  const context = await w.browser.newContext({ ...device, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${w.partner.origin}/`);
  await open(page);
  return { context, page };
}

const boxes = (page, selector) =>
  page.locator(selector).evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON()));

for (const [name, device] of Object.entries(DEVICES)) {
  test(`${name} : la question posée et tous ses choix restent au-dessus du champ`, async () => {
    const { context, page } = await visit(device);
    await say(page, "détail du calcul");
    await still(page);
    assert.equal(await page.locator("am-chat .next p").innerText(), "Quel est le temps de travail de l’assistante ou de l’assistant\u00a0?");
    const [field] = await boxes(page, "am-chat .composer");
    const choices = await boxes(page, "am-chat .next p, am-chat .next button");
    assert.equal(choices.length, 5);
    for (const box of choices) assert.ok(box.top > 0 && box.bottom <= field.top, JSON.stringify(box));
    assert.equal(await page.locator("am-chat .turn:last-child .tool").count(), 0, "on ne juge pas une question");
    await page.locator("am-chat .log").evaluate((log) => (log.scrollTop = 0));
    assert.deepEqual(await boxes(page, "am-chat .next p, am-chat .next button"), choices);
    await context.close();
  });

  test(`${name} : les suites tiennent sur une ligne qui défile, les sources sur une autre`, async () => {
    const { context, page } = await visit(device);
    await say(page, "estimation");
    await still(page);
    const pills = await boxes(page, "am-chat .next button");
    assert.equal(pills.length, 3);
    assert.equal(new Set(pills.map(({ top }) => top)).size, 1);
    await page.locator("am-chat .next button").last().focus();
    const [row] = await boxes(page, "am-chat .next");
    const shown = (await boxes(page, "am-chat .next button")).at(-1);
    assert.ok(shown.right <= row.right, "le dernier se voit quand il a le focus");
    const [foot] = await boxes(page, "am-chat .foot");
    assert.ok(foot.height < 50, `sources et avis : ${foot.height} px`);
    await context.close();
  });

  test(`${name} : d'une longue réponse, l'essentiel ; le reste se déplie`, async () => {
    const { context, page } = await visit(device);
    await say(page, "estimation");
    await still(page);
    const [log] = await boxes(page, "am-chat .log");
    const [turn] = await boxes(page, "am-chat .turn:last-child");
    assert.ok(turn.top >= log.top && turn.bottom <= log.bottom, JSON.stringify({ log, turn }));
    await page.getByText("14 000 € par an au maximum").waitFor();
    const link = page.getByText("Page imprimable");
    assert.equal(await link.isVisible(), false);
    await page.locator("am-chat .rest summary").click();
    assert.equal(await link.isVisible(), true);
    await context.close();
  });
}

test("une urgence n'est jamais pliée", async () => {
  const { context, page } = await visit({ viewport: { width: 320, height: 400 } });
  await say(page, "malaise");
  assert.equal(await page.locator("am-chat .rest").count(), 0);
  await context.close();
});

test("le choix pressé laisse le clavier à la réponse", async () => {
  const { context, page } = await visit(DEVICES.bureau);
  await say(page, "détail du calcul");
  await page.locator("am-chat .next button").first().press("Enter");
  await settled(page);
  assert.equal(await focused(page), "div.log");
  assert.equal(await page.locator("am-chat .turn .buttons:not(.starters)").count(), 0, "rien de grisé dans le fil");
  await context.close();
});

test("un titre par échange, pour qui se déplace de titre en titre", async () => {
  const { context, page } = await visit(DEVICES.bureau);
  await say(page, "formation");
  await say(page, "estimation");
  const titles = await page.locator("am-chat .log").getByRole("heading", { level: 3 }).allInnerTexts();
  assert.deepEqual(titles.map((title) => title.replace(/^Vous\s:\s/, "")), ["Accueil", "formation", "estimation"]);
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`graphique, ${colorScheme} : aux couleurs du thème, lisible, dit à qui écoute, sans image demandée`, async () => {
    const { context, page } = await visit({ ...DEVICES.téléphone, colorScheme });
    const pictures = [];
    page.on("request", (request) => /estimation/.test(request.url()) && pictures.push(request.url()));
    await say(page, "graphique");
    await still(page);
    const table = page.locator("am-chat").getByRole("table", { name: "Montant maximal de chaque année" });
    const rows = await table.getByRole("row").allInnerTexts();
    assert.deepEqual(rows.map((row) => row.replaceAll(/\s+/g, " ").trim()), ["1re année 19 000 €", "2e année 14 000 €", "3e année et suivantes 13 000 €"]);
    const drawn = await page.locator("am-chat .bars").evaluate((bars) => ({
      sizes: [...bars.querySelectorAll("th, td")].map((cell) => parseFloat(getComputedStyle(cell).fontSize)),
      widths: [...bars.querySelectorAll("rect")].map((rect) => rect.getBoundingClientRect().width),
      colour: getComputedStyle(bars.querySelector("rect")).fill,
      accent: getComputedStyle(bars.getRootNode().querySelector(".mark")).backgroundColor,
    }));
    assert.ok(drawn.sizes.every((size) => size >= 12), `${drawn.sizes}`);
    assert.ok(drawn.widths[0] > drawn.widths[1] && drawn.widths[1] > drawn.widths[2] && drawn.widths[2] > 20, `${drawn.widths}`);
    assert.equal(drawn.colour, drawn.accent);
    assert.deepEqual(pictures, []);
    await context.close();
  });
}
