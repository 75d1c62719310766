/** How the application is bundled: main and vault as ES modules, one self-contained file a preload, two pages. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { fileUrls } from './build/file-urls.ts';
import { symbolReaderWasm } from './build/symbol-reader-wasm.ts';

const at = (name: string) => path.resolve(import.meta.dirname, name);
/** What stays outside the bundles: native code, and pdfkit, which reads files beside its own code. */
const KEPT_OUTSIDE = ['electron', 'pkcs11js', 'pdfkit'];

export default defineConfig({
  main: {
    plugins: [fileUrls()],
    build: {
      outDir: at('out/main'), externalizeDeps: false, target: 'node20', minify: false, sourcemap: false,
      rollupOptions: { input: { main: at('electron/main.ts'), vault: at('electron/vault/main.ts') }, external: KEPT_OUTSIDE, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'), externalizeDeps: false, isolatedEntries: true, target: 'node20', minify: false,
      rollupOptions: { input: { main: at('electron/preload.ts'), entry: at('electron/preload-entry.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: at('renderer'), plugins: [react()], worker: { format: 'es', plugins: () => [symbolReaderWasm(at('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm'))] },
    build: {
      outDir: at('out/renderer'), target: 'chrome130', minify: true, assetsInlineLimit: 0, modulePreload: { polyfill: false },
      rollupOptions: { input: { index: at('renderer/index.html'), entry: at('renderer/entry.html') } },
    },
  },
});
