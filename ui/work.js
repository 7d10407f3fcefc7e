// A worker: does the work that a challenge asks of whoever writes a note without the server's token (app/web/gate.h says what it is).
// Browsers have SHA-256 of their own only where the connection is safe, which a server in the next room's is not; so it is done here.

const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((p) => n % p)) PRIMES.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
const K = Int32Array.from(PRIMES, (p) => fraction(Math.cbrt(p)));
const START = Int32Array.from(PRIMES.slice(0, 8), (p) => fraction(Math.sqrt(p)));
const W = new Int32Array(64);

/** One block of sixteen words from `words` into the state `h`. */
function compress(h, words, from) {
  for (let i = 0; i < 16; i++) W[i] = words[from + i];
  for (let i = 16; i < 64; i++) {
    const a = W[i - 15];
    const b = W[i - 2];
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, z] = h;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (z + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    z = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  h[0] += a;
  h[1] += b;
  h[2] += c;
  h[3] += d;
  h[4] += e;
  h[5] += f;
  h[6] += g;
  h[7] += z;
}

/** Bytes as words, padded as SHA-256 wants it. */
function padded(bytes) {
  const words = new Int32Array((((bytes.length + 8) >> 6) + 1) * 16);
  for (let i = 0; i < bytes.length; i++) words[i >> 2] |= bytes[i] << (24 - (i & 3) * 8);
  words[bytes.length >> 2] |= 0x80 << (24 - (bytes.length & 3) * 8);
  words[words.length - 1] = bytes.length * 8;
  return words;
}

export function sha256(bytes) {
  const h = START.slice();
  const words = padded(bytes);
  for (let from = 0; from < words.length; from += 16) compress(h, words, from);
  return h;
}

/** Numbers from 0 up whose digest, behind the seed, begins with enough zeros; `found` hears how many there are. */
export function work({ challenge, parts, bits }, text, found) {
  const seed = sha256(new TextEncoder().encode(`${challenge}\n${text}`));
  const h = new Int32Array(8);
  const block = new Int32Array(16);
  const numbers = [];
  for (let number = 0; numbers.length < parts; number++) {
    const digits = String(number);
    block.fill(0);
    block.set(seed);
    for (let i = 0; i < digits.length; i++) block[8 + (i >> 2)] |= digits.charCodeAt(i) << (24 - (i & 3) * 8);
    block[8 + (digits.length >> 2)] |= 0x80 << (24 - (digits.length & 3) * 8);
    block[15] = (32 + digits.length) * 8;
    h.set(START);
    compress(h, block, 0);
    if (h[0] >>> (32 - bits) === 0) {
      numbers.push(number);
      found(numbers.length);
    }
  }
  return numbers.join(',');
}

if (typeof WorkerGlobalScope !== 'undefined')
  addEventListener('message', ({ data: { challenge, text } }) => {
    const done = work(challenge, text, (n) => postMessage({ share: n / challenge.parts }));
    postMessage({ share: 1, work: done });
  });
