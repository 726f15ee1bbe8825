// What the browser tests share: a bot, a partner's site on another origin, a page that watches.
import assert from "node:assert/strict";
import { launch } from "../dev/navigateur.mjs";
import { start } from "../dev/serveur.mjs";

export const STRICT = (bot) =>
  `default-src 'none'; script-src 'self' ${bot}; style-src 'self'; connect-src ${bot}; img-src ${bot}; base-uri 'none'; form-action 'none'`;

export const HOSTILE = `
  body, body * { font-family: "Comic Sans MS", fantasy !important; color: lime !important; background: #f0f !important; display: inline !important; position: static !important; font-size: 40px !important; letter-spacing: 9px !important; box-sizing: content-box !important;
      margin: 20px !important; padding: 20px !important; border: 5px dashed red !important; line-height: 3 !important; text-transform: uppercase !important;
      visibility: hidden !important; text-align: right !important; direction: rtl !important; word-spacing: 1em !important; }
  body * { transform: rotate(3deg) !important; opacity: .4 !important; filter: blur(2px) !important; zoom: 1.3 !important; contain: strict !important; clip-path: circle(10px) !important }
  html { font-size: 62.5% } button, textarea, dialog, table, p { all: unset !important } am-chat, am-chat * { display: none !important }
  dialog::backdrop { background: lime !important } [hidden] { display: block !important }`;

const page = (head, body) =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Cabinet</title>${head}</head><body>${body}</body></html>`;
const BODY = '<main><h1>Cabinet des Tilleuls</h1><p id="texte">Bienvenue. <a href="#a">Un lien</a></p></main>';
export const partnerPage = (head, more = "") => page(head, BODY + more);

function partnerPages(bot) {
  const script = `<script src="${bot}/widget.js" defer></script>`;
  return {
    "/": { html: page(script, BODY) },
    "/strict": { html: page(script, BODY), csp: STRICT(bot) },
    "/hostile": { html: page(`<style>${HOSTILE}</style>${script}`, BODY) },
    "/demande": { html: page(`<script>(window.AssistantAM ||= []).push(["ask", "sans clic"])</script>${script}`, BODY) },
    "/avance": { html: page(`<script>(window.AssistantAM ||= []).push(["open", { question: "en avance" }])</script>${script}`, BODY) },
    "/nue": { html: page("", BODY) },
    "/hostile-nue": { html: page(`<style>${HOSTILE}</style>`, BODY) },
    "/integre": { html: page(script, `${BODY}<am-chat embedded></am-chat>`) },
    "/intranet": { html: page(script, `${BODY}<am-chat embedded token-url="/demo/jeton"></am-chat>`) },
    "/piege": { html: page(script.replace("<script", `<script data-title="<img src=x onerror=window.__xss=1>" data-label="<b>Salut</b>" data-color="red;}*{display:none}"`), BODY) },
  };
}

export async function world() {
  const bot = await start();
  bot.state.delay = 60;
  const partner = await start({ pages: partnerPages(bot.origin) });
  const browser = await launch();
  return {
    bot,
    partner,
    browser,
    async end() {
      await browser.close();
      await partner.close();
      await bot.close();
    },
  };
}

/** A page that notes errors, CSP violations and where requests went. */
export async function watched(context) {
  const page = await context.newPage();
  const seen = { errors: [], violations: [], requests: [] };
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) seen.violations.push(message.text());
  });
  page.on("request", (request) => seen.requests.push(request.url()));
  return { page, seen };
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export async function open(page) {
  await page.locator("am-chat .launcher").click();
  await page.locator("am-chat .starters").waitFor();
}

export async function say(page, text) {
  await page.locator("am-chat .composer textarea").fill(text);
  await page.locator("am-chat .composer textarea").press("Enter");
  await settled(page);
}

/** Shows what a long answer folds. */
export const unfold = async (page) => {
  const rest = page.locator("am-chat .turn:last-child .rest summary");
  if (await rest.count()) await rest.click();
};

export const settled = (page) => page.locator("am-chat .typing").waitFor({ state: "detached" });

/** Animations have ended, and the last frame is drawn: what is measured now stays so. */
export const still = (page) =>
  page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    // A document does not list the animations inside shadow roots.
    const roots = () => [document, ...[...document.querySelectorAll("am-chat")].map((chat) => chat.shadowRoot)];
    const moving = () =>
      roots()
        .flatMap((root) => root.getAnimations())
        .filter(({ playState, effect }) => playState !== "finished" && effect?.getTiming().iterations !== Infinity);
    do {
      await Promise.allSettled(moving().map(({ finished }) => finished));
      await frame();
      await frame();
    } while (moving().length);
  });

/** The element that has the focus, seen through the shadow. */
export const focused = (page) =>
  page.evaluate(() => {
    const at = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    return at ? `${at.localName}.${at.className}`.replace(/\.$/, "") : "";
  });

export const storageSize = (page) => page.evaluate(() => localStorage.length + sessionStorage.length);

export const asked = (bot) => bot.state.requests.filter((r) => r.route === "message").map((r) => r.posted);

export function clean(seen) {
  assert.deepEqual(seen.errors, []);
  assert.deepEqual(seen.violations, []);
}
