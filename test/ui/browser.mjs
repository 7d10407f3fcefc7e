// Opens pages of a running server in Debian's chromium; the packages lie where UI_MODULES says.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..');
const modules = process.env.UI_MODULES ?? join(ROOT, 'build', 'ui');
const require = createRequire(join(modules, 'package.json'));
const { chromium } = require('playwright-core');
export const AXE = require.resolve('axe-core/axe.min.js');

export const sample = (name) => readFileSync(join(ROOT, 'pages', 'sample', name), 'utf8');

/** Everything that would speak to the maker of the browser is turned off. */
export const launch = () =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });

/** Gives the start page a text or the HTML of a page, and waits for the reading view. */
export async function readText(page, address, text) {
  await page.goto(address);
  await page.fill('#text', text);
  await page.click('button[value="text"]');
  await page.waitForSelector('main.reading', { timeout: 120000 });
}
