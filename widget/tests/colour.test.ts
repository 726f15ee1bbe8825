import { describe, expect, it } from "vitest";
import { contrast, palette, parseHex } from "../src/ui/colour";

const rgb = (css: string) =>
  (css.match(/\d+/g) ?? []).map(Number) as unknown as [number, number, number];

describe("palette", () => {
  it.each(["#e2007a", "#ffe600", "#fff", "#000", "#0b6770", "#7a7a7a", "00ff00"])(
    "makes %s readable in light and dark",
    (colour) => {
      const made = palette(colour);
      if (!made) throw new Error("no palette");
      expect(contrast(rgb(made.accent), [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(made.accent), rgb(made.onAccent))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(made.accentDark), [25, 38, 42])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(made.accentDark), rgb(made.onAccentDark))).toBeGreaterThanOrEqual(4.5);
    },
  );
  it("leaves a readable colour as it was asked", () => {
    expect(palette("#0b6770")?.accent).toBe("rgb(11 103 112)");
  });
  it.each(["red", "#12", "url(x)", "", "#0b677; color: red"])("refuses %j", (value) => {
    expect(parseHex(value)).toBeUndefined();
    expect(palette(value)).toBeUndefined();
  });
});
