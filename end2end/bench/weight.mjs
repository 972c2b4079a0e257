// What a page weighs in its browser.

/** @typedef {import('@playwright/test').Page} Page */

/** The heap that CDP counts leaves out the WebAssembly's own memory; this keeps hold of it as the app starts. */
function keepWasmMemory() {
  const assembly = /** @type {any} */ (WebAssembly);
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = assembly[name];
    assembly[name] = async (/** @type {unknown[]} */ ...given) => {
      const made = await original(...given);
      const memory = (made.instance ?? made).exports.memory;
      // The parts of the app have that of the first file.
      if (memory) Object.assign(window, { wasmMemory: memory });
      return made;
    };
  }
}

/** Makes ready for {@link weight}, before the page is opened. @param {Page} page */
export const weighed = (page) => page.addInitScript(keepWasmMemory);

/**
 * Nodes, and the bytes of the heap after a collection and of the WebAssembly's memory.
 * @param {Page} page
 */
export async function weight(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (/** @type {string} */ name) => {
    const value = metrics.find((metric) => metric.name === name)?.value;
    if (value === undefined) throw new Error(`Chromium tells no ${name}`);
    return value;
  };
  const wasm = await page.evaluate(() => /** @type {any} */ (window).wasmMemory?.buffer.byteLength);
  if (!wasm) throw new Error("the app's WebAssembly memory was not found");
  return { nodes: metric('Nodes'), heap: metric('JSHeapUsedSize'), wasm };
}
