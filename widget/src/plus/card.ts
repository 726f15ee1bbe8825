/** The calculator: real form controls, and the server's answer to what they say. */

import type { TemplateResult } from "lit-html";
import { parseCard, parseFailure, type Bar, type Block, type Calculator, type Card, type Field } from "../core/contract";
import type { Turn } from "../core/conversation";
import type { Chat } from "../ui/chat";
import { compareView, type Scenario } from "./compare";
import { copyTurns, mailTurns } from "./exports";
import { blockView, html, nothing, path, remarkView, reveal, safeLink, sourcesOf, sourcesView } from "./kit";
import { printTurns } from "./print";
import { W } from "./words";

type View = TemplateResult | typeof nothing;

/** One card, under one answer. */
interface State {
  card?: Card;
  /** What is chosen, by field: « quotite=0.5 ». */
  chosen: Record<string, string>;
  problem: string;
  /** Of the last request: an earlier one that comes late is not shown. */
  asked: number;
  /** Kept to be compared with. */
  other?: Scenario;
  /** By hand, under an answer that shows its own figures. */
  opened: boolean;
  /** Of the first card: the answer says it, too. */
  headline?: string;
  /** Told to who listens, once something was chosen. */
  said: string;
}

/** The sentence that the card of a turn begins with, which need not be said above it. */
export const headlineOf = (turn: Turn, chat: Chat): string | undefined => stateOf(turn, chat).headline;

/** The question of an answer is one of the card's own fields: its choices need not stand twice. */
export function covers(turn: Turn, chat: Chat): boolean {
  const titles = stateOf(turn, chat).card?.champs.flatMap(({ choix }) => choix.map(({ titre }) => titre));
  return turn.answer?.boutons.some(({ titre }) => titles?.includes(titre)) ?? false;
}

/** Two elements that show the same conversation have a card each. */
const states = new WeakMap<Chat, Map<string, State>>();

function stateOf({ id }: Turn, chat: Chat): State {
  const mine = states.get(chat) ?? new Map<string, State>();
  const state = mine.get(id) ?? { chosen: {}, problem: "", asked: 0, said: "", opened: false };
  states.set(chat, mine.set(id, state));
  return state;
}

export function cardView(block: Calculator, turn: Turn, chat: Chat): TemplateResult {
  const state = stateOf(turn, chat);
  if (!block.ouvert && !state.opened) {
    const open = (): void => {
      state.opened = true;
      chat.set({});
    };
    return html`<button type="button" class="link" @click=${open}>${sliders()}${W.change}</button>`;
  }
  if (!state.asked) void ask(block.url, state, chat).then(() => reveal(turn.id, chat));
  return formView(block, state, chat);
}

function formView(block: Calculator, state: State, chat: Chat): TemplateResult {
  const { card, problem } = state;
  const again = (): void => void ask(card ? `/estimation.json?${query(state)}` : block.url, state, chat);
  const choose = (field: Field, value: string): void => {
    state.chosen[field.cle] = value;
    again();
  };
  return html`<div class="card" role="group" aria-label=${W.card} aria-live="off">
    ${card ? html`<div class="fields">${card.champs.map((field) => fieldView(field, state, choose))}</div>` : nothing}
    ${card?.retenu.length ? html`<p class="small">${W.kept} ${card.retenu.map(({ titre }) => titre).join(" ; ")}</p>` : nothing}
    <p class="sr" role="status">${state.said}</p>
    ${problem
      ? html`<p class="problem" role="alert">${problem}</p>
          <button type="button" class="link" @click=${again}>${W.retry}</button>`
      : nothing}
    ${card && !problem ? resultView(card, state, chat) : nothing}
  </div>`;
}

function fieldView(field: Field, state: State, choose: (field: Field, value: string) => void): TemplateResult {
  const value = state.chosen[field.cle] ?? "";
  const changed = (event: Event): void => {
    const { value: typed } = event.target as HTMLInputElement;
    choose(field, field.choix.length || !typed ? typed : `${field.cle}=${typed}`);
  };
  return html`<label>
    <span>${field.nom}</span>
    ${field.choix.length
      ? html`<select .value=${value} @change=${changed}>
          <option value="" ?selected=${!value}>${W.unknown}</option>
          ${field.choix.map(
            ({ valeur, titre }) => html`<option value=${valeur} ?selected=${valeur === value}>${titre}</option>`,
          )}
        </select>`
      : html`<input type="date" .value=${value.split("=")[1] ?? ""} @change=${changed} />`}
  </label>`;
}

function resultView(card: Card, state: State, chat: Chat): TemplateResult {
  const [headline, ...others] = card.blocs.filter((block) => !isSources(block));
  const [drawn, told] = [others.filter(isDrawn), others.filter((block) => !isDrawn(block))];
  const note = sourcesOf(card.blocs);
  const view = (block: Block): View => blockView(block, chat, false);
  return html`<div class="result">${headline ? view(headline) : nothing} ${state.other ? nothing : drawn.map(view)}</div>
    ${state.other
      ? compareView(state.other, scenario(card, state), () => {
          delete state.other;
          chat.set({});
        })
      : nothing}
    <div class="row">
      <button type="button" class="main" @click=${() => chat.client.send(card.phrase)}>${W.resume}</button>
      ${state.other
        ? nothing
        : html`<button type="button" class="plain" @click=${() => keep(card, state, chat)}>${W.compare}</button>`}
    </div>
    <details class="extra">
      <summary>${W.details}</summary>
      ${told.map(view)} ${remarkView(note, chat.base)} ${sourcesView(note, chat.base)} ${takeView(card, chat)}
    </details>`;
}

/** What one takes away. */
function takeView(card: Card, chat: Chat): TemplateResult {
  const turn = (): Turn[] => [turnOf(card)];
  const link = (url: string | null, words: string, download: boolean): View => {
    const address = safeLink(url, chat.base);
    return address
      ? html`<a href=${address} target=${download ? nothing : "_blank"} rel="noopener noreferrer" ?download=${download}>${words}</a>`
      : nothing;
  };
  return html`<div class="take">
    <button type="button" class="link" @click=${() => void copyTurns(turn(), chat)}>${W.copy}</button>
    <button type="button" class="link" @click=${() => mailTurns(turn(), chat)}>${W.mail}</button>
    <button type="button" class="link" @click=${() => printTurns(turn(), chat)}>${W.print}</button>
    ${link(card.page, W.page, false)} ${link(card.agenda, W.calendar, true)}
    ${card.agenda ? nothing : html`<p class="small">${W.noCalendar}</p>`}
  </div>`;
}

const isSources = ({ type }: Block): boolean => type === "sources";
const isDrawn = ({ type }: Block): boolean => type === "tableau" || type === "image";

/** The card as if it had been asked and answered. */
function turnOf(card: Card): Turn {
  const page: Block = { type: "lien", texte: W.page, url: card.page };
  const [sources, told] = [card.blocs.filter(isSources), card.blocs.filter((block) => !isSources(block))];
  const answer = { reference: "", blocs: [...told, page, ...sources], boutons: [], question: false };
  return { id: "", at: Date.now(), rev: 0, state: "done", ask: { text: card.phrase }, answer };
}

function keep(card: Card, state: State, chat: Chat): void {
  state.other = scenario(card, state);
  state.said = W.comparing;
  chat.set({});
}

function scenario(card: Card, state: State): Scenario {
  const titles = card.champs.map(({ cle, choix }) => choix.find(({ valeur }) => valeur === state.chosen[cle])?.titre);
  const bars: Bar[] = card.blocs.flatMap((block) => (block.type === "image" ? block.barres : []));
  const rows = card.blocs.flatMap((block) => (block.type === "tableau" ? block.lignes : []));
  const years = bars.length
    ? bars.map(({ nom, texte }): [string, string] => [nom, texte])
    : rows.map(([name = "", ...cells]): [string, string] => [name, cells.join(" / ")]);
  const [headline] = card.blocs;
  const amount = headline?.type === "paragraphe" ? (/\*\*(.+?)\*\*/.exec(headline.texte)?.[1] ?? "") : "";
  return { name: titles.filter(Boolean).join(", ") || W.anything, amount, years };
}

/** Everything chosen, and what the conversation knows besides. */
function query({ card, chosen }: State): string {
  const kept = card?.retenu.map(({ valeur }) => valeur) ?? [];
  return [...Object.values(chosen), ...kept].filter(Boolean).join("&");
}

async function ask(url: string, state: State, chat: Chat): Promise<void> {
  const rank = ++state.asked;
  const first = !state.card;
  const found = await read(safeLink(url, chat.base) ?? "");
  if (rank !== state.asked) return;
  state.problem = typeof found === "string" ? found : "";
  if (typeof found !== "string") {
    state.card = found;
    state.chosen = Object.fromEntries(found.champs.map(({ cle, valeur }) => [cle, valeur]));
    const [headline] = found.blocs;
    if (headline?.type !== "paragraphe") return chat.set({});
    if (first) state.headline = headline.texte;
    else state.said = headline.texte.replaceAll("**", "");
  }
  chat.set({});
}

/** The card, or a sentence that says why there is none. */
async function read(url: string): Promise<Card | string> {
  try {
    const response = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer" });
    const body: unknown = await response.json();
    return (response.ok ? parseCard(body) : parseFailure(body)?.message) || W.problem;
  } catch {
    return W.problem;
  }
}

const sliders = (): TemplateResult => path("M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5v5M9 14.5v5");
