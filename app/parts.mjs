// The parts that wasm-split cut the app into, as they are served. What several parts share it puts into one file for each
// set of them, some hundreds: the small ones are merged into a few, by the first of the parts below that needs them.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const BINARYEN = 'node_modules/.bin/';
/** What is smaller is not worth a file, in bytes before it is made small and compressed: about 8 KB after that. */
const SMALL = 90_000;
/** The parts that people begin with, those that need least first. */
const FIRST = ['home', 'board', 'incidents'];
/** What wasm-split's script says of a file that parts share: which, its variable, its name. */
const CHUNK = /^\/\* ([\w, ]+) \*\/\nconst (__(chunk_\d+)) = makeLoad\([\s\S]*?^, \[\]\);$/gm;
/** And of a part: its name, what loads it, the variables of what it shares. */
const PART = /^export const __wasm_split_load_(\w+) = wrapAsyncCb\((makeLoad\([\s\S]*?^, \[([\w, ]*)\]\))\);$/gm;
const FETCH = /fetch\(new URL\("\.\/(\w+)\.wasm", import\.meta\.url\)\)([^]*?)WebAssembly\.instantiateStreaming\(src, imports\)/g;
/** Where the glue says what the main file imports. */
const IMPORTS = '"./app_bg.js": import0,';

/**
 * Makes the files of the parts in the folder of the glue, by way of `serve`, which answers the address of one, and tells
 * the glue's scripts where they are, and of which more comes `later`. Answers the addresses of all, and by each part those
 * that it needs.
 */
export function linkParts(glue, features, serve, later) {
  const folder = join(glue, 'parts');
  const script = join(glue, '__wasm_split.js');
  const text = readFileSync(script, 'utf8');
  const names = readdirSync(folder).map((file) => basename(file, '.wasm'));

  /** In which merged file each small one is. */
  const within = {};
  for (const [, sharers, , name] of text.matchAll(CHUNK)) {
    if (statSync(join(folder, `${name}.wasm`)).size >= SMALL) continue;
    within[name] = `with_${FIRST.find((part) => sharers.split(', ').includes(part)) ?? 'others'}`;
  }
  const groups = [...new Set(Object.values(within))];
  const addresses = {};
  for (const group of groups) {
    const small = Object.keys(within).filter((name) => within[name] === group);
    addresses[group] = serve(group, merged(folder, group, small, features));
  }
  for (const name of names.filter((name) => !within[name])) {
    addresses[name] = serve(name.replace(/^split_/, ''), join(folder, `${name}.wasm`));
  }

  const instantiated = (file, imports) =>
    later[file] ? `begun("${file}", src, ${imports})` : `WebAssembly.instantiateStreaming(src, ${imports})`;
  const first = text.indexOf('/*', text.indexOf('function makeLoad'));
  const loaded = groups.map(
    (group) => `const ${group} = makeLoad(() => {
    const src = fetch(${JSON.stringify(addresses[group])});
    src.catch(() => {});
    return async (imports) => ${instantiated(group, '{ main: imports.__wasm_split }')};
}, []);
`,
  );
  const needed = {};
  const told = `${text.slice(0, first)}${loaded.join('')}${text.slice(first)}`
    .replace(CHUNK, (whole, _, variable, name) => (within[name] ? `const ${variable} = ${within[name]};` : whole))
    .replace(PART, (_, part, load, variables) => {
      const chunks = variables.split(', ').filter(Boolean).map((variable) => variable.slice(2));
      needed[part] = [...new Set([...chunks.map((name) => within[name] ?? name), `split_${part}`])].map((name) => addresses[name]);
      return `const load_${part} = ${load};\nexport const __wasm_split_load_${part} = wrapAsyncCb(load_${part});`;
    })
    .replace(FETCH, (_, file, between) => {
      return `fetch(${JSON.stringify(addresses[file])})${between}${instantiated(file.replace(/^split_/, ''), 'imports')}`;
    });
  const strays = Object.values(needed).flat().filter((address) => !address).length + told.split('import.meta.url').length - 1;
  if (strays > 0 || Object.keys(needed).length === 0) throw new Error("wasm-split's script is another one than is read here");
  const table = Object.keys(needed).map((part) => `${part}: load_${part}`);
  writeFileSync(script, `import { begun } from 'qibu-later';\n${told}\nexport const LOADERS = { ${table.join(', ')} };\n`);
  bringLater(join(glue, 'app.js'));
  return { all: Object.values(addresses), needed };
}

/** What is cut off the main file asks for the rest by itself. */
function bringLater(script) {
  const text = readFileSync(script, 'utf8');
  if (!text.includes(IMPORTS)) throw new Error("wasm-bindgen's script is another one than is read here");
  writeFileSync(script, text.replace(IMPORTS, `${IMPORTS} later: { bring },`));
}

/** Small ones as one file. They take what they need from the main one, all by way of one module that hands it on. */
function merged(folder, group, small, features) {
  const [main, together] = [`${group}.wat`, `${group}.wasm`].map((name) => join(folder, '..', name));
  const part = readdirSync(folder).find((name) => name.startsWith('split_'));
  writeFileSync(main, mainAsSeenBy(join(folder, part), features));
  const inputs = [[main, '__wasm_split'], ...small.map((name) => [join(folder, `${name}.wasm`), name])];
  const options = [...features, '-g', '--skip-export-conflicts', '-o', together];
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
