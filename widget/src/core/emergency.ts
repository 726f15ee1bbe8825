/** The widget's own eye for an emergency, for the time when the service does not answer. */

import { SUICIDE, SUICIDE_WORDS, VITAL, VITAL_WORDS } from "./emergency-words";

/** A star at the end of a word stands for any ending. */
const pattern = (words: string): RegExp =>
  new RegExp(`\\b(?:${words.replaceAll("*", "\\w*").replaceAll(" ", "|")})\\b`);

const suicide = pattern(SUICIDE_WORDS);
const vital = pattern(VITAL_WORDS);

/** What to say at once to somebody who wrote this; undefined when it tells of no emergency. */
export function emergencyIn(text: string): string | undefined {
  const plain = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("œ", "oe")
    .toLowerCase();
  if (suicide.test(plain)) return SUICIDE;
  return vital.test(plain) ? VITAL : undefined;
}
