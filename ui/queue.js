// Notes of the public that wait: the owner releases or refuses each.
import { post } from '/ui/api.js';
import { claimLink, count, where, words } from '/ui/claims.js';
import { make } from '/ui/reading.js';

const isWeb = (link) => /^https?:\/\/\S+$/.test(link ?? '');

export class Queue {
  /** Items as /api/queue gives them; `cited`: with the claim that each is about; `changed` is told when one was decided. */
  constructor(items, { cited, changed }) {
    this.cited = cited;
    this.changed = changed;
    this.list = make('ol', { className: 'thread queue' }, ...items.map((item) => this.one(item)));
    this.said = make('p', { className: 'fine', role: 'status', tabIndex: -1 });
    this.element = make('div', {}, this.list, this.said);
  }

  one({ note, claim }) {
    const head = make('p', { className: 'by' }, make('b', { dir: 'auto' }, note.by || 'unsigned'), ' ', make('time', { dateTime: note.made }, note.made.slice(0, 16).replace('T', ' ')));
    if (note.verdict) head.append(' ', make('span', { className: `verdict ${note.verdict}` }, note.verdict));
    const box = make('div', { className: 'note held', id: note.id }, head, make('p', { className: 'words', dir: 'auto' }, note.text));
    if (isWeb(note.link)) box.append(make('p', { className: 'link' }, make('a', { href: note.link, rel: 'noreferrer noopener nofollow', dir: 'ltr' }, note.link)));
    if (this.cited) {
      const about = make('p', { className: 'about', dir: 'auto' }, 'On: ', claim.speaker ? make('bdi', {}, `${claim.speaker}: `) : '',
        claimLink(claim.id, words(claim.content) || claim.title || 'this claim'));
      box.append(about, where(claim));
    }
    const says = make('p', { className: 'says', role: 'alert' });
    const line = make('li', {}, box);
    const decide = (verb, done) => {
      const button = make('button', { type: 'button' }, verb);
      button.setAttribute('aria-label', `${verb} the note of ${note.by || 'somebody unnamed'}: ${note.text.slice(0, 40)}`);
      button.addEventListener('click', async () => {
        for (const one of box.querySelectorAll('button')) one.disabled = true;
        try {
          await post(`/api/queue/${note.id}/${verb.toLowerCase()}`, {});
          this.gone(line, done);
        } catch (error) {
          says.textContent = `This was not done: ${error.message}.`;
          for (const one of box.querySelectorAll('button')) one.disabled = false;
        }
      });
      return button;
    };
    box.append(make('p', { className: 'decide' }, decide('Release', 'released'), ' ', decide('Refuse', 'refused')), says);
    return line;
  }

  gone(line, done) {
    const next = line.nextElementSibling ?? line.previousElementSibling;
    line.remove();
    const left = this.list.children.length;
    this.said.textContent = `One note ${done}; ${left ? `${count(left, 'is', 'are')} left here` : 'none is left here'}.`;
    (next?.querySelector('button') ?? this.said).focus();
    this.changed?.();
  }
}
