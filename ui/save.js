// What is on the screen as a file: JSON, CSV, SVG, PNG. All of it is made here.
import { make } from '/ui/reading.js';

export function save(name, blob) {
  const link = make('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** A value of a table; what a spreadsheet would take for a formula is marked as text. */
function field(value) {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Rows of objects as CSV, the columns in the order of `columns`. */
export const csv = (columns, rows) =>
  [columns.join(','), ...rows.map((row) => columns.map((column) => field(row[column])).join(','))].join('\r\n') + '\r\n';

export const saveJson = (name, value) => save(`${name}.json`, new Blob([JSON.stringify(value, null, 1), '\n'], { type: 'application/json' }));
export const saveCsv = (name, columns, rows) => save(`${name}.csv`, new Blob([csv(columns, rows)], { type: 'text/csv' }));
export const saveSvg = (name, svg) => save(`${name}.svg`, new Blob([svg], { type: 'image/svg+xml' }));

const MOST_PIXELS = 8000; // a side: browsers draw no larger pictures

/** Draws a picture at twice its size, for screens and print. */
export async function savePng(name, svg) {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const scale = Math.min(2, MOST_PIXELS / Math.max(picture.naturalWidth, picture.naturalHeight));
    const canvas = make('canvas', { width: Math.round(picture.naturalWidth * scale), height: Math.round(picture.naturalHeight * scale) });
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    save(`${name}.png`, blob);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Buttons for the bar on top; each is [words, what it does]. */
export function offer(buttons, failed) {
  const tools = document.getElementById('tools');
  tools.replaceChildren(...buttons.map(([words, act]) => {
    const button = make('button', { type: 'button' }, words);
    button.addEventListener('click', async () => {
      button.disabled = true;
      try {
        await act();
      } catch (error) {
        failed(error);
      }
      button.disabled = false;
    });
    return button;
  }));
  tools.hidden = !buttons.length;
}
