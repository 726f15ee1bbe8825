/** Line icons, 24 × 24, in the colour of the text. */

import { html, type TemplateResult } from "lit-html";

export const path = (d: string): TemplateResult => html`
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${d} /></svg>`;

export const icons = {
  /** A speech bubble holding a cross: someone of the health trade answers. */
  mark: path(
    "M12 3.5c5 0 9 3.4 9 7.8s-4 7.8-9 7.8c-1 0-2-.1-2.9-.4L4.6 20.5l1-3.6C4 15.5 3 13.5 3 11.3c0-4.4 4-7.8 9-7.8ZM12 8v6.6M8.7 11.3h6.6",
  ),
  chevronDown: path("m6 9.5 6 6 6-6"),
  chevronRight: path("m9.5 6 6 6-6 6"),
  dots: path("M5.5 12h.01M12 12h.01M18.5 12h.01"),
  send: path("M12 19V5.5M6 11l6-6 6 6"),
  check: path("m5 12.5 4.5 4.5L19 7.5"),
  up: path("M7 11v9H4.5A1.5 1.5 0 0 1 3 18.5v-6A1.5 1.5 0 0 1 4.5 11H7Zm0 0 4-7.5a2.3 2.3 0 0 1 2.5 2.7L13 9.5h5.4a2 2 0 0 1 2 2.4l-1.3 6.5a2 2 0 0 1-2 1.6H7"),
  down: path("M17 13V4h2.5A1.5 1.5 0 0 1 21 5.5v6a1.5 1.5 0 0 1-1.5 1.5H17Zm0 0-4 7.5a2.3 2.3 0 0 1-2.5-2.7l.5-3.3H5.6a2 2 0 0 1-2-2.4l1.3-6.5a2 2 0 0 1 2-1.6H17"),
  copy: path("M9 9h9.5A1.5 1.5 0 0 1 20 10.5v9a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 9 19.5V9Zm6-3V4.5A1.5 1.5 0 0 0 13.5 3h-8A1.5 1.5 0 0 0 4 4.5v9A1.5 1.5 0 0 0 5.5 15H6"),
  print: path("M7 8V3.5h10V8M7 17H4.5A1.5 1.5 0 0 1 3 15.5v-6A1.5 1.5 0 0 1 4.5 8h15A1.5 1.5 0 0 1 21 9.5v6a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6.5H7V14Z"),
  download: path("M12 4v11m-5-4.5 5 5 5-5M4.5 20h15"),
  mail: path("M4 6.5h16v11H4v-11Zm.5.5 7.5 6 7.5-6"),
  restart: path("M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5"),
  people: path("M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c0-4 3-5.5 6.5-5.5s6.5 1.5 6.5 5.5M16 5a3.2 3.2 0 0 1 0 6M18 15c2.2.6 3.5 2.2 3.5 5"),
  trash: path("M4 6.5h16M9.5 6V4h5v2M6 6.5 7 20.5h10l1-14M10 10.5v6M14 10.5v6"),
  shield: path("M12 3 5 6v6c0 4 3 7 7 9 4-2 7-5 7-9V6l-7-3Z"),
  external: path("M13.5 4.5H19.5V10.5M19.5 4.5 11 13M17 14v4.5A1.5 1.5 0 0 1 15.5 20h-10A1.5 1.5 0 0 1 4 18.5v-10A1.5 1.5 0 0 1 5.5 7H10"),
  enlarge: path("M14 4.5h5.5V10M10 19.5H4.5V14M19 5l-6 6M5 19l6-6"),
  close: path("m6 6 12 12M18 6 6 18"),
  alert: path("M12 4 2.5 20.5h19L12 4Zm0 6v4.5m0 3h.01"),
  book: path("M5 4.5h9.5A2.5 2.5 0 0 1 17 7v13H7.5A2.5 2.5 0 0 1 5 17.5v-13Zm0 13A2.5 2.5 0 0 1 7.5 15H17M9 8.5h4"),
};
