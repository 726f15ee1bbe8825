import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, token, visit, w } from "./monde.mjs";

const AWAY = "Le service ne répond pas, nouvelle tentative…";

test("serveur arrêté puis redémarré au milieu : la même conversation continue, rien de tapé n'est perdu", async () => {
  w.token = () => token("firmin");
  const visitor = await visit(`${w.partner.origin}/`);
  const employee = await visit(`${w.partner.origin}/intranet`);
  for (const { chat } of [visitor, employee]) {
    await chat.open();
    await chat.press("Estimer mon aide");
    await chat.press("Mi-temps");
    await chat.press("Secteur 1");
  }
  await w.robot.stop();
  await visitor.chat.write("généraliste");
  await visitor.page.getByText(AWAY).waitFor();
  await visitor.chat.field.fill("à moitié écrit");
  await employee.chat.box.getByRole("button", { name: "Généraliste", exact: true }).click();
  await employee.page.getByText(AWAY).waitFor();

  await w.robot.start();
  // One page hears that the network is back, the other is loaded again: both get their answer.
  await visitor.page.evaluate(() => window.dispatchEvent(new Event("online")));
  // On a machine so slow that the widget gave up.
  const again = visitor.chat.box.locator(".failure .link");
  if (await again.isVisible()) await again.click();
  await employee.page.reload();
  await employee.chat.last.waitFor();
  for (const { chat } of [visitor, employee]) {
    assert.match(await chat.answer(), /patientèle du médecin/, "la question suivante, dans la même conversation");
    await chat.press("P90 à P94");
    assert.match(await chat.press("3e année ou plus"), /13 000 € par an au maximum pour un mi-temps/);
    assert.equal(new Set(await chat.bubbles()).size, (await chat.bubbles()).length, "chaque question une fois");
    assert.equal(await chat.box.getByText("La session a été renouvelée").count(), 0);
  }
  assert.equal(await visitor.chat.field.inputValue(), "à moitié écrit");
  for (const { context, seen } of [visitor, employee]) {
    clean(seen);
    await context.close();
  }
});
