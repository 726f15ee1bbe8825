/** A `fetch` that answers as the contract says, from a script. */

import { vi } from "vitest";
import { Client } from "../src/core/client";
import { Courier } from "../src/core/courier";
import { Store, type Mode } from "../src/core/storage";
import { Tokens, type GetToken } from "../src/core/tokens";

export const BOT = "https://bot.exemple";

export interface Sent {
  route: string;
  body: Record<string, unknown>;
  authorization: string | null;
}
export type Scripted = "away" | { status: number; body?: unknown };

export const error = (status: number, code: string, message = code, delay: number | null = null) => ({
  status,
  body: { erreur: { code, message, reessayer_dans: delay } },
});
export const answer = (text: string, buttons: string[] = []) => ({
  reference: `ref-${text}`,
  blocs: [{ type: "paragraphe", texte: text }],
  boutons: buttons.map((titre) => ({ titre, charge: `charge:${titre}` })),
  question: false,
});

/** Tabs of earlier tests still listen: each test has its own names. */
let test = 0;

export class FakeServer {
  sent: Sent[] = [];
  /** What to answer next, by route, before answering normally. */
  script: Record<string, Scripted[]> = { session: [], message: [], effacer: [], avis: [] };
  #sessions = 0;

  constructor() {
    test += 1;
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => this.#fetch(url, init));
  }

  of(route: string): Sent[] {
    return this.sent.filter((sent) => sent.route === route);
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const route = url.replace(`${BOT}/webhooks/web/`, "");
    const body = JSON.parse(String(init.body)) as Record<string, unknown>;
    const authorization = new Headers(init.headers).get("Authorization");
    this.sent.push({ route, body, authorization });
    await Promise.resolve();
    const next = this.script[route]?.shift() ?? this.#normal(route, body);
    if (next === "away") throw new TypeError("Failed to fetch");
    const text = next.body === undefined ? null : JSON.stringify(next.body);
    return new Response(next.status === 204 ? null : text, { status: next.status });
  }

  #normal(route: string, body: Record<string, unknown>): Scripted {
    if (route === "session") {
      this.#sessions += 1;
      const accueil = answer("Bonjour", ["Le métier", "L’aide"]);
      return { status: 201, body: { session: `s${this.#sessions}`, accueil, conservation_jours: 30 } };
    }
    if (route !== "message") return { status: 204 };
    const text = String(body.texte ?? body.charge);
    return { status: 200, body: { id: body.id, reponse: answer(`Réponse à ${text}`, ["Suite"]) } };
  }
}

/** A tab of its own: same storage, another name. */
export function newTab(name = "A", mode: Mode = "visiteur", getToken?: GetToken): Client {
  const store = new Store(BOT, mode);
  vi.spyOn(store, "tab").mockReturnValue(`${name}${test}`);
  return new Client(store, new Courier(BOT, new Tokens(getToken)));
}

/** What browsers tell the other tabs. */
export function tellTabs(client: Client): void {
  window.dispatchEvent(new StorageEvent("storage", { key: client.store.key }));
}

export const settle = (milliseconds = 0): Promise<unknown> =>
  vi.advanceTimersByTimeAsync(milliseconds);

export const said = (client: Client): string[] =>
  (client.conversation?.turns ?? []).map((turn) => `${turn.ask?.text ?? "-"} ${turn.state}`);
