// The start page: takes an address, a text or a file, and shows the reading view of what the server makes of it.
import { keepToken, keptToken, openSession, Problem, read } from '/ui/api.js';
import { enhance, make } from '/ui/reading.js';

const $ = (id) => document.getElementById(id);
const form = $('give');
let given = null; // what the view on the screen was made of
let under_way = null;

const looksLikeHtml = (text) => /^\s*<(!doctype|html|head|body|\w+[\s>])/i.test(text);

async function show(next) {
  under_way?.abort();
  const mine = (under_way = new AbortController());
  say('Reading …');
  complain(null);
  try {
    const blob = await read(next, 'html', $('token').value, mine.signal);
    keepToken($('token').value);
    const html = await blob.text();
    // Of the standalone file the reading view alone, parsed as a document of its own, in which nothing runs.
    const view = html.slice(html.indexOf('<main'), html.lastIndexOf('</main>'));
    given = next;
    place(new DOMParser().parseFromString(view, 'text/html').querySelector('main'));
  } catch (error) {
    if (error.name === 'AbortError') return;
    complain(error);
  } finally {
    if (under_way === mine) {
      under_way = null;
      say('');
    }
  }
}

function place(view) {
  const main = document.adoptNode(view);
  $('result').replaceChildren(main);
  document.title = `${main.querySelector('h1').textContent} – hearsay`;
  $('start').hidden = true;
  $('another').hidden = false;
  $('tools').hidden = false;
  enhance(main);
  window.scrollTo(0, 0);
  $('content').focus({ preventScroll: true });
}

function again() {
  under_way?.abort();
  $('result').replaceChildren();
  $('start').hidden = false;
  $('another').hidden = true;
  $('tools').hidden = true;
  document.title = 'hearsay';
  form.reset();
  $('address').focus();
}

async function save(format) {
  const button = document.querySelector(`#tools [data-format="${format}"]`);
  button.disabled = true;
  try {
    const blob = await read(given, format, $('token').value);
    const link = make('a', { href: URL.createObjectURL(blob), download: `claims.${format}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  } catch (error) {
    complain(error);
  }
  button.disabled = false;
}

function say(words) {
  $('status').textContent = words;
}

function complain(error) {
  $('problem').hidden = !error;
  $('problem').textContent = error ? `This could not be read: ${error.message}.` : '';
  if (error?.code === 'token_missing') {
    $('token-field').hidden = false;
    $('token').focus();
  }
}

function submit(event) {
  event.preventDefault();
  const address = $('address').value.trim();
  const text = $('text').value;
  const file = $('file').files[0];
  const wanted = event.submitter?.value;
  if (address && (wanted !== 'text' || !text.trim())) showAddress(address);
  else if (text.trim()) showText(text);
  else if (file) showFile(file);
  else complain(new Problem('empty', 'give an address, a text or a file first'));
}

const showAddress = (address) => show({ address: /^https?:\/\//i.test(address) ? address : `https://${address}` });

function showText(text) {
  const type = looksLikeHtml(text) ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8';
  show({ bytes: new Blob([text]), type, name: 'pasted text' });
}

const showFile = (file) => show({ bytes: file, type: 'application/octet-stream', name: file.name });

function acceptDrops() {
  let inside = 0;
  const over = (by) => {
    inside = Math.max(0, inside + by);
    $('drop').classList.toggle('over', inside > 0);
  };
  addEventListener('dragenter', () => over(1));
  addEventListener('dragleave', () => over(-1));
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    inside = 0;
    over(0);
    const file = event.dataTransfer.files[0];
    if (file) showFile(file);
  });
}

form.addEventListener('submit', submit);
$('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) showText($('text').value);
});
$('file').addEventListener('change', () => $('file').files[0] && showFile($('file').files[0]));
$('another').addEventListener('click', again);
for (const button of document.querySelectorAll('#tools [data-format]'))
  button.addEventListener('click', () => save(button.dataset.format));
acceptDrops();
openSession().then((session) => {
  $('token-field').hidden = !session.needs_token;
  $('token').value = keptToken();
  $('to-ledger').hidden = !session.ledger;
}, complain);
