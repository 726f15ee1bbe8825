/** What changed in the conversation since it was last looked at. */

import type { Conversation } from "../core/conversation";

export interface News {
  /** Turns answered meanwhile, in this page. */
  answered: string[];
  asked: string[];
}

export class Watcher {
  #conversation = "";
  #asked = new Set<string>();
  #answered = new Set<string>();

  /** A conversation met for the first time brings no news: it is history. */
  look(conversation: Conversation | undefined): News {
    const turns = conversation?.turns ?? [];
    const met = conversation?.id === this.#conversation;
    const news: News = { answered: [], asked: [] };
    if (!met) {
      this.#conversation = conversation?.id ?? "";
      this.#asked.clear();
      this.#answered.clear();
    }
    for (const turn of turns) {
      if (turn.ask && !this.#asked.has(turn.id)) news.asked.push(turn.id);
      if (turn.answer && !this.#answered.has(turn.id)) news.answered.push(turn.id);
      this.#asked.add(turn.id);
      if (turn.answer) this.#answered.add(turn.id);
    }
    return met ? news : { answered: [], asked: [] };
  }
}
