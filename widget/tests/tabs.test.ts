import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KEPT_MS, ORPHAN_MS } from "../src/core/conversation";
import { Store } from "../src/core/storage";
import { BOT, FakeServer, newTab, said, settle, tellTabs } from "./fake-server";

let server: FakeServer;
beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-22T09:00:00Z") });
  localStorage.clear();
  sessionStorage.clear();
  server = new FakeServer();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function twoTabs() {
  const a = newTab("A");
  a.start();
  await settle();
  const b = newTab("B");
  b.start();
  await settle();
  return [a, b] as const;
}

describe("two tabs", () => {
  it("share one conversation and one session", async () => {
    const [a, b] = await twoTabs();
    expect(server.of("session")).toHaveLength(1);
    expect(b.conversation).toEqual(a.conversation);
  });
  it("lose and repeat nothing when both write", async () => {
    const [a, b] = await twoTabs();
    a.send("depuis A");
    b.send("depuis B");
    await settle();
    tellTabs(a);
    await settle();
    // Written in the same millisecond: any order, but the same in both.
    expect([...said(a)].sort()).toEqual(["- done", "depuis A done", "depuis B done"]);
    expect(said(b)).toEqual(said(a));
    expect(server.of("message")).toHaveLength(2);
  });
  it("do not send each other's messages, unless the other tab is gone", async () => {
    const [a, b] = await twoTabs();
    server.script.message = Array<"away">(8).fill("away");
    a.send("orpheline");
    await settle();
    tellTabs(a);
    await settle(1000);
    const before = server.of("message").length;
    expect(said(b)).toContain("orpheline waiting");
    expect(before).toBe(2);
    server.script.message = [];
    vi.spyOn(a.store, "tab").mockReturnValue("plus personne");
    await settle(ORPHAN_MS);
    expect(new Set(server.of("message").map(({ body }) => body.id)).size).toBe(1);
    expect(said(b)).toContain("orpheline done");
  });
  it("both forget when one erases, and nothing comes back", async () => {
    const [a, b] = await twoTabs();
    b.send("question");
    await settle();
    tellTabs(b);
    await a.erase();
    tellTabs(a);
    expect(b.state.phase).toBe("erased");
    expect(localStorage.length).toBe(0);
  });
  it("sees an erasure it was not told of before writing", async () => {
    const [a, b] = await twoTabs();
    await a.erase();
    b.send("trop tard");
    await settle();
    expect(localStorage.length).toBe(0);
    expect(b.state.phase).toBe("erased");
  });
});

describe("reload", () => {
  it("finds the conversation again without asking the server", async () => {
    const client = newTab();
    client.start();
    client.send("question");
    await settle();
    const before = server.sent.length;
    const again = newTab();
    expect(again.resume()).toBe(true);
    await settle();
    expect(said(again)).toEqual(["- done", "question done"]);
    expect(server.sent).toHaveLength(before);
  });
  it("sends what was under way, with the same id", async () => {
    const client = newTab();
    client.start();
    await settle();
    server.script.message = ["away"];
    client.send("interrompue");
    await settle();
    const id = server.of("message")[0]?.body.id;
    vi.spyOn(client.store, "tab").mockReturnValue("fermé");
    const again = newTab();
    again.resume();
    await settle();
    expect(server.of("message").at(-1)?.body.id).toBe(id);
    expect(said(again)).toContain("interrompue done");
  });
  it("forgets after 24 hours, in an open page as in a new one", async () => {
    const client = newTab();
    client.start();
    await settle();
    await settle(KEPT_MS);
    expect(client.state.phase).toBe("expired");
    expect(localStorage.length).toBe(0);
    expect(newTab().resume()).toBe(false);
  });
  it("survives a broken storage", () => {
    const store = new Store(BOT, "visiteur");
    localStorage.setItem(store.key, "{pas du json");
    expect(store.load()).toBeUndefined();
    expect(localStorage.getItem(store.key)).toBeNull();
  });
  it("goes on in memory when writing is forbidden", async () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("quota", "QuotaExceededError");
    });
    const client = newTab();
    client.start();
    client.send("question");
    await settle();
    expect(said(client)).toEqual(["- done", "question done"]);
    vi.restoreAllMocks();
  });
});

describe("stores", () => {
  it("keep an intranet conversation in its tab, away from visitors'", async () => {
    const client = newTab("A", "intranet", () => Promise.resolve("jeton"));
    client.start();
    await settle();
    expect(localStorage.length).toBe(0);
    expect(newTab("A", "visiteur").resume()).toBe(false);
    expect(JSON.stringify({ ...sessionStorage })).not.toContain("jeton");
  });
  it("keep the draft over a reload", () => {
    new Store(BOT, "visiteur").draft = "à moitié écrit";
    expect(new Store(BOT, "visiteur").draft).toBe("à moitié écrit");
    new Store(BOT, "visiteur").draft = "";
    expect(sessionStorage.length).toBe(0);
  });
});
