// Builds the two files that are shipped: `node dev/construire.mjs [--outDir folder]`.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const STATIC = join(root, "../assistant_am/channels/web/static");
const { values } = parseArgs({ options: { outDir: { type: "string", default: STATIC } } });

/** In minified code a line starting with spaces can only be the indentation of a template. */
const compact = (code) => code.replace(/\n +/g, " ");

/** One script, styles included, without a file of its own yet. */
async function bundle(entry, format, define = {}) {
  const [{ output }] = await build({
    root,
    configFile: false,
    logLevel: "warn",
    define,
    build: {
      write: false,
      minify: true,
      rolldownOptions: { output: { minify: true } },
      target: ["chrome111", "firefox114", "safari16.4"],
      lib: { entry: join(root, entry), formats: [format], name: "AmChatWidget", fileName: () => "one.js" },
    },
  });
  return compact(output[0].code);
}

const hash = (algorithm, code, form) => createHash(algorithm).update(code).digest(form);
const plus = await bundle("src/plus/index.ts", "es");
const file = {
  // The server takes a file's name from its content in the same way (channels/web/versions.py).
  name: `widget-plus.${hash("sha256", plus, "hex").slice(0, 16)}.js`,
  integrity: `sha384-${hash("sha384", plus, "base64")}`,
};
// A classic script: `<script src="…/widget.js" defer>` is all a page needs.
const widget = await bundle("src/index.ts", "iife", { PLUS: JSON.stringify(file) });
writeFileSync(join(values.outDir, "widget-plus.js"), plus);
writeFileSync(join(values.outDir, "widget.js"), widget);
