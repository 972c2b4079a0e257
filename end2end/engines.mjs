// The same walk through the app in three engines: node end2end/engines.mjs [--only firefox,webkit,chromium]
import { parseArgs } from 'node:util';
import { openChromium, openFirefox } from './engines/puppet.mjs';
import { walk } from './engines/walk.mjs';
import { openWebKit } from './engines/webkit.mjs';
import { Server, keepFilled } from './qibu.mjs';

/** @type {Record<string, () => Promise<import('./engines/engine.mjs').Engine>>} */
const engines = { chromium: openChromium, firefox: openFirefox, webkit: openWebKit };

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.split(',') ?? Object.keys(engines);
const unknown = wanted.filter((name) => !Object.hasOwn(engines, name));
if (unknown.length > 0) {
  console.error(`--only takes ${Object.keys(engines).join(',')}; not ${unknown.join(',')}`);
  process.exit(2);
}

/** @type {[string, string][]} */
const taken = [];
const removeFilled = keepFilled();
try {
  for (const [name, open] of Object.entries(engines)) {
    if (wanted.includes(name)) await through(name, open);
  }
} finally {
  removeFilled();
}
console.log();
for (const [name, seconds] of taken) console.log(`${seconds.padStart(6)} s  ${name}`);

/**
 * Each on a server of its own; one that fails does not keep the others from being tried.
 * @param {string} name
 * @param {() => Promise<import('./engines/engine.mjs').Engine>} open
 */
async function through(name, open) {
  const begun = performance.now();
  const server = new Server();
  /** @type {import('./engines/engine.mjs').Engine | undefined} */
  let engine;
  let how = '';
  try {
    await server.fill();
    await server.start();
    engine = await open();
    console.log(`==> ${engine.name}`);
    await walk(engine, server);
  } catch (error) {
    process.exitCode = 1;
    how = ': failed';
    console.error(`==> ${name} fails:`, error);
  } finally {
    await engine?.close();
    await server.remove();
  }
  taken.push([`${engine?.name ?? name}${how}`, ((performance.now() - begun) / 1000).toFixed(1)]);
}
