// Notes and verdicts under a claim: threads, and the form that writes one.
import { sendNote, sendPublicNote } from '/ui/api.js';
import { make } from '/ui/reading.js';

const VERDICTS = ['confirmed', 'refuted', 'unproven', 'misleading'];

/** Answers under what they answer; a circle or a missing note leaves a note at the top. */
function threads(notes) {
  const byId = new Map(notes.map((note) => [note.id, { ...note, answers: [] }]));
  const top = [];
  for (const note of byId.values()) { // the oldest first: an answer comes after what it answers
    const parent = byId.get(note.reply_to);
    if (parent && parent.made <= note.made && parent !== note) parent.answers.push(note);
    else top.push(note);
  }
  return top;
}

/** Shows how far the work is; says so at every quarter, for more would be chatter. */
function quarters(doing) {
  const bar = make('progress', { max: 1, value: 0, ariaLabel: 'Keeping robots out' });
  const told = make('span', {}, 'Keeping robots out …');
  doing.replaceChildren(told, ' ', bar);
  return (share) => {
    bar.value = share;
    const quarter = Math.floor(share * 4) * 25;
    if (quarter && share < 1) told.textContent = `Keeping robots out: ${quarter} % …`;
    if (share === 1) told.textContent = 'Sending …';
  };
}

const isWeb = (link) => /^https?:\/\/\S+$/.test(link ?? '');

const PUBLIC = 'What you write is shown when the owner of this ledger has released it. Before it is sent, this device does a sum for about a second; ' +
  'that keeps robots out.';

export class Notes {
  /** `changed` gives the notes as they are now; `owner`: whoever looks writes without being asked anything. */
  constructor(claim, notes, owner, changed) {
    this.claim = claim;
    this.notes = notes;
    this.owner = owner;
    this.changed = changed;
    this.element = make('div', { className: 'notes' });
    this.show();
  }

  show(notes = this.notes) {
    this.notes = notes;
    const shown = threads(notes);
    this.element.replaceChildren(
      shown.length ? make('ol', { className: 'thread' }, ...shown.map((note) => this.one(note, 0)))
        : make('p', { className: 'none' }, 'Nobody has noted anything about this claim.'),
      this.form(null));
  }

  one(note, depth) {
    const head = make('p', { className: 'by' }, make('b', { dir: 'auto' }, note.by || 'unsigned'), ' ', make('time', { dateTime: note.made }, note.made.slice(0, 10)));
    if (note.verdict) head.append(' ', make('span', { className: `verdict ${note.verdict}` }, note.verdict));
    if (note.claim !== this.claim) head.append(' ', make('a', { href: `/claim/${encodeURIComponent(note.claim)}` }, 'on another page’s claim'));
    const box = make('div', { className: 'note', id: note.id }, head, make('p', { className: 'words', dir: 'auto' }, note.text));
    if (isWeb(note.link)) box.append(make('p', { className: 'link' }, make('a', { href: note.link, rel: 'noreferrer noopener nofollow', dir: 'ltr' }, note.link)));
    const answer = make('button', { type: 'button', className: 'answer' }, 'Reply');
    answer.setAttribute('aria-label', `Reply to ${note.by || 'this note'}`);
    box.append(answer);
    const line = make('li', {}, box);
    answer.addEventListener('click', () => {
      answer.hidden = true;
      const form = this.form(note, () => {
        form.remove();
        answer.hidden = false;
        answer.focus();
      });
      box.append(form);
      form.querySelector('textarea').focus();
    });
    if (note.answers.length)
      line.append(make('ol', { className: depth < 4 ? 'thread' : 'thread flat' }, ...note.answers.map((one) => this.one(one, depth + 1))));
    return line;
  }

  form(parent, cancel) {
    const id = parent ? `-${parent.id}` : '';
    const labelled = (words, element) => {
      element.id = `note-${element.name}${id}`;
      return make('p', { className: `part f-${element.name}` }, make('label', { htmlFor: element.id }, words), element);
    };
    const text = make('textarea', { name: 'text', rows: 3, required: true, maxLength: 4000 });
    const verdict = make('select', { name: 'verdict' }, make('option', { value: '' }, 'no verdict'), ...VERDICTS.map((one) => make('option', { value: one }, one)));
    const link = make('input', { name: 'link', type: 'url', maxLength: 2000, autocomplete: 'off', placeholder: 'https://…' });
    const by = make('input', { name: 'by', maxLength: 60, autocomplete: 'name' });
    const send = make('button', { type: 'submit' }, parent ? 'Reply' : 'Note it');
    const says = make('p', { className: 'says', role: 'alert' });
    const doing = make('p', { className: 'doing', role: 'status' });
    const form = make('form', { className: 'write', noValidate: true },
      make('h3', {}, parent ? `Replying to ${parent.by || 'an unsigned note'}` : 'Write down what checking found'),
      labelled('Note', text), labelled('Verdict', verdict), labelled('Link to the evidence', link), labelled('Your name', by),
      this.owner ? '' : make('p', { className: 'fine f-public' }, PUBLIC),
      make('p', { className: 'part f-send' }, send), doing, says);
    let under_way = null;
    const stop = make('button', { type: 'button', hidden: !cancel }, cancel ? 'Cancel' : 'Stop');
    const stopped = () => {
      if (under_way) under_way.abort();
      else cancel?.();
    };
    stop.addEventListener('click', stopped);
    send.after(' ', stop);
    form.addEventListener('keydown', (event) => event.key === 'Escape' && stopped());
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (!text.value.trim()) {
        says.textContent = 'Write something first.';
        text.focus();
        return;
      }
      const mine = (under_way = new AbortController());
      send.disabled = true;
      says.textContent = '';
      if (!this.owner) {
        stop.hidden = false;
        stop.focus();
      }
      try {
        const fields = { claim: this.claim, text: text.value, verdict: verdict.value, link: link.value.trim(), by: by.value.trim(), reply_to: parent?.id ?? '' };
        const { id: made, held } = await (this.owner ? sendNote(fields, mine.signal) : sendPublicNote(fields, quarters(doing), mine.signal));
        if (held) {
          const thanks = make('p', { className: 'thanks', tabIndex: -1 }, 'Thank you. Your note waits for the owner of this ledger to release it; until then nobody else sees it.');
          form.replaceWith(thanks);
          thanks.focus();
          return;
        }
        this.show(await this.changed());
        const written = document.getElementById(made);
        written?.setAttribute('tabindex', '-1');
        written?.focus();
        return;
      } catch (error) {
        if (error.name === 'AbortError') text.focus();
        says.textContent = error.name === 'AbortError' ? 'Stopped: nothing was sent.' : `This was not written down: ${error.message}.`;
      }
      under_way = null;
      doing.replaceChildren();
      stop.hidden = !cancel;
      send.disabled = false;
    });
    return form;
  }
}
