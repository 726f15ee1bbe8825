// Every page of partenaires/, in one bot's company.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../dev/navigateur.mjs";
import { hostilePages } from "../dev/partenaires.mjs";
import { start } from "../dev/serveur.mjs";
import { clean, say, settled, watched } from "./outils.mjs";

let bot, site, browser;
before(async () => {
  bot = await start();
  bot.state.delay = 60;
  site = await start({ pages: hostilePages(bot.origin) });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await Promise.all([site.close(), bot.close()]);
});

for (const path of Object.keys(hostilePages("")).filter((path) => path !== "/" && path !== "/cadre")) {
  test(`${path} : une bulle, une question, sa réponse, le calculateur, et on réduit`, async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, reducedMotion: "reduce" });
    const { page, seen } = await watched(context);
    await page.goto(site.origin + path);
    await page.locator("am-chat .launcher").waitFor();
    assert.equal(await page.locator("am-chat").count(), 1);
    await page.locator("am-chat .launcher").click();
    await page.locator("am-chat .starters").waitFor();
    await say(page, "guide");
    await page.locator("am-chat .card .result").waitFor();
    await page.locator("am-chat .card select").first().selectOption("quotite=1");
    await page.locator("am-chat .card .result strong").waitFor();
    await settled(page);
    await page.getByRole("button", { name: "Réduire la discussion" }).click({ timeout: 3000 });
    await page.locator("am-chat .panel").waitFor({ state: "detached" });
    clean(seen);
    await context.close();
  });
}

test("/cadre : la discussion y marche", async () => {
  const context = await browser.newContext();
  const { page, seen } = await watched(context);
  await page.goto(`${site.origin}/cadre`);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Commencer la discussion" }).click();
  await frame.locator("am-chat .starters").waitFor();
  clean(seen);
  await context.close();
});
