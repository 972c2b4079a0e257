// Starts the app: bundle.mjs puts the wasm-bindgen glue behind `qibu-glue`, what loads its parts behind `qibu-parts`, and
// the hashed address behind WASM_URL.
import init from 'qibu-glue';
import { isKept, isOfTexts, prepared } from 'qibu-later';
import { LOADERS } from 'qibu-parts';

const ready = isOfTexts || isKept() ? prepared().catch(() => {}) : undefined;
if (isOfTexts) await ready;
await init({ module_or_path: WASM_URL });
// The part of this page is made ready while the app asks who is signed in. One that does not come is told by the page.
await LOADERS[window.qibuPart]?.().catch(() => {});
// On a board somebody opens a task next.
if (window.qibuPart === 'board') (window.requestIdleCallback ?? setTimeout)(() => LOADERS.task().catch(() => {}));
