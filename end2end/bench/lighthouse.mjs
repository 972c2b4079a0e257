// What Lighthouse says of three pages, each opened by somebody who is signed in at a browser that was never here.
import audit from 'lighthouse';
import desktop from 'lighthouse/core/config/desktop-config.js';
import puppeteer from 'puppeteer-core';
import { chromium } from '../chromium.mjs';
import { median } from './figures.mjs';
import { lin } from './stage.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {import('./stage.mjs').Stage} Stage */
/** @typedef {import('lighthouse').Result} Result */

const times = 3;
const cards = 200;
/** Its own settings, and the least performance. */
const devices = /** @type {const} */ ([
  ['desktop', desktop, 99],
  ['mobile', undefined, 85],
]);
const faultless = /** @type {const} */ ([
  ['accessibility', 'accessibility'],
  ['best-practices', 'best practices'],
]);

/**
 * Home, a board and the room of an incident. Its API, unlike its program, neither reports errors nor looks for updates.
 * @param {Stage} stage
 * @returns {Promise<Figure[]>}
 */
export async function lighthouse(stage) {
  const pages = /** @type {const} */ ([
    ['home', '/'],
    ['a board', await stage.board(cards)],
    ['a room', await stage.room(cards)],
  ]);
  const figures = [];
  for (const [name, address] of pages) figures.push(...(await judged(stage, name, address)));
  return figures;
}

/**
 * @param {Stage} stage
 * @param {string} name
 * @param {string} address
 * @returns {Promise<Figure[]>}
 */
async function judged(stage, name, address) {
  const figures = [];
  const all = [];
  for (const [device, config, least] of devices) {
    const runs = [];
    for (let time = 0; time < times; time += 1) runs.push(await run(stage, address, config));
    figures.push({ what: `Lighthouse, ${name}, ${device}: performance`, ...performanceOf(runs), unit: 'points', least });
    all.push(...runs);
  }
  for (const [category, called] of faultless) {
    const value = Math.min(...all.map((result) => score(result, category)));
    const note = [...new Set(all.flatMap((result) => failing(result, category)))].join(', ');
    figures.push({ what: `Lighthouse, ${name}: ${called}`, value, unit: 'points', least: 100, note });
  }
  return figures;
}

/**
 * @param {Stage} stage
 * @param {string} address
 * @param {import('lighthouse').Config | undefined} config
 * @returns {Promise<Result>}
 */
async function run(stage, address, config) {
  const { url } = await stage.server(cards);
  const { cookies } = await stage.signIn(cards, lin);
  for (let misses = 0; ; misses += 1) {
    const { runtimeError, ...result } = await opened(url + address, cookies, config);
    if (!runtimeError) return result;
    // Now and then the trace lacks its beginning, and Lighthouse itself asks to be run again.
    if (runtimeError.code !== 'NO_NAVSTART' || misses === 2) throw new Error(`Lighthouse at ${address}: ${runtimeError.message}`);
  }
}

/**
 * In a browser of its own, on its only page: of several, Lighthouse takes the first in the trace for the one that loads.
 * @param {string} address
 * @param {import('puppeteer-core').CookieData[]} cookies
 * @param {import('lighthouse').Config | undefined} config
 * @returns {Promise<Result>}
 */
async function opened(address, cookies, config) {
  const browser = await puppeteer.launch({ ...chromium, headless: true });
  try {
    await browser.setCookie(...cookies);
    const [page] = await browser.pages();
    const onlyCategories = ['performance', ...faultless.map(([category]) => category)];
    const answer = await audit(address, { onlyCategories }, config, page);
    if (!answer) throw new Error(`Lighthouse says nothing of ${address}`);
    return answer.lhr;
  } finally {
    await browser.close();
  }
}

/**
 * Of the run in the middle.
 * @param {Result[]} runs
 */
function performanceOf(runs) {
  const value = median(runs.map((result) => score(result, 'performance')));
  const shown = runs.find((result) => score(result, 'performance') === value);
  const of = (/** @type {string} */ audit) => `${Math.round(shown?.audits[audit]?.numericValue ?? 0).toLocaleString('en')} ms`;
  return { value, note: `LCP ${of('largest-contentful-paint')}, blocked ${of('total-blocking-time')}, ${times} times` };
}

/**
 * @param {Result} result
 * @param {string} category
 */
function score(result, category) {
  const { score } = result.categories[category] ?? {};
  if (typeof score !== 'number') throw new Error(`Lighthouse gives no ${category}`);
  return Math.round(score * 100);
}

/**
 * The audits that cost points.
 * @param {Result} result
 * @param {string} category
 */
function failing(result, category) {
  const audits = result.categories[category]?.auditRefs ?? [];
  return audits.filter(({ id, weight }) => weight > 0 && (result.audits[id]?.score ?? 1) < 1).map(({ id }) => id);
}
