/** A conversation as a value: turns, and the rules by which two tabs' copies become one. */

import { isRecord, parseAnswer, type Answer } from "./contract";
import { uuid } from "./ids";

export const KEPT_MS = 24 * 60 * 60 * 1000;
/** A turn whose tab is gone is taken over by another one after this long. */
export const ORPHAN_MS = 45_000;
const MAX_TURNS = 200;

export type Opinion = "utile" | "inutile";

export type Forgotten = boolean | "sauf_estimation";

export interface Ask {
  text: string;
  charge?: string;
}
/** One question and its answer; the welcome is a turn without a question. */
export interface Turn {
  id: string;
  at: number;
  /** Grows at each change: of two copies the higher one is right. */
  rev: number;
  state: "waiting" | "done" | "failed";
  /** The tab that sends it. */
  owner?: string;
  ask?: Ask;
  answer?: Answer;
  answeredAt?: number;
  /** Why it was not sent, in a sentence to show. */
  problem?: string;
  /** The problem may pass: the person can send it again. */
  retryable?: boolean;
  /** Said before the turn: the service forgot what came earlier, all of it or all but the estimate. */
  forgotten?: Forgotten | undefined;
  /** The rank of the button the person pressed. */
  choice?: number;
  opinion?: Opinion;
  reason?: string;
}
export interface Conversation {
  version: 1;
  id: string;
  startedAt: number;
  touchedAt: number;
  /** Empty until the server gave one. */
  session: string;
  sessionAt: number;
  keptDays: number | null;
  turns: Turn[];
}

export const WELCOME = "accueil";

export function newConversation(): Conversation {
  const now = Date.now();
  return {
    version: 1,
    id: uuid(),
    startedAt: now,
    touchedAt: now,
    session: "",
    sessionAt: 0,
    keptDays: null,
    turns: [],
  };
}

export const expiresAt = (conversation: Conversation): number => conversation.touchedAt + KEPT_MS;

export function isExpired(conversation: Conversation): boolean {
  return Date.now() >= expiresAt(conversation);
}

export function withTurn(conversation: Conversation, turn: Turn): Conversation {
  const others = conversation.turns.filter((other) => other.id !== turn.id);
  const turns = [...others, turn].sort(byTime).slice(-MAX_TURNS);
  return { ...conversation, turns, touchedAt: Date.now() };
}

const byTime = (a: Turn, b: Turn): number => a.at - b.at || (a.id < b.id ? -1 : 1);

const better = (a: Turn, b: Turn): Turn => {
  if (a.rev !== b.rev) return a.rev > b.rev ? a : b;
  return b.answer && !a.answer ? b : a;
};

/** Of two different conversations the later one; of two copies of one, every turn of both. */
export function merge(a: Conversation, b: Conversation): Conversation {
  if (a.id !== b.id) return b.startedAt >= a.startedAt ? b : a;
  const turns = new Map(a.turns.map((turn) => [turn.id, turn]));
  for (const turn of b.turns) {
    const mine = turns.get(turn.id);
    turns.set(turn.id, mine ? better(mine, turn) : turn);
  }
  const newer = b.sessionAt > a.sessionAt ? b : a;
  return {
    ...newer,
    touchedAt: Math.max(a.touchedAt, b.touchedAt),
    turns: [...turns.values()].sort(byTime),
  };
}

/** Whether `mine` knows of something `other` does not. */
export function isAhead(mine: Conversation, other: Conversation): boolean {
  if (mine.sessionAt > other.sessionAt) return true;
  const known = new Map(other.turns.map((turn) => [turn.id, turn.rev]));
  return mine.turns.some((turn) => turn.rev > (known.get(turn.id) ?? -1));
}

/** What the storage gave back, or undefined when it is not ours, broken or too old. */
export function revive(value: unknown): Conversation | undefined {
  if (!isRecord(value) || value.version !== 1 || !Array.isArray(value.turns)) return undefined;
  const stored = value as unknown as Conversation;
  if (typeof stored.id !== "string" || typeof stored.session !== "string") return undefined;
  if (![stored.startedAt, stored.touchedAt, stored.sessionAt].every(Number.isFinite)) {
    return undefined;
  }
  const turns = value.turns.flatMap(reviveTurn);
  const conversation = { ...stored, turns };
  return isExpired(conversation) ? undefined : conversation;
}

function reviveTurn(value: unknown): Turn[] {
  if (!isRecord(value) || typeof value.id !== "string" || !Number.isFinite(value.at)) return [];
  const turn = { ...(value as unknown as Turn) };
  if (turn.ask && typeof turn.ask.text !== "string") return [];
  const answer = parseAnswer(turn.answer);
  delete turn.answer;
  if (answer) turn.answer = answer;
  return turn.ask || turn.answer ? [turn] : [];
}

/** The address of the calculator for the last estimate in which something was told. */
export const estimateIn = (turns: Turn[]): string | undefined =>
  turns
    .flatMap(({ answer }) => answer?.blocs ?? [])
    .flatMap((block) => (block.type === "calcul" && block.url.includes("?") ? block.url : []))
    .at(-1);

/** The latest answer that holds an estimate: a table or a picture. */
export function lastEstimate(turns: Turn[]): Turn | undefined {
  return turns.findLast((turn) =>
    turn.answer?.blocs.some((block) => block.type === "tableau" || block.type === "image"),
  );
}
