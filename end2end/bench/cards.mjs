// How soon a board shows its first card, and what a large one weighs.
import { firstCard, watch } from './probe.mjs';
import { weighed, weight } from './weight.mjs';
import { lin } from './stage.mjs';
import { median, percentile } from './figures.mjs';

const times = 5;
/** Cards, and the budgets in milliseconds. */
const boards = /** @type {const} */ ([
  [200, 400, 200],
  [1_000, 420, 220],
  [5_000, 500, 300],
]);

/**
 * The first card, in a browser that was never here and by a reload.
 * @param {import('./stage.mjs').Stage} stage
 * @returns {Promise<import('./figures.mjs').Figure[]>}
 */
export async function cards(stage) {
  const figures = [];
  for (const [size, coldBudget, reloadBudget] of boards) {
    const board = await stage.board(size);
    const cold = [];
    const reloaded = [];
    for (let time = 0; time < times; time += 1) {
      const context = await stage.seat(size, lin);
      const page = await context.newPage();
      await watch(page);
      await page.goto(board, { waitUntil: 'commit' });
      cold.push(await firstCard(page));
      // As a person's would be: after the page has come to rest.
      await page.waitForTimeout(500);
      await page.reload({ waitUntil: 'commit' });
      reloaded.push(await firstCard(page));
      await context.close();
    }
    const what = `first card, ${size.toLocaleString('en')} cards`;
    figures.push(
      { what: `${what}, cold`, value: median(cold), unit: 'ms', most: coldBudget, note: range(cold) },
      { what: `${what}, reload`, value: median(reloaded), unit: 'ms', most: reloadBudget, note: range(reloaded) },
    );
  }
  return figures;
}

/**
 * Nodes and memory of the largest board.
 * @param {import('./stage.mjs').Stage} stage
 * @returns {Promise<import('./figures.mjs').Figure[]>}
 */
export async function memory(stage) {
  const size = 5_000;
  const context = await stage.seat(size, lin);
  const page = await context.newPage();
  await watch(page);
  await weighed(page);
  await page.goto(await stage.board(size), { waitUntil: 'commit' });
  await firstCard(page);
  await page.waitForTimeout(1_000);
  const { nodes, heap, wasm } = await weight(page);
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  const drawn = await page.evaluate(() => document.querySelectorAll('[data-task]').length);
  await context.close();

  const mega = (/** @type {number} */ bytes) => bytes / 1e6;
  return [
    {
      what: 'DOM nodes, 5,000 cards',
      value: nodes,
      unit: 'nodes',
      most: 3_000,
      note: `with texts and comments, as CDP counts; ${elements} elements, ${drawn} cards drawn`,
    },
    {
      what: 'JS heap and wasm memory, 5,000 cards',
      value: mega(heap + wasm),
      unit: 'MB',
      most: 60,
      note: `CDP JSHeapUsedSize after a collection ${mega(heap).toFixed(1)}, WebAssembly.Memory ${mega(wasm).toFixed(1)}`,
    },
  ];
}

/**
 * What a key in the filter of the largest board costs: the work that it sets off, and that of its frame.
 * @param {import('./stage.mjs').Stage} stage
 * @returns {Promise<import('./figures.mjs').Figure[]>}
 */
export async function filter(stage) {
  const context = await stage.seat(5_000, lin);
  const page = await context.newPage();
  await watch(page);
  await page.goto(await stage.board(5_000), { waitUntil: 'commit' });
  await firstCard(page);
  await page.waitForTimeout(1_000);
  const search = page.locator('#board-search');
  const costs = [];
  // The first round is the compiler's.
  for (let round = 0; round < 4; round += 1) {
    for (const text of ['接', '接口', '接', '', '1', '12', '1', '']) {
      const cost = page.evaluate(costOfKey);
      await search.fill(text);
      if (round > 0) costs.push(await cost);
      // The pause after which the address has it.
      await page.waitForTimeout(400);
    }
  }
  await context.close();
  const what = 'a key in the filter, 5,000 cards';
  return [
    { what: `${what}, median`, value: median(costs), unit: 'ms', most: 16, note: range(costs) },
    { what: `${what}, p95`, value: percentile(costs, 95), unit: 'ms', most: 33.4 },
  ];
}

/** The time that is worked from the next input until its frame is drawn; waiting for the frame is no work. */
function costOfKey() {
  const field = /** @type {HTMLInputElement} */ (document.querySelector('#board-search'));
  const soon = (/** @type {() => void} */ then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(0);
  };
  return new Promise((/** @type {(cost: number) => void} */ tell) => {
    const heard = () => {
      const from = performance.now();
      let worked = 0;
      soon(() => (worked = performance.now() - from));
      requestAnimationFrame(() => {
        const begun = performance.now();
        worked ||= begun - from;
        soon(() => tell(worked + performance.now() - begun));
      });
    };
    field.addEventListener('input', heard, { capture: true, once: true });
  });
}

/** @param {number[]} values */
function range(values) {
  return `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}, ${values.length} times`;
}
