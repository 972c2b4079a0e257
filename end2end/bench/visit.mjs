// Somebody signs in at a browser that was never here: node end2end/bench/visit.mjs URL EMAIL PASSWORD
// Prints the milliseconds from sending the password to the first page, by the median, and the megabytes of its memory.
import { chromium } from '@playwright/test';
import { chromium as launch } from '../chromium.mjs';
import { median } from './figures.mjs';
import { weighed, weight } from './weight.mjs';

const times = 5;
const [url, email, password] = process.argv.slice(2);
if (!url || !email || !password) throw new Error('usage: node end2end/bench/visit.mjs URL EMAIL PASSWORD');

const browser = await chromium.launch(launch);
const [spans, memory] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
for (let time = 0; time < times; time += 1) {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await weighed(page);
  await page.goto('/');
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.evaluate(() => {
    const there = () => document.querySelector('.rail') && document.querySelector('main h1');
    const begun = performance.now();
    Object.assign(window, {
      span: new Promise((done) => {
        const observer = new MutationObserver(() => {
          if (!there()) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
        });
        observer.observe(document, { subtree: true, childList: true });
      }),
    });
    /** @type {HTMLButtonElement | null} */ (document.querySelector('form button[type=submit]'))?.click();
  });
  spans.push(await page.evaluate(() => /** @type {any} */ (window).span));
  await page.waitForTimeout(1_000);
  const { heap, wasm } = await weight(page);
  memory.push((heap + wasm) / 1e6);
  await context.close();
}
await browser.close();
console.log(median(spans).toFixed(1), median(memory).toFixed(1));
