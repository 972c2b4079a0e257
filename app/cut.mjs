// Cuts what the first pages do not run off a file of WebAssembly: it comes later, in a file of its own.
import binaryen from 'binaryen';

/** What of WebAssembly the app uses. Named one by one: with all of them the result does not load in Chromium. */
export const FEATURES = ['BulkMemory', 'BulkMemoryOpt', 'ReferenceTypes', 'NontrappingFPToInt', 'SignExt', 'MutableGlobals', 'Multivalue']
  .reduce((all, name) => all | binaryen.Features[name], 0);
/** The table of what comes later, and whether that is there. */
const [LATER, IS_THERE] = ['later', 'is_later_there'];

/**
 * Cuts a file whose functions have their names. Those that `isLater` picks go, with all that nothing else calls; in their
 * places stay calls by a table, which have the rest brought at once if they come too soon. Answers both files: the first
 * asks for `bring` of `later`, the second takes what it needs from the first's exports, as `main`. What they import gets
 * the names that `short` has for its own.
 */
export function cut(file, isLater, short) {
  const first = read(file);
  const all = functions(first);
  const going = all.filter(({ name, module }) => !module && isLater(name));
  standIn(first, going);
  const rest = read(file);
  const stays = new Set(functions(first).map(({ name }) => name));
  leave(rest, going, all.filter(({ name, module }) => module || stays.has(name)));
  share(first, rest, all);
  return [first, rest].map((module) => written(module, short));
}

/** A file without the names of its functions. */
export const bare = (file, short) => written(read(file), short);

function read(file) {
  const module = binaryen.readBinary(file);
  module.setFeatures(FEATURES);
  return module;
}

function written(module, short) {
  for (const { name, module: from, base, params, results } of functions(module)) {
    if (from && short[base]) module.addFunctionImport(name, from, short[base], params, results);
  }
  if (!module.validate()) throw new Error('what was cut is no WebAssembly');
  return Buffer.from(module.emitBinary());
}

/** Puts calls by the table in the places of functions, and drops what only those called. */
function standIn(module, going) {
  module.addGlobal(IS_THERE, binaryen.i32, true, module.i32.const(0));
  module.addGlobalExport(IS_THERE, IS_THERE);
  module.addFunctionImport('bring', 'later', 'bring', binaryen.i32, binaryen.none);
  module.addTable(LATER, going.length, going.length);
  module.addTableExport(LATER, LATER);
  const isMissing = module.i32.eqz(module.global.get(IS_THERE, binaryen.i32));
  const atOnce = module.call('bring', [module.i32.const(1)], binaryen.none);
  module.addFunction('need', binaryen.none, binaryen.none, [], module.if(isMissing, atOnce));
  going.forEach(({ name, params, results }, place) => {
    const given = binaryen.expandType(params).map((type, nth) => module.local.get(nth, type));
    const need = module.call('need', [], binaryen.none);
    const call = module.call_indirect(LATER, module.i32.const(place), given, params, results);
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.block(null, [need, call], results));
  });
  module.runPasses(['remove-unused-module-elements']);
}

/** Leaves those alone that go, with what they call: the others are taken from the other file, data and all. */
function leave(module, going, others) {
  const memory = memoryOf(module);
  for (const { name } of exportsOf(module)) module.removeExport(name);
  for (const { name } of segments(module)) module.removeElementSegment(name);
  const gone = new Set(going.map(({ name }) => name));
  for (const { name, module: from, params, results } of others) {
    if (gone.has(name)) continue;
    if (!from) module.removeFunction(name);
    module.addFunctionImport(name, 'main', name, params, results);
  }
  for (const { name } of tables(module)) module.addTableImport(name, 'main', `table ${name}`);
  for (const { name, type, mutable } of globals(module)) {
    module.removeGlobal(name);
    module.addGlobalImport(name, 'main', `global ${name}`, type, mutable);
  }
  module.addMemoryImport(memory, 'main', 'memory');
  module.addTable(LATER, going.length, going.length);
  module.addTableImport(LATER, 'main', LATER);
  module.addActiveElementSegment(LATER, LATER, [...gone], module.i32.const(0));
  module.runPasses(['remove-memory-init', 'remove-unused-module-elements']);
}

/** Gives the one by short names what the other takes; what it alone imported, it imports on for the other. */
function share(first, rest, all) {
  const here = new Set(functions(first).map(({ name }) => name));
  const own = new Map(all.map((one) => [one.name, one]));
  const taken = functions(rest).filter(({ module }) => module);
  taken.forEach(({ name, params, results }, nth) => {
    const short = nth.toString(36);
    const { module, base } = own.get(name);
    if (!here.has(name)) first.addFunctionImport(name, module, base, params, results);
    first.addFunctionExport(name, short);
    rest.addFunctionImport(name, 'main', short, params, results);
  });
  for (const { name } of tables(rest)) if (name !== LATER) first.addTableExport(name, `table ${name}`);
  for (const { name } of globals(rest)) first.addGlobalExport(name, `global ${name}`);
  if (!exportsOf(first).some(({ name }) => name === 'memory')) first.addMemoryExport(memoryOf(first), 'memory');
}

/** What binaryen calls the memory: that which is imported has this name. */
const memoryOf = (module) => exportsOf(module).find(({ kind }) => kind === binaryen.ExternalMemory)?.value ?? 'mimport$0';
const all = (count, nth, told) => Array.from({ length: count }, (_, index) => told(nth(index)));
const functions = (module) => all(module.getNumFunctions(), module.getFunctionByIndex, binaryen.getFunctionInfo);
const tables = (module) => all(module.getNumTables(), module.getTableByIndex, binaryen.getTableInfo);
const globals = (module) => all(module.getNumGlobals(), module.getGlobalByIndex, binaryen.getGlobalInfo);
const exportsOf = (module) => all(module.getNumExports(), module.getExportByIndex, binaryen.getExportInfo);
const segments = (module) =>
  all(module.getNumElementSegments(), module.getElementSegmentByIndex, binaryen.getElementSegmentInfo);
