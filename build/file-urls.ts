/** Keeps `new URL('./file', import.meta.url)` true in bundles of Node code: the file is copied beside the bundle. */
import fs from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const FILE_URL = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+)\1\s*,\s*import\.meta\.url\s*\)/g;

/** Files only; a folder, or a name that is not a literal, is left as it is. */
export const fileUrls = (): Plugin => ({
  name: 'quorate:file-urls',
  enforce: 'pre',
  apply: 'build',
  transform(code, id) {
    if (!code.includes('import.meta.url') || id.includes('node_modules')) return null;
    const next = code.replace(FILE_URL, (whole, _quote: string, name: string) => {
      const file = path.resolve(path.dirname(id), name);
      if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return whole;
      const reference = this.emitFile({ type: 'asset', name: path.basename(file), source: fs.readFileSync(file) });
      return `new URL(import.meta.ROLLUP_FILE_URL_${reference})`;
    });
    return next === code ? null : { code: next, map: null };
  },
});
