// How fast @mozilla/readability on linkedom reads the same pages: one thread, pages in memory, whole rounds.
//
// usage: node readability.mjs SECONDS FOLDER NODE_MODULES
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const [seconds, folder, modules] = process.argv.slice(2);
const require = createRequire(path.resolve(modules) + "/");
const { Readability } = require("@mozilla/readability");
const { parseHTML } = require("linkedom");

const pages = readdirSync(folder).sort().map((name) => readFileSync(path.join(folder, name)));
let done = 0;
let size = 0;
const start = performance.now();
const spent = () => (performance.now() - start) / 1000;
do {
  for (const page of pages) {
    try {
      new Readability(parseHTML(page.toString("utf8")).document).parse();
    } catch {
      // a page that a peer cannot read counts as read
    }
    done++;
    size += page.length;
    if (spent() > 10 * seconds) break;
  }
} while (spent() < seconds);
const title = "@mozilla/readability on linkedom";
console.log(`${title.padEnd(36)} ${(done / spent()).toFixed(0).padStart(8)} pages/s ${(size / spent() / 1e6).toFixed(1).padStart(8)} MB/s`);
