import assert from "node:assert/strict";
import { test } from "node:test";
import { still } from "../e2e/outils.mjs";
import { clean, visit, w } from "./monde.mjs";
import { TYPICAL } from "./questions.mjs";

const DEVICES = [
  ["bureau", 19, { viewport: { width: 1280, height: 800 } }],
  ["téléphone", 17, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
];

/** Whether question, answer and buttons are all on screen, without scrolling. */
const fits = (chat) =>
  chat.box.evaluate(({ shadowRoot: root }) => {
    const box = (selector) => root.querySelector(selector)?.getBoundingClientRect();
    const [log, turn, next, field] = [".log", ".turn:last-child", ".next", ".composer"].map(box);
    return turn.top >= log.top - 1 && turn.bottom <= log.bottom + 1 && (!next || next.bottom <= field.top + 1);
  });

for (const [name, least, device] of DEVICES) {
  test(`${name} : réponse et boutons tiennent à l'écran pour ${least} questions sur ${TYPICAL.length}`, async () => {
    const tall = [];
    for (const question of TYPICAL) {
      const { context, page, seen, chat } = await visit(`${w.partner.origin}/`, { ...device, reducedMotion: "reduce" });
      await chat.open();
      await chat.write(question);
      await chat.last.locator(".ask ~ .answer").waitFor();
      await still(page);
      if (!(await fits(chat))) tall.push(question);
      clean(seen);
      await context.close();
    }
    assert.ok(TYPICAL.length - tall.length >= least, tall.join("\n"));
  });
}

for (const [name, , device] of DEVICES) {
  test(`${name} : à chaque étape d'une estimation, la question et tous ses choix se voient`, async () => {
    const { context, page, seen, chat } = await visit(`${w.partner.origin}/`, { ...device, reducedMotion: "reduce" });
    await chat.open();
    await chat.press("Estimer mon aide");
    const card = chat.box.locator(".card");
    const log = await chat.box.locator(".log").boundingBox();
    for (const [name, value] of [["Temps de travail", "quotite=0.5"], ["Secteur", "secteur=secteur_1"], ["Patientèle", "tranche=p90_p94"], ["Année du contrat", "horizon=5"]]) {
      await card.locator(".result").waitFor();
      await still(page);
      for (const part of await card.locator(".fields select, .fields input, .result p").all()) {
        const box = await part.boundingBox();
        assert.ok(box.y >= log.y && box.y + box.height <= log.y + log.height + 120, `${name} : ${JSON.stringify(box)}`);
      }
      await card.getByLabel(name).selectOption(value);
    }
    await card.getByText("72 000 € au maximum", { exact: true }).waitFor();
    await card.getByRole("button", { name: "Reprendre dans la discussion" }).click();
    await chat.box.locator(".ask").nth(1).waitFor();
    await chat.answer();
    // What the form does not hold is asked, its choices in sight.
    await card.getByText("72 000 € au maximum", { exact: true }).waitFor();
    await still(page);
    const field = await chat.box.locator(".composer").boundingBox();
    for (const button of await chat.box.locator(".next button").all()) {
      const box = await button.boundingBox();
      assert.ok(box.y > 0 && box.y + box.height <= field.y, JSON.stringify(box));
    }
    await chat.say("généraliste");
    assert.match(await chat.answer(), /72 000 €/);
    clean(seen);
    await context.close();
  });
}
