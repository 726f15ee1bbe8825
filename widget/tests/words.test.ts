import { describe, expect, it } from "vitest";
import type { Answer } from "../src/core/contract";
import { lastEstimate } from "../src/core/conversation";
import { KIT } from "../src/kit";
import { equip } from "../src/plus/kit";
import { answerText, transcript } from "../src/plus/transcript";
import { day, reviewed } from "../src/ui/dates";

equip(KIT);

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("dates", () => {
  it("says one date, or the span of several", () => {
    expect(reviewed(["2026-11-20", null])).toBe("le 20/11/2026");
    expect(reviewed(["2026-11-20", "2026-10-02"])).toBe("du 02/10/2026 au 20/11/2026");
    expect(reviewed([null, "hier", "<b>"])).toBe("");
  });
  it("says today and yesterday", () => {
    const now = new Date(2026, 10, 22, 9).getTime();
    expect(day(now - 60_000, now)).toBe("Aujourd’hui");
    expect(day(new Date(2026, 10, 21, 23).getTime(), now)).toBe("Hier");
  });
});

describe("transcript", () => {
  const answer: Answer = {
    reference: "r",
    blocs: [
      { type: "paragraphe", texte: "**14 000 €** par an" },
      { type: "tableau", legende: "Par an", colonnes: ["Année", "Mi-temps"], lignes: [["1re", "19 000 €"]] },
      {
        type: "sources",
        sources: [{ nom: "CPAM", url: "javascript:alert(1)", relu: "2026-11-20" }],
        remarque: "Indicatif.",
      },
    ],
    boutons: [],
    question: false,
  };
  it("says everything an answer shows, without marks nor unsafe addresses", () => {
    expect(plain(answerText(answer, "https://bot.exemple"))).toBe(
      "14 000 € par an\nPar an\nAnnée | Mi-temps\n1re | 19 000 €\nIndicatif.\nSource : CPAM, relue le 20/11/2026",
    );
  });
  it("tells who said what, and finds the estimate", () => {
    const turns = [
      { id: "1", at: 0, rev: 1, state: "done" as const, ask: { text: "combien ?" }, answer },
      { id: "2", at: 1, rev: 1, state: "failed" as const, ask: { text: "et après ?" } },
    ];
    const text = plain(transcript(turns, "Assistant AM", "https://bot.exemple"));
    expect(text).toContain("Vous : combien ?");
    expect(text).toContain("L’assistant : 14 000 €");
    expect(text).toContain("Vous : et après ?");
    expect(lastEstimate(turns)?.id).toBe("1");
  });
});
