// Measures the whole and prints each figure beside its budget: node end2end/bench.mjs [--only load,cards,...]
// A figure over its budget is only told; one that cannot be measured fails.
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cards, filter, memory } from './bench/cards.mjs';
import { machine, print, verdict } from './bench/figures.mjs';
import { lighthouse } from './bench/lighthouse.mjs';
import { load } from './bench/load.mjs';
import { drop, others } from './bench/moves.mjs';
import { catchUp, durable, fanout, idle, large, start } from './bench/server.mjs';
import { Stage } from './bench/stage.mjs';

/** @type {Record<string, (stage: Stage) => Promise<import('./bench/figures.mjs').Figure[]>>} */
const groups = { load, lighthouse, cards, memory, filter, drop, others, start, idle, durable, fanout, 'catch-up': catchUp, large };

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.split(',') ?? Object.keys(groups);
const unknown = wanted.filter((name) => !Object.hasOwn(groups, name));
if (unknown.length > 0) {
  console.error(`--only takes ${Object.keys(groups).join(',')}; not ${unknown.join(',')}`);
  process.exit(2);
}

const before = machine();
const figures = [];
const failures = [];
const stage = new Stage();
try {
  for (const [name, measure] of Object.entries(groups)) {
    if (!wanted.includes(name)) continue;
    console.log(`==> Measuring: ${name}`);
    try {
      figures.push(...(await measure(stage)));
    } catch (error) {
      failures.push({ name, error });
    }
  }
} finally {
  await stage.close();
}

const after = machine();
console.log(`\n${before.cpu}, ${before.cores} cores`);
for (const [when, { load, fsync }] of Object.entries({ before, after })) {
  console.log(`${when}: load ${load}, fsync p50 ${fsync.p50} ms, p95 ${fsync.p95} ms`);
}
console.log();
if (figures.length > 0) print(figures);
for (const { name, error } of failures) console.error(`\n${name} could not be measured:`, error);

const target = resolve(import.meta.dirname, '../target');
mkdirSync(target, { recursive: true });
const report = {
  taken: new Date().toISOString(),
  machine: { before, after },
  figures: figures.map((figure) => ({ ...figure, verdict: verdict(figure) })),
  failed: failures.map(({ name, error }) => ({ group: name, error: String(error) })),
};
writeFileSync(resolve(target, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = failures.length > 0 ? 1 : 0;
