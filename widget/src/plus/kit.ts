/** The first file's own parts, by the names that they have there. */

import type { Kit } from "../kit";

export let html: Kit["html"];
export let nothing: Kit["nothing"];
export let render: Kit["render"];
export let reveal: Kit["reveal"];
export let safeLink: Kit["safeLink"];
export let withoutMarkup: Kit["withoutMarkup"];
export let blockView: Kit["blockView"];
export let full: Kit["full"];
export let reviewed: Kit["reviewed"];
export let time: Kit["time"];
export let icons: Kit["icons"];
export let path: Kit["path"];
export let remarkView: Kit["remarkView"];
export let sourcesOf: Kit["sourcesOf"];
export let sourcesView: Kit["sourcesView"];
export let T: Kit["T"];
export let rich: Kit["rich"];

export function equip(kit: Kit): void {
  ({
    html, nothing, render, safeLink, withoutMarkup, blockView, full, reviewed, time, icons, path,
    remarkView, reveal, sourcesOf, sourcesView, T, rich,
  } = kit);
}
