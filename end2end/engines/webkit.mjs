// WebKitGTK over classic WebDriver, the only protocol that Debian's speaks. Of the clients selenium-webdriver is the small
// one: 21 packages with its types, where `webdriver` brings 158.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Builder, Capabilities, Key, Origin } from 'selenium-webdriver';
import { desk } from './engine.mjs';

/** @typedef {import('./engine.mjs').Engine} Engine */
/** @typedef {import('selenium-webdriver').WebDriver} WebDriver */

const patience = 15_000;
const keys = /** @type {const} */ ({ Enter: Key.ENTER, Escape: Key.ESCAPE, Control: Key.CONTROL, k: 'k' });

/** @returns {Promise<Engine>} */
export async function openWebKit() {
  const screen = await openScreen();
  const { service, url } = await openService(screen.display);
  const driver = await begin(url);
  const close = async () => {
    await driver.quit();
    // Each stands on the next: what is taken away from under a program that still runs, it complains of.
    for (const child of [service, screen.child]) await end(child);
  };
  await driver.manage().window().setRect({ x: 0, y: 0, ...desk });
  const version = (await driver.getCapabilities()).getBrowserVersion();
  return { name: `WebKitGTK/${version}`, ...pages(driver), ...hands(driver), close };
}

/** A screen that nobody looks at: WebKitGTK has no mode without one. */
async function openScreen() {
  const size = `${desk.width}x${desk.height + 200}x24`;
  const child = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', size, '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [number] = await Promise.race([once(child.stdout, 'data'), failed(child, 'Xvfb')]);
  return { child, display: `:${String(number).trim()}` };
}

/** @param {string} display */
async function openService(display) {
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display };
  const service = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([ready(`${url}/status`), failed(service, 'WebKitWebDriver')]);
  return { service, url };
}

/** @param {string} url */
function begin(url) {
  // A page is asked before it is loaded, so that it is watched from its beginning. The browser is the driver's own.
  const capabilities = new Capabilities({ pageLoadStrategy: 'none' });
  return new Builder().usingServer(url).withCapabilities(capabilities).forBrowser('MiniBrowser').build();
}

/**
 * @param {WebDriver} driver
 * @returns {Pick<Engine, 'open' | 'reload' | 'ask' | 'complaints'>}
 */
function pages(driver) {
  /** @type {string[]} */
  const kept = [];
  const gather = async () => void kept.push(...(await driver.executeScript(complained)));
  const go = async (/** @type {() => Promise<void>} */ leave) => {
    await gather();
    await driver.executeScript('window.left = true');
    await leave();
    await driver.wait(() => driver.executeScript(watch).catch(between), patience, 'another page', 2);
    await driver.wait(() => driver.executeScript("return document.readyState === 'complete'"), patience, 'a whole page', 10);
  };
  return {
    open: (address) => go(() => driver.get(address)),
    reload: () => go(() => driver.navigate().refresh()),
    ask: (look, ...given) => driver.executeScript(look, ...given),
    complaints: async () => {
      await gather();
      return kept.splice(0);
    },
  };
}

/** Runs in the page. Its console is not told to whoever drives it: it is listened to, from before the app starts. */
function watch() {
  const here = /** @type {any} */ (window);
  if (here.left || location.protocol === 'about:') return false;
  if (here.complaints) return true;
  here.complaints = [];
  const note = (/** @type {unknown[]} */ ...words) => here.complaints.push(`${words.join(' ')} (${location.href})`);
  addEventListener('error', ({ message }) => note(message));
  addEventListener('unhandledrejection', ({ reason }) => note(reason));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => note(violatedDirective, blockedURI));
  const said = console.error;
  console.error = (...words) => {
    note(...words);
    said.apply(console, words);
  };
  return true;
}

/** Runs in the page. */
function complained() {
  return /** @type {any} */ (window).complaints?.splice(0) ?? [];
}

/** A page that is left answers nothing. @param {Error} error */
function between(error) {
  if (error.name === 'NoSuchFrameError' || error.name === 'NoSuchWindowError') return false;
  throw error;
}

/**
 * @param {WebDriver} driver
 * @returns {Pick<Engine, 'move' | 'down' | 'up' | 'type' | 'press'>}
 */
function hands(driver) {
  const begin = () => driver.actions({ async: true });
  return {
    move: ({ x, y }) => begin().move({ x, y, origin: Origin.VIEWPORT, duration: 50 }).perform(),
    down: () => begin().press().perform(),
    up: () => begin().release().perform(),
    type: (text) => begin().sendKeys(...text).perform(),
    press: (key, held) =>
      held ? begin().keyDown(keys[held]).sendKeys(keys[key]).keyUp(keys[held]).perform() : begin().sendKeys(keys[key]).perform(),
  };
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} name
 * @returns {Promise<never>}
 */
async function failed(child, name) {
  const [how] = await Promise.race([once(child, 'error'), once(child, 'exit')]);
  throw new Error(`${name} ended: ${how}`);
}

/** @param {string} url */
async function ready(url) {
  while (!(await fetch(url).then(({ ok }) => ok, () => false))) await new Promise((soon) => setTimeout(soon, 10));
}

/** @returns {Promise<number>} */
async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (listener.address());
  await new Promise((done) => listener.close(done));
  return port;
}
