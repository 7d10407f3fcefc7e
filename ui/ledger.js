// The views of a ledger: which one the address asks for, and what goes wrong.
import { keepToken, openSession, Problem } from '/ui/api.js';
import { claimView, outletView, pageView, queueView, searchView, speakerView } from '/ui/views.js';

const $ = (id) => document.getElementById(id);

/** The view of an address, and what stands behind its first part. */
function route(path) {
  const [, first, ...rest] = path.split('/');
  if (first === 'search') return [searchView];
  if (first === 'queue') return [queueView];
  if (first === 'claim' && rest.at(-1) === 'page' && rest.length > 1) return [pageView, rest.slice(0, -1).join('/')];
  return [{ claim: claimView, speaker: speakerView, outlet: outletView }[first], rest.join('/')];
}

let latest = 0;

async function show() {
  const mine = ++latest;
  const [view, rest] = route(location.pathname);
  $('status').textContent = 'Looking it up …';
  $('view').setAttribute('aria-busy', 'true');
  complain(null);
  try {
    const { ledger } = await openSession();
    if (!ledger) throw new Problem('not_found', 'this server shows no ledger; “hearsay serve -l LEDGER” does');
    const made = await view(decodeURIComponent(rest ?? ''), { again: show, complain });
    if (mine !== latest) return; // another was asked for meanwhile
    document.title = `${made.title} – hearsay`;
    $('view').className = `ledger ${made.kind}`;
    $('view').replaceChildren(...made.parts);
    $('said').textContent = made.says ?? made.title;
    made.ready?.($('view'));
  } catch (error) {
    if (mine === latest) complain(error instanceof URIError ? new Problem('bad_request', 'this is no address') : error);
  }
  if (mine !== latest) return;
  $('status').textContent = '';
  $('view').removeAttribute('aria-busy');
}

function complain(error) {
  $('problem').hidden = !error;
  $('problem').textContent = error ? `This could not be shown: ${error.message}.` : '';
  if (error?.code === 'token_missing') {
    $('token-form').hidden = false;
    $('token').focus();
  }
}

$('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  keepToken($('token').value);
  $('token-form').hidden = true;
  show();
});
addEventListener('popstate', () => show());
show();
