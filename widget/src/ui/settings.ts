/** An element's attributes, as settings. */

import { tokenFrom, type GetToken } from "../core/tokens";
import type { Mode } from "../core/storage";
import { botBase } from "../base";
import { palette } from "./colour";
import { T } from "./strings";

/** Also as plain names on `<am-chat>`: `token-url`, `embedded`. */
export const ATTRIBUTES = [
  "data-title",
  "data-label",
  "data-color",
  "data-theme",
  "data-position",
  "data-server",
  "data-token-url",
  "token-url",
  "embedded",
];

export interface Settings {
  base: string;
  mode: Mode;
  getToken: GetToken | undefined;
  title: string;
  launcherLabel: string;
  embedded: boolean;
}

export function settingsOf(element: HTMLElement, getToken: GetToken | undefined): Settings {
  const { dataset } = element;
  const tokenUrl = element.getAttribute("token-url") || dataset.tokenUrl;
  const token = getToken ?? (tokenUrl ? tokenFrom(tokenUrl) : undefined);
  return {
    base: botBase(dataset.server),
    mode: token ? "intranet" : "visiteur",
    getToken: token,
    title: dataset.title || T.title,
    launcherLabel: dataset.label ?? T.launcher,
    embedded: element.hasAttribute("embedded"),
  };
}

/** What the styles depend on: the theme, the side, the partner's colour. */
export function dress(element: HTMLElement, root: HTMLElement, dark: boolean): void {
  const { theme, position, color } = element.dataset;
  const wanted = theme === "dark" || theme === "light" ? theme : undefined;
  root.dataset.theme = wanted ?? (dark ? "dark" : "light");
  root.dataset.side = position === "left" ? "left" : "right";
  root.dataset.place = element.hasAttribute("embedded") ? "embedded" : "float";
  const colours = color ? palette(color) : undefined;
  const set = (name: string, value: string | undefined): void => {
    if (value) root.style.setProperty(name, value);
    else root.style.removeProperty(name);
  };
  set("--auto-accent", colours?.accent);
  set("--auto-on-accent", colours?.onAccent);
  set("--auto-accent-dark", colours?.accentDark);
  set("--auto-on-accent-dark", colours?.onAccentDark);
}
