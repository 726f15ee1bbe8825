import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, visit, w } from "./monde.mjs";

const TYPED = [
  "<img src=x onerror=alert(1)> combien dure la formation ?",
  "<script>alert(1)</script> estimer mon aide à mi-temps",
  "[clic](javascript:alert(1)) **gras** quel salaire ?",
  'Dr <svg onload=alert(1)>, P92, mi-temps ; Dr B, P60, temps plein',
  '/demander_montant_aide{"quotite":1}',
  "{{constructor.constructor('alert(1)')()}} ${alert(1)}",
];

/** Nothing in the chat came from a text as HTML, and every link is of a harmless kind. */
async function harmless(page) {
  const found = await page.evaluate(() =>
    [...document.querySelectorAll("am-chat")].flatMap(({ shadowRoot }) => [
      ...[...shadowRoot.querySelectorAll("script, [onerror], [onload], img[src='x']")].map((node) => node.outerHTML),
      ...[...shadowRoot.querySelectorAll("a")].map((link) => link.protocol).filter((kind) => !/^(https?|tel):$/.test(kind)),
    ]),
  );
  assert.deepEqual(found, []);
}

test("XSS tapé par la personne : montré comme du texte, imprimé, relu après rechargement", async () => {
  const { context, page, seen, chat } = await visit(`${w.partner.origin}/`);
  await chat.open();
  for (const text of TYPED) {
    await chat.say(text);
    await harmless(page);
  }
  assert.deepEqual(await chat.bubbles(), TYPED);
  await chat.menu("Imprimer : Conversation");
  await page.waitForFunction(() => window.__printed);
  await page.reload();
  await chat.last.waitFor();
  await harmless(page);
  clean(seen);
  await context.close();
});

test("XSS dans les adresses : la page de démonstration, une estimation, une page inconnue", async () => {
  const attack = encodeURIComponent('"><img src=x onerror=alert(1)><script>alert(1)</script>');
  for (const address of [`/?q=${attack}#${attack}`, `/estimation?quotite=${attack}`, `/estimation?${attack}=1`, `/${attack}`]) {
    const { context, page, seen } = await visit(w.robot.origin + address);
    assert.equal(await page.locator("img[src=x]").count(), 0, address);
    const bare = await page.locator("script").evaluateAll((all) => all.filter((script) => /alert/.test(script.textContent)).length);
    assert.equal(bare, 0, address);
    clean(seen);
    await context.close();
  }
});

test("la page d'une estimation dit en français ce qui ne va pas dans son adresse", async () => {
  const { context, page } = await visit(`${w.robot.origin}/estimation?quotite=${encodeURIComponent("<b>3</b>")}`);
  assert.match(await page.locator("body").innerText(), /Estimation impossible[\s\S]*Quotité[\s\S]*<b>3<\/b>/);
  await context.close();
});

test("boutons falsifiés : inventé, d'une autre conversation ; le serveur refuse, le titre est envoyé comme un texte", async () => {
  const other = await visit(`${w.partner.origin}/`);
  await other.chat.open();
  const stolen = (await other.chat.kept()).turns[0].answer.boutons[3].charge;
  await other.context.close();
  for (const charge of ["/restart", 'IkVzdGltZXIi.forge"><img src=x onerror=alert(1)>', stolen]) {
    const { context, page, seen, chat } = await visit(`${w.partner.origin}/`);
    await chat.open();
    await chat.tamper((kept) => {
      kept.turns[0].answer.boutons = [{ titre: "<img src=x onerror=alert(1)> quel salaire pour un débutant ?", charge }];
    });
    const refused = page.waitForResponse((reply) => reply.url().endsWith("/message"));
    await chat.box.locator(".starters button").click();
    const reply = await refused;
    assert.equal(reply.status(), 400, charge);
    assert.equal((await reply.json()).erreur.code, "charge_inconnue");
    assert.match(await chat.answer(), /1 801/, "le titre, lui, est une question");
    await harmless(page);
    clean(seen);
    await context.close();
  }
});
