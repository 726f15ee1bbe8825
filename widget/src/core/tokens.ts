/** The page's proof of who is there (intranet), asked for when needed and never stored. */

import type { Reply } from "./api";
import { isRecord } from "./contract";

export type GetToken = () => Promise<string>;

const RENEWABLE = new Set(["jeton_expire", "jeton_absent"]);

export class Tokens {
  #current: string | undefined;

  constructor(public getToken: GetToken | undefined) {}

  /** Calls with the token in hand; when the server finds it too old, once more with a new one. */
  async use(call: (token: string | undefined) => Promise<Reply>): Promise<Reply> {
    if (!this.getToken) return call(undefined);
    try {
      this.#current ??= await this.getToken();
      const reply = await call(this.#current);
      if (reply.status !== 401 || !RENEWABLE.has(reply.failure?.code ?? "")) return reply;
      this.#current = await this.getToken();
      return await call(this.#current);
    } catch {
      this.#current = undefined;
      return { status: 401, body: undefined, failure: REFUSED };
    }
  }
}

const REFUSED = { code: "jeton_indisponible", message: "", reessayer_dans: null };

/** Reads a token where the page says it is: as text, or in JSON under `jeton` or `token`. */
export function tokenFrom(url: string): GetToken {
  return async () => {
    const response = await fetch(url, { cache: "no-store", headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    const text = (await response.text()).trim();
    if (!text.startsWith("{") && !text.startsWith('"')) return text;
    const body: unknown = JSON.parse(text);
    const token = isRecord(body) ? (body.jeton ?? body.token) : body;
    if (typeof token !== "string" || !token) throw new Error(`${url}: no token`);
    return token;
  };
}
