// How much a browser fetches before a page is there, and in the moments after.
import { lin } from './stage.mjs';

/** The mark in the browser's timings of when the page was there. */
const THERE = 'there';

/**
 * All assets of a cold load of home and of a board, as they travel; the company's data is not among them.
 * @param {import('./stage.mjs').Stage} stage
 * @returns {Promise<import('./figures.mjs').Figure[]>}
 */
export async function load(stage) {
  const home = await loaded(stage, 'home', { address: '/', awaited: 'main h1', most: 450 });
  return [...home, ...(await loaded(stage, 'a board', { address: await stage.board(200), awaited: '.card', most: 520 }))];
}

/**
 * @param {import('./stage.mjs').Stage} stage
 * @param {string} name
 * @param {{ address: string, awaited: string, most: number }} page in kilobytes at most
 * @returns {Promise<import('./figures.mjs').Figure[]>}
 */
async function loaded(stage, name, { address, awaited, most }) {
  const context = await stage.seat(200, lin);
  await context.addInitScript(markThere, { awaited, THERE });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'networkidle' });
  const { all, there } = await page.evaluate(fetched, THERE);
  await context.close();

  const assets = all.filter(({ path }) => !/^\/(api|sync)\//.test(path)).sort((one, other) => other.bytes - one.bytes);
  const first = assets.filter(({ begin }) => begin < there);
  for (const ending of ['page', '.wasm', '.js', '.css']) {
    if (!first.some(({ name, bytes }) => name.endsWith(ending) && bytes > 0)) throw new Error(`${name} loaded no ${ending}`);
  }
  const sum = (/** @type {typeof all} */ some) => some.reduce((total, { bytes }) => total + bytes, 0) / 1000;
  const told = (/** @type {typeof all} */ some) =>
    some.map(({ name, bytes }) => `${name.replace(/\.[0-9a-f]{16}/, '')} ${(bytes / 1000).toFixed(1)}`).join(', ');
  const held = assets.filter(({ kind }) => kind === 'xmlhttprequest');
  const rest = assets.filter((asset) => !first.includes(asset));
  return [
    { what: `first load of ${name}, all assets before it is there`, value: sum(first), unit: 'KB', most, note: told(first) },
    { what: `what comes in the moments after ${name}`, value: sum(rest), unit: 'KB', note: told(rest) },
    { what: `files that ${name} waits for in the midst of its work`, value: held.length, unit: '', most: 0, note: told(held) },
  ];
}

/**
 * Runs in the page: marks when what is awaited is there.
 * @param {{ awaited: string, THERE: string }} what
 */
function markThere({ awaited, THERE }) {
  const observer = new MutationObserver(() => {
    if (!document.querySelector(awaited)) return;
    performance.mark(THERE);
    observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true });
}

/**
 * Runs in the page: what was fetched, when that began, and when the page was there.
 * @param {string} THERE
 */
function fetched(THERE) {
  const entries = /** @type {PerformanceResourceTiming[]} */ ([
    ...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource'),
  ]);
  const all = entries.map(({ name, startTime, encodedBodySize, initiatorType, entryType }) => {
    const path = new URL(name).pathname;
    const isPage = entryType === 'navigation';
    return { path, name: isPage ? 'page' : (path.split('/').pop() ?? ''), begin: startTime, bytes: encodedBodySize, kind: initiatorType };
  });
  return { all, there: performance.getEntriesByName(THERE)[0]?.startTime ?? 0 };
}
