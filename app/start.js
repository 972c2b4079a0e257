// Starts the app: bundle.mjs puts the wasm-bindgen glue behind `qibu-glue` and the hashed address behind WASM_URL.
import init from 'qibu-glue';

// The first snapshot travels while the WebAssembly does; the app takes the promise over from `window.qibuStart`.
const board = location.pathname.match(/^\/projects\/([0-9a-f-]{36})\/board\/?$/i)?.[1];
window.qibuStart = fetch('/sync/start' + (board ? `?board=${board}` : ''), { credentials: 'same-origin' });
// Offline is no error here: the app meets the same rejection when it awaits, and falls back to what it has kept.
window.qibuStart.catch(() => {});

await init({ module_or_path: WASM_URL });
