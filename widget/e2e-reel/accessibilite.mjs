import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { focused, PHONE, still } from "../e2e/outils.mjs";
import { clean, visit, w } from "./monde.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function axe(page, where) {
  await still(page);
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate((runOnly) => axe.run(document, { runOnly }), RULES);
  const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.flat().join(" ")).join(" | ")}`);
  assert.deepEqual(told, [], where);
}

// The other pairs, and every other state: e2e/accessibilite.test.mjs.
for (const [theme, where, device] of [["light", "bureau", {}], ["dark", "téléphone", PHONE]]) {
  test(`axe : une vraie estimation, ${where}, ${theme}`, async () => {
    const { context, page, chat } = await visit(`${w.partner.origin}/`, { ...device, colorScheme: theme });
    await chat.open();
    await chat.press("Estimer mon aide");
    await chat.say("mi-temps, secteur 1, généraliste, P92, sur 5 ans");
    await chat.last.locator(".bars").waitFor();
    await chat.last.locator(".foot .sources summary").click();
    await axe(page, "estimation, sources dépliées");
    await chat.say("je fais un malaise");
    await axe(page, "urgence");
    await context.close();
  });

  test(`axe : pages du robot, ${where}, ${theme}`, async () => {
    const { context, page } = await visit(`${w.robot.origin}/`, { ...device, colorScheme: theme });
    await page.locator("#place-intranet am-chat").waitFor();
    await axe(page, "/");
    const printable = "/estimation?quotite=0.5&horizon=5&tranche=p90_p94";
    for (const path of ["/confidentialite", "/estimation?quotite=9", printable]) {
      await page.goto(w.robot.origin + path);
      await axe(page, path);
    }
    await context.close();
  });
}

test("au clavier seul : ouvrir, demander, choisir, déplier, juger, imprimer, fermer", async () => {
  const { context, page, seen, chat } = await visit(`${w.partner.origin}/`);
  const key = (name) => page.keyboard.press(name);
  /** Goes on with Tab (or back) until this has the focus: it can be reached. */
  const reach = async (wanted, step = "Tab") => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (wanted.test(await name(page))) return;
      await key(step);
    }
    assert.fail(`jamais atteint : ${wanted}, mais ${await name(page)}`);
  };
  await reach(/Une question/);
  await key("Enter");
  await chat.box.locator(".starters").waitFor();
  assert.equal(await focused(page), "textarea");
  await page.keyboard.type("estimer mon aide");
  await key("Enter");
  assert.match(await chat.answer(), /mi-temps ou à temps plein \?/);
  assert.equal(await focused(page), "textarea", "le focus reste où l'on écrit");
  await chat.last.locator(".card .result").waitFor();
  await reach(/Mi-temps/, "Shift+Tab");
  await Promise.all([page.waitForResponse((reply) => reply.url().includes("quotite=0.5")), key("ArrowDown")]);
  assert.match(await name(page), /Mi-temps/, "le choix garde le focus");
  await reach(/^Reprendre/);
  await key("Enter");
  await chat.box.locator(".ask").nth(1).waitFor();
  assert.match(await chat.answer(), /secteur/);
  assert.equal(await focused(page), "div.log", "la réponse prend le focus");
  await reach(/^Écrivez|^Votre question/);
  await page.keyboard.type("secteur 1, généraliste, P92, 3e année");
  await key("Enter");
  assert.match(await chat.answer(), /13 000 €/);
  await reach(/^\d sources?/, "Shift+Tab");
  await key("Enter");
  assert.equal(await chat.last.locator(".foot .sources").evaluate((details) => details.open), true);
  await reach(/^Réponse utile/);
  await key("Space");
  await reach(/^Non merci/);
  await key("Enter");
  assert.match(await name(page), /^Réponse utile/, "le focus revient au pouce");
  await reach(/^Options/, "Shift+Tab");
  await key("Enter");
  await reach(/^Imprimer : Conversation/);
  await key("Enter");
  await page.waitForFunction(() => window.__printed);
  assert.match(await name(page), /^Options/);
  await key("Escape");
  assert.match(await name(page), /Une question/);
  assert.equal(await chat.box.locator(".panel").count(), 0);
  clean(seen);
  await context.close();
});

/** What a screen reader would say of the element that has the focus. */
const name = (page) =>
  page.evaluate(() => {
    const at = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    return at?.getAttribute("aria-label") ?? at?.textContent?.trim() ?? "";
  });
