// Starts the app: bundle.mjs puts the wasm-bindgen glue behind `qibu-glue` and the hashed address behind WASM_URL.
import init from 'qibu-glue';

await init({ module_or_path: WASM_URL });
