import { describe, expect, it } from "vitest";
import { safeLink, safePicture } from "../src/core/links";

const BOT = "https://bot.exemple";

describe("safeLink", () => {
  it.each([
    ["/estimation?quotite=0.5", "https://bot.exemple/estimation?quotite=0.5"],
    ["https://www.ameli.fr/", "https://www.ameli.fr/"],
    ["tel:15", "tel:15"],
  ])("follows %s", (url, expected) => {
    expect(safeLink(url, BOT)).toBe(expected);
  });
  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " \u0001javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>",
    "blob:https://bot.exemple/1",
    "vbscript:x",
    "file:///etc/passwd",
    "https://",
    "",
  ])("refuses %j", (url) => {
    expect(safeLink(url, BOT)).toBeUndefined();
  });
  it("refuses nothing at all", () => {
    expect(safeLink(null, BOT)).toBeUndefined();
  });
});

describe("safePicture", () => {
  it("shows the bot's own pictures", () => {
    expect(safePicture("/estimation.png?annee=3", BOT)).toBe(
      "https://bot.exemple/estimation.png?annee=3",
    );
  });
  it.each(["https://tiers.exemple/p.png", "//tiers.exemple/p.png", "data:image/png;base64,AA", "javascript:1"])(
    "refuses %s",
    (url) => {
      expect(safePicture(url, BOT)).toBeUndefined();
    },
  );
});
