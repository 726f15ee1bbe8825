import assert from "node:assert/strict";
import { test } from "node:test";
import { still } from "../e2e/outils.mjs";
import { Chat, clean, flat, visit, w } from "./monde.mjs";

const ESTIMATE = "aide pour un mi-temps, P92, sur 5 ans";

test("CSP la plus stricte, Trusted Types compris : une estimation entière, aucune infraction", async () => {
  const { context, page, seen, chat } = await visit(`${w.partner.origin}/strict`);
  await chat.open();
  assert.match(await chat.say(ESTIMATE), /72 000 €/);
  await chat.last.locator(".bars").waitFor();
  await chat.menu("Imprimer : Dernière estimation");
  const printed = await page.waitForFunction(() => window.__printed);
  assert.match(flat(await printed.jsonValue()), /72 000 €/);
  clean(seen);
  await context.close();
});

test("CSS hostile : une estimation se lit, au pixel près, comme sur une page calme", async () => {
  const pictures = [];
  for (const path of ["/", "/hostile"]) {
    const { context, page, chat } = await visit(w.partner.origin + path, { reducedMotion: "reduce" });
    await page.clock.setFixedTime(new Date("2026-11-22T10:00:00"));
    await chat.open();
    assert.match(await chat.say(ESTIMATE), /72 000 €/);
    await chat.last.locator(".bars").waitFor();
    await page.mouse.move(5, 5);
    await still(page);
    const panel = await chat.box.locator(".panel").boundingBox();
    // Without the round corners, through which the page is seen.
    const clip = { x: panel.x + 8, y: panel.y + 8, width: panel.width - 16, height: panel.height - 16 };
    pictures.push({ panel, pixels: (await page.screenshot({ clip })).toString("base64") });
    await context.close();
  }
  const [calm, hostile] = pictures;
  assert.deepEqual(hostile.panel, calm.panel);
  assert.ok(hostile.pixels === calm.pixels, "le panneau diffère");
});

test("une autre origine n'obtient rien", async () => {
  const { context, page, chat } = await visit(`${w.stranger.origin}/`);
  const refused = [];
  page.on("console", (message) => refused.push(message.text()));
  await chat.box.locator(".launcher").click();
  await page.getByText("pas encore autorisé").waitFor();
  assert.ok(refused.some((text) => text.includes("CORS")), refused.join("\n"));
  assert.equal(await chat.box.locator(".answer").count(), 0);
  const reply = await context.request.post(`${w.robot.origin}/webhooks/web/session`, {
    headers: { Origin: w.stranger.origin },
    data: {},
  });
  assert.equal(reply.status(), 403);
  assert.equal((await reply.json()).erreur.code, "origine_refusee");
  assert.equal(reply.headers()["access-control-allow-origin"], undefined);
  await context.close();
});

test("deux onglets : une conversation, chaque question jouée une fois", async () => {
  const { context, seen, chat } = await visit(`${w.partner.origin}/`);
  await chat.open();
  const second = await context.newPage();
  await second.goto(`${w.partner.origin}/`);
  const other = new Chat(second);
  await other.box.locator(".launcher").click();
  await other.last.waitFor();
  await Promise.all([chat.say("combien dure la formation ?"), other.say("quel salaire pour un débutant ?")]);
  for (const one of [chat, other]) {
    await one.box.locator(".turn:has(.ask) .answer").nth(1).waitFor();
    const text = (await one.answers()).join("\n");
    assert.match(text, /279 heures/);
    assert.match(text, /1 801/);
  }
  assert.deepEqual(await other.bubbles(), await chat.bubbles());
  const sent = seen.requests.filter((url) => url.endsWith("/message"));
  assert.equal(sent.length, 2);
  assert.equal(seen.requests.filter((url) => url.endsWith("/session")).length, 1);
  await chat.erase();
  await second.getByText("Conversation effacée").waitFor();
  clean(seen);
  await context.close();
});
