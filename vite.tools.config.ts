/** Bundles the command line tools in scripts/ for plain Node. `--mode verify` makes the verifier alone, which needs nothing outside its bundle. */
import fs from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vite';
import { fileUrls } from './build/file-urls.ts';

const at = (name: string) => path.resolve(import.meta.dirname, name);
const there = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, at(`scripts/${name}.ts`)]).filter(([, file]) => fs.existsSync(file!)));

/** mode → what is made, and where. */
const TOOLS: Readonly<Record<string, readonly string[]>> = { verify: ['verify'], bundle: ['bundle'], join: ['join'], drive: ['rehearse', 'bench'] };

export default defineConfig(({ mode }) => ({
  plugins: [fileUrls()],
  publicDir: false as const,
  ssr: { noExternal: true, external: ['electron', 'pkcs11js', 'pdfkit', 'playwright-core', 'axe-core', '@axe-core/playwright'] },
  build: {
    ssr: true, outDir: at(`out/tools/${mode}`), emptyOutDir: true, target: 'node20', minify: false,
    rollupOptions: { input: there(TOOLS[mode]!), output: { format: 'es' as const, entryFileNames: '[name].js' } },
  },
}));
