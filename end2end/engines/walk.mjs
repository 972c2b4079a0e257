// One walk through the app, the same in every engine: what differs between engines is tried, what the app does is not.
import { Visitor } from './engine.mjs';

/** Lin, who leads a project of the demo. */
const email = 'lin.xiao@qiming.example';
const password = 'qibu-demo-2026';

const live = '.connection[data-state="live"]';
const first = '.column:nth-of-type(1)';
const second = '.column:nth-of-type(2)';
const panel = 'aside.task-panel';

/**
 * What is done, in this order.
 * @type {[string, (seat: Visitor, server: Server) => Promise<void>][]}
 */
const steps = [
  ['signs in', signIn],
  ['goes to a board', goToBoard],
  ['carries a card', carryCard],
  ['composes Chinese in a column', composeCard],
  ['composes Chinese in a task', composeTask],
  ['reloads without a server', reloadOffline],
  ['watches a clock run', watchClock],
  ['opens every other part', openParts],
  ['opens what lies over the pages', openPalette],
];

/** @typedef {import('../qibu.mjs').Server} Server */

/**
 * Fails at the first thing that goes wrong, and of what the console complains.
 * @param {import('./engine.mjs').Engine} engine
 * @param {Server} server
 */
export async function walk(engine, server) {
  const seat = new Visitor(engine);
  for (const [what, step] of steps) {
    const begun = performance.now();
    await step(seat, server).catch((error) => fail(seat, what, error));
    const complaints = await engine.complaints();
    if (complaints.length > 0) throw new Error(`${what}: ${complaints.join('\n')}`);
    console.log(`    ${what.padEnd(32)} ${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s`);
  }
}

/**
 * Says what it was about, and what the console said meanwhile.
 * @param {Visitor} seat
 * @param {string} what
 * @param {Error} cause
 * @returns {Promise<never>}
 */
async function fail(seat, what, cause) {
  const complaints = await seat.engine.complaints().catch(() => []);
  throw new Error([`${what}: ${cause.message}`, ...complaints].join('\n'), { cause });
}

/**
 * @param {Visitor} seat
 * @param {Server} server
 */
async function signIn(seat, server) {
  await seat.engine.open(server.url);
  await seat.write('#email', email);
  await seat.write('#password', password);
  await loaded(seat, 'gate');
  await seat.engine.press('Enter');
  await seat.sees('.rail');
  await arrived(seat, '/', 'home');
  await seat.sees(live);
}

/** By its links, as nothing is loaded anew by them. @param {Visitor} seat */
async function goToBoard(seat) {
  await follow(seat, '.rail a[href="/projects"]', 'projects');
  await follow(seat, 'main a[href^="/projects/"]:not([href$="/new"])', 'projects');
  await follow(seat, 'main a[href$="/board"]', 'board');
  await seat.sees(`${second} .column-body`);
}

/** @param {Visitor} seat */
async function carryCard(seat) {
  const { engine } = seat;
  const card = await topmost(seat);
  const from = await seat.place(card);
  await engine.move(from);
  await engine.down();
  // Past the threshold that tells a drag from a click.
  await engine.move({ x: from.x + 12, y: from.y + 4 });
  await seat.sees(`${card}[data-lifted]`);
  await engine.move(await above(seat, `${second} .column-body`));
  await seat.sees(`${second}[data-target]`);
  await engine.up();
  await seat.sees(`${second} ${card}:not([data-lifted])`);
  await confirmed(seat);
}

/** @param {Visitor} seat */
async function composeCard(seat) {
  const field = `${first} .quick-add input`;
  const cards = () => seat.engine.ask(() => [...document.querySelectorAll('.card a.card-title')].map((card) => card.textContent));
  const before = await cards();
  await seat.write(field, '写');
  await compose(seat, field, '接口文档');
  if ((await cards()).length !== before.length) throw new Error('half a name was added');
  await seat.engine.press('Enter');
  await seat.until('a card of that name', hasCard, '写接口文档');
  await confirmed(seat);
}

/** Where the app itself listens for Enter, not the form. @param {Visitor} seat */
async function composeTask(seat) {
  const field = `${panel} textarea.task-title`;
  await seat.click(`${await named(seat, '写接口文档')} a.card-title`);
  await seat.sees(field);
  await loaded(seat, 'task');
  await seat.write(field, '');
  await compose(seat, field, '草稿');
  if (await seat.engine.ask(hasCard, '写接口文档草稿')) throw new Error('half a name was kept');
  await seat.engine.press('Enter');
  await seat.until('the new name', hasCard, '写接口文档草稿');
  await confirmed(seat);
  await seat.engine.press('Escape');
  await seat.until('the panel is closed', (panel) => !document.querySelector(panel), panel);
}

/**
 * The shell is the service worker's, the board what this browser keeps.
 * @param {Visitor} seat
 * @param {Server} server
 */
async function reloadOffline(seat, server) {
  await seat.until('the service worker has the shell', keepsShell);
  const before = await seat.until('cards', cardsByColumn);
  await server.stop();
  await seat.engine.reload();
  await seat.sees('.card');
  await seat.until('the same cards', sameCards, before);
  await seat.sees('.connection:not([data-state="live"])');
  await server.start();
  await seat.sees(live);
  await complainsOfNetworkAlone(seat);
}

/** What each engine says of a server that is not there, or of a page that is left while something is on its way. */
const ofNetwork = /net::ERR_|WebSocket|establish a connection|NetworkError|AbortError|Failed to fetch|Load failed|Could not connect/;

/** @param {Visitor} seat */
async function complainsOfNetworkAlone(seat) {
  const complaints = await seat.engine.complaints();
  const others = complaints.filter((complaint) => !ofNetwork.test(complaint));
  if (others.length > 0) throw new Error(others.join('\n'));
}

/** @param {Visitor} seat */
async function watchClock(seat) {
  await follow(seat, '.rail a[href="/incidents"]', 'incidents');
  await follow(seat, 'tr:has([role="timer"]) a.row-link', 'incidents');
  await seat.sees('.timeline-line');
  const rest = '.room-clock [role="timer"] .countdown-rest';
  const text = await seat.until('a clock', (rest) => document.querySelector(rest)?.textContent, rest);
  await seat.until('its next second', (rest, text) => document.querySelector(rest)?.textContent !== text, rest, text);
}

/** From their addresses: as a whole, where the rest of the walk goes by links. @param {Visitor} seat */
async function openParts(seat) {
  const room = await seat.engine.ask(() => location.pathname);
  const { origin } = new URL(await seat.engine.ask(() => location.href));
  const pages = /** @type {const} */ ([
    [`${room}/report`, 'follow'],
    ['/incidents/figures', 'follow'],
    ['/incidents/new', 'incidents'],
    ['/knowledge', 'knowledge'],
    ['/admin/people', 'admin'],
    ['/inbox', 'home'],
  ]);
  for (const [address, part] of pages) {
    await seat.engine.open(origin + address);
    await arrived(seat, address, part);
    await seat.sees(live);
    await complainsOfNetworkAlone(seat);
  }
}

/** @param {Visitor} seat */
async function openPalette(seat) {
  await loaded(seat, 'overlays');
  await seat.engine.press('k', 'Control');
  await seat.sees('dialog[open] [role="combobox"]');
  await seat.engine.press('Escape');
  await seat.until('the palette is closed', () => !document.querySelector('dialog[open]'));
}

/**
 * Follows a link to a page of a part.
 * @param {Visitor} seat
 * @param {string} link
 * @param {string} part
 */
async function follow(seat, link, part) {
  const address = await seat.until(link, (link) => document.querySelector(link)?.getAttribute('href'), link);
  await seat.click(link);
  await arrived(seat, address, part);
}

/**
 * The page is there as a whole: its part was loaded, and it has drawn what it had to wait for.
 * @param {Visitor} seat
 * @param {string} address
 * @param {string} part
 */
async function arrived(seat, address, part) {
  await seat.until(`the page at ${address}`, isThere, address);
  await loaded(seat, part);
}

/**
 * @param {Visitor} seat
 * @param {string} part
 */
async function loaded(seat, part) {
  await seat.until(`the part ${part}`, isLoaded, part);
}

/** The server has confirmed everything, and nothing moves any more. @param {Visitor} seat */
async function confirmed(seat) {
  await seat.until('all is confirmed', (live) => {
    return document.querySelector(live) && !document.querySelector('[data-pending], [data-lifted], html[data-dragging]');
  }, live);
}

/**
 * Safari's order of events: the composition ends, and then the Enter is told that has ended it.
 * @param {Visitor} seat
 * @param {string} field
 * @param {string} text
 */
async function compose(seat, field, text) {
  const wouldSubmit = await seat.engine.ask(composeAsSafari, field, text);
  if (wouldSubmit) throw new Error('the Enter that ends a composition would send the form');
  await seat.until('the composed text stays', (field, text) => {
    return /** @type {HTMLInputElement | null} */ (document.querySelector(field))?.value.endsWith(text);
  }, field, text);
}

/** Where a card is dropped that is to be the first. @param {Visitor} seat @param {string} body of a column */
function above(seat, body) {
  return seat.until(body, (body) => {
    const box = document.querySelector(body)?.getBoundingClientRect();
    return box && { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + 8) };
  }, body);
}

/** The selector of the topmost card of the first column. @param {Visitor} seat */
async function topmost(seat) {
  const id = await seat.until('a card in the first column', (first) => {
    const cards = [...document.querySelectorAll(`${first} .card`)];
    cards.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
    return cards[0]?.getAttribute('data-task');
  }, first);
  return `[data-task="${id}"]`;
}

/** The selector of the card of a name. @param {Visitor} seat @param {string} name */
async function named(seat, name) {
  const id = await seat.until(name, (name) => {
    const cards = [...document.querySelectorAll('.card')];
    return cards.find((card) => card.querySelector('.card-title')?.textContent === name)?.getAttribute('data-task');
  }, name);
  return `[data-task="${id}"]`;
}

// What follows runs in the page.

/** @param {string} name */
function hasCard(name) {
  return [...document.querySelectorAll('.card .card-title')].some((title) => title.textContent === name);
}

function cardsByColumn() {
  const columns = [...document.querySelectorAll('[data-column]')];
  const ids = (/** @type {Element} */ column) => [...column.querySelectorAll('[data-task]')].map((card) => card.getAttribute('data-task'));
  const all = columns.map((column) => [column.getAttribute('data-column'), ...ids(column).sort()].join(' '));
  return all.join('\n');
}

/** @param {string} before */
function sameCards(before) {
  return [...document.querySelectorAll('[data-column]')].every((column) => {
    const cards = [...column.querySelectorAll('[data-task]')].map((card) => card.getAttribute('data-task')).sort();
    return before.split('\n').includes([column.getAttribute('data-column'), ...cards].join(' '));
  });
}

async function keepsShell() {
  const { controller } = navigator.serviceWorker;
  return controller?.state === 'activated' && Boolean(await caches.match('/'));
}

/** @param {string} address */
function isThere(address) {
  const heading = document.querySelector('main h1')?.textContent;
  return location.pathname === address && Boolean(heading) && !document.querySelector('main [aria-busy="true"]');
}

/** @param {string} part */
function isLoaded(part) {
  return performance.getEntriesByType('resource').some(({ name }) => name.includes(`/assets/${part}.`));
}

/**
 * Whether the Enter at its end would send a form.
 * @param {string} selector
 * @param {string} text
 */
function composeAsSafari(selector, text) {
  const field = /** @type {HTMLInputElement} */ (document.querySelector(selector));
  field.focus();
  field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, data: '' }));
  field.dispatchEvent(new CompositionEvent('compositionupdate', { bubbles: true, data: text }));
  field.setRangeText(text, field.value.length, field.value.length, 'end');
  const typed = { bubbles: true, inputType: 'insertFromComposition', data: text };
  field.dispatchEvent(new InputEvent('input', typed));
  field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: text }));
  const enter = { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: false, bubbles: true, cancelable: true };
  const goesOn = field.dispatchEvent(new KeyboardEvent('keydown', enter));
  field.dispatchEvent(new KeyboardEvent('keyup', { ...enter, keyCode: 13 }));
  return goesOn;
}
