// Pictures of every state, to be looked at: `npm run captures -- /tmp/captures [names…]`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./navigateur.mjs";
import { start } from "./serveur.mjs";

const [folder = "/tmp/widget-shots", ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const PAGE = (attributes = "") => `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Page</title>
<body style="margin:0;font:16px/1.6 Georgia,serif;background:#faf7f2;color:#333"><main style="max-width:720px;margin:0 auto;padding:40px 20px"><h1>Maison de santé des Tilleuls</h1><p>${"Une équipe de soins au service de la commune, sur rendez-vous et sans rendez-vous. ".repeat(14)}</p></main>
<script src="/widget.js" ${attributes} defer></script></body></html>`;
const DARK_PAGE = PAGE().replace("#faf7f2;color:#333", "#181818;color:#ccc");

const SIZES = { bureau: [1280, 800], mobile: [390, 844], petit: [320, 640] };
const server = await start({ pages: { "/page": { html: PAGE() }, "/sombre": { html: DARK_PAGE }, "/couleur": { html: PAGE('data-color="#e2007a" data-position="left" data-title="Ma CPTS" data-label=""') } } });
const browser = await launch();

const say = async (page, text) => {
  await page.fill("am-chat .composer textarea", text);
  await page.keyboard.press("Enter");
  await page.waitForSelector("am-chat .typing", { state: "detached" });
  await page.waitForTimeout(350);
};
const open = async (page) => {
  await page.click("am-chat .launcher");
  await page.waitForSelector("am-chat .starters");
  await page.waitForTimeout(450);
};

const scenes = {
  ferme: async () => {},
  accueil: open,
  estimation: async (page) => {
    await open(page);
    await say(page, "aide mi tps 2e année p92 ?");
  },
  estimationBas: async (page) => {
    await scenes.estimation(page);
    await page.locator("am-chat details").last().evaluate((d) => (d.open = true));
    await page.locator("am-chat .log").evaluate((log) => (log.scrollTop = log.scrollHeight));
    await page.waitForTimeout(200);
  },
  choix: async (page) => {
    await open(page);
    await page.locator("am-chat .starters button").first().click();
    await page.waitForTimeout(900);
    await say(page, "détail du calcul");
  },
  choixFait: async (page) => {
    await scenes.choix(page);
    await page.locator("am-chat .choices button").nth(1).click();
    await page.waitForTimeout(1000);
    await page.locator("am-chat .log").evaluate((log) => (log.scrollTop -= 330));
  },
  urgence: async (page) => {
    await open(page);
    await say(page, "formation aide-soignante ?");
    await say(page, "je fais un malaise");
  },
  attente: async (page) => {
    await open(page);
    server.state.delay = 3000;
    await page.fill("am-chat .composer textarea", "combien dure la formation quand on est déjà aide-soignante ?");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(500);
    server.state.delay = 100;
  },
  horsLigne: async (page) => {
    await open(page);
    await say(page, "formation");
    server.state.offline = true;
    await page.fill("am-chat .composer textarea", "et pour une secrétaire médicale ?");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(1500);
    server.state.offline = false;
  },
  erreur: async (page) => {
    await open(page);
    server.state.script.push({ status: 400, body: { erreur: { code: "champ_invalide", message: "Le texte contient des caractères interdits.", reessayer_dans: null } } });
    await page.fill("am-chat .composer textarea", "une question mal formée");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(700);
    const lasting = { status: 500, body: { erreur: { code: "incident", message: "Un incident empêche la réponse.", reessayer_dans: null } } };
    server.state.script.push(lasting, lasting, lasting);
    await page.fill("am-chat .composer textarea", "combien dure la formation ?");
    await page.keyboard.press("Enter");
    await page.waitForSelector("am-chat .failure .link", { timeout: 9000 });
  },
  menu: async (page) => {
    await scenes.estimation(page);
    await page.click("am-chat .menu-button");
    await page.waitForTimeout(250);
  },
  confirmation: async (page) => {
    await scenes.menu(page);
    await page.locator("am-chat .item").nth(2).click();
    await page.waitForTimeout(250);
  },
  efface: async (page) => {
    await scenes.confirmation(page);
    await page.click("am-chat .danger");
    await page.waitForTimeout(700);
  },
  image: async (page) => {
    await scenes.estimation(page);
    await page.locator("am-chat .picture button").click();
    await page.waitForTimeout(400);
  },
  avis: async (page) => {
    await open(page);
    await say(page, "formation");
    await page.locator("am-chat .tool").nth(1).click();
    await page.waitForTimeout(300);
    await page.locator("am-chat .reason").scrollIntoViewIfNeeded();
  },
  limite: async (page) => {
    await open(page);
    await page.fill("am-chat .composer textarea", "Bonjour, je voudrais tout savoir. ".repeat(30));
    await page.waitForTimeout(250);
  },
  couleur: async (page) => {
    await page.goto(`${server.origin}/couleur`);
    await page.click("am-chat .launcher");
    await page.waitForSelector("am-chat .starters");
    await say(page, "formation");
  },
};

async function shoot(name, scene, size, colorScheme) {
  const [width, height] = SIZES[size];
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    hasTouch: size !== "bureau",
    isMobile: size !== "bureau",
    deviceScaleFactor: size === "bureau" ? 1 : 2,
  });
  const page = await context.newPage();
  server.state.delay = 100;
  await page.goto(`${server.origin}/${colorScheme === "dark" ? "sombre" : "page"}`);
  await scene(page);
  const theme = colorScheme === "dark" ? "sombre" : "clair";
  await page.screenshot({ path: join(folder, `${name}-${size}-${theme}.png`) });
  await context.close();
}

for (const [name, scene] of Object.entries(scenes)) {
  if (only.length && !only.includes(name)) continue;
  for (const size of Object.keys(SIZES)) {
    for (const theme of ["light", "dark"]) {
      try {
        await shoot(name, scene, size, theme);
      } catch (error) {
        console.error(`${name} ${size} ${theme} : ${String(error).split("\n")[0]}`);
      }
    }
  }
}
await browser.close();
await server.close();
