// Finds out what the first pages run of the app, and writes the rest to later.txt: node app/first_pages.mjs
// It takes target/whole, where nothing is cut off and functions have their names, and the server with the same app.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import binaryen from 'binaryen';
import { Stage, daniel, lin, wu } from '../end2end/bench/stage.mjs';
import { FEATURES } from './cut.mjs';
import { keep } from './later.mjs';

const assets = resolve(import.meta.dirname, '../target/whole/assets');
const RAN = 'ran ';
const HEADING = 'main h1';

/** A file whose functions note that they ran, and how much each of them is, by the letters of its text. */
function noting(path) {
  const module = binaryen.readBinary(readFileSync(path));
  module.setFeatures(FEATURES);
  const sizes = new Map();
  for (let nth = 0; nth < module.getNumFunctions(); nth += 1) {
    const pointer = module.getFunctionByIndex(nth);
    const { name, module: from, body } = binaryen.getFunctionInfo(pointer);
    if (from) continue;
    const note = `${RAN}${name}`;
    module.addGlobal(note, binaryen.i32, true, module.i32.const(0));
    module.addGlobalExport(note, note);
    sizes.set(name, binaryen.emitText(body).length);
    binaryen.Function(pointer).body = module.block(null, [module.global.set(note, module.i32.const(1)), body], binaryen.auto);
  }
  return { body: Buffer.from(module.emitBinary()), sizes };
}

const files = new Map();
for (const file of readdirSync(assets).filter((file) => file.endsWith('.wasm'))) files.set(file.split('.')[0], noting(join(assets, file)));

/** Runs in the page: keeps hold of what the app is made of. */
function hold() {
  window.instances = [];
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original(...given);
      window.instances.push((made.instance ?? made).exports);
      return made;
    };
  }
}

/** Runs in the page: the names of the functions that ran, in all files from the nth on. */
const ranThere = ([mark, nth]) =>
  window.instances.slice(nth).flatMap((exports) => {
    const notes = Object.keys(exports).filter((name) => name.startsWith(mark) && exports[name].value);
    return notes.map((name) => name.slice(mark.length));
  });

const stage = new Stage();
const ran = new Set();

async function note(page, nth) {
  for (const name of await page.evaluate(ranThere, [RAN, nth])) ran.add(name);
}

/** Opens a page as one that was never here, and once more as one that was. */
async function visit(email, address, awaited = HEADING, look = {}) {
  const context = await stage.seat(200, email ?? lin);
  if (!email) await context.clearCookies();
  await context.addInitScript(hold);
  await context.route(/\/assets\/\w+\.[0-9a-f]+\.wasm$/, (route) => {
    const file = files.get(/(\w+)\.[0-9a-f]+\.wasm$/.exec(route.request().url())[1]);
    return file ? route.fulfill({ body: file.body, contentType: 'application/wasm' }) : route.abort();
  });
  const page = await context.newPage();
  if (look.size) await page.setViewportSize(look.size);
  for (const open of [() => page.goto(address), () => page.reload()]) {
    await open();
    await page.locator(awaited).first().waitFor();
    // What a page does once it is there belongs to it.
    await page.waitForTimeout(1_000);
    await note(page, look.isOfTexts ? 1 : 0);
    // What opens over a page is a first page too of the part that it is in; what it needs of the app is there by then.
    if (look.then) {
      await look.then(page);
      await note(page, 1);
    }
  }
  await context.close();
}

/** The addresses of the things that a page lists. */
async function linked(address) {
  const context = await stage.seat(200, lin);
  const page = await context.newPage();
  await page.goto(address);
  await page.locator(HEADING).waitFor();
  const all = (from) => {
    const paths = [...document.querySelectorAll('main a')].map((link) => link.pathname);
    const found = [...new Set(paths.filter((path) => path.startsWith(`${from}/`) && path.length > from.length + 36))];
    return found.length > 0 && found;
  };
  const found = await (await page.waitForFunction(all, address)).jsonValue();
  await context.close();
  return found;
}

const phone = { width: 360, height: 740 };
const openTask = async (page) => {
  await page.locator('.card').first().click();
  await page.locator('.task-panel').waitFor();
};

/** What a page runs depends on the day and the hour: so far from now, in hours. */
const TIMES = [0, 9, 17, 63];
const board = await stage.board(200);
const people = [lin, daniel, wu, 'emma.wilson@qiming.example'];
const others = ['/projects', '/projects/new', board.replace('/board', ''), '/incidents', '/incidents/new', '/incidents/figures',
  '/incidents/roster', '/knowledge', '/knowledge/new', '/account', '/admin/people', '/admin/company', '/admin/departments',
  '/admin/policy', '/admin/system', '/admin/webhooks'];

async function visitWhatChanges() {
  for (const email of people) {
    await visit(email, '/');
    await visit(email, '/inbox');
  }
  for (const email of [lin, daniel]) await visit(email, board, '.card', { then: openTask });
}

async function visitTheRest() {
  // A board at which people work has what the large one has not.
  for (const project of await linked('/projects')) await visit(lin, `${project}/board`);
  await visit(daniel, board, '.card', { size: phone });
  await visit(daniel, '/', HEADING, { size: phone });
  await visit(undefined, '/', 'input[type=password]');
  for (const address of others) await visit(address.startsWith('/admin') ? wu : lin, address);
  // Pages of texts begin with what comes later, which reads them (start.js).
  const [[room], [article]] = [await linked('/incidents'), await linked('/knowledge')];
  for (const address of [room, `${room}/report`, article]) await visit(lin, address, HEADING, { isOfTexts: true });
}

try {
  await visitTheRest();
  const server = await stage.server(200);
  for (const hours of TIMES) {
    await server.stop();
    server.ahead(hours * 3_600);
    await server.start();
    await visitWhatChanges();
  }
} finally {
  await stage.close();
}
const idle = [...files.values()].flatMap(({ sizes }) => [...sizes]).filter(([name]) => !ran.has(name));
console.log(`${ran.size} functions ran, ${idle.length} did not: ${keep(ran, idle)} lines`);
