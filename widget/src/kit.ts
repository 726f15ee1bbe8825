/** What the second file takes from the first: two copies of the drawing library would not agree. */

import { html, nothing, render } from "lit-html";
import { safeLink } from "./core/links";
import { withoutMarkup } from "./core/markup";
import { blockView } from "./ui/blocks";
import { full, reviewed, time } from "./ui/dates";
import { icons, path } from "./ui/icons";
import { reveal } from "./ui/log";
import { remarkView, sourcesOf, sourcesView } from "./ui/sources";
import { T } from "./ui/strings";
import { rich } from "./ui/text";

export const KIT = {
  html, nothing, render, safeLink, withoutMarkup, blockView, full, reviewed, time, icons, path,
  remarkView, reveal, sourcesOf, sourcesView, T, rich,
};
export type Kit = typeof KIT;
