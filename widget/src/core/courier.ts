/** Takes one turn to the server: session, token, patience; says how it ended. */

import { isRefused, post, sentenceAt, type Reply, type Route } from "./api";
import { parseAnswer, parseSession, type Answer, type Session } from "./contract";
import type { Ask, Forgotten } from "./conversation";
import { uuid } from "./ids";
import { safeLink } from "./links";
import { T } from "../ui/strings";
import { persist, type Pace } from "./persist";
import type { Tokens } from "./tokens";

export interface Refusal {
  problem: string;
  retryable: boolean;
}
export type Delivered = { answer: Answer; forgotten: Forgotten } | Refusal;

/** What the courier needs to know of the conversation, and may change in it. */
export interface Desk {
  session(): string;
  opened(session: Session): void;
  /** Where the estimate under way is told again, when there is one. */
  estimate(): string | undefined;
  pace: Pace;
}

const LOST_SESSION = new Set(["session_expiree", "session_invalide"]);
const FINAL = new Set([400, 403, 404, 405, 413, 415]);

const code = (reply: Reply): string => reply.failure?.code ?? "";

export class Courier {
  constructor(
    readonly base: string,
    readonly tokens: Tokens,
  ) {}

  /** Opens a session; says why when it could not. */
  async open(desk: Desk): Promise<Refusal | undefined> {
    const call = async (): Promise<Reply> => {
      const reply = await this.once("session", {}, desk.pace.signal);
      return reply.status === 0 && (await isRefused(this.base)) ? refusedSite(this.base) : reply;
    };
    const reply = await persist(call, desk.pace);
    const session = reply.status === 201 || reply.status === 200 ? parseSession(reply.body) : null;
    if (!session) return refusal(reply);
    desk.opened(session);
    return undefined;
  }

  async deliver(id: string, ask: Ask, desk: Desk): Promise<Delivered> {
    let { charge } = ask;
    let forgotten: Forgotten = false;
    if (!desk.session()) {
      const refused = await this.open(desk);
      if (refused) return refused;
    }
    for (;;) {
      const content = charge === undefined ? { texte: ask.text } : { charge };
      const body = () => ({ session: desk.session(), id, ...content });
      const reply = await this.#patiently("message", body, desk);
      if (reply.status === 200) {
        const answer = parseAnswer((reply.body as { reponse?: unknown } | null)?.reponse);
        return answer ? { answer, forgotten } : refusal({ status: 0, body: undefined });
      }
      if (LOST_SESSION.has(code(reply)) && !forgotten) {
        const refused = await this.open(desk);
        if (refused) return refused;
        forgotten = (await this.#retell(desk)) ? "sauf_estimation" : true;
        // A button belongs to the session that offered it; its title says the same thing.
        charge = undefined;
      } else if (code(reply) === "charge_inconnue" && charge !== undefined) {
        charge = undefined;
      } else {
        return refusal(reply);
      }
    }
  }

  /** Says the estimate under way to a session that knows nothing of it. */
  async #retell(desk: Desk): Promise<boolean> {
    const url = safeLink(desk.estimate() ?? null, this.base);
    const texte = url && (await sentenceAt(url));
    if (!texte) return false;
    const reply = await this.once("message", { session: desk.session(), id: uuid(), texte }, desk.pace.signal);
    return reply.status === 200;
  }

  /** One request without patience: an opinion, an erasure. */
  once(route: Route, body: unknown, signal: AbortSignal): Promise<Reply> {
    return this.tokens.use((token) => post(this.base, route, body, token, signal));
  }

  #patiently(route: Route, body: () => unknown, { pace }: Desk): Promise<Reply> {
    return persist(() => this.once(route, body(), pace.signal), pace);
  }
}

function refusedSite(bot: string): Reply {
  console.error(T.refusedRemedy(location.origin, bot));
  const failure = { code: "origine_refusee", message: T.refusedSite, reessayer_dans: null };
  return { status: 403, body: undefined, failure };
}

export const lostSession = (reply: Reply): boolean => LOST_SESSION.has(code(reply));

function refusal(reply: Reply): Refusal {
  return { problem: reply.failure?.message ?? "", retryable: !FINAL.has(reply.status) };
}
