// Brings what cut.mjs cut off: after the first page, or at once if something needs it sooner. bundle.mjs says in LATER which
// files those are, by the file that they were cut off.
import { initSync } from 'qibu-glue';

/** How long after it failed a file is asked for again, in milliseconds. */
const PAUSE = 5_000;
/** The files that are not here yet, each with the exports of what it was cut off. */
const missing = new Map();
/** What is compiled, and what is under way to that. */
const [compiled, preparing] = [new Map(), new Map()];
/** The mark in the browser's timings of when nothing is missing any more. */
const WHOLE = 'whole';
let isBegun = false;
let isHurt = false;

/** Texts are read by what comes later: a page of them begins with it. */
export const isOfTexts = ['room', 'article'].includes(window.qibuLooking?.[0]);

/** What a part of the app begins with, of which more comes later. */
export async function begun(part, source, imports) {
  const address = LATER[part];
  if (isOfTexts) await prepared(address).catch(() => {});
  const made = await WebAssembly.instantiateStreaming(source, { ...imports, later: { bring: () => broughtAtOnce(address) } });
  missing.set(address, made.instance.exports);
  mark();
  if (isBegun) void fetched(address);
  else if (isKept()) prepared(address).catch(() => {});
}

/** Whether the service worker answers for the app's files: they are here already, and cost no network. */
export const isKept = () => Boolean(navigator.serviceWorker?.controller);

/** Makes ready what was cut off a file, the main one unless it says another, for a page that may need it at once. */
export function prepared(address = LATER.app) {
  if (!address || compiled.has(address)) return Promise.resolve();
  if (!preparing.has(address)) preparing.set(address, compile(address).finally(() => preparing.delete(address)));
  return preparing.get(address);
}

async function compile(address) {
  compiled.set(address, await WebAssembly.compileStreaming(fetch(address, { priority: 'low' })));
}

/** Brings all that is missing by and by; what the main file misses at once, if that calls for it. */
export function bring(isNeeded) {
  if (!isBegun && LATER.app) missing.set(LATER.app, initSync());
  isBegun = true;
  if (isNeeded) broughtAtOnce(LATER.app);
  else for (const address of missing.keys()) void fetched(address);
  mark();
}

function broughtAtOnce(address) {
  place(address, compiled.get(address) ?? new WebAssembly.Module(bytesAtOnce(address)));
}

async function fetched(address) {
  if (!missing.has(address)) return;
  try {
    await prepared(address);
    // What was broken off in the middle is not gone on with.
    if (isHurt) location.reload();
    else place(address, compiled.get(address));
  } catch (error) {
    console.warn(error);
    setTimeout(() => void fetched(address), PAUSE);
  }
}

function place(address, module) {
  const main = missing.get(address);
  if (!main) return;
  new WebAssembly.Instance(module, { main });
  main.is_later_there.value = 1;
  missing.delete(address);
  mark();
}

function mark() {
  performance.clearMarks(WHOLE);
  if (isBegun && missing.size === 0) performance.mark(WHOLE);
}

/** The app waits meanwhile: it is in the middle of something. */
function bytesAtOnce(address) {
  const request = new XMLHttpRequest();
  request.open('GET', address, false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  try {
    request.send();
  } catch (error) {
    isHurt = true;
    void fetched(address);
    throw error;
  }
  return Uint8Array.from(request.responseText, (sign) => sign.charCodeAt(0));
}
