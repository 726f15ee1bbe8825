import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { error, FakeServer, newTab, said, settle } from "./fake-server";

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

const texts = () => server.of("message").map(({ body }) => body.texte ?? body.charge);
const messageIds = () => new Set(server.of("message").map(({ body }) => body.id));

async function opened() {
  const client = newTab();
  client.start();
  await settle();
  return client;
}

describe("opening", () => {
  it("stores and asks nothing before", () => {
    const client = newTab();
    expect(client.resume()).toBe(false);
    expect(server.sent).toEqual([]);
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });
  it("opens a session and shows its welcome", async () => {
    const client = await opened();
    expect(said(client)).toEqual(["- done"]);
    expect(client.conversation?.session).toBe("s1");
  });
  it("lets one write before the welcome came, and loses nothing", async () => {
    server.script.session = ["away"];
    const client = newTab();
    client.start();
    client.send("première question");
    await settle(1000);
    expect(said(client)).toEqual(["- done", "première question done"]);
  });
  it("says when no session can be had, then tries again on demand", async () => {
    server.script.session = Array<"away">(9).fill("away");
    const client = newTab();
    client.start();
    client.send("bonjour");
    await settle(160_000);
    expect(client.state.phase).toBe("unreachable");
    expect(said(client)).toEqual(["bonjour failed"]);
    client.retry();
    await settle();
    expect(said(client)).toEqual(["- done", "bonjour done"]);
  });
});

describe("sending", () => {
  it("sends texts one after the other, in order", async () => {
    const client = await opened();
    client.send("un");
    client.send("deux");
    await settle();
    expect(texts()).toEqual(["un", "deux"]);
    expect(said(client)).toEqual(["- done", "un done", "deux done"]);
  });
  it("sends a button's payload and shows its title", async () => {
    const client = await opened();
    client.press("accueil", 1);
    await settle();
    expect(server.of("message")[0]?.body).toMatchObject({ charge: "charge:L’aide" });
    expect(server.of("message")[0]?.body).not.toHaveProperty("texte");
    expect(said(client)[1]).toBe("L’aide done");
    expect(client.conversation?.turns[0]?.choice).toBe(1);
  });
  it("polls a late answer with the same id", async () => {
    const client = await opened();
    const late = { status: 202, body: { id: "x", etat: "en_cours", reessayer_dans: 2 } };
    server.script.message = [late, late];
    client.send("lente");
    await settle(1999);
    expect(texts()).toHaveLength(1);
    await settle(2001);
    expect(texts()).toHaveLength(3);
    expect(messageIds().size).toBe(1);
    expect(said(client)[1]).toBe("lente done");
  });
  it("says after fifteen seconds that it takes longer", async () => {
    const client = await opened();
    const late = { status: 202, body: { id: "x", etat: "en_cours", reessayer_dans: 5 } };
    server.script.message = Array<typeof late>(4).fill(late);
    client.send("lente");
    await settle(14_900);
    expect(client.state.slow).toBe(false);
    await settle(200);
    expect(client.state.slow).toBe(true);
    await settle(10_000);
    expect(client.state.slow).toBe(false);
    expect(said(client)[1]).toBe("lente done");
  });
  it("keeps a refused text in sight, with the server's sentence", async () => {
    const client = await opened();
    server.script.message = [error(400, "champ_invalide", "Le champ texte est vide.")];
    client.send("mauvais");
    await settle();
    expect(client.conversation?.turns[1]).toMatchObject({
      state: "failed",
      problem: "Le champ texte est vide.",
      retryable: false,
    });
    client.retry();
    await settle(1000);
    expect(texts()).toHaveLength(1);
  });
  it("says a button's title when the server no longer knows the button", async () => {
    const client = await opened();
    server.script.message = [error(400, "charge_inconnue")];
    client.press("accueil", 0);
    await settle();
    expect(texts()).toEqual(["charge:Le métier", "Le métier"]);
    expect(said(client)[1]).toBe("Le métier done");
  });
});

describe("service away", () => {
  it("says so, tries again with the same id, and says no more once it is back", async () => {
    const client = await opened();
    server.script.message = ["away", { status: 502, body: undefined }, error(503, "incident")];
    client.send("question");
    await settle(500);
    expect(client.state.notice).toEqual({ kind: "away" });
    await settle(10_000);
    expect(messageIds().size).toBe(1);
    expect(said(client)[1]).toBe("question done");
    expect(client.state.notice).toBeUndefined();
  });
  it("gives up after a while; one press sends everything again in order", async () => {
    const client = await opened();
    server.script.message = Array<"away">(9).fill("away");
    client.send("un");
    client.send("deux");
    await settle(160_000);
    expect(said(client)).toEqual(["- done", "un failed", "deux failed"]);
    expect(client.state.notice).toBeUndefined();
    client.retry();
    await settle();
    expect(said(client)).toEqual(["- done", "un done", "deux done"]);
    expect(messageIds().size).toBe(2);
  });
  it("awaits a server that starts again, however often it says to come back soon", async () => {
    const client = await opened();
    const starting = error(503, "incident", "L'assistant démarre.", 5);
    server.script.message = ["away", "away", "away", error(500, "incident"), ...Array<typeof starting>(15).fill(starting)];
    client.send("question");
    await settle(60_000);
    expect(client.state.notice).toEqual({ kind: "away" });
    await settle(40_000);
    expect(said(client)[1]).toBe("question done");
  });
  it("tries at once when the network comes back", async () => {
    const client = await opened();
    server.script.message = ["away", "away", "away", "away"];
    client.send("question");
    await settle(7_500);
    const before = texts().length;
    window.dispatchEvent(new Event("online"));
    await settle(10);
    expect(texts().length).toBe(before + 1);
    expect(said(client)[1]).toBe("question done");
  });
  it("does not insist when the server says the incident is its own", async () => {
    const client = await opened();
    const incident = error(500, "incident", "Un incident est survenu.");
    server.script.message = [incident, incident, incident, incident];
    client.send("question");
    await settle(5_000);
    expect(texts()).toHaveLength(3);
    expect(client.conversation?.turns[1]).toMatchObject({
      state: "failed",
      problem: "Un incident est survenu.",
      retryable: true,
    });
  });
});

describe("too many messages", () => {
  it("waits as long as asked, says so, and sends by itself", async () => {
    const client = await opened();
    server.script.message = [error(429, "trop_de_messages", "Doucement.", 12)];
    client.send("question");
    await settle(11_000);
    expect(client.state.notice).toEqual({ kind: "limited", seconds: 12 });
    expect(texts()).toHaveLength(1);
    await settle(1_100);
    expect(texts()).toHaveLength(2);
    expect(messageIds().size).toBe(1);
    expect(said(client)[1]).toBe("question done");
    expect(client.state.notice).toBeUndefined();
  });
});

describe("sessions and tokens", () => {
  it.each(["session_expiree", "session_invalide"])("%s: opens another and sends again", async (code) => {
    const client = await opened();
    server.script.message = [error(401, code)];
    client.send("question");
    await settle();
    const [first, second] = server.of("message");
    expect([first?.body.session, second?.body.session]).toEqual(["s1", "s2"]);
    expect(messageIds().size).toBe(1);
    expect(said(client)).toEqual(["- done", "question done"]);
    expect(client.conversation?.turns[1]?.forgotten).toBe(true);
  });
  it("does not open sessions for ever", async () => {
    const client = await opened();
    server.script.message = [error(401, "session_expiree"), error(401, "session_expiree")];
    client.send("question");
    await settle(1000);
    expect(server.of("session")).toHaveLength(2);
    expect(said(client)[1]).toBe("question failed");
  });
  it("asks the page for a new token when it expired, once", async () => {
    let tokens = 0;
    const client = newTab("A", "intranet", () => Promise.resolve(`jeton${(tokens += 1)}`));
    client.start();
    await settle();
    server.script.message = [error(401, "jeton_expire")];
    client.send("question");
    await settle();
    expect(server.sent.map(({ authorization }) => authorization)).toEqual([
      "Bearer jeton1",
      "Bearer jeton1",
      "Bearer jeton2",
    ]);
    expect(said(client)[1]).toBe("question done");
    server.script.message = [error(401, "jeton_expire"), error(401, "jeton_expire", "Jeton expiré.")];
    client.send("encore");
    await settle();
    expect(client.conversation?.turns[2]).toMatchObject({ state: "failed", problem: "Jeton expiré." });
  });
  it("keeps the message when the page has no token to give", async () => {
    const client = newTab("A", "intranet", () => Promise.reject(new Error("non")));
    client.start();
    client.send("question");
    await settle();
    expect(server.sent).toEqual([]);
    expect(client.state.phase).toBe("unreachable");
    expect(said(client)).toEqual(["question failed"]);
  });
});

describe("opinions", () => {
  it("are sent with the answer's reference and kept", async () => {
    const client = await opened();
    client.send("question");
    await settle();
    const { id } = client.conversation?.turns[1] ?? { id: "" };
    expect(await client.rate(id, "inutile", "trop long")).toBe(true);
    expect(server.of("avis")[0]?.body).toEqual({
      session: "s1",
      reference: "ref-Réponse à question",
      avis: "inutile",
      raison: "trop long",
    });
    expect(client.conversation?.turns[1]).toMatchObject({ opinion: "inutile", reason: "trop long" });
    server.script.avis = ["away"];
    expect(await client.rate(id, "utile")).toBe(false);
  });
});

describe("erasing", () => {
  it("erases on the server, then here", async () => {
    const client = await opened();
    client.send("question");
    await settle();
    expect(await client.erase()).toBe(true);
    expect(server.of("effacer")[0]?.body).toEqual({ session: "s1" });
    expect(client.state.phase).toBe("erased");
    expect(client.conversation).toBeUndefined();
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });
  it("forgets nothing when the server could not", async () => {
    const client = await opened();
    server.script.effacer = ["away"];
    expect(await client.erase()).toBe(false);
    expect(said(client)).toEqual(["- done"]);
    expect(localStorage.length).toBe(1);
  });
  it("forgets here alone when the page logs out", async () => {
    const client = await opened();
    client.forget();
    expect(server.of("effacer")).toEqual([]);
    expect(client.conversation).toBeUndefined();
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });
  it("abandons what was under way, and starts anew on demand", async () => {
    const client = await opened();
    server.script.message = Array<"away">(3).fill("away");
    client.send("question");
    await settle(500);
    expect(await client.restart()).toBe(true);
    await settle(60_000);
    expect(said(client)).toEqual(["- done"]);
    expect(client.conversation?.session).toBe("s2");
    expect(texts()).toEqual(["question"]);
  });
});
