// Makes target/site, which the server embeds: node app/bundle.mjs WASM_BINDGEN_OUTPUT_DIR [--quick | --noting]
// With --quick nothing is made small. With --noting nothing is cut, and the app says what of it ran (first_pages.mjs).
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { bundle as bundleCss } from 'lightningcss';
import { bare, cut } from './cut.mjs';
import { notes } from './first_pages.mjs';
import { picker } from './later.mjs';
import { linkParts } from './parts.mjs';

const root = resolve(import.meta.dirname, '..');
const [quick, noting] = ['--quick', '--noting'].map((option) => process.argv.includes(option));
const isDraft = quick || noting;
const [glueDir] = process.argv.slice(2).map((dir) => resolve(dir));
if (!glueDir) throw new Error('usage: node app/bundle.mjs WASM_BINDGEN_OUTPUT_DIR [--quick | --noting]');
process.chdir(root);

const site = join('target', 'site');
const hash = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest('hex').slice(0, 16);

const filesIn = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
const sources = ['bundle.mjs', 'parts.mjs', 'cut.mjs', 'later.mjs', 'later.txt', 'bring.js', 'first_pages.mjs', 'note.js', 'index.html', 'start.js', 'first.js', 'sw.js', 'icon.svg', 'manifest.webmanifest'];
const icons = filesIn(join('app', 'icons'));
const inputs = [
  ...sources.map((name) => join('app', name)), ...icons, ...filesIn(join('app', 'src')).filter((path) => path.endsWith('area.rs')), 'package-lock.json', ...filesIn('style'), ...filesIn(glueDir),
];
const inputsHash = hash(...process.argv.slice(3), ...inputs.flatMap((path) => [path, readFileSync(path)]));
if (existsSync(join(site, '.inputs')) && readFileSync(join(site, '.inputs'), 'utf8') === inputsHash) {
  console.log('target/site is up to date');
  process.exit();
}

// Made beside the old one and swapped at the end: a server that compiles meanwhile never sees half a site.
mkdirSync('target', { recursive: true });
const next = mkdtempSync(join('target', 'site-'));
process.on('exit', () => rmSync(next, { recursive: true, force: true }));
mkdirSync(join(next, 'assets'));

/** Writes one asset under its content's hash and answers its address. */
function asset(name, extension, content) {
  const address = `/assets/${name}.${hash(content)}.${extension}`;
  writeFileSync(join(next, address), content);
  return address;
}

// Named one by one: with --all-features the result does not load in Chromium.
const wasmFeatures = [
  'bulk-memory', 'reference-types', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'multivalue',
].map((feature) => `--enable-${feature}`);

function optimised(path) {
  const smaller = join(next, `smaller-${basename(path)}`);
  execFileSync('node_modules/.bin/wasm-opt', ['-Oz', '-g', ...wasmFeatures, path, '-o', smaller], { stdio: 'inherit' });
  const wasm = readFileSync(smaller);
  rmSync(smaller);
  return wasm;
}

/** What is smaller comes in one file, and what is not worth one, in bytes before they are compressed. */
const [SMALL, TINY] = [50_000, 18_500];
const isLater = picker();
/** The files of what comes later, by what it was cut off. */
const later = {};

/** What the browser's functions are called in the glue: half of each name is a hash, which does not compress. */
const HASHED = /^__wbg_\w+_[0-9a-f]{16}$/;
/** What they are called as they are served. */
const short = isDraft ? {} : shortened(readFileSync(join(glueDir, 'app_bg.wasm')));

function shortened(file) {
  const names = WebAssembly.Module.imports(new WebAssembly.Module(file)).map(({ name }) => name);
  return Object.fromEntries(names.filter((name) => HASHED.test(name)).map((name, nth) => [name, `_${nth.toString(36)}`]));
}

/** Makes WebAssembly as it is served, and answers its address. */
function served(name, path) {
  if (quick) return asset(name, 'wasm', readFileSync(path));
  const named = optimised(path);
  if (noting) {
    later[name] = name;
    return asset(name, 'wasm', notes(name, named));
  }
  const file = bare(named, short);
  if (file.length < SMALL) return asset(name, 'wasm', file);
  const [first, rest] = cut(named, isLater, short);
  // What hardly runs on a page that one begins with is called for when all of it is.
  if (rest.length < TINY || first.length < rest.length / 2) return asset(name, 'wasm', file);
  later[name] = asset(`${name}_later`, 'wasm', rest);
  return asset(name, 'wasm', first);
}
const wasm = served('app', join(glueDir, 'app_bg.wasm'));

// The glue is told where the parts are: on a copy, since nothing is made from what was made.
const linked = mkdtempSync(join(next, 'glue-'));
cpSync(glueDir, linked, { recursive: true });
const parts = linkParts(linked, wasmFeatures, served, later);

/** In which part the page of each route is, as the areas say it: what is more exact comes first. */
const areas = filesIn(join('app', 'src')).filter((path) => path.endsWith('area.rs')).map((path) => readFileSync(path, 'utf8'));
const pages = areas
  .flatMap((text) => [...text.matchAll(/route\(path!\("([^"]*)"\), part!\((\w+),/g)])
  .map(([, route, part]) => [route, part])
  .sort(([one], [other]) => one.split(':').length - other.split(':').length);

const routes = areas.flatMap((text) => [...text.matchAll(/\broute\(path!/g)]).length;
if (pages.length !== routes) throw new Error(`of ${routes} routes only ${pages.length} say their part as they are looked for here`);

/** Bundles one script of `app/` and answers its code; what is defined stands for itself in it. */
function script(entry, format, define = {}) {
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [join('app', entry)],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: 'es2022',
    alias: { 'qibu-glue': resolve(linked, 'app.js'), 'qibu-parts': resolve(linked, '__wasm_split.js'), 'qibu-later': resolve('app', noting ? 'note.js' : 'bring.js') },
    ...(isDraft ? {} : { mangleProps: HASHED, mangleCache: short }),
    define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
    logLevel: 'warning',
    // The glue names a script once for each use.
    logOverride: { 'duplicate-object-key': 'silent' },
  });
  return outputFiles[0].contents;
}

const filled = (name, names) =>
  readFileSync(join('app', name), 'utf8').replace(/\{\{(\w+)\}\}/g, (_, key) => names[key]);

const names = {
  wasm,
  start: asset('start', 'js', script('start.js', 'esm', { WASM_URL: wasm, LATER: later })),
  first: asset('first', 'js', script('first.js', 'iife', { PAGES: pages, FILES: parts.needed })),
  style: asset('style', 'css', bundleCss({ filename: join('style', 'main.css'), minify: true }).code),
  icon: asset('icon', 'svg', readFileSync(join('app', 'icon.svg'))),
};
rmSync(linked, { recursive: true });
// Pictures are for whoever installs the app: the service worker does without them.
const ASSETS = [...Object.values(names), ...parts.all, ...(noting ? [] : Object.values(later))];
for (const path of icons) {
  const name = basename(path, '.png');
  names[/^\d/.test(name) ? `icon${name}` : name] = asset(name, 'png', readFileSync(path));
}
names.manifest = asset('manifest', 'webmanifest', filled('manifest.webmanifest', names));
const page = filled('index.html', names);
writeFileSync(join(next, 'index.html'), page);
// It stands at the root, whose pages it serves, and changes with whatever it keeps.
writeFileSync(join(next, 'sw.js'), script('sw.js', 'iife', { BUILD: hash(page), START: names.start, ASSETS }));

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`.padStart(11);
const row = (name, raw, brotli) => console.log(name.padEnd(36), kilobytes(raw), kilobytes(brotli));
console.log(''.padEnd(36), 'raw'.padStart(11), 'brotli'.padStart(11));
let [rawTotal, brotliTotal] = [0, 0];
const sizes = {};
for (const path of filesIn(next)) {
  const raw = readFileSync(path);
  const brotli = brotliCompressSync(raw, {
    params: { [constants.BROTLI_PARAM_QUALITY]: isDraft ? 1 : 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length },
  });
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzipSync(raw, { level: isDraft ? 1 : 9 }));
  row(path.slice(next.length + 1), raw.length, brotli.length);
  rawTotal += raw.length;
  brotliTotal += brotli.length;
  sizes[path.slice(next.length)] = [raw.length, brotli.length];
}
row('together', rawTotal, brotliTotal);

// What a page of each part loads before it is there: it may become less, and not more.
const MOST = { home: 450_000, board: 550_000, other: 640_000, part: 80_000, rest: 250_000 };
const LEAST = 8_000;
const sum = (paths) =>
  paths.reduce(([raw, brotli], path) => [raw + sizes[path][0], brotli + sizes[path][1]], [0, 0]);
const always = ['/index.html', names.wasm, names.start, names.first, names.style, names.icon];
const broken = [];
for (const [part, files] of Object.entries(parts.needed)) {
  const firstLoad = sum([...always, ...files]);
  row(`first load of ${part}`, ...firstLoad);
  const most = MOST[part] ?? MOST.other;
  if (firstLoad[1] > most) broken.push(`the first load of ${part} is over ${most} bytes`);
}
for (const path of noting ? [] : [...parts.all, ...Object.values(later)]) {
  const most = path === later.app ? MOST.rest : MOST.part;
  if (sizes[path][1] > most) broken.push(`${path} is over ${most} bytes`);
  if (sizes[path][1] < LEAST) broken.push(`${path} is under ${LEAST} bytes: merge it with another`);
}
if (broken.length > 0 && !isDraft) throw new Error(`${broken.join('; ')}: \`make later\` may help`);

writeFileSync(join(next, '.inputs'), inputsHash);
rmSync(site, { recursive: true, force: true });
renameSync(next, site);
