// Notes of the public in a browser: SERVER is a `hearsay serve --public-notes` on a ledger of its own (test/ledgers.py), TOKEN its owner's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, isAccessible, launch, withPage, AXE } from './browser.mjs';

const SERVER = process.env.SERVER;
const TOKEN = process.env.TOKEN;
let browser;
let claim;

before(async () => {
  browser = await launch();
  ({ hits: [claim] } = await (await fetch(`${SERVER}api/find?speaker=lindal&limit=1`)).json());
});
after(() => browser.close());

const queue = async () => (await (await fetch(`${SERVER}api/queue`, { headers: { Authorization: `Bearer ${TOKEN}` } })).json()).notes;
const open = async (page, path) => {
  await page.goto(SERVER + path);
  await page.waitForSelector('#view:not([aria-busy]) h1:not(:text-is("Ledger"))');
};
const guest = (use, options = {}) => withPage(browser, SERVER, options, use);
const owner = (use) => withPage(browser, SERVER, {}, async (page, wrong) => {
  await page.addInitScript((token) => sessionStorage.setItem('hearsay-token', token), TOKEN);
  await use(page, wrong);
});

async function propose(page, text) {
  await open(page, `claim/${claim.id}`);
  await page.getByLabel('Note', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Note it' }).click();
  await page.getByText('Your note waits').waitFor();
}

test('digests are those of FIPS 180-4', async () => {
  await guest(async (page) => {
    await open(page, 'search');
    const digests = await page.evaluate(async () => {
      const { sha256 } = await import('/ui/work.js');
      const two = 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq';
      return ['', 'abc', two, 'a'.repeat(1000000)].map((text) => [...sha256(new TextEncoder().encode(text))].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(''));
    });
    assert.deepEqual(digests, ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0']);
  });
});

test('a note is written by keyboard alone, without a token, and waits unseen', async () => {
  await guest(async (page) => {
    const before = (await queue()).length;
    await open(page, `claim/${claim.id}`);
    await page.getByText('released it').waitFor();
    await page.getByLabel('Note', { exact: true }).focus();
    await page.keyboard.type('The harbour master saw him.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('conf');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('P. Rell');
    const told = page.evaluate(() => new Promise((done) => {
      const heard = new Set();
      new MutationObserver(() => {
        const words = document.querySelector('.doing span')?.textContent;
        if (words) heard.add(words);
        if (document.querySelector('.thanks')) done([...heard]);
      }).observe(document.querySelector('#view'), { subtree: true, childList: true, characterData: true });
    }));
    const start = Date.now();
    await page.keyboard.press('Enter');
    await page.getByText('Your note waits').waitFor();
    console.log(`# from Enter to thanks: ${Date.now() - start} ms`);
    assert.equal(await page.evaluate(() => document.activeElement.className), 'thanks');
    const words = await told;
    assert.ok(words.length >= 3 && words.length <= 6, words.join('|')); // said at the quarters, not at every step
    assert.equal((await queue()).length, before + 1);
    await page.reload();
    await page.getByText('Nobody has noted anything').waitFor();
    assert.equal(await page.getByText('harbour master').count(), 0);
  });
});

test('the work can be stopped, and nothing is sent', async () => {
  await guest(async (page) => {
    const before = (await queue()).length;
    await page.route('**/api/challenge?*', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), bits: 32 } }); // which would take an hour
    });
    await open(page, `claim/${claim.id}`);
    const form = page.locator('.notes > .write');
    for (const stop of [() => page.keyboard.press('Escape'), () => page.keyboard.press('Enter')]) { // Stop has the focus
      await form.getByLabel('Note', { exact: true }).fill('Never mind.');
      await form.getByRole('button', { name: 'Note it' }).click();
      await form.getByText('Keeping robots out').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Stop');
      await stop();
      await form.getByText('Stopped: nothing was sent.').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.name), 'text');
      assert.ok(await form.getByRole('button', { name: 'Stop' }).isHidden());
    }
    assert.equal((await queue()).length, before);
  });
});

test('what stands against a note is said', async () => {
  await guest(async (page, wrong) => {
    await page.route('**/api/notes', (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '60' },
      json: { error: { code: 'too_many', status: 429, message: 'too many notes in a short time: try again later' } } }));
    await open(page, `claim/${claim.id}`);
    await page.getByLabel('Note', { exact: true }).fill('Once more.');
    await page.getByRole('button', { name: 'Note it' }).click();
    await page.getByRole('alert').getByText('too many notes in a short time').waitFor();
    assert.equal(await page.getByLabel('Note', { exact: true }).inputValue(), 'Once more.');
    wrong.length = 0; // the browser's own word for a status of 429
  });
});

test('the owner releases and refuses, by keyboard alone', async () => {
  await guest(async (page) => {
    await propose(page, '<script>alert(1)</script> Second.');
    await propose(page, 'Third.');
  });
  await withPage(browser, SERVER, {}, async (page, wrong) => {
    await page.goto(`${SERVER}queue`);
    await page.getByLabel('Token of this server').fill(TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Notes that wait' }).waitFor();
    const texts = () => page.locator('.note.held .words').allTextContents();
    assert.deepEqual(await texts(), ['The harbour master saw him.', '<script>alert(1)</script> Second.', 'Third.']);
    await page.getByRole('button', { name: 'Refuse the note of somebody unnamed: <script>' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('One note refused').waitFor();
    assert.deepEqual(await texts(), ['The harbour master saw him.', 'Third.']);
    assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), /^Release .*Third/); // on to the next one
    await page.getByRole('button', { name: 'Release the note of P. Rell' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('One note released; 1 is left here').waitFor();
    await page.goto(`${SERVER}search`);
    await page.getByRole('link', { name: '1 note waits for you' }).click();
    await page.locator('.note.held .about a').click(); // on the claim's own page as well
    const held = page.getByRole('region', { name: 'Notes that wait for you' });
    await held.waitFor();
    assert.equal(await page.locator('.notes .note').count(), 1);
    await held.getByRole('button', { name: 'Release' }).click();
    await page.locator('.notes .note', { hasText: 'Third.' }).waitFor();
    await held.getByText('none is left here').waitFor();
    await page.goto(`${SERVER}queue`);
    await page.locator('.sum', { hasText: 'No note waits' }).waitFor();
    wrong.length = 0; // the browser's own word for a status of 401
  });
  await guest(async (page) => {
    await open(page, `claim/${claim.id}`);
    assert.deepEqual((await page.locator('.notes .words').allTextContents()).sort(), ['The harbour master saw him.', 'Third.']);
    assert.equal(await page.getByText('Second.').count(), 0);
    assert.equal(await page.locator('.note.held').count(), 0);
  });
});

test('every view is accessible, in light and dark, wide and narrow', async () => {
  await guest((page) => propose(page, 'Fourth, with a link.'));
  for (const colorScheme of ['light', 'dark'])
    for (const width of [1280, 360]) {
      await accessible(browser, { colorScheme, width }, [`${SERVER}claim/${claim.id}`]);
      await accessible(browser, { colorScheme, width, token: TOKEN }, [`${SERVER}queue`, `${SERVER}claim/${claim.id}`, `${SERVER}search`]);
    }
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.route('**/api/challenge?*', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), bits: 32 } });
  });
  await open(page, `claim/${claim.id}`);
  await page.getByLabel('Note', { exact: true }).fill('At work.');
  await page.getByRole('button', { name: 'Note it' }).click();
  await page.getByText('Keeping robots out').waitFor();
  await page.addScriptTag({ path: AXE });
  await isAccessible(page);
  await context.close();
});
