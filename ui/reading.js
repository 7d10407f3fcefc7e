// What a script adds to the reading view: moving between text and cards by mouse and keyboard, and filters.
// Everything is found by data-c, the numbers of the claims that an element belongs to.

const numbersOf = (element) => element.dataset.c.split(' ');

const placeOf = (event) => `${event.clientX} ${event.clientY}`;
let rests = ''; // where the mouse was moved to last
addEventListener('pointermove', (event) => { rests = placeOf(event); }, { passive: true });

class Reading {
  constructor(main) {
    this.main = main;
    this.beside = main.querySelector('.beside');
    this.pieces = new Map(); // claim → its marks and its number in the text
    this.items = new Map(); // claim → its <li>
    for (const piece of main.querySelectorAll('.text [data-c]'))
      for (const claim of numbersOf(piece)) {
        if (!this.pieces.has(claim)) this.pieces.set(claim, []);
        this.pieces.get(claim).push(piece);
      }
    for (const item of main.querySelectorAll('li.claim')) this.items.set(item.dataset.c, item);
    this.hot = [];
    this.lit = '';
    this.shown = new Set(this.items.keys());
    if (!this.items.size) return;
    this.addControls();
    this.listen();
  }

  cardOf(claim) {
    return this.items.get(claim)?.querySelector(':scope > .card');
  }

  // ---- what is looked at ----

  /** Lights up claims, in the text and beside it; `lift` brings up the card on small screens. */
  light(claims, { lift = false } = {}) {
    this.lit = claims.join(' ');
    for (const element of this.hot) element.classList.remove('hot', 'lifted');
    this.hot = [];
    for (const claim of claims) {
      if (!this.shown.has(claim)) continue;
      for (const piece of this.pieces.get(claim) ?? []) this.heat(piece);
      const card = this.cardOf(claim);
      if (card) this.heat(card);
      if (card && lift && claim === claims.at(-1)) card.classList.add('lifted');
    }
  }

  heat(element) {
    element.classList.add('hot');
    this.hot.push(element);
  }

  /** Scrolls the cards alone, and only when the card is out of sight: the text stays where it is read. */
  showCard(claim) {
    const card = this.cardOf(claim);
    if (!card || this.beside.scrollHeight <= this.beside.clientHeight + 1) return;
    const box = this.beside.getBoundingClientRect();
    const at = card.getBoundingClientRect();
    if (at.top >= box.top && at.bottom <= box.bottom) return;
    this.beside.scrollBy({ top: at.top - box.top - box.height / 4 });
  }

  /** The claims of the innermost mark around an element, or of the card that it stands in. */
  claimsAt(target) {
    const piece = target.closest?.('.text [data-c]');
    if (piece && this.main.contains(piece)) return numbersOf(piece);
    const item = target.closest?.('.card') && target.closest('li.claim');
    return item ? [item.dataset.c] : [];
  }

  /** Nothing changes while it is the same claim: a card that was lifted under the finger stays up. */
  look(target) {
    const claims = this.claimsAt(target);
    if (claims.join(' ') === this.lit) return;
    this.light(claims);
    if (claims.length && target.closest('.text')) this.showCard(claims.at(-1));
  }

  listen() {
    this.main.addEventListener('pointerover', (event) => {
      if (event.pointerType !== 'mouse' || placeOf(event) === rests) return; // scrolled under a mouse that rests
      this.look(event.target);
    });
    this.main.addEventListener('focusin', (event) => this.look(event.target));
    this.main.addEventListener('click', (event) => this.click(event));
    this.main.addEventListener('keydown', (event) => this.key(event));
  }

  click(event) {
    const link = event.target.closest('a[href^="#"]');
    if (link && /^#[ct]\d+$/.test(link.hash)) {
      event.preventDefault();
      this.go(link.hash.slice(2), link.hash[1] === 't' ? 'text' : 'card');
      return;
    }
    if (event.target.closest('.text')) this.light(this.claimsAt(event.target), { lift: true });
  }

  numberIn(claim, where) {
    return where === 'text' ? this.main.querySelector(`#t${claim}`) : this.cardOf(claim)?.querySelector('h3 a.number');
  }

  /** Moves the focus to a claim's number, in the text or in its card. */
  go(claim, where) {
    const number = this.numberIn(claim, where);
    if (!number) return;
    number.focus({ preventScroll: true });
    (where === 'text' ? number : this.cardOf(claim)).scrollIntoView({ block: 'nearest' });
    this.light([claim]);
    if (where === 'text') this.showCard(claim);
  }

  /** With the focus on a claim: up and down to the next one, left into the text, right to the card. */
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Escape') {
      this.light([]);
      return;
    }
    const number = event.target.closest('a.number');
    if (!number) return;
    const inText = Boolean(number.closest('.text'));
    const claim = number.dataset.c ?? number.closest('li.claim').dataset.c;
    const where = { ArrowLeft: 'text', ArrowRight: 'card', ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (where === undefined) return;
    event.preventDefault();
    if (typeof where === 'string') {
      this.go(claim, where);
      return;
    }
    const order = this.order(inText).filter((one) => this.shown.has(one));
    const next = order[order.indexOf(claim) + where];
    if (next) this.go(next, inText ? 'text' : 'card');
  }

  order(inText) {
    if (!inText) return [...this.items.keys()];
    return [...this.main.querySelectorAll('.text a.number')].map((number) => number.dataset.c);
  }

  // ---- filters ----

  addControls() {
    const head = this.main.querySelector('#claims-head');
    this.speaker = this.choice('Speaker', 'speaker', 'everyone');
    this.act = this.choice('Act', 'act', 'every act');
    this.least = make('input', { type: 'range', min: '0', max: '100', step: '5', value: '0' });
    this.leastShown = make('output', {}, '0 %');
    const range = make('label', { className: 'range' }, make('span', {}, 'At least this sure'), this.least, this.leastShown);
    this.count = make('span', { role: 'status' });
    this.all = make('button', { type: 'button', hidden: true }, 'Show all');
    const controls = make('div', { className: 'controls', role: 'group', ariaLabel: 'Filters' }, this.speaker.parentElement,
      this.act.parentElement, range, make('p', { className: 'shown' }, this.count, this.all));
    const keys = make('p', { className: 'keys' }, 'On a claim’s number: ', make('kbd', {}, '↑'), ' ', make('kbd', {}, '↓'),
      ' next claim, ', make('kbd', {}, '←'), ' text, ', make('kbd', {}, '→'), ' card.');
    head.after(controls, keys);
    controls.addEventListener('input', () => this.filter());
    this.all.addEventListener('click', () => {
      this.speaker.value = '';
      this.act.value = '';
      this.least.value = '0';
      this.filter();
      this.speaker.focus();
    });
    this.filter();
  }

  choice(label, key, all) {
    const counts = new Map();
    for (const item of this.items.values()) counts.set(item.dataset[key], (counts.get(item.dataset[key]) ?? 0) + 1);
    const select = make('select', {}, make('option', { value: '' }, all));
    for (const [value, count] of [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])))
      select.append(make('option', { value }, `${value} (${count})`));
    make('label', {}, `${label} `, select);
    return select;
  }

  passes(item) {
    const { speaker, act, confidence } = item.dataset;
    return (!this.speaker.value || speaker === this.speaker.value) && (!this.act.value || act === this.act.value) &&
      Number(confidence) >= Number(this.least.value);
  }

  filter() {
    this.shown = new Set([...this.items].filter(([, item]) => this.passes(item)).map(([claim]) => claim));
    const wanted = new Set(); // those that hold a claim that is shown stay as a line
    for (const claim of this.shown)
      for (let item = this.items.get(claim); item; item = item.parentElement.closest('li.claim')) wanted.add(item);
    for (const [claim, item] of this.items) {
      item.classList.toggle('away', wanted.has(item) && !this.shown.has(claim));
      item.classList.toggle('gone', !wanted.has(item));
    }
    for (const piece of new Set([...this.pieces.values()].flat()))
      piece.classList.toggle('off', !numbersOf(piece).some((claim) => this.shown.has(claim)));
    this.light([]);
    this.leastShown.value = `${this.least.value} %`;
    this.all.hidden = this.shown.size === this.items.size;
    this.count.textContent = `${this.shown.size} of ${this.items.size} shown`;
  }
}

/** An element with properties and children; text stays text. */
export function make(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties))
    if (key === 'role') element.setAttribute(key, value);
    else element[key] = value;
  element.append(...children);
  return element;
}

export const enhance = (main) => new Reading(main);
