/** Where the program's own files lie, beside the bundle of main. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const mainDir = path.dirname(fileURLToPath(import.meta.url));
/** `out/main` in a checkout and in a package alike; chunks of the bundle lie in a folder below it. */
const outDir = path.resolve(mainDir.slice(0, mainDir.lastIndexOf(`${path.sep}main`)));

export const VAULT_MODULE = path.join(outDir, 'main/vault.js');
export const PRELOAD_DIR = path.join(outDir, 'preload');
export const RENDERER_DIR = path.join(outDir, 'renderer');

/** Where verify.html and recover.html lie. @param resourcesDir of a package; null in a checkout. */
export const pagesDirIn = (resourcesDir: string | null): string => resourcesDir ?? outDir;

/** Our OpenSC configuration: a plain file, since OpenSC cannot look into an archive. @param resourcesDir of a package; null in a checkout. */
export const openscConfIn = (resourcesDir: string | null): string => (resourcesDir === null ? path.join(path.dirname(outDir), 'build/opensc.conf') : path.join(resourcesDir, 'opensc.conf'));
