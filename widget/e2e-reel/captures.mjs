// Pictures for the README, of the real bot: `npm run captures-reel`. To be looked at.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PHONE, still } from "../e2e/outils.mjs";
import { Chat, visit, w } from "./monde.mjs";
import { python, ROOT } from "./robot.mjs";

const FOLDER = join(ROOT, "docs/images");
const DESKTOP = { viewport: { width: 1160, height: 820 }, deviceScaleFactor: 1.5, reducedMotion: "reduce" };
const BUBBLE = "am-chat:not([embedded])";

const toTurn = (chat, rank) =>
  chat.box.locator(".turn").nth(rank).evaluate((turn) => {
    const log = turn.closest(".log");
    log.scrollTop += turn.getBoundingClientRect().top - log.getBoundingClientRect().top - 8;
  });

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
