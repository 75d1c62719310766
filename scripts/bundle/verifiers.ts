/** The verifiers that a build has left: they go into a bundle as a convenience. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with package.json above this file, built or not. @throws Error when there is none: a fault of the program. */
export const rootDir = (from: string = import.meta.dirname): string => {
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (dirname(at) === at) throw new Error('no package.json above this program');
  }
};
const regular = (path: string): Uint8Array | null => (existsSync(path) ? new Uint8Array(readFileSync(path)) : null);

/** @param outDir the folder `out` of a build. @returns by name in the bundle; empty when nothing was built. */
export const verifierFiles = (outDir: string): ReadonlyMap<string, Uint8Array> => {
  const page = regular(join(outDir, 'verify.html')), toolDir = join(outDir, 'tools/verify');
  // A tool of several files is not taken apart: it goes in whole or not at all.
  const isOne = existsSync(toolDir) && readdirSync(toolDir).length === 1, tool = isOne ? regular(join(toolDir, 'verify.js')) : null;
  return new Map([...(page === null ? [] : [['verifiers/verify.html', page] as const]), ...(tool === null ? [] : [['verifiers/verify.mjs', tool] as const])]);
};
