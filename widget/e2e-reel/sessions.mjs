import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, token, visit, w } from "./monde.mjs";
import { python } from "./robot.mjs";

const code = async (reply) => (await reply.json()).erreur.code;
const post = (context, route, data, headers = {}) => context.request.post(`${w.robot.origin}/webhooks/web/${route}`, { data, headers });
const bearer = (jwt) => ({ Authorization: `Bearer ${jwt}` });
const message = (session, texte = "que savez-vous de ma situation ?") => ({ session, id: crypto.randomUUID(), texte });

for (const [kind, expected] of [["forgée", "session_invalide"], ["expirée", "session_expiree"]]) {
  test(`session ${kind} : refusée ; le widget en ouvre une autre, renvoie la question et le dit`, async () => {
    const { context, page, seen, chat } = await visit(`${w.partner.origin}/`);
    await chat.open();
    await chat.say("je suis aide-soignante, combien dure la formation ?");
    const expired = await python("tests/widget/session_expiree.py", w.robot.data);
    await chat.tamper((kept) => {
      kept.session = kind === "expirée" ? expired : kept.session.replace(/^.{4}/, "AAAA");
    });
    const refused = page.waitForResponse((reply) => reply.url().endsWith("/message"));
    assert.match(await chat.say("combien dure la formation ?"), /279 heures/, "une conversation neuve");
    assert.equal(await code(await refused), expected);
    await page.getByText("La session a été renouvelée").waitFor();
    assert.equal((await chat.bubbles()).length, 2, "l'échange d'avant reste lisible");
    clean(seen);
    await context.close();
  });
}

test("jetons refusés : expiré, sans audience, d'une autre clef, sans signature ; aucun accès", async () => {
  const { context } = await visit(`${w.partner.origin}/`);
  const past = Math.floor(Date.now() / 1000) - 3600;
  const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${token("x").split(".")[1]}.`;
  for (const [jwt, expected] of [
    [token("x", { exp: past }), "jeton_expire"],
    [token("x", { aud: "autre" }), "jeton_invalide"],
    [token("x", {}, "une-autre-clef-de-trente-deux-caracteres"), "jeton_invalide"],
    [none, "jeton_invalide"],
    ["n'importe quoi", "jeton_invalide"],
  ]) {
    const reply = await post(context, "session", {}, bearer(jwt));
    assert.deepEqual([reply.status(), await code(reply)], [401, expected]);
  }
  await context.close();
});

test("un visiteur n'entre pas chez l'intranet, ni une personne chez une autre, ni l'inverse", async () => {
  const { context } = await visit(`${w.partner.origin}/`);
  const open = async (headers) => (await (await post(context, "session", {}, headers)).json()).session;
  const [visitor, anna, bruno] = [await open({}), await open(bearer(token("anna"))), await open(bearer(token("bruno")))];
  await post(context, "message", message(anna, "aide mi-temps 2e année P92"), bearer(token("anna")));
  for (const [session, headers, expected] of [
    [anna, {}, "jeton_absent"],
    [anna, bearer(token("bruno")), "session_invalide"],
    [visitor, bearer(token("anna")), "session_invalide"],
  ]) {
    for (const [route, body] of [["message", message(session)], ["effacer", { session }]]) {
      const reply = await post(context, route, body, headers);
      assert.deepEqual([reply.status(), await code(reply)], [401, expected], route);
    }
  }
  for (const [session, headers] of [[visitor, {}], [bruno, bearer(token("bruno"))]]) {
    const reply = await post(context, "message", message(session), headers);
    assert.doesNotMatch(await reply.text(), /mi-temps|14.000/);
  }
  await context.close();
});

test("intranet : le jeton expiré est redemandé à la page, la conversation continue et n'est pas gardée", async () => {
  const past = Math.floor(Date.now() / 1000) - 3600;
  let asked = 0;
  w.token = () => {
    asked += 1;
    // The second one is too old already: the widget asks for a third.
    return token("claire", asked === 2 ? { exp: past } : {});
  };
  const { context, page, seen, chat } = await visit(`${w.partner.origin}/intranet`);
  await chat.open();
  assert.match(await chat.say("aide mi-temps 2e année P92"), /14 000 €/);
  await page.reload();
  await chat.last.waitFor();
  assert.match(await chat.say("et à temps plein ?"), /28 000 €/);
  assert.equal(asked, 3);
  const [local, tab] = await page.evaluate(() => [localStorage.length, JSON.stringify({ ...sessionStorage })]);
  assert.equal(local, 0);
  assert.doesNotMatch(tab, /eyJ/, "le jeton n'est pas gardé");
  clean(seen);
  await context.close();
});

test("intranet : la conversation suit la personne dans un autre navigateur, pas dans celui d'une autre", async () => {
  const said = {};
  for (const [who, first] of [["denis", "aide mi-temps 2e année P92"], ["denis", "et à temps plein ?"], ["emma", "et à temps plein ?"]]) {
    w.token = () => token(who);
    const { context, chat } = await visit(`${w.partner.origin}/intranet`);
    await chat.open();
    said[who] = await chat.say(first);
    await context.close();
  }
  assert.match(said.denis, /28 000 € par an au maximum/);
  assert.doesNotMatch(said.emma, /2e année de contrat, patientèle/);
});

test("intranet : un jeton falsifié dit que le service est fermé, sans rien montrer", async () => {
  w.token = () => token("mallory", {}, "une-autre-clef-de-trente-deux-caracteres");
  const { context, chat } = await visit(`${w.partner.origin}/intranet`);
  await chat.box.locator(".cover .main").click();
  await chat.box.getByText("Le jeton de l'intranet n'est pas reconnu.").waitFor();
  assert.equal(await chat.box.locator(".answer").count(), 0);
  await context.close();
});
