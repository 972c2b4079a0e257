// What the first pages run: `make later` has the whole browser suite open them, in an app whose functions note that they
// ran, and writes to later.txt the rest: node app/first_pages.mjs
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import binaryen from 'binaryen';
import { FEATURES } from './cut.mjs';
import { keep } from './later.mjs';

const FOLDER = resolve(import.meta.dirname, '../target/noting');

/** A file whose functions note that they ran; their names and sizes, by the letters of their text, are kept beside. */
export function notes(file, named) {
  const module = binaryen.readBinary(named);
  module.setFeatures(FEATURES);
  const told = [];
  for (let nth = 0; nth < module.getNumFunctions(); nth += 1) {
    const pointer = module.getFunctionByIndex(nth);
    const { name, module: from, body } = binaryen.getFunctionInfo(pointer);
    if (from) continue;
    const note = `ran ${told.length}`;
    module.addGlobal(note, binaryen.i32, true, module.i32.const(0));
    module.addGlobalExport(note, note);
    told.push([name, binaryen.emitText(body).length]);
    binaryen.Function(pointer).body = module.block(null, [module.global.set(note, module.i32.const(1)), body], binaryen.auto);
  }
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${file}.json`), JSON.stringify(told));
  return Buffer.from(module.emitBinary());
}

/** What few pages begin with, and needs most of what comes later: commands that wait are decided anew, a text is read. */
const FEW = /6shared(7command6decide|8markdown7reading)17/;

/** Lists what is idle, from what pages said on the console (end2end/people.ts). */
function list() {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  const told = Object.fromEntries(files.map((file) => [basename(file, '.json'), JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))]));
  const ran = new Set();
  for (const line of readFileSync(join(FOLDER, 'ran.txt'), 'utf8').split('\n').filter(Boolean)) {
    const [, file, ...numbers] = line.split(' ');
    const names = numbers.map((nth) => told[file][nth][0]);
    if (!names.some((name) => FEW.test(name))) names.forEach((name) => ran.add(name));
  }
  const idle = Object.values(told).flat().filter(([name]) => !ran.has(name));
  console.log(`${ran.size} functions ran, ${idle.length} did not: ${keep(ran, idle)} lines`);
}

if (import.meta.filename === process.argv[1]) list();
