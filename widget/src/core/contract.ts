/** What the server sends, as the widget keeps it: unknown or malformed parts are left out. */

export interface Paragraph {
  type: "paragraphe";
  texte: string;
}
export interface List {
  type: "liste";
  elements: string[];
}
export interface Table {
  type: "tableau";
  legende: string;
  colonnes: string[];
  lignes: string[][];
}
export interface Source {
  nom: string;
  url: string | null;
  relu: string | null;
}
export interface Sources {
  type: "sources";
  sources: Source[];
  remarque: string;
}
export interface Picture {
  type: "image";
  url: string;
  alternative: string;
  grande: string | null;
  /** The same as numbers, to draw in our own style. */
  barres: Bar[];
}
export interface Bar {
  nom: string;
  valeur: number;
  texte: string;
}
export interface LinkBlock {
  type: "lien";
  texte: string;
  url: string;
}
export interface Emergency {
  type: "alerte";
  texte: string;
}
/** The form where an estimate is changed; `ouvert`: it stands in place of the figures. */
export interface Calculator {
  type: "calcul";
  url: string;
  ouvert: boolean;
}
export type Block = Paragraph | List | Table | Sources | Picture | LinkBlock | Emergency | Calculator;

export interface Button {
  titre: string;
  charge: string;
}
export interface Answer {
  reference: string;
  blocs: Block[];
  boutons: Button[];
  question: boolean;
}
export interface Session {
  session: string;
  accueil: Answer;
  conservation_jours: number | null;
}
export interface Failure {
  code: string;
  message: string;
  reessayer_dans: number | null;
}

type Json = Record<string, unknown>;

export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const textOrNull = (value: unknown): string | null =>
  typeof value === "string" && value ? value : null;
const numberOrNull = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): string[] => list(value).map(text);

const BLOCKS: Record<Block["type"], (b: Json) => Block | undefined> = {
  paragraphe: (b) => (text(b.texte) ? { type: "paragraphe", texte: text(b.texte) } : undefined),
  liste: (b) => {
    const elements = texts(b.elements).filter(Boolean);
    return elements.length ? { type: "liste", elements } : undefined;
  },
  tableau: (b) => {
    const colonnes = texts(b.colonnes);
    const lignes = list(b.lignes).map(texts);
    if (!colonnes.length || !lignes.length) return undefined;
    return { type: "tableau", legende: text(b.legende), colonnes, lignes };
  },
  sources: (b) => {
    const sources = list(b.sources)
      .filter(isRecord)
      .map((s) => ({ nom: text(s.nom), url: textOrNull(s.url), relu: textOrNull(s.relu) }))
      .filter((s) => s.nom);
    const remarque = text(b.remarque);
    return sources.length || remarque ? { type: "sources", sources, remarque } : undefined;
  },
  image: (b) => {
    const url = text(b.url);
    if (!url) return undefined;
    const barres = list(b.barres)
      .filter(isRecord)
      .map((bar) => ({ nom: text(bar.nom), valeur: numberOrNull(bar.valeur) ?? 0, texte: text(bar.texte) }))
      .filter((bar) => bar.nom && bar.texte);
    return { type: "image", url, alternative: text(b.alternative), grande: textOrNull(b.grande), barres };
  },
  lien: (b) => {
    const url = text(b.url);
    return url ? { type: "lien", texte: text(b.texte) || url, url } : undefined;
  },
  calcul: (b) => (text(b.url) ? { type: "calcul", url: text(b.url), ouvert: b.ouvert === true } : undefined),
  alerte: (b) => (text(b.texte) ? { type: "alerte", texte: text(b.texte) } : undefined),
};

function parseBlock(value: unknown): Block[] {
  if (!isRecord(value) || typeof value.type !== "string") return [];
  if (!Object.hasOwn(BLOCKS, value.type)) return [];
  const block = BLOCKS[value.type as Block["type"]](value);
  return block ? [block] : [];
}

export interface Option {
  valeur: string;
  titre: string;
}
export interface Field {
  cle: string;
  nom: string;
  choix: Option[];
  valeur: string;
}
/** What the calculator shows for some inputs: the server computes, always. */
export interface Card {
  champs: Field[];
  retenu: Option[];
  blocs: Block[];
  phrase: string;
  page: string;
  agenda: string | null;
}

const options = (value: unknown): Option[] =>
  list(value)
    .filter(isRecord)
    .map((o) => ({ valeur: text(o.valeur), titre: text(o.titre) }));

export function parseCard(value: unknown): Card | undefined {
  if (!isRecord(value) || !text(value.phrase)) return undefined;
  const champs = list(value.champs)
    .filter(isRecord)
    .map((f) => ({ cle: text(f.cle), nom: text(f.nom), choix: options(f.choix), valeur: text(f.valeur) }));
  const blocs = list(value.blocs).flatMap(parseBlock);
  const { phrase, page } = value;
  return { champs, retenu: options(value.retenu), blocs, phrase: text(phrase), page: text(page), agenda: textOrNull(value.agenda) };
}

export function parseAnswer(value: unknown): Answer | undefined {
  if (!isRecord(value)) return undefined;
  const boutons = list(value.boutons)
    .filter(isRecord)
    .map((b) => ({ titre: text(b.titre), charge: text(b.charge) }))
    .filter((b) => b.titre && b.charge);
  return {
    reference: text(value.reference),
    blocs: list(value.blocs).flatMap(parseBlock),
    boutons,
    question: value.question === true,
  };
}

export function parseSession(value: unknown): Session | undefined {
  if (!isRecord(value) || !text(value.session)) return undefined;
  const accueil = parseAnswer(value.accueil);
  if (!accueil) return undefined;
  const conservation_jours = numberOrNull(value.conservation_jours);
  return { session: text(value.session), accueil, conservation_jours };
}

export function parseFailure(value: unknown): Failure | undefined {
  if (!isRecord(value) || !isRecord(value.erreur) || !text(value.erreur.code)) return undefined;
  const { code, message, reessayer_dans } = value.erreur;
  return {
    code: text(code),
    message: text(message),
    reessayer_dans: numberOrNull(reessayer_dans),
  };
}

/** The delay of a 202 answer, in seconds. */
export function parseDelay(value: unknown): number | null {
  return isRecord(value) ? numberOrNull(value.reessayer_dans) : null;
}
