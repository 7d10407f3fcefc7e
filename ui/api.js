// Talks to the server that this page came from, and to no other.

let session = null;

/** What went wrong, in words for people. */
export class Problem extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function failure(answer) {
  try {
    const { error } = await answer.json();
    return new Problem(error.code, error.message);
  } catch {
    return new Problem('failed', `the server answered ${answer.status}`);
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, { ...options, cache: 'no-store', credentials: 'omit', redirect: 'error' });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem('unreachable', 'the server does not answer: has it been stopped?');
  }
  if (!answer.ok) throw await failure(answer);
  return answer;
}

/** The server's version, limits, and the token that shows that a request comes from its own pages. */
export async function openSession() {
  session ??= await (await ask('/api/session', {})).json();
  return session;
}

/**
 * Reads a page. `given` is {address} or {bytes, type, name}; `format` is html, json or svg. The answer is a Blob.
 */
export async function read(given, format, token, signal) {
  const { token: own } = await openSession();
  const headers = { 'X-Hearsay-Token': own };
  if (token) headers.Authorization = `Bearer ${token}`;
  const query = new URLSearchParams({ format });
  if (given.address !== undefined) {
    headers['Content-Type'] = 'text/plain';
    const answer = await ask(`/api/fetch?${query}`, { method: 'POST', headers, body: given.address, signal });
    return answer.blob();
  }
  headers['Content-Type'] = given.type;
  if (given.name) query.set('name', given.name);
  const answer = await ask(`/api/read?${query}`, { method: 'POST', headers, body: given.bytes, signal });
  return answer.blob();
}

// ---- the ledger ----

const KEPT = 'hearsay-token'; // the owner's token, in this tab alone

export function keepToken(token) {
  sessionStorage.setItem(KEPT, token);
}

export const keptToken = () => sessionStorage.getItem(KEPT) ?? '';

function opened() {
  const token = keptToken();
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/** An address of the API: parts that are empty are left out. */
export function address(path, parts = {}) {
  const query = new URLSearchParams(Object.entries(parts).filter(([, value]) => value));
  return query.size ? `${path}?${query}` : path;
}

export const get = async (path, parts) => ask(address(path, parts), { headers: opened() });
export const getJson = async (path, parts) => (await get(path, parts)).json();
export const getText = async (path, parts) => (await get(path, parts)).text();

/** Does something: the fields go as a form. */
export async function post(path, fields, signal) {
  const { token } = await openSession();
  const headers = { ...opened(), 'X-Hearsay-Token': token, 'Content-Type': 'application/x-www-form-urlencoded' };
  return (await ask(path, { method: 'POST', headers, body: new URLSearchParams(fields).toString(), signal })).json();
}

/** Whether whoever looks may write without being asked anything, and decide about what others wrote. */
export const isOwner = async () => !(await openSession()).needs_token || keptToken() !== '';

/** Writes a note down; the answer holds its id, and whether it waits to be released. */
export const sendNote = (fields, signal) => post('/api/notes', fields, signal);

/** The same for a note of the public: first this machine does the work that the server asks for. `share` hears how much of it is done. */
export async function sendPublicNote(fields, share, signal) {
  const challenge = await (await ask(address('/api/challenge', { claim: fields.claim }), { signal })).json();
  const worker = new Worker('/ui/work.js', { type: 'module' });
  try {
    const work = await new Promise((done, failed) => {
      worker.addEventListener('message', ({ data }) => (data.work ? done(data.work) : share(data.share)));
      worker.addEventListener('error', () => failed(new Problem('no_work', 'this browser cannot do the work that keeps robots out')));
      signal.addEventListener('abort', () => failed(signal.reason));
      worker.postMessage({ challenge, text: fields.text });
    });
    return await sendNote({ ...fields, challenge: challenge.challenge, work }, signal);
  } finally {
    worker.terminate();
  }
}
