/** `**bold**` and plain addresses: the only mark-up there is. */

export interface Span {
  kind: "text" | "bold" | "link";
  text: string;
}

const BOLD = /\*\*(?=\S)(.+?)(?<=\S)\*\*/gs;
const ADDRESS = /https?:\/\/[^\s<>"'«»*]+[^\s<>"'«»*.,;:!?)\]]/g;

function cut(
  source: string,
  pattern: RegExp,
  inside: (match: RegExpMatchArray) => Span,
  outside: (text: string) => Span[],
): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const match of source.matchAll(pattern)) {
    if (match.index > from) spans.push(...outside(source.slice(from, match.index)));
    spans.push(inside(match));
    from = match.index + match[0].length;
  }
  if (from < source.length) spans.push(...outside(source.slice(from)));
  return spans;
}

const plain = (text: string): Span[] => [{ kind: "text", text }];
const links = (text: string): Span[] =>
  cut(text, ADDRESS, (m) => ({ kind: "link", text: m[0] }), plain);

export function parseMarkup(source: string): Span[] {
  return cut(source, BOLD, (m) => ({ kind: "bold", text: m[1] ?? "" }), links);
}

/** The same text without its marks, for copies and announcements. */
export function withoutMarkup(source: string): string {
  return parseMarkup(source)
    .map((span) => span.text)
    .join("");
}

export interface Call {
  text: string;
  number?: string;
}

// Not « 15 000 € » nor « 15 minutes »: only the emergency services' own numbers.
const SERVICES = /(?<![\d.,])(3114|112|114|15)(?![\d.,]*\d|\s*(?:%|€|\d|min|jour|heure|an|mois))/g;

/** An emergency text cut at the numbers one can call. */
export function parseCalls(source: string): Call[] {
  const calls: Call[] = [];
  let from = 0;
  for (const match of source.matchAll(SERVICES)) {
    if (match.index > from) calls.push({ text: source.slice(from, match.index) });
    calls.push({ text: match[0], number: match[0] });
    from = match.index + match[0].length;
  }
  if (from < source.length) calls.push({ text: source.slice(from) });
  return calls;
}
