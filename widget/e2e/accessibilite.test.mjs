import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { focused, open, PHONE, say, settled, still, unfold, world } from "./outils.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let w;
before(async () => (w = await world()));
after(() => w.end());

async function axe(page, where) {
  await still(page);
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.flat().join(" ")).join(" | ")}`);
  assert.deepEqual(told, [], where);
}

const states = {
  fermé: async () => {},
  accueil: open,
  estimation: async (page) => {
    await open(page);
    await say(page, "aide mi-temps 2e année");
    await unfold(page);
    await page.locator("am-chat .sources summary").click();
  },
  "calculateur, comparaison": async (page) => {
    await open(page);
    await say(page, "guide");
    await page.locator("am-chat .card .result").waitFor();
    await page.getByRole("button", { name: "Comparer" }).click();
    await page.locator("am-chat .card select").first().selectOption("quotite=1");
    await page.getByText("92 000").first().waitFor();
    await page.locator("am-chat .card .extra > summary").click();
  },
  "question, avis": async (page) => {
    await open(page);
    await say(page, "détail du calcul");
    await page.locator("am-chat .choices button").nth(1).click();
    await settled(page);
    await page.locator("am-chat .tool").nth(1).click();
  },
  "urgence, menu": async (page) => {
    await open(page);
    await say(page, "malaise");
    await page.locator("am-chat .menu-button").click();
  },
  "image agrandie": async (page) => {
    await states.estimation(page);
    await page.locator("am-chat .picture button").click();
  },
  confirmation: async (page) => {
    await open(page);
    await page.locator("am-chat .kept button").click();
  },
  "service absent": async (page) => {
    await open(page);
    w.bot.state.offline = true;
    await page.locator("am-chat textarea").fill("bonjour ".repeat(130));
    await page.locator("am-chat textarea").fill("bonjour");
    await page.keyboard.press("Enter");
    await page.locator("am-chat .status.shown").waitFor();
  },
  "trop long": async (page) => {
    await open(page);
    await page.locator("am-chat textarea").fill("bonjour ".repeat(130));
  },
};

for (const [name, reach] of Object.entries(states)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe : ${name}, ${colorScheme}`, async () => {
      for (const device of [{ viewport: { width: 1280, height: 800 } }, PHONE]) {
        const context = await w.browser.newContext({ ...device, colorScheme });
        const page = await context.newPage();
        await page.goto(`${w.partner.origin}/`);
        await reach(page);
        await axe(page, name);
        await context.close();
        w.bot.state.offline = false;
      }
    });
  }
}

for (const path of ["/integre", "/intranet"]) {
  test(`axe : ${path}`, async () => {
    const page = await w.browser.newPage();
    await page.goto(w.partner.origin + path);
    await axe(page, "avant");
    await page.locator("am-chat .cover .main").click();
    await page.locator("am-chat .starters").waitFor();
    await axe(page, "après");
    await page.close();
  });
}

for (const path of ["/", "/confidentialite"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe : page ${path} du robot, ${colorScheme}`, async () => {
      const context = await w.browser.newContext({ colorScheme });
      const page = await context.newPage();
      await page.goto(w.bot.origin + path);
      await axe(page, path);
      await context.close();
    });
  }
}

test("seuls les nouveaux messages sont annoncés", async () => {
  const page = await w.browser.newPage();
  await page.goto(`${w.partner.origin}/`);
  await open(page);
  const log = page.locator("am-chat [role=log]");
  assert.equal(await log.getAttribute("aria-live"), "polite");
  await say(page, "malaise");
  assert.equal(await page.locator("am-chat [role=alert].alert").count(), 1);
  assert.equal(await page.locator("am-chat .ask").getAttribute("aria-live"), "off");
  await page.reload();
  await page.locator("am-chat .ask").waitFor();
  assert.equal(await page.locator("am-chat [role=alert].alert").count(), 0, "une alerte relue n'interrompt pas");
  await page.close();
});

test("tout au clavier, le focus rendu", async () => {
  const page = await w.browser.newPage();
  await page.goto(`${w.partner.origin}/`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "button.launcher");
  await page.keyboard.press("Enter");
  await page.locator("am-chat .starters").waitFor();
  assert.equal(await focused(page), "textarea");
  await page.keyboard.type("aide mi-temps");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("2e année");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal(await page.locator("am-chat .bubble").textContent(), "Vous\u00a0: aide mi-temps\n2e année");
  assert.equal(await focused(page), "textarea", "le focus reste où l'on écrit");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent.trim()), "Qui dépose la demande\u00a0?");
  await page.keyboard.press("Shift+Tab");
  w.bot.state.delay = 1000;
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "button.chosen", "le bouton pressé garde le focus tant qu'il est là");
  await settled(page);
  w.bot.state.delay = 60;
  assert.equal(await focused(page), "div.next choices", "puis la question qu'il a ouverte le prend");
  await page.locator("am-chat .menu-button").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "button.tile");
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "button.round menu-button");
  assert.equal(await page.locator("am-chat .menu").count(), 0);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("am-chat .panel").count(), 0);
  assert.equal(await focused(page), "button.launcher");
  await page.close();
});

test("image agrandie et confirmation : Échap, focus rendu", async () => {
  const page = await w.browser.newPage();
  await page.goto(`${w.partner.origin}/`);
  await open(page);
  await say(page, "estimation");
  await unfold(page);
  await page.locator("am-chat .picture button").focus();
  await page.keyboard.press("Enter");
  await page.locator("am-chat dialog.zoom[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("am-chat dialog").waitFor({ state: "detached" });
  assert.equal(await page.locator("am-chat .panel").count(), 1, "Échap ne ferme que l'image");
  assert.match(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.parentElement.className), /picture/);
  await page.locator("am-chat .kept button").click();
  await page.locator("am-chat dialog .danger").click();
  await page.locator("am-chat .cover").waitFor();
  assert.equal(await focused(page), "button.main");
  await page.close();
});

test("téléphone : plein écran, focus retenu, clavier non ouvert d'office", async () => {
  const context = await w.browser.newContext({ ...PHONE, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${w.partner.origin}/`);
  await open(page);
  await page.waitForTimeout(100);
  const panel = page.locator("am-chat .panel");
  assert.deepEqual(await panel.boundingBox(), { x: 0, y: 0, width: 390, height: 844 });
  assert.equal(await panel.getAttribute("aria-modal"), "true");
  assert.equal(await focused(page), "div.panel");
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.localName), "am-chat");
  }
  assert.equal(await page.locator("am-chat textarea").getAttribute("enterkeyhint"), "send");
  await context.close();
});

for (const [name, viewport] of Object.entries({ "320 px": { width: 320, height: 568 }, "zoom 200 %": { width: 640, height: 400 }, "zoom 400 %": { width: 320, height: 256 }, "zoom 400 % de 1280 × 800": { width: 320, height: 200 } })) {
  test(`${name} : rien ne déborde, on peut encore écrire`, async () => {
    const page = await w.browser.newPage({ viewport });
    await page.goto(`${w.partner.origin}/`);
    await open(page);
    await say(page, "estimation");
    const wide = await page.locator("am-chat .log").evaluate((log) => log.scrollWidth - log.clientWidth);
    assert.equal(wide, 0);
    const read = await page.locator("am-chat .log").evaluate((log) => log.clientHeight);
    assert.ok(read >= 100, `la conversation n'a que ${read} px`);
    const box = await page.locator("am-chat .composer").boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= viewport.width && box.y + box.height <= viewport.height);
    await page.close();
  });
}

test("cibles d'au moins 44 px", async () => {
  const context = await w.browser.newContext({ ...PHONE, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${w.partner.origin}/`);
  await open(page);
  await say(page, "estimation");
  await page.locator("am-chat .menu-button").click();
  await page.waitForTimeout(100);
  const small = await page.evaluate(() => {
    const root = document.querySelector("am-chat").shadowRoot;
    return [...root.querySelectorAll("button, summary, textarea")]
      .filter((node) => node.checkVisibility())
      .map((node) => [node.className || node.localName, node.getBoundingClientRect()])
      .filter(([name, box]) => name !== "link" && (box.height < 43.5 || box.width < 43.5))
      .map(([name, box]) => `${name} ${box.width}x${box.height}`);
  });
  assert.deepEqual(small, []);
  await context.close();
});
