// Firefox over WebDriver BiDi, and Chromium over its own protocol, by the same client.
import puppeteer from 'puppeteer-core';
import { chromium } from '../chromium.mjs';
import { desk } from './engine.mjs';

/** @typedef {import('./engine.mjs').Engine} Engine */

export const openFirefox = () => open({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr' });
export const openChromium = () => open(chromium);

/**
 * @param {import('puppeteer-core').LaunchOptions} launch
 * @returns {Promise<Engine>}
 */
async function open(launch) {
  const browser = await puppeteer.launch({ ...launch, headless: true, defaultViewport: desk });
  const page = await browser.newPage();
  const { mouse, keyboard } = page;
  const complaints = await watch(page);
  return {
    name: await browser.version(),
    open: async (address) => void (await page.goto(address)),
    reload: async () => void (await page.reload()),
    ask: (look, ...given) => /** @type {Promise<any>} */ (page.evaluate(/** @type {any} */ (look), ...given)),
    move: ({ x, y }) => mouse.move(x, y, { steps: 4 }),
    down: () => mouse.down(),
    up: () => mouse.up(),
    type: (text) => keyboard.type(text),
    press: async (key, held) => {
      if (held) await keyboard.down(held);
      await keyboard.press(key);
      if (held) await keyboard.up(held);
    },
    complaints: async () => complaints.splice(0),
    close: () => browser.close(),
  };
}

/** A refused question is an answer of the server, and Chromium logs it as an error all the same. */
const answer = /the server responded with a status of 4/;

/** @param {import('puppeteer-core').Page} page */
async function watch(page) {
  /** @type {string[]} */
  const complaints = [];
  await page.evaluateOnNewDocument(() => {
    // An error is told over BiDi without its words.
    const said = console.error;
    console.error = (...words) => said.apply(console, words.map(String));
    // What Firefox's console says of those is not told at all.
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error(violatedDirective, blockedURI));
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !answer.test(message.text())) complaints.push(`${message.text()} (${page.url()})`);
  });
  return complaints;
}
