/** The second file, `widget-plus.<hash>.js`: calculator, copies, printing; asked for after the first answer. */

import { KIT, type Kit } from "./kit";
import { ownScript } from "./base";
import type { Plus } from "./plus/index";

/** Written in at build: the file's name and what it must be, byte for byte. */
declare const PLUS: { name: string; integrity: string };

let coming: Promise<Plus> | undefined;

export function loadPlus(base: string): Promise<Plus> {
  coming ??= load(`${base}/${PLUS.name}`).catch((problem: unknown) => {
    // The next wish tries again.
    coming = undefined;
    throw problem;
  });
  return coming;
}

async function load(url: string): Promise<Plus> {
  // `import()` checks no hash by itself; it takes what was checked here. No script tag: a page with
  // Trusted Types would refuse its address.
  const link = document.createElement("link");
  Object.assign(link, { rel: "modulepreload", crossOrigin: "anonymous", integrity: PLUS.integrity, href: url });
  if (ownScript?.nonce) link.nonce = ownScript.nonce;
  document.head.append(link);
  const { default: made } = (await import(/* @vite-ignore */ url)) as { default: (kit: Kit) => Plus };
  link.remove();
  return made(KIT);
}
