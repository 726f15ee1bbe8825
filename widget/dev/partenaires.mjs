// Serves partenaires/: `npm run partenaires [-- address of a bot]`; without one, a stand-in answers.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { start } from "./serveur.mjs";

const FOLDER = fileURLToPath(new URL("../partenaires/", import.meta.url));
const PORT = 5018;

/** The pages of the folder by their path, for this bot, and an index. */
export function hostilePages(bot) {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".html")).map((name) => name.slice(0, -5));
  const pages = Object.fromEntries(
    names.map((name) => {
      const [, csp, html] = /^<!-- CSP: (.*?) ?-->\n([\s\S]*)$/.exec(readFileSync(`${FOLDER}${name}.html`, "utf8").replaceAll("{{robot}}", bot));
      return [`/${name}`, { html, csp }];
    }),
  );
  const title = (name) => /<title>(.*?)<\/title>/.exec(pages[`/${name}`].html)[1];
  const list = names.map((name) => `<li><a href="/${name}">${title(name)}</a></li>`).join("");
  pages["/"] = { html: `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Sites difficiles</title><h1>Sites difficiles</h1><ul>${list}</ul></html>` };
  return pages;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bot = process.argv[2]?.replace(/\/$/, "") ?? (await start({ port: 5017 })).origin;
  const { origin } = await start({ port: PORT, pages: hostilePages(bot) });
  console.log(`Sites partenaires : ${origin}/ (robot : ${bot} ; Ctrl-C arrête)`);
}
