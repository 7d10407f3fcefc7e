// Takes the pictures of docs/screenshots: every view at the width of a desk and of a phone, light and dark.
// SERVER is the address of a running `hearsay serve`; the first argument is the folder.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, readText, sample } from './browser.mjs';

const SERVER = process.env.SERVER;
const folder = process.argv[2];
const browser = await launch();

async function take(name, size, colorScheme, prepare) {
  const page = await browser.newPage({ viewport: size, colorScheme, reducedMotion: 'reduce', hasTouch: size.width < 600 });
  await page.goto(SERVER);
  await prepare(page);
  await page.waitForTimeout(150);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}

const PAGE = sample('harbour-post.html');
const wide = { width: 1280, height: 860 };
const phone = { width: 390, height: 844 };
const nested = '.text mark.content.d1 >> nth=0';

const reading = async (page) => {
  await readText(page, SERVER, PAGE);
  await page.hover(nested);
};
const summary = async (page) => {
  await readText(page, SERVER, PAGE);
  await page.mouse.move(0, 0);
};
const lifted = async (page) => {
  await readText(page, SERVER, PAGE);
  await page.locator(nested).click();
};
const cards = async (page) => {
  await readText(page, SERVER, PAGE);
  await page.locator('.relied').evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 16));
};
const filtered = async (page) => {
  await readText(page, SERVER, PAGE);
  await page.getByLabel('Speaker').selectOption({ index: 1 });
  await page.locator('.controls').evaluate((element) => element.closest('.beside').scrollTo(0, element.offsetTop - 60));
};
const chains = async (page) => {
  const answer = await page.request.post(`${SERVER}api/read?format=svg`, { headers: { 'Content-Type': 'text/html' }, data: PAGE });
  const path = join(tmpdir(), `hearsay-chains-${process.pid}.svg`);
  writeFileSync(path, await answer.text());
  await page.goto(`file://${path}`);
};

const { hits: [tons] } = await (await fetch(`${SERVER}api/find?words=sand+went&outlet=norland&limit=1`)).json();
const view = (path, at) => async (page) => {
  await page.goto(SERVER + path);
  await page.waitForSelector('#view:not([aria-busy]) h1:not(:text-is("Ledger"))');
  if (at) await page.locator(at).first().evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 16));
};
const claim = `claim/${tons.id}`;
const origins = 'section:has(.origins-picture)';

await take('search-wide-light', wide, 'light', view('search'));
await take('search-phone-dark', phone, 'dark', view('search?words=dam'));
await take('claim-wide-light', wide, 'light', view(claim));
await take('origins-wide-light', { width: 1000, height: 640 }, 'light', view(claim, origins));
await take('origins-wide-dark', { width: 1000, height: 640 }, 'dark', view(claim, origins));
await take('origins-phone-light', phone, 'light', view(claim, origins));
const { hits: [round] } = await (await fetch(`${SERVER}api/find?outlet=radio+norr&limit=1`)).json();
await take('circle-wide-light', { width: 1000, height: 440 }, 'light', view(`claim/${round.id}`, origins));
await take('timeline-wide-dark', wide, 'dark', view(claim, 'section:has(.carriers)'));
await take('notes-wide-light', wide, 'light', view(claim, 'section:has(.notes)'));
await take('notes-phone-dark', phone, 'dark', view(claim, 'section:has(.notes)'));
await take('speaker-wide-light', wide, 'light', view('speaker/Anders%20Velk'));
await take('speaker-phone-dark', phone, 'dark', view('speaker/Lotte%20Brask'));
await take('outlet-wide-dark', wide, 'dark', view('outlet/Coast%20Herald'));
await take('queue-wide-light', wide, 'light', view('queue'));
await take('queue-phone-dark', phone, 'dark', view('queue'));
await take('start-wide-light', wide, 'light', async () => {});
await take('start-phone-dark', phone, 'dark', async () => {});
await take('reading-wide-light', wide, 'light', reading);
await take('reading-wide-dark', wide, 'dark', reading);
await take('summary-wide-light', wide, 'light', summary);
await take('filtered-wide-light', wide, 'light', filtered);
await take('reading-phone-light', phone, 'light', lifted);
await take('reading-phone-dark', phone, 'dark', lifted);
await take('summary-phone-light', phone, 'light', cards);
await take('chains', { width: 1150, height: 490 }, 'light', chains);
await browser.close();
