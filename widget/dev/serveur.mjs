// A small stand-in for the real server, after the same contract, with canned answers.
// `npm run demo` starts it; the browser tests import it and pull its strings.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { accueil, carte, repondre } from "./reponses.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const STATIC = join(here, "../../assistant_am/channels/web/static");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png" };
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const FRAMED = `${CSP.replace("frame-ancestors 'self'", "frame-ancestors *")}; manifest-src 'self'`;
const FILES = { "/": "demo.html", "/widget.js": "widget.js", "/confidentialite": "confidentialite.html", "/chat": "chat.html", "/chat.webmanifest": "chat.webmanifest" };

/** What a test may change while the server runs. */
function newState() {
  return {
    offline: false,
    /** The partner's site is not in AM_ORIGINES. */
    refused: false,
    /** Requests for leave (CORS preflights). */
    preflights: 0,
    delay: 400,
    /** Replies to give to the next messages instead of answers: `{status, body}`. */
    script: [],
    tokens: true,
    /** Every address that was asked for, as a log would have it. */
    seen: [],
    requests: [],
    /** Inputs that the calculator was asked for; `broken`: what it answers instead. */
    cards: [],
    broken: "",
    answered: new Map(),
    runs: 0,
  };
}

const erreur = (code, message, reessayer_dans = null) => ({ erreur: { code, message, reessayer_dans } });

async function body(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return JSON.parse(text || "{}");
}

const routes = {
  session: (state, _posted, request) => {
    const intranet = Boolean(request.headers.authorization);
    const conversation = { session: `s-${randomUUID()}`, expire: "2099-01-01T00:00:00Z", profil: intranet ? "intranet" : "visiteur", conservation_jours: 30 };
    return { status: 201, body: { ...conversation, accueil: { reference: randomUUID(), ...accueil } } };
  },
  message: (state, posted) => {
    const known = state.answered.get(posted.id);
    if (known) return { status: 200, body: known };
    const scripted = state.script.shift();
    if (scripted) return scripted.status === 202 ? { status: 202, body: { id: posted.id, etat: "en_cours", reessayer_dans: 1 } } : scripted;
    const texte = posted.texte ?? String(posted.charge).replace("charge:", "");
    if (/limite/i.test(texte) && !state.limited) {
      state.limited = true;
      return { status: 429, body: erreur("trop_de_messages", "Trop de messages.", 3) };
    }
    if (/incident/i.test(texte)) return { status: 500, body: erreur("incident", "Un incident empêche la réponse. Réessayez dans un instant.") };
    state.runs += 1;
    const answer = { id: posted.id, reponse: { reference: randomUUID(), ...repondre(texte) } };
    state.answered.set(posted.id, answer);
    return { status: 200, body: answer };
  },
  avis: () => ({ status: 204 }),
  effacer: () => ({ status: 204 }),
};

async function webhook(state, name, request, response) {
  const cors = {
    "Access-Control-Allow-Origin": request.headers.origin ?? "*",
    "Access-Control-Allow-Headers": "Content-Type, Authorization",
    Vary: "Origin",
  };
  if (request.method === "OPTIONS") {
    state.preflights += 1;
    return send(response, 204, undefined, { ...cors, "Access-Control-Max-Age": "600" });
  }
  if (name === "origine") return send(response, 200, { autorisee: !state.refused }, { "Access-Control-Allow-Origin": "*" });
  // As a browser sees the real refusal: nothing it may read.
  if (state.refused) return send(response, 403, erreur("origine_refusee", "Site non autorisé."));
  const route = routes[name];
  if (!route) return send(response, 404, erreur("introuvable", "Adresse inconnue."), cors);
  const posted = await body(request);
  state.requests.push({ route: name, posted, authorization: request.headers.authorization });
  const reply = route(state, posted, request);
  if (name !== "avis") await new Promise((done) => setTimeout(done, state.delay));
  return send(response, reply.status, reply.body, cors);
}

function send(response, status, value, headers = {}) {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", ...headers });
  response.end(value === undefined ? undefined : JSON.stringify(value));
}

async function file(path, response, headers = {}) {
  try {
    let content = await readFile(path);
    if (path.endsWith("confidentialite.html")) content = content.toString().replaceAll("{{conservation_jours}}", "30");
    response.writeHead(200, { "Content-Type": `${TYPES[extname(path)] ?? "text/plain"}; charset=utf-8`, "Cache-Control": "no-cache", ...headers });
    response.end(content);
  } catch {
    send(response, 404, erreur("introuvable", "Page inconnue."));
  }
}

async function answer(state, pages, request, response) {
  const { pathname: path, searchParams } = new URL(request.url, "http://mock");
  state.seen.push(request.url);
  // As behind a partner's own server, which serves the bot in a folder of its site.
  const pathname = path.replace(/^\/assistant(?=\/)/, "");
  if (state.offline) return request.socket.destroy();
  if (pathname.startsWith("/webhooks/web/")) return webhook(state, pathname.slice(14), request, response);
  if (pages?.[pathname]) {
    const { html, csp } = pages[pathname];
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...(csp ? { "Content-Security-Policy": csp } : {}) });
    return response.end(html);
  }
  if (pathname === "/demo/jeton") {
    return state.tokens ? send(response, 200, { jeton: `jeton-${Date.now()}` }) : send(response, 404, erreur("introuvable", "Pas de secret."));
  }
  if (/^\/widget(-plus)?\.[0-9a-f]{16}\.js$/.test(pathname)) return file(join(STATIC, pathname.replace(/\.[0-9a-f]{16}/, "")), response, { "Access-Control-Allow-Origin": "*" });
  if (pathname === "/estimation.json") {
    state.cards.push(Object.fromEntries(searchParams));
    if (state.broken) return send(response, 400, erreur("champ_invalide", state.broken), { "Access-Control-Allow-Origin": "*" });
    return send(response, 200, carte(searchParams), { "Access-Control-Allow-Origin": "*" });
  }
  if (/^\/estimation\.(png|svg)$/.test(pathname)) return file(join(here, "projection.svg"), response);
  if (FILES[pathname]) return file(join(STATIC, FILES[pathname]), response, { "Content-Security-Policy": pathname === "/chat" ? FRAMED : CSP });
  if (pathname.startsWith("/demo/")) return file(join(STATIC, normalize(pathname.slice(6)).replace(/^(\.\.[/\\])+/, "")), response);
  return send(response, 404, erreur("introuvable", "Page inconnue."));
}

/** Starts a server; `pages` maps paths to `{html, csp}`: a partner's site. */
export async function start({ port = 0, pages } = {}) {
  const state = newState();
  const sockets = new Set();
  const server = createServer((request, response) => {
    answer(state, pages, request, response).catch(() => send(response, 500, erreur("incident", "Incident.")));
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((closed) => server.close(closed));
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, state, close };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { origin } = await start({ port: Number(process.env.PORT ?? 5017) });
  console.log(`Démonstration : ${origin}/ (Ctrl-C arrête)`);
}
