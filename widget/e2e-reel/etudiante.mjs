import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, still, storageSize } from "../e2e/outils.mjs";
import { clean, visit, w } from "./monde.mjs";

test("une étudiante au téléphone : SMS, deux questions, rechargement, effacement", async () => {
  const { context, page, seen, chat } = await visit(`${w.partner.origin}/`, PHONE);
  await chat.open();
  await still(page);
  const { width, height } = PHONE.viewport;
  assert.deepEqual(await chat.box.locator(".panel").boundingBox(), { x: 0, y: 0, width, height });

  assert.match(await chat.say("slt jsui aide soignante jpe devenir assistante med ?"), /^L'assistant :[\s\S]*FAE/);
  assert.match(await chat.say("on gagne cb ? et la formation dure cb de tps ?"), /1 801[\s\S]*98 heures/);
  const wide = await chat.box.locator(".log").evaluate((log) => log.scrollWidth - log.clientWidth);
  assert.equal(wide, 0, "rien ne déborde");

  const before = { bubbles: await chat.bubbles(), answers: await chat.answers() };
  await page.reload();
  assert.equal(await chat.box.locator(".panel").count(), 0, "le plein écran ne s'ouvre pas de lui-même");
  await chat.box.locator(".launcher").click();
  await chat.last.waitFor();
  assert.deepEqual({ bubbles: await chat.bubbles(), answers: await chat.answers() }, before);
  assert.match(await chat.say("c ki ki paye la formation ?"), /pris en charge|prise en charge/);

  const erased = page.waitForResponse((reply) => reply.url().endsWith("/effacer"));
  await chat.erase();
  assert.equal((await erased).status(), 204);
  assert.equal(await storageSize(page), 0);
  await chat.open();
  assert.match(await chat.say("combien dure la formation ?"), /279 heures/, "elle n'est plus aide-soignante pour lui");
  clean(seen);
  await context.close();
});
