// Draws app/icons/ from app/icon.svg, for systems that want pixels: node app/icons.mjs, when the icon changes.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromium as options } from '../end2end/chromium.mjs';

const folder = join(import.meta.dirname, 'icons');
const svg = readFileSync(join(import.meta.dirname, 'icon.svg'), 'utf8');
/** Systems cut a maskable icon to their own shape: its corners are filled, and what matters is in the middle. */
const maskable = svg.replace(' rx="7"', '').replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"');
const ground = /<rect [^>]*fill="([^"]+)"/.exec(svg)[1];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(options);
for (const [name, size, picture, background] of [
  ['192', 192, svg, 'transparent'],
  ['512', 512, svg, 'transparent'],
  ['maskable', 512, maskable, ground],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const style = `margin: 0; background: ${background}; display: grid`;
  await page.setContent(`<body style="${style}">${picture.replace('<svg', `<svg width="${size}" height="${size}"`)}</body>`);
  await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
}
await browser.close();
