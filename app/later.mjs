// Which functions the first pages do not run, as later.txt says: `make later` writes it, from what Chromium runs of them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIST = join(import.meta.dirname, 'later.txt');
/** What is smaller is not worth a line, by the letters of its text: a path, which says something, and a single function. */
const [SMALL_PATH, SMALL_FUNCTION] = [800, 2_000];
/** What depends on how much there is runs as soon as there is more: it stays. */
const BY_AMOUNT = /btree::node|slice::sort/;
/** What the compiler writes for characters that no symbol has. */
const SIGNS = { LT: '<', GT: '>', RF: '&', BP: '*', LP: '(', RP: ')', C: ',', u20: ' ', u7b: '{', u7d: '}', u5b: '[', u5d: ']', u27: "'" };

/** Says of a function's name whether it may come later. */
export function picker() {
  const lines = existsSync(LIST) ? readFileSync(LIST, 'utf8').split('\n').filter((line) => line && !line.startsWith('//')) : [];
  const single = new Set(lines.filter((line) => line.startsWith('#')).map((line) => line.slice(1, 9)));
  const paths = new Set(lines.filter((line) => !line.startsWith('#')));
  return (name) => {
    const { steps, hash } = symbol(name);
    return single.has(hash) || steps.some((_, last) => paths.has(steps.slice(0, last + 1).join('::')));
  };
}

/**
 * Writes the list from the functions that ran, and those that did not with their sizes: where nothing of a path ran, that
 * path has a line, else each single function by its hash.
 */
export function keep(ran, idle) {
  const [ways, hashes] = [new Set(), new Set()];
  for (const name of ran) {
    const { steps, hash } = symbol(name);
    // The same function may be in several files, and run in one.
    hashes.add(hash);
    steps.forEach((_, last) => ways.add(steps.slice(0, last + 1).join('::')));
  }
  const lines = new Map();
  for (const [name, size] of idle) {
    const { steps, hash } = symbol(name);
    if (!hash || hashes.has(hash)) continue;
    if (BY_AMOUNT.test(steps.join('::'))) continue;
    const own = steps.findIndex((_, last) => !ways.has(steps.slice(0, last + 1).join('::')));
    const line = own < 0 ? `#${hash} ${steps.join('::').slice(0, 100)}` : steps.slice(0, own + 1).join('::');
    lines.set(line, (lines.get(line) ?? 0) + size);
  }
  const worth = [...lines].filter(([line, size]) => size >= (line.startsWith('#') ? SMALL_FUNCTION : SMALL_PATH)).map(([line]) => line);
  const byPath = (line) => line.replace(/^(#\w+) (.*)/, '$2 $1');
  worth.sort((one, other) => (byPath(one) < byPath(other) ? -1 : 1));
  writeFileSync(LIST, `// What the first pages do not run: \`make later\` writes this.\n${worth.join('\n')}\n`);
  return worth.length;
}

/** The path that a function is written in, step by step, and its hash: what is generic has several under one path. */
function symbol(name) {
  const steps = [];
  let rest = /^_ZN(.*)E/.exec(name)?.[1] ?? '';
  for (let length; (length = /^\d+/.exec(rest)?.[0]); rest = rest.slice(length.length + Number(length))) {
    steps.push(rest.slice(length.length, length.length + Number(length)));
  }
  const hash = /^h([0-9a-f]{8})[0-9a-f]{8}$/.exec(steps.at(-1) ?? '')?.[1];
  if (!hash) return { steps: [name] };
  return { steps: steps.slice(0, -1).flatMap(readable), hash };
}

/** What stands for a type is read as the path of that type: `<a::B as C>::d` as `a`, `B as C>`, `d`. */
function readable(step) {
  const text = step.replace(/^_(?=\$)/, '').replaceAll('..', '::').replace(/\$(\w+)\$/g, (sign, code) => SIGNS[code] ?? sign);
  return text.replace(/^<?[&*]?(mut |const |dyn )?/, '').split(/::(?![^<]*>)/);
}
