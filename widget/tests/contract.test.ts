import { describe, expect, it } from "vitest";
import { parseAnswer, parseFailure, parseSession } from "../src/core/contract";

describe("parseAnswer", () => {
  it("keeps what it knows and leaves out the rest", () => {
    const answer = parseAnswer({
      reference: "r1",
      blocs: [
        { type: "paragraphe", texte: "Bonjour" },
        { type: "video", url: "x" },
        { type: "constructor" },
        { type: "__proto__" },
        { type: "liste", elements: ["a", 3, null] },
        { type: "tableau", colonnes: ["A"], lignes: [] },
        null,
        "texte",
      ],
      boutons: [{ titre: "Oui", charge: "c" }, { titre: "Sans charge" }, 4],
      question: "oui",
    });
    expect(answer).toEqual({
      reference: "r1",
      blocs: [
        { type: "paragraphe", texte: "Bonjour" },
        { type: "liste", elements: ["a"] },
      ],
      boutons: [{ titre: "Oui", charge: "c" }],
      question: false,
    });
  });
  it("reads its own output the same: stored answers pass through it again", () => {
    const answer = parseAnswer({
      reference: "r",
      blocs: [
        { type: "tableau", legende: "L", colonnes: ["A", "B"], lignes: [["1", "2"]] },
        { type: "sources", sources: [{ nom: "N", url: null, relu: "2026-11-20" }], remarque: "R" },
        { type: "image", url: "/i.png", alternative: "alt", grande: null },
        { type: "image", url: "/i.png", alternative: "alt", grande: null, barres: [{ nom: "1re année", valeur: 19000, texte: "19 000 €" }] },
        { type: "lien", texte: "T", url: "/t" },
        { type: "alerte", texte: "15" },
      ],
      boutons: [],
      question: true,
    });
    expect(parseAnswer(structuredClone(answer))).toEqual(answer);
  });
  it.each([null, undefined, [], "x", 3])("refuses %j", (value) => {
    expect(parseAnswer(value)).toBeUndefined();
  });
});

describe("parseSession", () => {
  const accueil = { reference: "r", blocs: [], boutons: [], question: false };
  it("needs a session and a welcome", () => {
    expect(parseSession({ session: "s", accueil, conservation_jours: 30 })).toEqual({
      session: "s",
      accueil,
      conservation_jours: 30,
    });
    expect(parseSession({ accueil })).toBeUndefined();
    expect(parseSession({ session: "s" })).toBeUndefined();
  });
});

describe("parseFailure", () => {
  it("reads the server's sentence and delay", () => {
    expect(
      parseFailure({ erreur: { code: "trop_de_messages", message: "Doucement.", reessayer_dans: 8 } }),
    ).toEqual({ code: "trop_de_messages", message: "Doucement.", reessayer_dans: 8 });
  });
  it("takes no absurd delay", () => {
    const delay = (value: unknown) =>
      parseFailure({ erreur: { code: "c", message: "m", reessayer_dans: value } })?.reessayer_dans;
    expect([delay(-1), delay("3"), delay(NaN), delay(undefined)]).toEqual([null, null, null, null]);
  });
});
