// Fails when what is built weighs more than its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Bytes once packed: what every page of a partner loads, and what an answer brings. */
const BUDGETS = { "widget.js": 30_000, "widget-plus.js": 8_000 };
for (const [name, budget] of Object.entries(BUDGETS)) {
  const source = readFileSync(new URL(`../../assistant_am/channels/web/static/${name}`, import.meta.url));
  const size = gzipSync(source, { level: 9 }).length;
  console.log(`${name} : ${source.length} octets, ${size} une fois gzip (budget ${budget})`);
  if (size > budget) {
    console.error("Trop lourd.");
    process.exitCode = 1;
  }
}
