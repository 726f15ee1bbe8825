/** Asks again, with patience, until there is an answer or no more hope. */

import type { Reply } from "./api";
import { parseDelay } from "./contract";

export type Notice = { kind: "away" } | { kind: "limited"; seconds: number };

export interface Pace {
  /** Waits, or less when the person or the network says it is worth trying at once. */
  wait(milliseconds: number): Promise<void>;
  notice(notice: Notice | undefined): void;
  signal: AbortSignal;
}

const AWAY_SECONDS = [1, 2, 4, 8, 15, 30];
/** A server that starts again takes a minute, more on a busy machine. */
const MAX_AWAY_MS = 2 * 60_000;
const MAX_INCIDENTS = 3;
const MAX_LIMITED = 6;
const MAX_LATE_MS = 3 * 60_000;
const LONGEST_WAIT = 120;

const isAway = (reply: Reply): boolean => reply.status === 0 || reply.status >= 500;

/** A server that says "incident" without a delay will not change its mind for long. */
const isIncident = (reply: Reply): boolean =>
  reply.status === 500 && reply.failure !== undefined && reply.failure.reessayer_dans === null;

/** The last reply: an answer, a refusal, or the failure that outlasted every attempt. */
export async function persist(call: () => Promise<Reply>, pace: Pace): Promise<Reply> {
  let away = 0;
  let incidents = 0;
  let limited = 0;
  let awaySince: number | undefined;
  let lateSince: number | undefined;
  for (;;) {
    const reply = await call();
    if (pace.signal.aborted) return reply;
    const asked = reply.failure?.reessayer_dans ?? null;
    if (reply.status === 202) {
      lateSince ??= Date.now();
      if (Date.now() - lateSince > MAX_LATE_MS) return settle(reply, pace);
      pace.notice(undefined);
      await pace.wait(1000 * clamp(parseDelay(reply.body) ?? 2, 1, 15));
    } else if (reply.status === 429 && limited < MAX_LIMITED) {
      limited += 1;
      const seconds = clamp(asked ?? 10, 1, LONGEST_WAIT);
      pace.notice({ kind: "limited", seconds });
      await pace.wait(1000 * seconds);
    } else if (isAway(reply)) {
      awaySince ??= Date.now();
      if (isIncident(reply)) incidents += 1;
      const late = Date.now() - awaySince >= MAX_AWAY_MS;
      if (late || incidents >= MAX_INCIDENTS) return settle(reply, pace);
      const seconds = clamp(asked ?? AWAY_SECONDS[away] ?? 30, 1, LONGEST_WAIT);
      away += 1;
      pace.notice({ kind: "away" });
      await pace.wait(1000 * seconds);
    } else {
      return settle(reply, pace);
    }
    if (pace.signal.aborted) return reply;
  }
}

function settle(reply: Reply, pace: Pace): Reply {
  pace.notice(undefined);
  return reply;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
