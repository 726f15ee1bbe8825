import { describe, expect, it } from "vitest";
import { parseCalls, parseMarkup, withoutMarkup } from "../src/core/markup";

const kinds = (source: string) => parseMarkup(source).map(({ kind, text }) => [kind, text]);

describe("parseMarkup", () => {
  it("cuts bold and keeps the rest", () => {
    expect(kinds("**14 000 €** par an")).toEqual([
      ["bold", "14 000 €"],
      ["text", " par an"],
    ]);
  });
  it("leaves lonely or empty marks as they are", () => {
    expect(kinds("a ** b")).toEqual([["text", "a ** b"]]);
    expect(kinds("****")).toEqual([["text", "****"]]);
    expect(kinds("2 ** 3 ** 4")).toEqual([["text", "2 ** 3 ** 4"]]);
  });
  it("finds addresses without their closing punctuation", () => {
    expect(kinds("voir https://www.ameli.fr/medecin. Puis")).toEqual([
      ["text", "voir "],
      ["link", "https://www.ameli.fr/medecin"],
      ["text", ". Puis"],
    ]);
  });
  it("does not take other schemes for addresses", () => {
    expect(kinds("javascript:alert(1) data:text/html,x")).toEqual([
      ["text", "javascript:alert(1) data:text/html,x"],
    ]);
  });
  it("knows no HTML", () => {
    expect(kinds("<b>x</b>")).toEqual([["text", "<b>x</b>"]]);
  });
  it("gives back the text alone", () => {
    expect(withoutMarkup("**a** b **c**")).toBe("a b c");
  });
  it("stays quick on hostile input", () => {
    const before = performance.now();
    parseMarkup("*".repeat(20_000));
    parseMarkup("**a".repeat(5_000));
    expect(performance.now() - before).toBeLessThan(500);
  });
});

describe("parseCalls", () => {
  const numbers = (source: string) =>
    parseCalls(source).flatMap(({ number }) => (number ? [number] : []));
  it("finds the emergency services", () => {
    expect(numbers("Appelez le 15 (Samu) ou le 112. Sourds : 114 par SMS. Souffrance : 3114.")).toEqual([
      "15",
      "112",
      "114",
      "3114",
    ]);
  });
  it("leaves amounts, durations and longer numbers alone", () => {
    expect(numbers("15 000 €, 15 %, 15 minutes, 1515, 15,5 et 01 15 20")).toEqual([]);
  });
  it("loses no text", () => {
    const source = "Le 15, vite ; sinon le 112";
    expect(parseCalls(source).map(({ text }) => text).join("")).toBe(source);
  });
});
