/**
 * Makes out/recover.html, with the symbol reader inside. Argument: another file to write; then the files that the script is made of are
 * listed on standard output.
 */
import fs from 'node:fs';
import { makePage } from './setup/one-file-page.mjs';
import { inRoot } from './setup/paths.mjs';

const WASM = 'virtual:zxing-wasm';
const READER = inRoot('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');

/** Puts the WebAssembly into the script, and takes the addresses out that the package would fetch it from. */
const inlineReader = () => ({
  name: 'quorate:inline-reader',
  enforce: 'pre',
  resolveId: (id) => (id === WASM ? `\0${WASM}` : null),
  load: (id) => (id === `\0${WASM}` ? `export default ${JSON.stringify(fs.readFileSync(READER).toString('base64'))};` : null),
  transform: (code, id) => (id.includes('zxing-wasm') ? { code: code.replaceAll(/https?:\/\/[^`'"]*/g, ''), map: null } : null),
});

await makePage('recover', { target: process.argv[2], plugins: [inlineReader()], allowed: " 'wasm-unsafe-eval'" });
