// One real bot, a partner's site, a stranger's, one browser: for all scenarios of a run.
import assert from "node:assert/strict";
import { launch } from "../dev/navigateur.mjs";
import { HOSTILE, partnerPage, STRICT } from "../e2e/outils.mjs";
import { Robot } from "./robot.mjs";
import { openSite, signToken } from "./site.mjs";

const PATIENCE_MS = 20_000;
const JWT_KEY = "une-clef-de-test-partagee-avec-l-intranet";
const TYPED = "require-trusted-types-for 'script'; trusted-types lit-html";

/** A token of this person of the intranet, good unless `claims` or `key` say otherwise. */
export const token = (sub, claims = {}, key = JWT_KEY) => signToken(key, { sub, ...claims });

async function makeWorld() {
  const world = { token: () => token("personne") };
  const pages = (path) => {
    const bot = world.robot.origin;
    const script = `<script src="${bot}/widget.js" defer></script>`;
    switch (path) {
      case "/":
        return { body: partnerPage(script) };
      case "/strict":
        return { body: partnerPage(script), csp: `${STRICT(bot)}; ${TYPED}` };
      case "/hostile":
        return { body: partnerPage(`<style>${HOSTILE}</style>${script}`) };
      case "/intranet":
        return {
          body: partnerPage(script, '<am-chat embedded token-url="/jeton" data-title="Intranet"></am-chat>'),
          csp: STRICT(bot).replace("connect-src", "connect-src 'self'"),
        };
      case "/jeton":
        return { body: world.token(), type: "text/plain" };
    }
  };
  world.partner = await openSite(pages);
  world.stranger = await openSite(pages);
  world.robot = await Robot.make({ AM_DEMO: "1", AM_ORIGINES: world.partner.origin, AM_JWT_CLE: JWT_KEY });
  try {
    [world.browser] = await Promise.all([launch(), world.robot.start()]);
  } catch (error) {
    await world.robot.end();
    throw error;
  }
  world.end = async () => {
    await world.browser.close();
    await Promise.all([world.robot.end(), world.partner.close(), world.stranger.close()]);
  };
  return world;
}

export const w = await makeWorld();

/** With plain spaces, hyphens and apostrophes. */
export const flat = (text) => text.replaceAll(/[\u00a0\u202f]/g, " ").replaceAll("\u2011", "-").replaceAll("’", "'");

/** A page with the chat in it, in a browser of its own; `seen` is what it must not have done. */
export async function visit(address, options = {}) {
  const context = await w.browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  const seen = { errors: [], requests: [] };
  const watch = (page) => {
    page.on("pageerror", (error) => seen.errors.push(String(error)));
    page.on("dialog", (dialog) => {
      seen.errors.push(`boîte : ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("console", (message) => {
      if (/Content Security Policy|TrustedHTML/i.test(message.text())) seen.errors.push(message.text());
    });
    page.on("request", (request) => seen.requests.push(request.url()));
  };
  context.on("page", watch);
  await context.addInitScript(() => {
    window.print = () => (top.__printed = document.body.innerText);
  });
  const page = await context.newPage();
  await page.goto(address);
  return { context, page, seen, chat: new Chat(page) };
}

/** What a person does with a chat, and reads in it (texts are `flat`). */
export class Chat {
  constructor(page, selector = "am-chat") {
    this.page = page;
    this.box = page.locator(selector);
    this.field = this.box.locator(".composer textarea");
  }

  async open() {
    await this.box.locator(".launcher:visible, .cover .main:visible").click();
    await this.box.locator(".starters").waitFor();
  }

  get last() {
    return this.box.locator(".turn").last();
  }

  async write(text) {
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  async say(text) {
    await this.write(text);
    return this.answer();
  }

  /** A button, or the same choice in the calculator, which holds it when it is there. */
  async press(name) {
    if (await this.#choose(name)) return this.answer();
    await this.box.locator(".turn:last-child, .next").getByRole("button", { name, exact: true }).click();
    return this.answer();
  }

  async #choose(name) {
    const { turns } = await this.kept();
    if (!turns.at(-1).answer.blocs.some(({ type, ouvert }) => type === "calcul" && ouvert)) return false;
    const card = this.last.locator(".card");
    await card.locator(".result").waitFor();
    const select = card.locator("select", { has: this.page.locator(`option:text-is("${name}")`) });
    if (!(await select.count())) return false;
    await Promise.all([this.page.waitForResponse((reply) => reply.url().includes("/estimation.json")), select.selectOption({ label: name })]);
    await card.getByText("Reprendre dans la discussion").click();
    return true;
  }

  /** Shows what a long answer folds. */
  async unfold() {
    const rest = this.last.locator(".rest summary");
    if (await rest.count()) await rest.click();
  }

  /** Of the last turn, once it is there. */
  async answer() {
    await this.box.locator(".typing").waitFor({ state: "detached" });
    const failure = this.last.locator(".failure");
    if (await failure.count()) assert.fail(`non envoyé : ${await failure.innerText()}`);
    await this.unfold();
    return flat(await this.last.locator(".answer").innerText());
  }

  async bubbles() {
    const texts = await this.box.locator(".bubble").allTextContents();
    return texts.map((text) => flat(text).replace("Vous : ", ""));
  }

  async answers() {
    return (await this.box.locator(".turn .answer").allInnerTexts()).map(flat);
  }

  /** « Copier », « Imprimer », « Télécharger », of « Conversation » or of « Dernière estimation ». */
  async menu(name) {
    await this.box.locator(".menu-button").click();
    await this.box.locator(".menu").getByRole("button", { name }).click();
  }

  async erase() {
    await this.menu("Effacer la conversation");
    await this.box.locator("dialog .danger").click();
    await this.page.getByText("Conversation effacée").waitFor();
  }

  /** The conversation as the browser keeps it. */
  async kept() {
    const text = await this.page.evaluate((keys) => {
      const found = keys.map((key) => localStorage.getItem(key) ?? sessionStorage.getItem(key));
      return found.find(Boolean);
    }, KEYS());
    return JSON.parse(text);
  }

  /** Changes what the browser keeps, as somebody at its keyboard could, and loads the page again. */
  async tamper(change) {
    const kept = await this.kept();
    change(kept);
    await this.page.evaluate(
      ([keys, text]) => {
        const key = keys.find((one) => localStorage.getItem(one) ?? sessionStorage.getItem(one));
        (localStorage.getItem(key) ? localStorage : sessionStorage).setItem(key, text);
      },
      [KEYS(), JSON.stringify(kept)],
    );
    await this.page.reload();
    await this.last.waitFor();
  }
}

const KEYS = () => ["visiteur", "intranet"].map((mode) => `am-chat:${mode}:${w.robot.origin}`);

export function clean({ errors }) {
  assert.deepEqual(errors, []);
}
