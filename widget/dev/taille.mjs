// Fails when the built widget weighs more than its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 30_000;
const file = new URL("../../assistant_am/channels/web/static/widget.js", import.meta.url);
const source = readFileSync(file);
const size = gzipSync(source, { level: 9 }).length;
console.log(`widget.js : ${source.length} octets, ${size} une fois gzip (budget ${BUDGET})`);
if (size > BUDGET) {
  console.error("Trop lourd.");
  process.exit(1);
}
