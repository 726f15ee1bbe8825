// The widget against the real bot: `npm run e2e-reel`. One bot for all, so one process.
import { after } from "node:test";
import { w } from "./monde.mjs";
import "./visiteur.mjs";
import "./etudiante.mjs";
import "./lecture.mjs";
import "./coordination.mjs";
import "./pages.mjs";
import "./accessibilite.mjs";
import "./intrusions.mjs";
import "./sessions.mjs";
// Last: it stops the bot.
import "./arrets.mjs";

after(() => w.end());
