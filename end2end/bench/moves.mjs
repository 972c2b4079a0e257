// How soon a card that is dropped is in its place: here, and in another person's browser.
import { arrival, awaitCard, awaitGesture, firstCard, gesture, watch } from './probe.mjs';
import { median, percentile } from './figures.mjs';
import { daniel, lin } from './stage.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ card: string, from: string, to: string }} Move */

const size = 1_000;
/** At 60 frames a second the next one is at most so many milliseconds away. */
const frame = 16.7;
const live = '.connection[data-state="live"]';

/**
 * From the release to the frame that shows it, in the browser of whoever drops.
 * @param {import('./stage.mjs').Stage} stage
 * @returns {Promise<import('./figures.mjs').Figure[]>}
 */
export async function drop(stage) {
  const page = await openBoard(stage, lin);
  const figures = [];
  for (const [name, hand] of /** @type {const} */ ([['mouse', byMouse], ['keyboard', byKeys]])) {
    const toDom = [];
    const toFrame = [];
    const toDrawn = [];
    let next = 0;
    for (let time = 0; time < 20; time += 1) {
      const move = await nextMove(page, time);
      const release = await hand(page, move);
      await awaitCard(page, move.card, move.to);
      await release();
      const start = await gesture(page);
      const there = await arrival(page);
      toDom.push(there.dom - start);
      toFrame.push(there.frame - start);
      toDrawn.push(there.drawn - start);
      if (there.frames === 1) next += 1;
      await settled(page);
    }
    const note = `drawn after ${median(toDrawn).toFixed(1)}; ${next} of ${toFrame.length} in the very next frame`;
    const what = `drop by ${name} → own frame, 1,000 cards`;
    figures.push(
      { what: `drop by ${name} → own document, 1,000 cards, median`, value: median(toDom), unit: 'ms', most: 6 },
      { what: `${what}, median`, value: median(toFrame), unit: 'ms', most: frame, note },
      { what: `${what}, p95`, value: percentile(toFrame, 95), unit: 'ms', most: frame },
    );
  }
  await page.context().close();
  return figures;
}

/**
 * From the release in one browser to the document of another one.
 * @param {import('./stage.mjs').Stage} stage
 * @returns {Promise<import('./figures.mjs').Figure[]>}
 */
export async function others(stage) {
  const here = await openBoard(stage, lin);
  const there = await openBoard(stage, daniel);
  const taken = [];
  for (let time = 0; time < 50; time += 1) {
    const move = await nextMove(here, time);
    const release = await byMouse(here, move);
    await awaitCard(there, move.card, move.to);
    await release();
    taken.push((await arrival(there)).dom - (await gesture(here)));
    await settled(here);
  }
  await here.context().close();
  await there.context().close();
  return [
    { what: "change → another browser's DOM, 1,000 cards, p50", value: median(taken), unit: 'ms', most: 10 },
    { what: "change → another browser's DOM, 1,000 cards, p95", value: percentile(taken, 95), unit: 'ms', most: 25 },
  ];
}

/**
 * @param {import('./stage.mjs').Stage} stage
 * @param {string} email
 */
async function openBoard(stage, email) {
  const board = await stage.board(size);
  const context = await stage.seat(size, email);
  const page = await context.newPage();
  await watch(page);
  await page.goto(board);
  await firstCard(page);
  await page.locator(live).waitFor({ state: 'attached' });
  return page;
}

/**
 * To and fro between the first two columns, always the topmost card.
 * @param {Page} page
 * @param {number} time
 * @returns {Promise<Move>}
 */
async function nextMove(page, time) {
  const [left, right] = await page.locator('[data-column]').evaluateAll((columns) =>
    columns.slice(0, 2).map((column) => {
      const cards = [...column.querySelectorAll('[data-task]')];
      cards.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
      return { column: column.getAttribute('data-column') ?? '', card: cards[0]?.getAttribute('data-task') ?? '' };
    }),
  );
  if (!left?.card || !right?.card) throw new Error('the board needs cards in its first two columns');
  const [from, to] = time % 2 === 0 ? [left, right] : [right, left];
  return { card: from.card, from: from.column, to: to.column };
}

/**
 * Carries a card to the top of its column; what it answers lets go.
 * @param {Page} page
 * @param {Move} move
 */
async function byMouse(page, { card, to }) {
  const { mouse } = page;
  const from = await box(page, `[data-task="${card}"]`);
  const body = await box(page, `[data-column="${to}"] .column-body`);
  const start = { x: from.x + from.width / 3, y: from.y + from.height / 2 };
  await mouse.move(start.x, start.y);
  await mouse.down();
  // Past the threshold that tells a drag from a click.
  await mouse.move(start.x + 12, start.y + 4, { steps: 3 });
  await mouse.move(body.x + body.width / 2, body.y + 8, { steps: 4 });
  await page.locator(`[data-column="${to}"][data-target]`).waitFor();
  await awaitGesture(page, 'pointerup');
  return () => mouse.up();
}

/**
 * @param {Page} page
 * @param {Move} move
 */
async function byKeys(page, { card, from, to }) {
  const { keyboard } = page;
  await page.locator(`[data-task="${card}"]`).focus();
  await keyboard.press('Space');
  await page.locator(`[data-task="${card}"][data-lifted]`).waitFor();
  const columns = await page.locator('[data-column]').evaluateAll((all) => all.map((column) => column.getAttribute('data-column')));
  await keyboard.press(columns.indexOf(from) < columns.indexOf(to) ? 'ArrowRight' : 'ArrowLeft');
  await page.locator(`[data-column="${to}"][data-target]`).waitFor();
  await awaitGesture(page, 'keydown');
  return () => keyboard.press('Space');
}

/**
 * The server has confirmed it, and nothing moves any more.
 * @param {Page} page
 */
async function settled(page) {
  await page.waitForFunction(() => !document.querySelector('[data-pending], [data-lifted], html[data-dragging]'));
  await page.waitForTimeout(250);
}

/**
 * @param {Page} page
 * @param {string} selector
 */
async function box(page, selector) {
  const found = await page.locator(selector).first().boundingBox();
  if (!found) throw new Error(`${selector} is not on screen`);
  return found;
}
