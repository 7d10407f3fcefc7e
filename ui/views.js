// The views of a ledger. Each takes what the address names and gives {title, kind, parts, ready}.
import { address, getJson, getText, isOwner } from '/ui/api.js';
import { act, claimLink, COLUMNS, count, days, list, outletLink, row, section, speakerLink, table, tally, where, words } from '/ui/claims.js';
import { Notes } from '/ui/notes.js';
import { Queue } from '/ui/queue.js';
import { enhance, make } from '/ui/reading.js';
import { offer, saveCsv, saveJson, savePng, saveSvg } from '/ui/save.js';

const SHOWN = 20;
const SAVED = 1000;
const QUEUED = 100;
const LISTED = 60;

const $ = (id) => document.getElementById(id);

// ---- search ----

const FIELDS = ['words', 'speaker', 'outlet', 'stance', 'manner', 'since', 'until'];
const STANCES = ['asserts', 'denies', 'accuses', 'declines', 'speculates', 'intends', 'urges', 'asks', 'shows', 'believes'];
const MANNERS = ['direct', 'mixed', 'indirect'];

const asked = () => Object.fromEntries(FIELDS.map((field) => [field, new URLSearchParams(location.search).get(field) ?? '']));
const searchAddress = (fields) => address('/search', fields);

/** Claims that fit best; where only days or nothing is asked for, the newest. */
async function find(fields, limit) {
  const { since, until, ...rest } = fields;
  if (Object.values(rest).some(Boolean)) return getJson('/api/find', { ...fields, limit });
  const { newest, claims, more } = await getJson('/api/facets', { since, until, limit });
  return { hits: newest, more: more || claims > newest.length };
}

function searchForm(fields, go) {
  const input = (name, label, properties) => {
    const element = make('input', { id: `q-${name}`, name, value: fields[name], autocomplete: 'off', ...properties });
    return make('p', { className: `part f-${name}` }, make('label', { htmlFor: element.id }, label), element);
  };
  const choice = (name, label, all, values) => {
    const element = make('select', { id: `q-${name}`, name }, make('option', { value: '' }, all), ...values.map((one) => make('option', { value: one }, one)));
    element.value = fields[name];
    return make('p', { className: `part f-${name}` }, make('label', { htmlFor: element.id }, label), element);
  };
  const form = make('form', { className: 'query', role: 'search', noValidate: true },
    input('words', 'Words of the claim', { type: 'search', placeholder: 'all of these; "side by side" in marks' }),
    make('p', { className: 'part f-go' }, make('button', { type: 'submit' }, 'Search')),
    input('speaker', 'Speaker', {}), input('outlet', 'Outlet', {}), choice('stance', 'Act', 'every act', STANCES), choice('manner', 'Manner', 'every manner', MANNERS),
    input('since', 'From', { type: 'date' }), input('until', 'To', { type: 'date' }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    go(Object.fromEntries(FIELDS.map((field) => [field, form.elements[field].value.trim()])));
  });
  return form;
}

/** What the search is narrowed to, each with a way back. */
function narrowed(fields, go) {
  const set = FIELDS.filter((field) => field !== 'words' && fields[field]);
  if (!set.length) return [];
  return [make('p', { className: 'narrowed' }, ...set.map((field) => {
    const label = { since: 'from', until: 'to' }[field] ?? field;
    const link = make('a', { href: searchAddress({ ...fields, [field]: '' }) }, make('span', {}, `${label} `, make('bdi', {}, fields[field])), ' ✕');
    link.setAttribute('aria-label', `Without ${label} ${fields[field]}`);
    link.addEventListener('click', (event) => go({ ...fields, [field]: '' }, event));
    return link;
  }))];
}

function facets(fields, survey, go) {
  const facet = (title, key, counts) => {
    if (!counts.length || fields[key]) return [];
    const link = (name) => {
      const next = { ...fields, [key]: name };
      const one = make('a', { href: searchAddress(next), dir: 'auto' }, name);
      one.addEventListener('click', (event) => go(next, event));
      return one;
    };
    return [section(title, table(title, counts, link, 8))];
  };
  return [...facet('Speakers', 'speaker', survey.speakers), ...facet('Outlets', 'outlet', survey.outlets), ...facet('Acts', 'stance', survey.stances),
    ...facet('Manners', 'manner', survey.manners)];
}

export async function searchView(_, { again, complain }) {
  const fields = asked();
  const some = Object.values(fields).some(Boolean);
  const go = (next, event) => {
    if (event && (event.ctrlKey || event.metaKey || event.shiftKey || event.button)) return; // a new tab: the browser's business
    event?.preventDefault();
    history.pushState(null, '', searchAddress(next));
    again();
  };
  const [found, survey, all] = await Promise.all([find(fields, SHOWN), getJson('/api/facets', { ...fields, limit: 1 }), getJson('/api/ledger')]);
  offer([
    ['JSON', async () => saveJson('claims', await find(fields, SAVED))],
    ['CSV', async () => saveCsv('claims', COLUMNS, (await find(fields, SAVED)).hits.map(row))],
  ], complain);
  const counted = `${survey.more ? 'more than ' : ''}${count(survey.claims, 'claim', 'claims')} on ${count(survey.pages, 'page', 'pages')}`;
  const head = some ? `${counted}${found.more ? `, ${found.hits.length} of them here` : ''}`
    : `${count(all.claims, 'claim', 'claims')} on ${count(all.pages, 'page', 'pages')}${all.notes ? `, ${count(all.notes, 'note', 'notes')}` : ''}; the newest`;
  const results = make('section', { className: 'results' }, make('h2', { id: 'found' }, found.hits.length ? head : 'Nothing fits'), ...narrowed(fields, go));
  results.setAttribute('aria-labelledby', 'found');
  if (all.held) results.append(make('p', {}, make('a', { href: '/queue' }, `${count(all.held, 'note waits', 'notes wait')} for you to release`)));
  const chart = days(survey.days);
  if (chart) results.append(chart);
  results.append(list(found.hits));
  if (survey.more) results.append(make('p', { className: 'fine' }, `The counts are of the newest ${survey.pages} pages that fit.`));
  if (found.more && found.hits.length === SHOWN) {
    const more = make('button', { type: 'button', className: 'more' }, 'Show more');
    more.addEventListener('click', async () => {
      more.disabled = true;
      try {
        const { hits } = await find(fields, 200);
        const longer = list(hits);
        results.querySelector('.hits').replaceWith(longer);
        more.remove();
        longer.children[SHOWN]?.querySelector('.said a').focus();
      } catch (error) {
        complain(error);
        more.disabled = false;
      }
    });
    results.append(more);
  }
  const words = fields.words || fields.speaker || fields.outlet;
  return {
    title: words ? `${words} – search` : 'Search',
    says: found.hits.length ? head : 'Nothing fits',
    kind: 'search',
    parts: [make('h1', { className: 'plain' }, 'Who claimed what?'), searchForm(fields, go), make('div', { className: 'two' }, results,
      make('aside', { className: 'facets', ariaLabel: 'Narrow down' }, ...facets(fields, survey, go)))],
  };
}

// ---- a claim ----

/** The paragraph that the claim stands in, its words marked; offsets are code points. */
function inItsText(record, claim) {
  const text = Array.from(record.text);
  const spans = claim.spans.length ? claim.spans : [[0, 0]];
  const isBreak = (at) => text[at] === '\n' && text[at + 1] === '\n';
  let [start, end] = [spans[0][0], spans.at(-1)[1]];
  while (start > 0 && !isBreak(start - 2)) start--;
  while (end < text.length && !isBreak(end)) end++;
  const part = (from, to) => text.slice(from, to).join('');
  const quote = make('blockquote', { className: 'in-text', dir: 'auto' });
  let at = start;
  for (const [from, to] of claim.spans) {
    quote.append(part(at, from), make('mark', { className: 'content d0' }, part(from, to)));
    at = to;
  }
  quote.append(part(at, end));
  return quote;
}

/** The picture of origins as part of the page, so that it takes the page's colours; the file that is saved is the server's. */
function picture(svg) {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const box = make('div', { className: 'origins-picture', tabIndex: 0, role: 'group', ariaLabel: 'Who had it from whom' });
  box.append(document.adoptNode(parsed));
  return box;
}

function how(carrier) {
  const from = carrier.from_name ?? 'another page';
  switch (carrier.how) {
    case 'first-hand': return 'at first hand';
    case 'cites': return `cites ${from}`;
    case 'credits': return `credits ${from}`;
    case 'copies': return `has ${Math.round(carrier.shared * 100)} % of its words from ${from}, without saying so`;
    case 'quotes': return `has the quotation that ${from} had before, without saying so`;
    default: return carrier.how;
  }
}

function carrierItem(carrier, origins) {
  const line = make('li', { className: 'carrier' });
  const origin = origins[carrier.origin];
  line.append(make('p', { className: 'where' }, make('time', { dateTime: carrier.published ?? '' }, (carrier.published ?? 'no date').slice(0, 16).replace('T', ' ')),
    outletLink(carrier.outlet), make('span', { className: 'how' }, how(carrier))));
  line.append(make('p', { className: 'said', dir: 'auto' }, claimLink(carrier.id, words(carrier.content) || carrier.title)));
  if (carrier.chain.length > 1) line.append(make('p', { className: 'chain-words' }, 'Chain: ', make('bdi', {}, carrier.chain.join(' → '))));
  if (origin && origins.length > 1) line.append(make('p', { className: 'chain-words' }, 'Goes back to: ', make('bdi', {}, origin.label)));
  for (const added of carrier.evidence) line.append(make('p', { className: 'adds' }, 'Adds: ', make('q', { dir: 'auto' }, added)));
  return line;
}

function originItem(origin) {
  const kind = origin.circular ? 'outlets that cite one another in a circle' : origin.outside ? 'not in the ledger' : '';
  return make('li', {}, make('b', { dir: 'auto' }, origin.label), ` – ${count(origin.pages, 'page', 'pages')}${kind ? `; ${kind}` : ''}`);
}

export async function claimView(id, { complain }) {
  const path = `/api/claims/${encodeURIComponent(id)}`;
  const owner = await isOwner();
  const queued = owner ? getJson('/api/queue', { claim: id, limit: SAVED }) : { notes: [] };
  const [trace, record, svg, held] = await Promise.all([getJson(path), getJson(`${path}/page`), getText(path, { format: 'svg' }), queued]);
  const { claim, origins, carriers } = trace;
  const columns = ['published', 'outlet', 'title', 'url', 'path', 'id', 'speaker', 'stance', 'content', 'how', 'from_name', 'shared', 'origin', 'chain', 'evidence'];
  const rows = () => carriers.map((one) => ({ ...row(one), origin: origins[one.origin]?.label, chain: one.chain.join(' → '), evidence: one.evidence.join(' | ') }));
  offer([['JSON', () => saveJson('claim', trace)], ['CSV', () => saveCsv('claim', columns, rows())], ['SVG', () => saveSvg('origins', svg)],
    ['PNG', () => savePng('origins', svg)]], complain);
  const quoted = words(claim.content);
  const line = where(claim);
  if (/^https?:\/\/\S+$/.test(claim.url ?? '')) line.append(make('a', { href: claim.url, rel: 'noreferrer noopener' }, 'the page itself'));
  line.append(make('a', { href: `/claim/${encodeURIComponent(claim.id)}/page` }, 'all claims of the page'));
  const head = make('header', { className: 'claim-head' },
    make('p', { className: 'who' }, claim.speaker ? speakerLink(claim.speaker) : make('span', { className: 'none' }, 'nobody named'), ' ', act(claim), ' ',
      make('span', { className: 'fine' }, claim.manner)),
    make('h1', { dir: 'auto' }, quoted || claim.title || 'A claim without words'), line);
  if (claim.old) head.append(make('p', { className: 'problem' }, 'A newer version of this page is in the ledger.'));
  const verdicts = tally(trace.notes, (note) => note.verdict);
  if (verdicts.length)
    head.append(make('p', { className: 'verdicts' }, ...verdicts.flatMap(({ name, claims }) =>
      [make('span', { className: `verdict ${name}` }, claims > 1 ? `${name} ×${claims}` : name), ' '])));
  const back = origins.length > 1 ? `it goes back to ${origins.length} separate origins.`
    : origins[0]?.circular ? 'they cite one another in a circle, and none had it at first hand.' : 'all goes back to one origin.';
  const sum = `${count(carriers.length, 'page carries', 'pages carry')} it, of ${count(trace.outlets, 'outlet', 'outlets')}; ${back}`;
  const current = async () => (await getJson('/api/notes', { claim: claim.id })).notes;
  const notes = new Notes(claim.id, trace.notes, owner, current);
  const parts = [head, section('In its text', inItsText(record, claim)),
    section('Where it comes from', make('p', { className: 'sum' }, carriers.length === 1 ? 'No other page of the ledger carries it.' : sum),
      make('ul', { className: 'origins' }, ...origins.map(originItem)), picture(svg)),
    section('Timeline', make('ol', { className: 'carriers' }, ...carriers.map((one) => carrierItem(one, origins))))];
  if (trace.disputes.length) parts.push(section('Disputed by', list(trace.disputes)));
  parts.push(section('Notes', notes.element));
  if (held.notes.length)
    parts.push(section('Notes that wait for you', new Queue(held.notes, { cited: false, changed: async () => notes.show(await current()) }).element));
  return { title: `${claim.speaker ? `${claim.speaker}: ` : ''}${quoted.slice(0, 80)}`, kind: 'claim-view', parts };
}

/** The page of a claim in the reading view; its claims lead to their places in the ledger. */
export async function pageView(id, { complain }) {
  const path = `/api/claims/${encodeURIComponent(id)}/page`;
  const [html, { claim }] = await Promise.all([getText(path, { format: 'html' }), getJson(`/api/claims/${encodeURIComponent(id)}`)]);
  const view = new DOMParser().parseFromString(html.slice(html.indexOf('<main'), html.lastIndexOf('</main>')), 'text/html').querySelector('main');
  const inner = make('div', { className: 'reading' }, ...document.adoptNode(view).childNodes);
  const [page, own] = claim.id.split('.');
  for (const item of inner.querySelectorAll('li.claim > .card'))
    item.append(make('p', { className: 'to-ledger' }, make('a', { href: `/claim/${page}.c${item.parentElement.dataset.c}` }, 'Where it comes from')));
  offer([['JSON', async () => saveJson('page', await getJson(path))], ['SVG', async () => saveSvg('chains', await getText(path, { format: 'svg' }))],
    ['PNG', async () => savePng('chains', await getText(path, { format: 'svg' }))]], complain);
  return { title: claim.title ?? 'A page', kind: 'page-view', parts: [inner], ready: () => {
    enhance(inner);
    inner.querySelector(`#t${own.slice(1)}`)?.scrollIntoView({ block: 'center' });
  } };
}

// ---- notes that wait ----

export async function queueView() {
  const { held, notes } = await getJson('/api/queue', { limit: QUEUED });
  const head = held ? `${count(held, 'note of somebody else waits', 'notes of others wait')}${held > notes.length ? `; the oldest ${notes.length} of them here` : ''}. Until you release one, nobody but you sees it; ` +
    'one that you refuse stays in the ledger, unseen.' : 'No note waits to be released.';
  offer([], () => {});
  return { title: 'Notes that wait', kind: 'queue-view', says: head, parts: [make('h1', {}, 'Notes that wait'), make('p', { className: 'sum' }, head),
    ...(notes.length ? [new Queue(notes, { cited: true }).element] : [])] };
}

// ---- a speaker ----

const said = (person) => person.by_stance.reduce((sum, one) => sum + one.claims, 0);

/** What they said: the denials first, then the rest; `all` is how many there are. */
function sayings(claims, all) {
  const denials = claims.filter((claim) => claim.stance === 'denies');
  const rest = claims.filter((claim) => claim.stance !== 'denies');
  const every = claims.length < all ? 'The newest of what' : 'Everything';
  const parts = [];
  if (denials.length) parts.push(section('Denials', list(denials)));
  if (rest.length) parts.push(section(`${every}${denials.length && claims.length >= all ? ' else' : ''} they said`, list(rest)));
  return parts;
}

/** Charts are of all that is counted, the lists of the newest claims; a button fetches more of them. */
function personPart(person, more) {
  const parts = [];
  const chart = days(person.by_day);
  if (chart) parts.push(section('Over time', chart));
  parts.push(make('div', { className: 'pair' }, section('Per outlet', table('Outlet', person.by_outlet, outletLink)), section('Acts', table('Act', person.by_stance))));
  const lists = make('div', {}, ...sayings(person.claims, said(person)));
  if (person.claims.length < said(person)) {
    const button = make('button', { type: 'button', className: 'more' }, 'Show more');
    button.addEventListener('click', () => more(button, (claims) => lists.replaceChildren(...sayings(claims, said(person)))));
    lists.append(button);
  }
  return [...parts, lists];
}

export async function speakerView(name, { complain }) {
  const find = async (limit) => (await getJson('/api/who', { name, limit })).people;
  const people = await find(LISTED);
  const [person, ...others] = people;
  const more = async (button, show) => {
    button.disabled = true;
    try {
      show((await find(SAVED)).find((one) => one.id === person.id).claims);
      $('view').querySelector('.hit .said a').focus();
    } catch (error) {
      complain(error);
      button.disabled = false;
    }
  };
  const rows = (one) => one.claims.map((claim) => ({ person: one.name, ...row(claim) }));
  offer([['JSON', async () => saveJson('speaker', { people: await find(SAVED) })],
    ['CSV', async () => saveCsv('speaker', ['person', ...COLUMNS.slice(0, 11)], (await find(SAVED)).flatMap(rows))]], complain);
  const sum = `${count(said(person), 'claim', 'claims')} on ${count(person.pages, 'page', 'pages')} of ` +
    `${count(person.outlets, 'outlet', 'outlets')}; ${person.denials ? count(person.denials, 'denial', 'denials') : 'no denials'}`;
  const head = make('header', { className: 'claim-head' }, make('h1', { dir: 'auto' }, person.name));
  if (person.roles.length) head.append(make('p', { className: 'standing', dir: 'auto' }, person.roles.join('; ')));
  if (person.maybe) head.append(make('p', { className: 'fine' }, `“${name}” may mean this one; the ledger does not tell.`));
  head.append(make('p', { className: 'sum' }, sum));
  const parts = [head, ...personPart(person, more)];
  if (others.length)
    parts.push(section('Others who may be meant', make('ul', {}, ...others.map((one) => make('li', {}, one.name === name ? make('b', {}, one.name) : speakerLink(one.name),
      ` ${one.roles.length ? `(${one.roles[0]}) ` : ''}– ${count(said(one), 'claim', 'claims')}`)))));
  return { title: person.name, kind: 'speaker-view', parts };
}

// ---- an outlet ----

export async function outletView(name, { complain }) {
  const survey = await getJson('/api/outlet', { name, limit: SHOWN });
  offer([['JSON', async () => saveJson('outlet', await getJson('/api/outlet', { name, limit: SAVED }))],
    ['CSV', async () => saveCsv('outlet', COLUMNS, (await getJson('/api/outlet', { name, limit: SAVED })).newest.map(row))]], complain);
  if (!survey.claims)
    return { title: name, kind: 'outlet-view', parts: [make('h1', { dir: 'auto' }, name), make('p', { className: 'none' }, 'The ledger has no claims of an outlet of this name.')] };
  const sum = `${count(survey.claims, 'claim', 'claims')} on ${count(survey.pages, 'page', 'pages')}${survey.more ? ', the newest' : ''}`;
  const chart = days(survey.days);
  return {
    title: name,
    kind: 'outlet-view',
    parts: [make('header', { className: 'claim-head' }, make('h1', { dir: 'auto' }, name), make('p', { className: 'sum' }, sum)),
      ...(chart ? [section('Over time', chart)] : []),
      make('div', { className: 'pair' }, section('Whom it cites', table('Speaker', survey.speakers, speakerLink)), section('Acts', table('Act', survey.stances))),
      section('Newest claims', list(survey.newest)),
      make('p', {}, make('a', { href: searchAddress({ outlet: name }) }, 'Search in this outlet'))],
  };
}

