// Pictures for the README, of the real bot: `npm run captures-reel`. To be looked at.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PHONE, still } from "../e2e/outils.mjs";
import { Chat, visit, w } from "./monde.mjs";
import { python, ROOT } from "./robot.mjs";

const FOLDER = join(ROOT, "docs/images");
const DESKTOP = { viewport: { width: 1160, height: 820 }, deviceScaleFactor: 1.5, reducedMotion: "reduce" };
const SMALL = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, reducedMotion: "reduce" };
const BUBBLE = "am-chat:not([embedded])";

const toTurn = (chat, rank) =>
  chat.box.locator(".turn").nth(rank).evaluate((turn) => {
    const log = turn.closest(".log");
    log.scrollTop += turn.getBoundingClientRect().top - log.getBoundingClientRect().top - 8;
  });

const choose = async (chat, name, value) => {
  await Promise.all([
    chat.page.waitForResponse((reply) => reply.url().includes("/estimation.json")),
    chat.last.getByLabel(name).selectOption(value),
  ]);
};

async function calculator(chat) {
  await chat.open();
  await chat.press("Estimer mon aide");
  await chat.last.locator(".card .result").waitFor();
  await choose(chat, "Temps de travail", "quotite=0.5");
  await choose(chat, "Patientèle", "tranche=p90_p94");
  await choose(chat, "Année du contrat", "horizon=5");
  await chat.last.locator(".bars").waitFor();
}

const scenes = {
  "page-de-demonstration": [w.robot.origin, DESKTOP, async () => {}],
  "estimation": [w.robot.origin, DESKTOP, async (page) => {
    const chat = new Chat(page, BUBBLE);
    await chat.open();
    await chat.say("aide pour un mi-temps, P92, sur 5 ans");
    await chat.last.locator(".bars").evaluate((bars) => bars.scrollIntoView({ block: "center" }));
  }],
  "telephone": [w.partner.origin, { ...PHONE, deviceScaleFactor: 2, colorScheme: "dark", reducedMotion: "reduce" }, async (page) => {
    const chat = new Chat(page);
    await chat.open();
    await chat.say("slt jsui aide soignante, la formation dure cb ?");
    await chat.say("et on gagne combien ?");
    await toTurn(chat, 1);
  }],
  "intranet": [w.robot.origin, DESKTOP, async (page) => {
    const chat = new Chat(page, "#place-intranet am-chat");
    await chat.box.waitFor();
    await chat.open();
    await chat.say("Dr A, P92, mi-temps ; Dr B, P60, temps plein");
    await page.locator("#intranet").evaluate((section) => section.scrollIntoView());
    await toTurn(chat, 1);
  }],
  "calculateur": [w.robot.origin, DESKTOP, (page) => calculator(new Chat(page, BUBBLE))],
  "calculateur-telephone": [w.partner.origin, { ...SMALL, colorScheme: "dark" }, (page) => calculator(new Chat(page))],
  "comparaison": [w.partner.origin, SMALL, async (page) => {
    const chat = new Chat(page);
    await calculator(chat);
    await chat.last.getByRole("button", { name: "Comparer" }).click();
    await choose(chat, "Temps de travail", "quotite=1");
    await chat.last.locator(".compare").evaluate((table) => table.scrollIntoView({ block: "center" }));
  }],
  "a-emporter": [w.partner.origin, SMALL, async (page) => {
    const chat = new Chat(page);
    await calculator(chat);
    await chat.last.getByLabel("Contrat signé le").fill("2025-09-01");
    await chat.last.getByText("contrat du 1er").waitFor();
    await chat.last.locator(".extra > summary").click();
    await chat.last.locator(".take").evaluate((links) => links.scrollIntoView({ block: "end" }));
  }],
  "page-de-discussion": [`${w.robot.origin}/chat#q=${encodeURIComponent("Combien gagne un débutant ?")}`, DESKTOP, async (page) => {
    await new Chat(page).box.locator(".starters").waitFor();
  }],
  "page-imprimable-sombre": [`${w.robot.origin}/estimation?quotite=0.5&horizon=5&tranche=p90_p94`, { ...SMALL, colorScheme: "dark" }, async () => {}],
  "donnee-fausse": [`${w.robot.origin}/estimation?quotite=abc`, { ...DESKTOP, viewport: { width: 860, height: 420 } }, async () => {}],
  "confidentialite": [`${w.robot.origin}/confidentialite`, SMALL, (page) => page.locator(".kept").evaluate((list) => list.scrollIntoView())],
  "page-imprimable": [`${w.robot.origin}/estimation?quotite=0.5&horizon=5&tranche=p90_p94`, { ...DESKTOP, viewport: { width: 860, height: 1160 } }, async () => {}],
};

mkdirSync(FOLDER, { recursive: true });
try {
  for (const [name, [address, options, reach]] of Object.entries(scenes)) {
    const { context, page } = await visit(address, options);
    await reach(page);
    await page.mouse.move(1, 1);
    await still(page);
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    await context.close();
  }
  console.log(await python("widget/e2e-reel/alleger.py", FOLDER));
} finally {
  await w.end();
}
