import { expect, test } from "vitest";
import { emergencyIn } from "../src/core/emergency";

test.each([
  "j’ai une douleur dans la poitrine et je n’arrive plus à respirer",
  "il fait un MALAISE il respire plus",
  "mon fils a avalé une pile bouton",
  "elle convulse",
])("« %s » : le 15 et le 112", (text) => {
  expect(emergencyIn(text)).toMatch(/15[\s\S]*112[\s\S]*114/);
});

test("des idées suicidaires : le 3114", () => {
  expect(emergencyIn("je veux me suicider")).toMatch(/3114/);
});

test.each(["combien gagne un assistant médical ?", "quelle aide pour un mi-temps ?", "qui paie la formation ?"])(
  "« %s » : rien",
  (text) => {
    expect(emergencyIn(text)).toBeUndefined();
  },
);
