// The parts that wasm-split cut the app into, as they are served. What several parts share comes in one file for each
// set of them, over a hundred: the small ones are merged into one, which comes along with each part.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const BINARYEN = 'node_modules/.bin/';
/** What is smaller is not worth a file, in bytes before it is made small and compressed: about 8 KB after that. */
const SMALL = 90_000;
/** How the script of wasm-split loads a file, whose address is the second group. */
const FETCH = /fetch\((new URL\("\.\/(\w+)\.wasm", import\.meta\.url\))\)/g;
const CHUNK = /^const (__(chunk_\d+)) = makeLoad\([\s\S]*?^, \[\]\);$/gm;
const PART = /^export const __wasm_split_load_(\w+) = wrapAsyncCb\((makeLoad\([\s\S]*?^, \[([\w, ]*)\]\))\);$/gm;

/**
 * Makes the files of the parts in the folder of the glue, by way of `serve`, which answers the address of one, and tells
 * the glue's script where they are. Answers the addresses of all, and by each part those that it needs.
 */
export function linkParts(glue, features, serve) {
  const folder = join(glue, 'parts');
  const names = readdirSync(folder).map((file) => basename(file, '.wasm'));
  const isSmall = (name) => name.startsWith('chunk_') && statSync(join(folder, `${name}.wasm`)).size < SMALL;
  const addresses = { shared: serve('shared', merged(folder, names.filter(isSmall), features)) };
  for (const name of names.filter((name) => !isSmall(name))) {
    addresses[name] = serve(name.replace(/^split_/, ''), join(folder, `${name}.wasm`));
  }

  const script = join(glue, '__wasm_split.js');
  const text = readFileSync(script, 'utf8');
  const shared = `
const shared = makeLoad(() => {
    const src = fetch(${JSON.stringify(addresses.shared)});
    src.catch(() => {});
    return async (imports) => WebAssembly.instantiateStreaming(src, { main: imports.__wasm_split });
}, []);
`;
  const first = text.indexOf('const __chunk_');
  const needed = {};
  const loaders = `${text.slice(0, first)}${shared}${text.slice(first)}`
    .replace(CHUNK, (whole, variable, name) => (isSmall(name) ? `const ${variable} = shared;` : whole))
    .replace(PART, (_, part, load, chunks) => {
      const files = chunks.split(', ').map((variable) => addresses[variable.slice(2)] ?? addresses.shared);
      needed[part] = [...new Set([...files, addresses[`split_${part}`]])];
      return `export const load_${part} = ${load};\nexport const __wasm_split_load_${part} = wrapAsyncCb(load_${part});`;
    })
    .replace(FETCH, (_, url, name) => `fetch(${JSON.stringify(addresses[name])})`);
  const table = Object.keys(needed).map((part) => `${part}: load_${part}`);
  writeFileSync(script, `${loaders}\nexport const LOADERS = { ${table.join(', ')} };\n`);
  return { all: Object.values(addresses), needed };
}

/** The small ones as one file. They take what they need from the main one, all by way of one module that hands it on. */
function merged(folder, small, features) {
  const [main, together] = ['main.wat', 'together.wasm'].map((name) => join(folder, '..', name));
  const part = readdirSync(folder).find((name) => name.startsWith('split_'));
  writeFileSync(main, mainAsSeenBy(join(folder, part), features));
  const inputs = [[main, '__wasm_split'], ...small.map((name) => [join(folder, `${name}.wasm`), name])];
  const options = [...features, '--skip-export-conflicts', '-o', together];
  execFileSync(`${BINARYEN}wasm-merge`, [...inputs.flat(), ...options], { stdio: 'inherit' });
  return together;
}

function mainAsSeenBy(part, features) {
  const text = execFileSync(`${BINARYEN}wasm-dis`, [...features, part], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const imports = [...text.matchAll(/^ \(import "__wasm_split" ("\w+") \((\w+) \S+ (.*)\)\)$/gm)];
  const handed = imports.map(
    ([, name, kind, type], nth) =>
      `(import "main" ${name} (${kind} $${nth} ${type})) (export ${name} (${kind} $${nth}))`,
  );
  return `(module ${handed.join('\n')})`;
}
