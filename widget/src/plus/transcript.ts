/** A conversation as plain text, to copy or to keep. */

import type { Answer, Block } from "../core/contract";
import type { Turn } from "../core/conversation";
import { full, reviewed, safeLink, T, time, withoutMarkup } from "./kit";

function blockText(block: Block, base: string): string {
  switch (block.type) {
    case "paragraphe":
    case "alerte":
      return withoutMarkup(block.texte);
    case "liste":
      return block.elements.map((element) => `- ${withoutMarkup(element)}`).join("\n");
    case "tableau":
      return [
        ...(block.legende ? [withoutMarkup(block.legende)] : []),
        ...[block.colonnes, ...block.lignes].map((row) => row.map(withoutMarkup).join(" | ")),
      ].join("\n");
    case "sources":
      return [
        ...(block.remarque ? [withoutMarkup(block.remarque)] : []),
        ...block.sources.map(({ nom, url, relu }) => {
          const when = reviewed([relu]);
          const address = safeLink(url, base);
          return `Source : ${nom}${when ? `, ${T.reviewed(1, when)}` : ""}${address ? ` (${address})` : ""}`;
        }),
      ].join("\n");
    case "image":
      return block.alternative;
    case "calcul":
      return "";
    case "lien":
      return `${block.texte} : ${safeLink(block.url, base) ?? ""}`;
  }
}

export function answerText(answer: Answer, base: string): string {
  return answer.blocs
    .map((block) => blockText(block, base))
    .filter(Boolean)
    .join("\n");
}

export function transcript(turns: Turn[], title: string, base: string): string {
  const said = turns.flatMap((turn) => [
    ...(turn.ask ? [`[${time(turn.at)}] ${T.you}${turn.ask.text}`] : []),
    ...(turn.answer ? [`${T.bot}${answerText(turn.answer, base)}`] : []),
  ]);
  const heading = T.transcriptTitle(title, full(turns[0]?.at ?? Date.now()));
  return [heading, T.transcriptNote, ...said].join("\n\n") + "\n";
}
