// Sites that are not the bot's: a partner, its intranet, a stranger.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";

/** `answer(path)` gives `{ body, type, csp }`, or nothing: 404. */
export async function openSite(answer) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    const { body, type = "text/html", csp } = answer(pathname) ?? {};
    const policy = csp ? { "Content-Security-Policy": csp } : {};
    response.writeHead(body === undefined ? 404 : 200, { "Content-Type": `${type}; charset=utf-8`, ...policy });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token (JWT, HS256) as an intranet signs it: ten minutes, unless `claims` say otherwise. */
export function signToken(key, claims) {
  const exp = Math.floor(Date.now() / 1000) + 600;
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ aud: "assistant-am", exp, ...claims })}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}
