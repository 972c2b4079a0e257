// What the server costs before anybody does anything, how much it makes durable, and how fast everybody hears of it.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from '../qibu.mjs';
import { median } from './figures.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {import('./stage.mjs').Stage} Stage */

const root = resolve(import.meta.dirname, '../..');

/**
 * From the start of the process to its first good answer, on the demo company.
 * @param {Stage} stage
 * @returns {Promise<Figure[]>}
 */
export async function start(stage) {
  const server = await stage.server(0);
  const taken = [];
  for (let time = 0; time < 5; time += 1) {
    await server.stop();
    const began = performance.now();
    const started = server.start();
    await Promise.all([started, wellAt(server.url, began + 10_000)]);
    taken.push(performance.now() - began);
  }
  const note = `${Math.min(...taken).toFixed(0)} to ${Math.max(...taken).toFixed(0)}, ${taken.length} times`;
  return [{ what: 'start → first answer', value: median(taken), unit: 'ms', most: 100, note }];
}

/**
 * Resident memory of a server that has just started on the demo company.
 * @param {Stage} stage
 * @returns {Promise<Figure[]>}
 */
export async function idle(stage) {
  const server = await stage.server(0);
  await server.restart();
  await sleep(3_000);
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  const kibibytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  if (!kibibytes) throw new Error('the kernel tells no VmRSS');
  return [{ what: 'server memory, idle', value: (kibibytes * 1024) / 1e6, unit: 'MB', most: 30, note: 'VmRSS' }];
}

/** How much is made durable, and how long each change takes, on either engine. */
export async function durable() {
  const cluster = new Cluster();
  try {
    return [...(await bench('durable')), ...(await bench('durable', { QIBU_BENCH_DATABASE: await cluster.database() }))];
  } finally {
    cluster.end();
  }
}

/** One change and many to all who look at a board, and what their sockets cost. */
export const fanout = () => bench('fanout');

/** Taking up after a cut, and a very large board. */
export const catchUp = () => bench('catch_up');

/** What a large company with a long past costs, beside an empty one. */
export const large = () => bench('large', { QIBU_BENCH_BROWSER: resolve(root, 'end2end/bench/visit.mjs') });

/**
 * Runs a benchmark of the server's own, which prints its figures beside their budgets (server/benches/support/figure.rs).
 * @param {string} name
 * @param {Record<string, string>} more of its environment
 * @returns {Promise<Figure[]>}
 */
async function bench(name, more = {}) {
  const cargo = spawn('cargo', ['bench', '--quiet', '-p', 'qibu', '--bench', name], {
    cwd: root,
    // On the disk that everything else here is on.
    env: { ...process.env, QIBU_BENCH_DIR: resolve(root, 'target'), ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done, fail) => {
    cargo.once('error', fail);
    cargo.once('close', done);
  });
  /** @type {Figure[]} */
  const figures = [];
  for await (const line of createInterface(cargo.stdout)) {
    const [, what, value, unit, than, budget, note] = /^(.+): ([\d.]+) (\S+) \((?:budget ([<>])= ([\d.]+): \w+|no budget)\)(?:; (.*))?$/.exec(line) ?? [];
    if (!what || !unit) continue;
    const limit = than ? { [than === '<' ? 'most' : 'least']: Number(budget) } : {};
    figures.push({ what, value: Number(value), unit, ...limit, note: note ?? '' });
  }
  const code = await ended;
  if (code !== 0 || figures.length === 0) throw new Error(`cargo bench ended with ${code} and ${figures.length} figures`);
  return figures;
}

/**
 * @param {string} url
 * @param {number} deadline
 */
async function wellAt(url, deadline) {
  while (!(await isWell(url))) {
    if (performance.now() > deadline) throw new Error(`${url}/readyz does not answer`);
    await sleep(1);
  }
}

/** @param {string} url */
function isWell(url) {
  return new Promise((done) => {
    get(`${url}/readyz`, { agent: false }, (answer) => {
      answer.resume();
      done(answer.statusCode === 200);
    }).once('error', () => done(false));
  });
}
