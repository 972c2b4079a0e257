// The parts that wasm-split cut the app into, as they are served. What several parts share comes in one file for each
// set of them, over a hundred: the small ones are merged into one, which comes along with each part.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What is smaller is not worth a file, in bytes before compression: about 8 KB after it. */
const SMALL = 32_000;
const LOADER = /const (__chunk_\d+) = makeLoad\(\(\) => \{[^}]*?"\.\/(chunk_\d+)\.wasm"[\s\S]*?\n\}\n, \[\]\);\n/g;
const ADDRESS = /new URL\("\.\/(\w+)\.wasm", import\.meta\.url\)/g;

const BINARYEN = 'node_modules/.bin/';

/** A module that hands on what a part takes from the main one: merged with it, the small parts have one memory. */
function mainAsSeenBy(part, features) {
  const text = execFileSync(`${BINARYEN}wasm-dis`, [...features, part], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const imports = [...text.matchAll(/^ \(import "__wasm_split" ("\w+") \((\w+) \S+ (.*)\)\)$/gm)];
  const handed = imports.map(
    ([, name, kind, type], nth) => `(import "main" ${name} (${kind} $${nth}${kind} ${type})) (export ${name} (${kind} $${nth}${kind}))`,
  );
  return `(module ${handed.join('\n')})`;
}

/**
 * Makes the files of the parts in `folder` of the glue, by way of `serve`, which makes one small and answers its address.
 * Writes the script that loads them to `script` and answers the addresses by the parts' names.
 */
export function linkParts(folder, script, features, serve) {
  const names = readdirSync(folder).map((file) => basename(file, '.wasm'));
  const isSmall = (name) => name.startsWith('chunk_') && statSync(join(folder, `${name}.wasm`)).size < SMALL;
  const small = names.filter(isSmall);
  const shared = join(folder, '..', 'shared');
  mkdirSync(shared, { recursive: true });
  const merged = join(shared, 'shared.wasm');
  const main = join(shared, 'main.wat');
  writeFileSync(main, mainAsSeenBy(join(folder, `${names.find((name) => name.startsWith('split_'))}.wasm`), features));
  const inputs = [[main, '__wasm_split'], ...small.map((name) => [join(folder, `${name}.wasm`), name])];
  const options = [...features, '--skip-export-conflicts', '-o', merged];
  execFileSync(`${BINARYEN}wasm-merge`, [...inputs.flat(), ...options], { stdio: 'inherit' });

  const addresses = { shared: serve('shared', merged) };
  for (const name of names.filter((name) => !isSmall(name))) {
    addresses[name] = serve(name.replace(/^split_/, ''), join(folder, `${name}.wasm`));
  }
  const load = `const __shared = makeLoad(() => {
    const src = fetch("${addresses.shared}");
    src.catch(() => {});
    return async (imports) => WebAssembly.instantiateStreaming(src, { main: imports.__wasm_split });
}, []);
`;
  let declared = false;
  const once = () => (declared ? '' : ((declared = true), load));
  const text = readFileSync(script, 'utf8')
    .replace(LOADER, (whole, variable, name) => (small.includes(name) ? `${once()}const ${variable} = __shared;\n` : whole))
    .replace(ADDRESS, (_, name) => JSON.stringify(addresses[name]));
  writeFileSync(script, text);
  return addresses;
}
