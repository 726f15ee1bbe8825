/** Dates and times as one says them in French. */

import { T } from "./strings";

const TIME = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long" });
const FULL = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeStyle: "short" });
const SHORT = new Intl.DateTimeFormat("fr-FR", { dateStyle: "short", timeZone: "UTC" });
const DAY_MS = 24 * 60 * 60 * 1000;

export const time = (at: number): string => TIME.format(at);
export const full = (at: number): string => FULL.format(at);

const dayNumber = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

export const sameDay = (a: number, b: number): boolean => dayNumber(a) === dayNumber(b);

export function day(at: number, now: number): string {
  if (sameDay(at, now)) return T.today;
  if (sameDay(at, now - DAY_MS)) return T.yesterday;
  return DAY.format(at);
}

/** « demain 14:05 »: a conversation never lasts longer. */
export function deadline(at: number, now: number): string {
  return sameDay(at, now) ? `ce soir ${time(at)}` : `demain ${time(at)}`;
}

/** « 20/11/2026 » when all were read on that day; empty otherwise. */
export function shortDay(dates: (string | null)[]): string {
  const when = reviewed(dates);
  return when.startsWith("le ") ? when.slice(3) : "";
}

/** « le 20/11/2026 », or the span of several dates; empty when none is known. */
export function reviewed(dates: (string | null)[]): string {
  const known = dates
    .map((date) => (date && /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : NaN))
    .filter((date) => !Number.isNaN(date));
  if (!known.length) return "";
  const first = SHORT.format(Math.min(...known));
  const last = SHORT.format(Math.max(...known));
  return first === last ? `le ${first}` : `du ${first} au ${last}`;
}
