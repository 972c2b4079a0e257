// How much a browser fetches before it can show anything.
import { lin } from './stage.mjs';

/**
 * All assets of a cold load of home and of a board, as they travel; the company's data is not among them.
 * @param {import('./stage.mjs').Stage} stage
 * @returns {Promise<import('./figures.mjs').Figure[]>}
 */
export async function load(stage) {
  return [await loaded(stage, 'home', '/', 450), await loaded(stage, 'a board', await stage.board(200), 520)];
}

/**
 * @param {import('./stage.mjs').Stage} stage
 * @param {string} name
 * @param {string} address
 * @param {number} most in kilobytes
 * @returns {Promise<import('./figures.mjs').Figure>}
 */
async function loaded(stage, name, address, most) {
  const context = await stage.seat(200, lin);
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  /** @type {Map<string, { name: string, encoding: string, bytes: number }>} */
  const assets = new Map();
  network.on('Network.responseReceived', ({ requestId, response }) => {
    const { pathname } = new URL(response.url);
    if (/^\/(api|sync)\//.test(pathname)) return;
    const encoding = response.headers['content-encoding'] ?? response.headers['Content-Encoding'] ?? 'not compressed';
    const name = response.mimeType === 'text/html' ? 'page' : (pathname.split('/').pop() ?? '');
    assets.set(requestId, { name, encoding, bytes: 0 });
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const asset = assets.get(requestId);
    if (asset) asset.bytes = encodedDataLength;
  });
  await network.send('Network.enable');
  await page.goto(address, { waitUntil: 'networkidle' });
  await context.close();

  const all = [...assets.values()].sort((a, b) => b.bytes - a.bytes);
  for (const ending of ['page', '.wasm', '.js', '.css']) {
    if (!all.some(({ name, bytes }) => name.endsWith(ending) && bytes > 0)) throw new Error(`${name} loaded no ${ending}`);
  }
  const part = ({ name = '', encoding = '', bytes = 0 }) =>
    `${name.replace(/\.[0-9a-f]{16}/, '')} ${(bytes / 1000).toFixed(1)}${encoding === 'br' ? '' : ` (${encoding})`}`;
  const value = all.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  return { what: `first load of ${name}, all assets`, value, unit: 'KB', most, note: all.map(part).join(', ') };
}
