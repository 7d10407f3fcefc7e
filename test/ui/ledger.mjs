// The views of a ledger in a browser, by node's own test runner. SERVER is the address of a `hearsay serve -l` on the ledger that
// test/ledgers.py makes (the story and one hostile page).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { accessible, launch, withPage } from './browser.mjs';

const SERVER = process.env.SERVER;
let browser;
let tons; // a claim that four pages carry
let evil;

const ask = async (path) => (await fetch(SERVER + path)).json();

before(async () => {
  browser = await launch();
  [tons] = (await ask('api/find?words=4000+tons&outlet=norland&limit=1')).hits;
  tons ??= (await ask('api/find?words=tons&outlet=norland&limit=1')).hits[0];
  [evil] = (await ask('api/find?outlet=evil&limit=1')).hits;
});
after(() => browser.close());

const open = async (page, path) => {
  await page.goto(SERVER + path);
  await page.waitForSelector('#view:not([aria-busy]) h1:not(:text-is("Ledger"))');
};
const with_ = (options, use) => withPage(browser, SERVER, options, use);
const outlets = (page) => page.locator('.hit .outlet').allTextContents();

test('every view is accessible, in light and dark, wide and narrow', async () => {
  const main = ['search?words=sand', `claim/${tons.id}`, 'speaker/Anders%20Velk', 'outlet/Coast%20Herald'].map((view) => SERVER + view);
  const others = ['search', `claim/${tons.id}/page`, 'outlet/None', `claim/${evil.id}`, 'speaker/Nobody%20Known'].map((view) => SERVER + view);
  for (const colorScheme of ['light', 'dark'])
    for (const width of [1280, 360]) await accessible(browser, { colorScheme, width }, main);
  await accessible(browser, { colorScheme: 'light', width: 1280 }, others);
  await accessible(browser, { colorScheme: 'dark', width: 360 }, others);
});

test('search: words, facets, days, and back again', async () => {
  await with_({}, async (page) => {
    await open(page, 'search');
    await page.getByLabel('Words of the claim').fill('sand');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?words=sand');
    await page.locator('.results h2', { hasText: /^\d+ claims on \d+ pages$/ }).waitFor();
    const all = await page.locator('.hit').count();
    await page.locator('.facets').getByRole('link', { name: 'Anders Velk' }).click();
    await page.waitForURL('**speaker=Anders**');
    await page.locator('.narrowed').waitFor();
    assert.deepEqual(new Set(await page.locator('.hit .speaker').allTextContents()), new Set(['Anders Velk']));
    assert.ok((await page.locator('.hit').count()) < all);
    await page.getByRole('link', { name: 'Without speaker Anders Velk' }).click();
    await page.waitForFunction((n) => document.querySelectorAll('.hit').length === n, all);
    await page.getByRole('combobox', { name: 'Act' }).selectOption('denies');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL('**stance=denies**');
    await page.locator('.narrowed').waitFor();
    assert.deepEqual(new Set(await page.locator('.hit .act').allTextContents()), new Set(['denies']));
    await page.goBack();
    await page.waitForFunction((n) => document.querySelectorAll('.hit').length === n, all);
    await open(page, 'search?since=2032-03-05&until=2032-03-05');
    assert.deepEqual(new Set(await outlets(page)), new Set(['Ministry Daily']));
    await open(page, 'search?words=zebra');
    await page.locator('.results h2', { hasText: 'Nothing fits' }).waitFor();
  });
});

test('a claim: its text, its origins as a picture, its timeline, who disputes it', async () => {
  await with_({}, async (page) => {
    await open(page, `claim/${tons.id}`);
    assert.match(await page.locator('.in-text mark').textContent(), /4,000 tons/);
    await page.getByText('goes back to', { exact: false }).first().waitFor();
    assert.equal(await page.locator('.origins-picture rect.box').count(), await page.locator('.carrier').count());
    const dates = await page.locator('.carrier time').evaluateAll((all) => all.map((one) => Date.parse(one.dateTime)));
    assert.deepEqual(dates, [...dates].sort((a, b) => a - b));
    assert.ok((await page.locator('.adds q').count()) > 0);
    assert.ok((await page.getByRole('region', { name: 'Disputed by' }).locator('.hit').count()) > 0);
    await page.getByRole('link', { name: 'all claims of the page' }).click();
    await page.waitForSelector('.reading .text mark');
    await page.getByRole('link', { name: 'Where it comes from' }).first().click();
    await page.waitForURL(/\/claim\/[^/]+$/);
  });
});

test('a speaker and an outlet', async () => {
  await with_({}, async (page) => {
    await open(page, 'speaker/Velk');
    assert.equal(await page.locator('h1').textContent(), 'Anders Velk');
    assert.equal(await page.getByRole('region', { name: 'Denials' }).locator('.hit').count(), 2);
    await page.getByRole('region', { name: 'Per outlet' }).getByRole('link', { name: 'Ministry Daily' }).click();
    await page.waitForURL('**/outlet/Ministry%20Daily');
    await page.getByRole('region', { name: 'Whom it cites' }).getByRole('link', { name: 'Anders Velk' }).waitFor();
    assert.deepEqual(new Set(await outlets(page)), new Set(['Ministry Daily']));
  });
});

test('a speaker of whom there is more', async () => {
  await with_({}, async (page) => {
    await page.route('**/api/who?*limit=60', (route) => route.continue({ url: route.request().url().replace('limit=60', 'limit=1') }));
    await open(page, 'speaker/Lotte%20Brask');
    assert.equal(await page.locator('.hit').count(), 1);
    const [, told] = (await page.locator('.sum').textContent()).match(/^(\d+) claims/);
    await page.getByRole('heading', { name: 'The newest of what they said' }).waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('heading', { name: /^Everything/ }).first().waitFor();
    assert.equal(await page.locator('.hit').count(), Number(told));
    assert.equal(await page.getByRole('button', { name: 'Show more' }).count(), 0);
  });
});

test('downloads of every view', async () => {
  await with_({}, async (page) => {
    const views = { 'search?words=sand': ['JSON', 'CSV'], 'speaker/Velk': ['JSON', 'CSV'], 'outlet/Ministry%20Daily': ['JSON', 'CSV'], [`claim/${tons.id}`]: ['JSON', 'CSV', 'SVG', 'PNG'],
      [`claim/${tons.id}/page`]: ['JSON', 'SVG', 'PNG'] };
    for (const [view, forms] of Object.entries(views)) {
      await open(page, view);
      assert.deepEqual(await page.locator('#tools button').allTextContents(), forms);
      for (const form of forms) {
        const saved = page.waitForEvent('download');
        await page.locator('#tools').getByRole('button', { name: form }).click();
        const download = await saved;
        const bytes = readFileSync(await download.path());
        assert.ok(download.suggestedFilename().endsWith(`.${form.toLowerCase()}`));
        if (form === 'JSON') JSON.parse(bytes.toString());
        if (form === 'PNG') assert.deepEqual([...bytes.subarray(1, 4)], [...Buffer.from('PNG')]);
        if (form === 'SVG') assert.match(bytes.toString(), /^<svg/);
        if (form === 'CSV') assert.ok(bytes.toString().split('\r\n').length > 2);
      }
    }
  });
});

test('tables hold no formulas', async () => {
  await with_({}, async (page) => {
    await open(page, 'search?outlet=evil');
    const table = await page.evaluate(async () => {
      const { csv } = await import('/ui/save.js');
      return csv(['a'], [{ a: '=1+1' }, { a: '@x' }, { a: 'a "b"' }, { a: null }]);
    });
    assert.equal(table, `a\r\n"'=1+1"\r\n"'@x"\r\n"a ""b"""\r\n""\r\n`);
  });
});

test('notes are written and answered in place, by keyboard alone', async () => {
  await with_({}, async (page) => {
    const { hits: [claim] } = await ask('api/find?speaker=lindal&limit=1');
    await open(page, `claim/${claim.id}`);
    await page.getByLabel('Note', { exact: true }).focus();
    await page.keyboard.type('He was seen asleep.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ref');
    await page.keyboard.press('Tab');
    await page.keyboard.type('https://example.org/seen');
    await page.keyboard.press('Tab');
    await page.keyboard.type('T. Ester');
    await page.keyboard.press('Enter');
    const note = page.locator('.note', { hasText: 'He was seen asleep.' });
    await note.waitFor();
    assert.equal(await note.locator('.verdict').textContent(), 'refuted');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'note'); // where it was put
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Replying to T. Ester' }).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Reply');
    await page.keyboard.press('Enter');
    await page.keyboard.type('By whom?');
    await page.locator('.note .write').getByRole('button', { name: 'Reply' }).click();
    await page.locator('.thread .thread .note', { hasText: 'By whom?' }).waitFor();
    await page.reload();
    await page.locator('.thread .thread .note', { hasText: 'By whom?' }).waitFor();
    const form = page.locator('.notes > .write');
    await form.getByRole('button', { name: 'Note it' }).click();
    await form.getByText('Write something first.').waitFor();
  });
});

test('what a note lacks is said', async () => {
  await with_({}, async (page, wrong) => {
    await open(page, `claim/${tons.id}`);
    const form = page.locator('.notes > .write');
    await form.getByLabel('Note', { exact: true }).fill('See there.');
    await form.getByLabel('Link to the evidence').fill('javascript:alert(1)');
    await form.getByRole('button', { name: 'Note it' }).click();
    await form.getByText('http or https address').waitFor();
    wrong.length = 0; // the browser's own word for a status of 400
  });
});

test('hostile pages and notes stay text', async () => {
  await with_({}, async (page) => {
    for (const view of ['search?outlet=evil', `claim/${evil.id}`, `claim/${evil.id}/page`, `outlet/${encodeURIComponent(evil.outlet)}`,
      `speaker/${encodeURIComponent(evil.speaker)}`]) {
      await open(page, view);
      const bad = await page.evaluate(() => [...document.querySelectorAll('#view *')].filter((element) =>
        ['SCRIPT', 'IMG', 'IFRAME', 'OBJECT'].includes(element.tagName.toUpperCase()) || /^(javascript|data):/i.test(element.getAttribute('href') ?? '') ||
        [...element.attributes].some((one) => one.name.startsWith('on'))).map((element) => element.outerHTML));
      assert.deepEqual(bad, []);
    }
    await open(page, `claim/${evil.id}`);
    assert.match(await page.locator('#view').textContent(), /<script>alert\(1\)<\/script>/);
    assert.equal(await page.locator('.note').count(), 2);
    await page.waitForTimeout(200);
  });
});

test('an opened server asks for its token, once in a tab', { skip: !process.env.OPENED }, async () => {
  const opened = process.env.OPENED;
  await withPage(browser, opened, {}, async (page, wrong) => {
    await page.goto(`${opened}search`);
    await page.getByRole('alert').getByText('needs the server').waitFor();
    assert.equal(await page.locator('.hit').count(), 0);
    await page.getByLabel('Token of this server').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.locator('.hit .said a').first().click();
    await page.locator('.origins-picture').waitFor();
    await page.getByLabel('Note', { exact: true }).fill('The owner was here.');
    await page.getByRole('button', { name: 'Note it' }).click();
    await page.locator('.note', { hasText: 'The owner was here.' }).waitFor();
    wrong.length = 0; // the browser's own words for a status of 401
  });
  await withPage(browser, opened, {}, async (page, wrong) => {
    await page.goto(`${opened}search`);
    await page.getByLabel('Token of this server').waitFor();
    wrong.length = 0;
  });
});

test('what is not there is said', async () => {
  await with_({}, async (page, wrong) => {
    for (const [path, says] of [['claim/000000000000.c1', 'no such page'], ['speaker/Nobody%20Known', 'nobody of this name'], ['claim/%zz', 'no address']]) {
      await page.goto(SERVER + path);
      await page.getByRole('alert').getByText(says).waitFor();
    }
    wrong.length = 0; // the browser's own words for a status of 404
  });
});
