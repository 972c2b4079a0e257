// How soon a board shows its first card, and what a large one weighs.
import { firstCard, watch } from './probe.mjs';
import { lin } from './stage.mjs';
import { median } from './figures.mjs';

const times = 5;
/** Cards, and the budgets in milliseconds. */
const boards = /** @type {const} */ ([
  [200, 400, 200],
  [1_000, 500, 250],
  [5_000, 800, 400],
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
  await page.addInitScript(keepWasmMemory);
  await page.goto(await stage.board(size), { waitUntil: 'commit' });
  await firstCard(page);
  await page.waitForTimeout(1_000);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (/** @type {string} */ name) => {
    const value = metrics.find((metric) => metric.name === name)?.value;
    if (value === undefined) throw new Error(`Chromium tells no ${name}`);
    return value;
  };
  const wasm = await page.evaluate(() => /** @type {any} */ (window).wasmMemory?.buffer.byteLength);
  if (!wasm) throw new Error("the app's WebAssembly memory was not found");
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  const drawn = await page.evaluate(() => document.querySelectorAll('[data-task]').length);
  await context.close();

  const mega = (/** @type {number} */ bytes) => bytes / 1e6;
  const heap = metric('JSHeapUsedSize');
  return [
    {
      what: 'DOM nodes, 5,000 cards',
      value: metric('Nodes'),
      unit: 'nodes',
      most: 4_000,
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

/** The heap that CDP counts leaves out the WebAssembly's own memory; this keeps hold of it as the app starts. */
function keepWasmMemory() {
  const assembly = /** @type {any} */ (WebAssembly);
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = assembly[name];
    assembly[name] = async (/** @type {unknown[]} */ ...given) => {
      const made = await original(...given);
      Object.assign(window, { wasmMemory: (made.instance ?? made).exports.memory });
      return made;
    };
  }
}

/** @param {number[]} values */
function range(values) {
  return `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}, ${values.length} times`;
}
