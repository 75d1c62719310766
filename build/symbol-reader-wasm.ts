/**
 * Puts the WebAssembly of the symbol reader into the script that uses it, as base64: the page that scans shares then has nothing to
 * fetch, and its policy can forbid every connection.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const NAME = 'quorate:symbol-reader-wasm';

/** Serves `import { base64 } from 'quorate:symbol-reader-wasm'`. @param file zxing_reader.wasm */
export const symbolReaderWasm = (file: string): Plugin => ({
  name: NAME,
  enforce: 'pre',
  resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
  load: (id) => (id === `\0${NAME}` ? `export const base64 = '${readFileSync(file).toString('base64')}';` : null),
});
