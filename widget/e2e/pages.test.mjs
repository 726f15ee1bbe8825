import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { clean, open, say, settled, storageSize, unfold, watched, world } from "./outils.mjs";

let w;
before(async () => (w = await world()));
after(() => w.end());

async function visit(path, options = {}) {
  const context = await w.browser.newContext(options);
  await context.addInitScript(() => {
    window.print = () => (top.__printed = document.body.innerText);
  });
  const { page, seen } = await watched(context);
  await page.goto(w.partner.origin + path);
  await page.locator("am-chat .launcher, am-chat .cover").first().waitFor();
  return { context, page, seen };
}

test("rien n'est demandé ni gardé avant l'ouverture", async () => {
  for (const path of ["/", "/integre", "/intranet"]) {
    const { context, page, seen } = await visit(path);
    await page.waitForTimeout(300);
    const asked = seen.requests.filter((url) => url !== w.partner.origin + path);
    assert.deepEqual(asked, [`${w.bot.origin}/widget.js`]);
    assert.equal(await storageSize(page), 0);
    assert.deepEqual(await context.cookies(), []);
    clean(seen);
    await context.close();
  }
});

test("CSP stricte : tout marche, aucune infraction, aucun tiers", async () => {
  const { context, page, seen } = await visit("/strict", { colorScheme: "dark" });
  await open(page);
  await say(page, "estimation");
  await unfold(page);
  await page.locator("am-chat .picture img").evaluate((image) => image.decode());
  await page.locator("am-chat .picture button").click();
  await page.locator("am-chat dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("am-chat .menu-button").click();
  await page.getByRole("button", { name: "Imprimer : Dernière estimation" }).click();
  await page.waitForFunction(() => window.__printed);
  assert.match(await page.evaluate(() => window.__printed), /Montant maximal par an[\s\S]*Temps plein/);
  clean(seen);
  assert.deepEqual(
    seen.requests.filter((url) => !url.startsWith(w.bot.origin) && !url.startsWith(w.partner.origin) && !url.startsWith("about:")),
    [],
  );
  const inline = await page.evaluate(() => document.querySelector("am-chat").shadowRoot.querySelectorAll("style").length);
  assert.equal(inline, 0);
  await context.close();
});

test("CSS hostile : l'image du panneau est la même au pixel près", async () => {
  const pictures = [];
  for (const path of ["/", "/hostile"]) {
    const { context, page } = await visit(path, { reducedMotion: "reduce" });
    await page.clock.setFixedTime(new Date("2026-11-22T10:00:00"));
    const launcher = await page.locator("am-chat .launcher").boundingBox();
    await open(page);
    await say(page, "estimation");
    await unfold(page);
    await page.locator("am-chat .picture img").evaluate((image) => image.decode());
    await page.mouse.move(5, 5);
    await page.waitForTimeout(400);
    const panel = page.locator("am-chat .panel");
    const box = await panel.boundingBox();
    // Without the round corners, through which the page is seen.
    const clip = { x: box.x + 8, y: box.y + 8, width: box.width - 16, height: box.height - 16 };
    pictures.push({ launcher, box, pixels: (await page.screenshot({ clip })).toString("base64") });
    await context.close();
  }
  const [plain, hostile] = pictures;
  assert.deepEqual(hostile.launcher, plain.launcher);
  assert.deepEqual(hostile.box, plain.box);
  assert.ok(hostile.pixels === plain.pixels, "le panneau diffère");
});

test("la page hôte n'est pas changée", async () => {
  for (const [without, path] of [["/nue", "/"], ["/hostile-nue", "/hostile"]]) {
    const styles = [];
    for (const address of [without, path]) {
      const page = await w.browser.newPage();
      await page.goto(w.partner.origin + address);
      if (address === path) await open(page);
      styles.push(
        await page.evaluate(() => ({
          nodes: [...document.querySelectorAll("html, body, main, h1, p, a")].map((node) => [...getComputedStyle(node)].map((name) => getComputedStyle(node).getPropertyValue(name)).join()),
          globals: Object.keys(window).filter((name) => /am|lit|chat/i.test(name) && !/^on|^webkit|name|frame|param|stream/i.test(name)),
        })),
      );
      await page.close();
    }
    assert.deepEqual(styles[1].nodes, styles[0].nodes);
    const added = styles[1].globals.filter((name) => !styles[0].globals.includes(name));
    assert.ok(added.every((name) => /^lit|^AssistantAM$/.test(name)), `globales ajoutées : ${added}`);
  }
});

test("XSS : réponse, titre, texte, attributs", async () => {
  for (const path of ["/", "/piege"]) {
    const { context, page, seen } = await visit(path);
    await open(page);
    await say(page, "xss <img src=x onerror=window.__xss=1>");
    await say(page, "suite");
    const root = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector("am-chat");
      return {
        scripts: shadowRoot.querySelectorAll("script, [onerror], [onmouseover], iframe[src]").length,
        images: [...shadowRoot.querySelectorAll("img")].map((image) => image.src),
        links: [...shadowRoot.querySelectorAll("a")].map((link) => [link.protocol, link.rel, link.target]),
      };
    });
    assert.equal(root.scripts, 0);
    assert.deepEqual(root.images, []);
    for (const [protocol, rel, target] of root.links) {
      assert.match(protocol, /^(https?|tel|sms):$/);
      if (!/^(tel|sms):$/.test(protocol)) assert.deepEqual([rel, target], ["noopener noreferrer", "_blank"]);
    }
    await page.locator("am-chat .menu-button").click();
    await page.locator("am-chat .tile").nth(1).click();
    await page.waitForFunction(() => window.__printed);
    await page.reload();
    await page.locator("am-chat .ask").first().waitFor();
    assert.equal(await page.evaluate(() => window.__xss), undefined);
    assert.deepEqual(seen.requests.filter((url) => url.includes("tiers.exemple")), []);
    clean(seen);
    await context.close();
  }
});

test("une histoire falsifiée dans le stockage ne passe pas non plus", async () => {
  const { context, page, seen } = await visit("/");
  await open(page);
  await say(page, "xss");
  await page.evaluate(() => {
    const [key] = Object.keys(localStorage);
    const kept = JSON.parse(localStorage.getItem(key));
    kept.turns.push({ id: "piège", at: Date.now(), rev: 1, state: "done", ask: { text: "<script>window.__xss=1</script>" }, answer: { blocs: [{ type: "lien", texte: "x", url: "javascript:window.__xss=1" }, { type: "inconnu" }] } });
    localStorage.setItem(key, JSON.stringify(kept));
  });
  await page.reload();
  await page.getByText("<script>window.__xss=1</script>", { exact: false }).last().waitFor();
  assert.equal(await page.evaluate(() => window.__xss), undefined);
  clean(seen);
  await context.close();
});

test("raccourcis de la page : ce qu'on écrit reste dans le champ", async () => {
  const { context, page } = await visit("/");
  await page.evaluate(() => document.addEventListener("keydown", (event) => event.preventDefault()));
  await open(page);
  await page.locator("am-chat textarea").focus();
  await page.keyboard.type("question /?");
  assert.equal(await page.locator("am-chat textarea").inputValue(), "question /?");
  await context.close();
});

test("copier, télécharger, imprimer", async () => {
  const { context, page } = await visit("/", { permissions: ["clipboard-read", "clipboard-write"] });
  await open(page);
  await say(page, "estimation");
  await page.locator("am-chat .tool").nth(2).click();
  await page.getByText("Copié.").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^14\s000\s€ par an[\s\S]*1re année \| 19\s000\s€ \| 38\s000\s€[\s\S]*Source\s: Assurance Maladie/);
  await page.locator("am-chat .menu-button").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("am-chat .tile").nth(2).click()]);
  assert.match(download.suggestedFilename(), /^assistant-am-conversation-\d{4}-\d\d-\d\d\.txt$/);
  await page.locator("am-chat .menu-button").click();
  await page.locator("am-chat .tile").nth(1).click();
  await page.waitForFunction(() => window.__printed);
  assert.match(await page.evaluate(() => window.__printed), /Bonjour[\s\S]*estimation[\s\S]*14.000/);
  await context.close();
});

test("couleur du partenaire, à gauche, titre", async () => {
  const page = await w.browser.newPage();
  await page.goto(`${w.partner.origin}/nue`);
  await page.evaluate((bot) => {
    const script = document.createElement("script");
    Object.assign(script.dataset, { color: "#e2007a", position: "left", title: "Ma CPTS", label: "" });
    script.src = `${bot}/widget.js`;
    document.head.append(script);
  }, w.bot.origin);
  const launcher = page.locator("am-chat .launcher");
  await launcher.waitFor();
  assert.equal((await launcher.boundingBox()).x, 20);
  assert.equal(await launcher.evaluate((node) => getComputedStyle(node).backgroundColor), "rgb(205, 3, 114)");
  await open(page);
  await settled(page);
  assert.equal(await page.locator("am-chat h2").innerText(), "Ma CPTS");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(300);
  assert.deepEqual(await page.locator("am-chat .panel").boundingBox(), { x: 0, y: 0, width: 390, height: 844 });
  await page.close();
});
