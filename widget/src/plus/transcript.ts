/** A conversation as plain text, to copy or to keep. */

import type { Answer, Block } from "../core/contract";
import type { Turn } from "../core/conversation";
import { safeLink } from "../core/links";
import { withoutMarkup } from "../core/markup";
import { full, reviewed, time } from "./dates";
import { T } from "./strings";

function blockText(block: Block, origin: string): string {
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
          const address = safeLink(url, origin);
          return `Source : ${nom}${when ? `, ${T.reviewed(1, when)}` : ""}${address ? ` (${address})` : ""}`;
        }),
      ].join("\n");
    case "image":
      return block.alternative;
    case "lien":
      return `${block.texte} : ${safeLink(block.url, origin) ?? ""}`;
  }
}

export function answerText(answer: Answer, origin: string): string {
  return answer.blocs
    .map((block) => blockText(block, origin))
    .filter(Boolean)
    .join("\n");
}

export function transcript(turns: Turn[], title: string, origin: string): string {
  const said = turns.flatMap((turn) => [
    ...(turn.ask ? [`[${time(turn.at)}] ${T.you}${turn.ask.text}`] : []),
    ...(turn.answer ? [`${T.bot}${answerText(turn.answer, origin)}`] : []),
  ]);
  const heading = T.transcriptTitle(title, full(turns[0]?.at ?? Date.now()));
  return [heading, T.transcriptNote, ...said].join("\n\n") + "\n";
}

/** The latest answer that holds an estimate: a table or a picture. */
export function lastEstimate(turns: Turn[]): Turn | undefined {
  return turns.findLast((turn) =>
    turn.answer?.blocs.some((block) => block.type === "tableau" || block.type === "image"),
  );
}
