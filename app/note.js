// Stands in the place of bring.js while `make later` looks at what first pages run: says it on the console, by number.
import { initSync } from 'qibu-glue';

/** What a page does in the moments after it is there belongs to it, in milliseconds. */
const MOMENTS = 300;
/** What begins something that is not of the first page any more. */
const ACTS = ['pointerdown', 'pointermove', 'keydown', 'input', 'click', 'popstate', 'dragenter'];
/** The files whose moments are not over. */
const begins = new Map();
/** Whether the app has said what of it ran. A page that begins with what comes later says nothing: it has all of it. */
let isSaid = false;
/** Whether the page is there: what parts ran before that is no less of it. */
let isThere = false;

export async function begun(part, source, imports) {
  const { instance } = await WebAssembly.instantiateStreaming(source, { ...imports, later: { bring } });
  begins.set(part, instance.exports);
  if (isThere) setTimeout(() => say(part), MOMENTS);
}

export async function prepared() {
  isSaid = true;
}

export const isKept = () => false;
export const isOfTexts = ['room', 'article'].includes(window.qibuLooking?.[0]);

export function bring() {
  isThere = true;
  performance.mark('whole');
  setTimeout(end, MOMENTS);
}

/** Whatever has begun says what ran. */
function end() {
  const app = isSaid ? undefined : running();
  if (app) begins.set('app', app);
  isSaid ||= app !== undefined;
  [...begins.keys()].forEach(say);
}

/** The app's exports, once it runs. */
function running() {
  try {
    return initSync();
  } catch {
    return undefined;
  }
}

function say(file) {
  const exports = begins.get(file);
  if (!begins.delete(file)) return;
  const ran = Object.keys(exports).filter((name) => name.startsWith('ran ') && exports[name].value);
  console.debug('ran', file, ...ran.map((name) => name.slice(4)));
}

// Before the app hears of it.
for (const act of ACTS) addEventListener(act, end, { capture: true });
