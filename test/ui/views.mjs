// The pages in a browser, by node's own test runner. SERVER is the address of a running `hearsay serve`.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AXE, isAccessible, launch, readText, sample, withPage as inPage } from './browser.mjs';

const SERVER = process.env.SERVER;
const PAGE = sample('harbour-post.html');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser.close());

const withPage = (options, use) => inPage(browser, SERVER, options, use);

const shownCards = (page) => page.locator('li.claim:not(.gone):not(.away)').count();

test('the start page and the reading view are accessible, in light and dark, wide and narrow', async () => {
  for (const colorScheme of ['light', 'dark'])
    for (const width of [1280, 360]) {
      // A policy that lets no foreign script in lets axe in neither: this context alone goes without.
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(SERVER);
      await page.addScriptTag({ path: AXE });
      await isAccessible(page);
      await readText(page, SERVER, PAGE);
      await page.addScriptTag({ path: AXE });
      await isAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `the view is ${wide} px wider than the screen at ${width}`);
      await context.close();
    }
});

test('text and cards light each other up under the mouse', async () => {
  await withPage({}, async (page) => {
    await readText(page, SERVER, PAGE);
    await page.hover('.text mark.content.d1 >> nth=0');
    const inner = await page.locator('.text mark.content.d1').first().getAttribute('data-c');
    assert.ok(await page.locator(`#c${inner} > .card.hot`).isVisible());
    await page.hover('#c1 > .card');
    assert.ok((await page.locator('.text .hot[data-c~="1"]').count()) > 1);
  });
});

test('the keyboard moves between claims, text and cards', async () => {
  await withPage({}, async (page) => {
    await readText(page, SERVER, PAGE);
    const at = () => page.evaluate(() => document.activeElement.getAttribute('href'));
    await page.locator('#t1').focus();
    assert.equal(await at(), '#c1');
    await page.keyboard.press('ArrowDown');
    assert.equal(await at(), '#c2');
    await page.keyboard.press('ArrowRight');
    assert.equal(await at(), '#t2'); // the number in the card leads back
    assert.ok(await page.locator('#c2 > .card.hot').isVisible());
    await page.keyboard.press('ArrowUp');
    assert.equal(await at(), '#t1');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await at(), '#c1');
    await page.keyboard.press('Enter');
    assert.equal(await at(), '#t1');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.hot').count(), 0);
  });
});

test('each filter, and all of them taken back', async () => {
  await withPage({}, async (page) => {
    await readText(page, SERVER, PAGE);
    const all = await page.locator('li.claim').count();
    assert.ok(all > 5);
    const speaker = page.getByLabel('Speaker');
    const value = await speaker.locator('option').nth(1).getAttribute('value');
    await speaker.selectOption(value);
    const shown = await shownCards(page);
    assert.ok(shown > 0 && shown < all);
    assert.equal(await page.locator('.controls [role=status]').textContent(), `${shown} of ${all} shown`);
    assert.ok((await page.locator('.text .off').count()) > 0);
    await page.getByRole('button', { name: 'Show all' }).click();
    assert.equal(await shownCards(page), all);
    const act = page.getByLabel('Act');
    await act.selectOption({ index: 1 });
    assert.ok((await shownCards(page)) > 0);
    await act.selectOption('');
    const sure = page.getByLabel('At least this sure');
    await sure.fill('100');
    const certain = await shownCards(page);
    assert.ok(certain < all);
    await sure.fill('0');
    assert.equal(await shownCards(page), all);
  });
});

test('a small screen lifts up the card that is tapped for', async () => {
  await withPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (page) => {
    await readText(page, SERVER, PAGE);
    await page.locator('.text .source').nth(1).tap();
    await page.locator('.card.lifted').waitFor();
  });
});

test('files: chosen, dropped, and of the wrong kind', async () => {
  await withPage({}, async (page) => {
    const path = join(tmpdir(), `hearsay-ui-${process.pid}.html`);
    writeFileSync(path, PAGE);
    await page.goto(SERVER);
    await page.setInputFiles('#file', path);
    await page.waitForSelector('main.reading', { timeout: 120000 });
    await page.click('#another');
    assert.ok(await page.locator('#address').isVisible());
    const drop = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.html', { type: 'text/html' }));
      return transfer;
    }, PAGE);
    await page.dispatchEvent('#drop', 'drop', { dataTransfer: drop });
    await page.waitForSelector('main.reading', { timeout: 120000 });
  });
});

test('what goes wrong is said', async () => {
  await withPage({}, async (page, wrong) => {
    await page.goto(SERVER);
    await page.click('button[value="text"]');
    await page.getByRole('alert').getByText('give an address').waitFor();
    await page.fill('#address', '127.0.0.1:1');
    await page.click('button[value="address"]');
    await page.getByRole('alert').getByText('private address').waitFor();
    wrong.length = 0; // the browser's own word for a status of 403
  });
});

test('saving: the page, the chains, the record', async () => {
  await withPage({}, async (page) => {
    await readText(page, SERVER, PAGE);
    for (const form of ['html', 'svg', 'json']) {
      const saved = page.waitForEvent('download');
      await page.click(`#tools [data-format="${form}"]`);
      assert.equal((await saved).suggestedFilename(), `claims.${form}`);
    }
  });
});

test('hostile pages stay text', async () => {
  const evil = ['<script>alert(1)</script>', '</style></main></body><script>alert(2)</script>', '"><img src=x onerror=alert(3)>',
    "'><svg onload=alert(4)>", '<a href="javascript:alert(5)">x</a>', '\u202Eevil\u202C', '<iframe srcdoc="<script>alert(6)</script>">'];
  const body = evil.map((one) => one.replace(/&/g, '&amp;').replace(/</g, '&lt;')).map((one) =>
    `<p>The mayor of ${one}, Ann ${one} Hall, said that ${one} the bridge would be closed because of the storm.</p>`).join('');
  await withPage({}, async (page) => {
    await readText(page, SERVER, `<!DOCTYPE html><html lang=en><title>${evil[0].replace(/</g, '&lt;')}</title><body><article><h1>Bridge shut, mayor says</h1>${body}</article>`);
    assert.equal(await page.locator('#result script, #result img, #result iframe, #result a[href^="javascript"]').count(), 0);
    assert.match(await page.locator('.text').textContent(), /<script>alert\(1\)<\/script>/);
    await page.waitForTimeout(300);
  });
});

test('right-to-left text runs from the right, the mouse changes as little on a page with 300 claims as on any', async () => {
  await withPage({}, async (page) => {
    const hebrew = 'ראש העיר אמר שהגשר ייסגר בגלל הסערה, ושאיש לא יוכל לעבור בו עד יום שני בבוקר. ';
    await readText(page, SERVER, `<!DOCTYPE html><html lang=he><title>גשר</title><article><h1>הגשר נסגר</h1>${`<p>${hebrew.repeat(4)}</p>`.repeat(5)}</article>`);
    assert.equal(await page.locator('.text p[dir=auto]').last().evaluate((p) => getComputedStyle(p).direction), 'rtl');
    const towns = Array.from({ length: 300 }, (_, i) => `Tal${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10) % 10]}${'uvwxyz'[Math.floor(i / 100)]}`);
    const long = towns.map((town) => `<p>The mayor of ${town} said that the bridge to ${town} would be closed because of the storm in ${town}.</p>`).join('');
    await readText(page, SERVER, `<!DOCTYPE html><html lang=en><title>Bridge</title><article><h1>Bridge shut</h1>${long}</article>`);
    const most = await page.evaluate(async () => {
      let most = 0;
      const observer = new MutationObserver(() => {});
      observer.observe(document.body, { attributes: true, childList: true, characterData: true, subtree: true });
      for (const mark of [...document.querySelectorAll('.text mark')].slice(0, 60)) {
        mark.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
        most = Math.max(most, observer.takeRecords().length);
      }
      return most;
    });
    assert.ok((await page.locator('li.claim').count()) > 250);
    assert.ok(most > 0 && most < 30, `the mouse over a claim changes ${most} things`);
  });
});

test('a standalone file runs no script and works without', async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    const answer = await fetch(`${SERVER}api/read?format=html`, { method: 'POST', headers: { 'Content-Type': 'text/html' }, body: PAGE });
    const path = join(tmpdir(), `hearsay-standalone-${process.pid}.html`);
    writeFileSync(path, await answer.text());
    await page.goto(`file://${path}`);
    await page.click('#t3');
    assert.ok(page.url().endsWith('#c3'));
    assert.ok(await page.locator('#c3').isVisible());
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.beside').evaluate((element) => getComputedStyle(element).overflowY), 'visible');
  });
});
