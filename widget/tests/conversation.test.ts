import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  isAhead,
  isExpired,
  KEPT_MS,
  merge,
  newConversation,
  revive,
  withTurn,
  type Conversation,
  type Turn,
} from "../src/core/conversation";

const turn = (id: string, at: number, more: Partial<Turn> = {}): Turn => ({
  id,
  at,
  rev: 1,
  state: "waiting",
  ask: { text: id },
  ...more,
});
const answer = { reference: "r", blocs: [], boutons: [], question: false };
const ids = (conversation: Conversation) => conversation.turns.map(({ id }) => id);

beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-11-22T09:00:00Z") }));
afterEach(() => void vi.useRealTimers());

describe("merge", () => {
  const base = () => newConversation();
  it("keeps every turn of both tabs, once, in order", () => {
    const start = base();
    const a = withTurn(withTurn(start, turn("a", 1)), turn("c", 3));
    const b = withTurn(withTurn(start, turn("a", 1)), turn("b", 2));
    expect(ids(merge(a, b))).toEqual(["a", "b", "c"]);
    expect(merge(a, b).turns).toEqual(merge(b, a).turns);
  });
  it("prefers the copy that changed last", () => {
    const start = base();
    const asked = withTurn(start, turn("a", 1, { rev: 1 }));
    const answered = withTurn(start, turn("a", 1, { rev: 2, state: "done", answer }));
    expect(merge(asked, answered).turns[0]?.state).toBe("done");
    expect(merge(answered, asked).turns[0]?.state).toBe("done");
  });
  it("takes the newer of two sessions, and the later of two conversations", () => {
    const old = { ...base(), session: "s1", sessionAt: 1 };
    expect(merge({ ...old, session: "s2", sessionAt: 2 }, old).session).toBe("s2");
    vi.advanceTimersByTime(1000);
    const later = base();
    expect(merge(old, later)).toBe(later);
    expect(merge(later, old)).toBe(later);
  });
  it("settles: two tabs do not write to each other for ever", () => {
    const start = base();
    const a = withTurn(start, turn("a", 1));
    const b = withTurn(start, turn("b", 2));
    const both = merge(a, b);
    expect(isAhead(both, b)).toBe(true);
    expect(isAhead(merge(b, both), both)).toBe(false);
  });
});

describe("expiry", () => {
  it("comes 24 hours after the last message", () => {
    let conversation = newConversation();
    vi.advanceTimersByTime(KEPT_MS - 1);
    expect(isExpired(conversation)).toBe(false);
    conversation = withTurn(conversation, turn("a", Date.now()));
    vi.advanceTimersByTime(KEPT_MS - 1);
    expect(isExpired(conversation)).toBe(false);
    vi.advanceTimersByTime(1);
    expect(isExpired(conversation)).toBe(true);
  });
});

describe("revive", () => {
  it("reads back what was written", () => {
    const conversation = withTurn(newConversation(), turn("a", 1, { answer, state: "done" }));
    expect(revive(JSON.parse(JSON.stringify(conversation)))).toEqual(conversation);
  });
  it.each([
    null,
    [],
    "x",
    {},
    { version: 2 },
    { version: 1, turns: "x" },
    { version: 1, turns: [], id: 1, session: "s" },
    { version: 1, turns: [], id: "i", session: "s", startedAt: "x", touchedAt: 1, sessionAt: 1 },
  ])("refuses %j", (value) => {
    expect(revive(value)).toBeUndefined();
  });
  it("leaves out broken turns and refuses old conversations", () => {
    const conversation = newConversation();
    const mixed = { ...conversation, turns: [null, { id: 3 }, { id: "x", at: 1 }, turn("a", 1)] };
    expect(ids(revive(mixed) as Conversation)).toEqual(["a"]);
    vi.advanceTimersByTime(KEPT_MS);
    expect(revive(conversation)).toBeUndefined();
  });
  it("keeps the last two hundred turns", () => {
    let conversation = newConversation();
    for (let at = 1; at <= 230; at += 1) conversation = withTurn(conversation, turn(`t${at}`, at));
    expect(conversation.turns).toHaveLength(200);
    expect(conversation.turns[0]?.id).toBe("t31");
  });
});
