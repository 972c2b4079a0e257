// What is measured, and how it is printed beside its budget.
import { cpus, loadavg } from 'node:os';

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

/** What the figures hold for; a busy machine shows in its load. */
export function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
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
