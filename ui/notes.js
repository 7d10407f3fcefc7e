// Notes and verdicts under a claim: threads, and the form that writes one.
import { sendNote } from '/ui/api.js';
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

const isWeb = (link) => /^https?:\/\/\S+$/.test(link ?? '');

export class Notes {
  constructor(claim, notes, changed) {
    this.claim = claim;
    this.notes = notes;
    this.changed = changed;
    this.element = make('div', { className: 'notes' });
    this.show();
  }

  show() {
    const shown = threads(this.notes);
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
    const form = make('form', { className: 'write', noValidate: true },
      make('h3', {}, parent ? `Replying to ${parent.by || 'an unsigned note'}` : 'Write down what checking found'),
      labelled('Note', text), labelled('Verdict', verdict), labelled('Link to the evidence', link), labelled('Your name', by),
      make('p', { className: 'part f-send' }, send), says);
    if (cancel) {
      const away = make('button', { type: 'button' }, 'Cancel');
      away.addEventListener('click', cancel);
      send.after(' ', away);
      form.addEventListener('keydown', (event) => event.key === 'Escape' && cancel());
    }
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (!text.value.trim()) {
        says.textContent = 'Write something first.';
        text.focus();
        return;
      }
      send.disabled = true;
      try {
        const fields = { claim: this.claim, text: text.value, verdict: verdict.value, link: link.value.trim(), by: by.value.trim(), reply_to: parent?.id ?? '' };
        const { id: made } = await sendNote(fields);
        this.notes = await this.changed();
        this.show();
        const written = document.getElementById(made);
        written?.setAttribute('tabindex', '-1');
        written?.focus();
        return;
      } catch (error) {
        says.textContent = `This was not written down: ${error.message}.`;
      }
      send.disabled = false;
    });
    return form;
  }
}
