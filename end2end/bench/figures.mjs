// What is measured, and how it is printed beside its budget.
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Figure
 * @property {string} what
 * @property {number} value
 * @property {string} unit
 * @property {number} [most] the budget, where less is better
 * @property {number} [least] the budget, where more is better
 * @property {string} [note] what the value is made of
 */

/** @param {number[]} values */
export const median = (values) => percentile(values, 50);

/**
 * @param {number[]} values
 * @param {number} percent
 */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

/** What the figures hold for: others at work on the machine show in its load, and in how long its disk takes. */
export function machine() {
  const disk = fsyncs();
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    fsync: { p50: Number(percentile(disk, 50).toFixed(2)), p95: Number(percentile(disk, 95).toFixed(2)) },
  };
}

/** Milliseconds until a page of a file is on the disk where the servers' databases are: a change waits for that once. */
function fsyncs() {
  const path = join(tmpdir(), `qibu-fsync-${process.pid}`);
  const file = openSync(path, 'w');
  try {
    return Array.from({ length: 40 }, () => {
      const began = performance.now();
      writeSync(file, Buffer.alloc(4_096));
      fsyncSync(file);
      return performance.now() - began;
    });
  } finally {
    closeSync(file);
    rmSync(path);
  }
}

/** @param {Figure} figure */
export function verdict({ value, most, least }) {
  if (most === undefined && least === undefined) return '';
  return value <= (most ?? Infinity) && value >= (least ?? 0) ? 'ok' : 'over';
}

/** @param {Figure[]} figures */
export function print(figures) {
  const rows = figures.map((figure) => [
    figure.what,
    `${number(figure.value)} ${figure.unit}`,
    budget(figure),
    verdict(figure),
    figure.note ?? '',
  ]);
  const head = ['what', 'measured', 'budget', '', ''];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 1 || column === 2 ? cell.padStart(width) : cell.padEnd(width);
    });
    console.log(cells.join('  ').trimEnd());
  }
}

/** @param {Figure} figure */
function budget({ most, least, unit }) {
  if (most !== undefined) return `≤ ${number(most)} ${unit}`;
  return least === undefined ? '' : `≥ ${number(least)} ${unit}`;
}

/** @param {number} value */
function number(value) {
  const digits = value < 100 && !Number.isInteger(value) ? 1 : 0;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
