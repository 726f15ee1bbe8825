import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { asked, open, PHONE, say, settled, world } from "./outils.mjs";

let w;
before(async () => (w = await world()));
after(() => w.end());
beforeEach(() => Object.assign(w.bot.state, { offline: false, refused: false, script: [], requests: [], delay: 60, preflights: 0 }));

async function visit(path = "/", options = {}) {
  const context = await w.browser.newContext(options);
  const page = await context.newPage();
  await page.goto(w.partner.origin + path);
  await page.locator("am-chat .launcher:visible, am-chat .panel").first().waitFor();
  return { context, page };
}
const bubbles = (page) => page.locator("am-chat").count();
const field = (page) => page.locator("am-chat .composer textarea");

const REPLACED = {
  "corps remplacé (Turbo)": () => {
    const body = document.createElement("body");
    body.innerHTML = "<h1>Page suivante</h1>";
    document.documentElement.replaceChild(body, document.body);
  },
  "corps rempli autrement (htmx, React)": () => (document.body.innerHTML = "<h1>Page suivante</h1>"),
  "page d'avant remise avec son clone (cache de Turbo)": () => {
    const clone = document.body.cloneNode(true);
    document.documentElement.replaceChild(clone, document.body);
  },
};
for (const [name, replace] of Object.entries(REPLACED)) {
  test(`${name} : une bulle, et la conversation continue`, async () => {
    const { context, page } = await visit();
    await open(page);
    await say(page, "formation");
    for (let times = 0; times < 3; times += 1) await page.evaluate(replace);
    await page.locator("am-chat .bubble").waitFor();
    assert.equal(await bubbles(page), 1);
    await say(page, "estimation");
    assert.equal(await page.locator("am-chat .ask").count(), 2);
    await context.close();
  });
}

test("la balise deux fois, et encore après une navigation : une bulle", async () => {
  const { context, page } = await visit();
  for (const replaced of [false, true]) {
    if (replaced) await page.evaluate(REPLACED["corps remplacé (Turbo)"]);
    await page.evaluate(
      (src) => new Promise((loaded) => document.body.append(Object.assign(document.createElement("script"), { src, onload: loaded }))),
      `${w.bot.origin}/widget.js`,
    );
    assert.equal(await bubbles(page), 1);
  }
  await context.close();
});

test("ôtée par la page, la bulle ne revient pas d'elle-même", async () => {
  const { context, page } = await visit();
  await page.evaluate(async () => {
    document.querySelector("am-chat").remove();
    await new Promise((drawn) => requestAnimationFrame(drawn));
  });
  assert.equal(await bubbles(page), 0);
  await page.evaluate(() => AssistantAM.attach());
  assert.equal(await bubbles(page), 1);
  await context.close();
});

test("AssistantAM : ouvrir avec une question écrite, demander, fermer ; les événements le disent", async () => {
  const { context, page } = await visit();
  await page.evaluate(() => {
    window.__told = [];
    for (const what of ["ouvert", "question", "reponse", "ferme"]) {
      document.addEventListener(`assistant-am:${what}`, (event) => window.__told.push([what, event.detail]));
    }
    AssistantAM.open({ question: "Qui paie la formation ?" });
  });
  await page.locator("am-chat .starters").waitFor();
  assert.equal(await field(page).inputValue(), "Qui paie la formation ?");
  assert.equal(asked(w.bot).length, 0, "rien n'est envoyé");
  await field(page).press("Enter");
  await settled(page);
  await page.evaluate(() => {
    const button = document.body.appendChild(document.createElement("button"));
    button.id = "demander";
    button.onclick = () => AssistantAM.ask("estimation");
  });
  await page.locator("#demander").click();
  await page.locator("am-chat .turn:has(.ask) .answer").nth(1).waitFor();
  assert.deepEqual(asked(w.bot).map(({ texte }) => texte), ["Qui paie la formation ?", "estimation"]);
  await page.evaluate(() => AssistantAM.close());
  const told = await page.evaluate(() => window.__told);
  assert.deepEqual(told.map(([what]) => what), ["ouvert", "question", "reponse", "question", "reponse", "ferme"]);
  assert.ok(told.every(([, detail]) => detail === null), "jamais ce qui a été écrit");
  await context.close();
});

test("AssistantAM.ask sans clic : écrit, jamais envoyé", async () => {
  const { context, page } = await visit("/demande");
  await page.locator("am-chat .starters").waitFor();
  assert.equal(await field(page).inputValue(), "sans clic");
  assert.equal(asked(w.bot).length, 0);
  await context.close();
});

test("un lien #assistant-am=… ouvre et écrit, deux fois s'il est pressé deux fois", async () => {
  const { context, page } = await visit("/#assistant-am=Combien%20gagne-t-on%20%3F");
  await page.locator("am-chat .starters").waitFor();
  assert.equal(await field(page).inputValue(), "Combien gagne-t-on ?");
  assert.equal(new URL(page.url()).hash, "");
  await page.evaluate(() => (document.querySelector("#texte a").href = "#assistant-am=Et+apr%C3%A8s"));
  for (let times = 0; times < 2; times += 1) {
    await field(page).fill("");
    await page.evaluate(() => document.querySelector("#texte a").click());
    await page.waitForFunction(() => document.querySelector("am-chat").shadowRoot.querySelector("textarea").value === "Et après");
  }
  assert.equal(asked(w.bot).length, 0);
  await context.close();
});

test("appelée avant que le fichier soit là : la page attend son tour", async () => {
  const { context, page } = await visit("/avance");
  await page.locator("am-chat .starters").waitFor();
  assert.equal(await field(page).inputValue(), "en avance");
  await context.close();
});

test("un message ne demande pas de permission à chaque fois", async () => {
  const { context, page } = await visit();
  await open(page);
  for (const text of ["formation", "estimation", "choix"]) await say(page, text);
  // One for the session, one for the messages.
  assert.ok(w.bot.state.preflights <= 2, `${w.bot.state.preflights} permissions pour 4 demandes`);
  await context.close();
});

test("un en-tête au plus haut z-index ne couvre pas « Réduire »", async () => {
  const { context, page } = await visit("/", PHONE);
  await page.evaluate(() => {
    const header = document.body.appendChild(document.createElement("header"));
    Object.assign(header.style, { position: "fixed", inset: "0 0 auto", height: "120px", background: "red", zIndex: 2147483647 });
    document.body.style.transform = "translateY(0)";
  });
  await open(page);
  await page.getByRole("button", { name: "Réduire la discussion" }).click({ timeout: 3000 });
  await page.locator("am-chat .panel").waitFor({ state: "detached" });
  await context.close();
});

test("la page imprimée ne montre rien du chat", async () => {
  const { context, page } = await visit();
  await open(page);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("am-chat .panel").isVisible(), false);
  await page.emulateMedia({ media: "screen" });
  assert.equal(await page.locator("am-chat .panel").isVisible(), true);
  await context.close();
});

test("site non autorisé : dit tout de suite, avec le remède dans la console", async () => {
  w.bot.state.refused = true;
  const { context, page } = await visit();
  const lines = [];
  page.on("console", (message) => lines.push(message.text()));
  await page.locator("am-chat .launcher").click();
  await page.getByText("pas encore autorisé").waitFor({ timeout: 3000 });
  assert.ok(lines.some((line) => line.includes("AM_ORIGINES") && line.includes(w.partner.origin)), lines.join("\n"));
  assert.ok(await page.locator("am-chat .standing").count(), "le 15 et le 112 restent");
  await context.close();
});
