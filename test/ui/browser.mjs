// Opens pages of a running server in Debian's chromium; the packages lie where UI_MODULES says.
import assert from 'node:assert/strict';
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

/** A page of its own; what it complains of, and whom it asks besides the server, fails the test. */
export async function withPage(browser, server, options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('dialog', (dialog) => (wrong.push('a dialog'), dialog.dismiss()));
  page.on('request', (request) => /^(https?|wss?):/.test(request.url()) && !request.url().startsWith(server) && wrong.push(request.url()));
  await use(page, wrong);
  assert.deepEqual(wrong, []);
  await context.close();
}

export async function isAccessible(page) {
  const found = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | ')}`);
  });
  assert.deepEqual(found, [], page.url());
}

/** Whether pages are accessible and fit the screen; `token`: as the owner sees them. */
export async function accessible(browser, { colorScheme, width, token }, addresses) {
  // A policy that lets no foreign script in lets axe in neither: this context alone goes without.
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  if (token) await page.addInitScript((given) => sessionStorage.setItem('hearsay-token', given), token);
  for (const address of addresses) {
    await page.goto(address);
    await page.waitForSelector('#view:not([aria-busy])');
    await page.addScriptTag({ path: AXE });
    await isAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${address} is ${wide} px wider than the screen at ${width}`);
  }
  await context.close();
}
