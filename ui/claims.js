// Pieces that several views of the ledger show: a claim in a list, counts, days as bars. Text stays text.
import { make } from '/ui/reading.js';

export const words = (content) => (content === null ? '' : Array.isArray(content) ? content.join(' … ') : content);
export const day = (published) => (published ?? '').slice(0, 10);
export const count = (n, one, many) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const claimLink = (id, ...children) => make('a', { href: `/claim/${encodeURIComponent(id)}` }, ...children);
export const speakerLink = (name) => make('a', { href: `/speaker/${encodeURIComponent(name)}`, className: 'speaker', dir: 'auto' }, name);
export const outletLink = (name) => make('a', { href: `/outlet/${encodeURIComponent(name)}`, className: 'outlet', dir: 'auto' }, name);

/** A word for what a claim does, with the hedge. */
export function act(claim) {
  const badge = make('span', { className: `act ${claim.stance}` }, claim.stance);
  return claim.hedged ? make('span', {}, badge, ' ', make('span', { className: 'hedged' }, 'hedged')) : badge;
}

/** Outlet, day, title. */
export function where(claim) {
  const line = make('p', { className: 'where' });
  if (claim.outlet) line.append(outletLink(claim.outlet));
  if (day(claim.published)) line.append(make('time', { dateTime: claim.published }, day(claim.published)));
  if (claim.title) line.append(make('span', { dir: 'auto' }, claim.title));
  return line;
}

/** A claim in a list. */
export function item(claim) {
  const line = make('li', { className: 'hit' });
  const who = make('p', { className: 'who' }, claim.speaker ? speakerLink(claim.speaker) : make('span', { className: 'none' }, 'nobody named'), ' ', act(claim));
  const said = make('p', { className: 'said', dir: 'auto' }, claimLink(claim.id, words(claim.content) || claim.title || 'this claim'));
  const foot = where(claim);
  if (claim.same) foot.append(make('span', {}, `also in ${claim.same.toLocaleString('en')} more`));
  if (claim.notes) foot.append(make('span', { className: 'noted' }, count(claim.notes, 'note', 'notes')));
  if (claim.old) foot.append(make('span', {}, 'older version'));
  line.append(who, said, foot);
  return line;
}

export const list = (claims) => make('ol', { className: 'hits' }, ...claims.map(item));

/** Columns of a claim in a table. */
export const COLUMNS = ['id', 'published', 'outlet', 'title', 'url', 'path', 'speaker', 'stance', 'manner', 'hedged', 'content', 'same', 'notes'];
export const row = (claim) => ({ ...claim, content: words(claim.content) });

/** A heading with what stands under it; nothing where there is nothing. */
export function section(title, ...children) {
  const id = `s-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  const part = make('section', {}, make('h2', { id }, title), ...children);
  part.setAttribute('aria-labelledby', id);
  return part;
}

/** Counts as a table with bars; `link` makes the name a link. */
export function table(head, counts, link, most = 12) {
  const all = Math.max(1, ...counts.map((one) => one.claims));
  const body = make('tbody', {});
  counts.forEach((one, at) => {
    const name = make('th', { scope: 'row' }, link ? link(one.name) : make('span', { dir: 'auto' }, one.name));
    body.append(make('tr', { hidden: at >= most }, name, make('td', {}, one.claims.toLocaleString('en')), make('td', { className: 'share' }, bar(one.claims / all))));
  });
  const rows = make('table', { className: 'counts' }, make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, head), make('th', { scope: 'col' }, 'Claims'),
    make('td', {}))), body);
  const box = make('div', {}, rows);
  if (counts.length > most) {
    const more = make('button', { type: 'button', className: 'more' }, `${counts.length - most} more`);
    more.addEventListener('click', () => {
      for (const line of body.rows) line.hidden = false;
      body.rows[most].querySelector('a')?.focus();
      more.remove();
    });
    box.append(more);
  }
  return box;
}

const SVG = 'http://www.w3.org/2000/svg';

export function draw(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function bar(share) {
  return draw('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    draw('rect', { width: Math.max(1, Math.round(share * 100)), height: 10 }));
}

const DAY = 86400000;
const MOST_BARS = 90;

/** Claims a day as bars, with gaps where there were none; beyond some months a bar is a week, a month or a year. */
export function days(counts) {
  const at = counts.map((one) => [Date.parse(`${one.name}T00:00:00Z`), one.claims]).filter(([time]) => !Number.isNaN(time));
  if (at.length < 2) return null; // one day is told by the claims themselves
  const [first, last] = [at[0][0], at.at(-1)[0]];
  const span = (last - first) / DAY + 1;
  const step = [1, 7, 30, 365].find((length) => span / length <= MOST_BARS) ?? Math.ceil(span / MOST_BARS);
  const bars = Array(Math.ceil(span / step)).fill(0);
  for (const [time, claims] of at) bars[Math.floor((time - first) / DAY / step)] += claims;
  const most = Math.max(...bars);
  const unit = { 1: 'a day', 7: 'a week', 30: 'in 30 days', 365: 'a year' }[step] ?? `in ${step} days`;
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const width = Math.min(40, 720 / bars.length);
  const shapes = bars.map((claims, i) => {
    const height = claims ? Math.max(2, (claims / most) * 60) : 0;
    const title = draw('title', {}, `${iso(first + i * step * DAY)}: ${count(claims, 'claim', 'claims')}`);
    return draw('rect', { x: (i * width + 1).toFixed(1), width: Math.max(1, width - 2).toFixed(1), y: (62 - height).toFixed(1), height: height.toFixed(1) }, title);
  });
  const label = `Claims ${unit}, ${iso(first)} to ${iso(last)}, at most ${most}`;
  const size = `0 0 ${Math.max(width * bars.length, 200).toFixed(0)} 64`;
  const picture = draw('svg', { class: 'days', viewBox: size, preserveAspectRatio: 'xMinYMax meet', role: 'img', 'aria-label': label }, ...shapes,
    draw('path', { d: `M0 62.5H${(width * bars.length).toFixed(0)}`, class: 'base' }));
  return make('figure', { className: 'over-time' }, picture, make('figcaption', {}, `${iso(first)} – ${iso(last)}: claims ${unit}, at most ${most.toLocaleString('en')}`));
}

/** Counts of a list's claims by what `of` says. */
export function tally(claims, of) {
  const counts = new Map();
  for (const claim of claims) {
    const name = of(claim);
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, n]) => ({ name, claims: n })).sort((a, b) => b.claims - a.claims || (a.name < b.name ? -1 : 1));
}
