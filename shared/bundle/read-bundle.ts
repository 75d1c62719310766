/**
 * Reads an auditor bundle as it is written and in no other form. It checks the bundle's own lists; what is in its archive the verifier
 * judges. Whoever makes a bundle can make its lists too: that they agree shows that nothing was damaged, and proves no more.
 */
import * as v from 'valibot';
import { equalBytes, fromUtf8 } from '../bytes.ts';
import { isLevel } from '../disclosure/levels.ts';
import type { Found } from '../verify/folder-files.ts';
import { MAX_BYTES } from '../verify/folder-files.ts';
import { ARCHIVE, BUNDLE, digestList, DIGESTS, encodeManifest, MANIFEST, manifestSchema } from './layout.ts';
import type { BundleManifest } from './layout.ts';
import { readTar } from './tar.ts';
import type { TarFault } from './tar.ts';

/** `root`: a file outside the bundle's folder. `list`, `digest`: MANIFEST.sha256 is missing, or does not agree with the files. `manifest`: manifest.json is not in its form. */
export type BundleFault = TarFault | 'root' | 'list' | 'digest' | 'manifest';
export type BundleResult =
  | { readonly ok: true; readonly manifest: BundleManifest; /** By name inside the bundle's folder. */ readonly files: ReadonlyMap<string, Uint8Array>; /** What lies in its archive, for the verifier. */ readonly archive: readonly Found[] }
  | { readonly ok: false; readonly fault: BundleFault };

/** @param files by path, with `/` between folders. @returns what lies in the folder `under` ('' for all), as the verifier takes it. */
export const foundIn = (files: ReadonlyMap<string, Uint8Array>, under: string): readonly Found[] => {
  const prefix = under === '' ? '' : `${under}/`;
  const names = new Map<string, Uint8Array | null>();
  for (const [path, bytes] of files) {
    if (!path.startsWith(prefix)) continue;
    const rest = path.slice(prefix.length), slash = rest.indexOf('/');
    names.set(slash < 0 ? rest : rest.slice(0, slash), slash < 0 ? bytes : null);
  }
  return [...names].map(([name, bytes]): Found => bytes === null
    ? { name, kind: 'folder', list: () => foundIn(files, prefix + name), read: () => null }
    : { name, kind: 'file', list: () => [], read: () => (bytes.length > MAX_BYTES ? null : bytes) });
};

const manifestIn = (bytes: Uint8Array | undefined): BundleManifest | null => {
  const text = bytes && fromUtf8(bytes);
  if (typeof text !== 'string') return null;
  let raw: unknown;
  try { raw = JSON.parse(text) as unknown; } catch { return null; }
  const read = v.safeParse(manifestSchema, raw);
  return read.success && isLevel(read.output.level) && equalBytes(encodeManifest(read.output), bytes!) ? read.output : null;
};

/** @param bytes of the whole .tar file. */
export const readBundle = (bytes: Uint8Array): BundleResult => {
  const refuse = (fault: BundleFault): BundleResult => ({ ok: false, fault });
  const tar = readTar(bytes);
  if (!tar.ok) return refuse(tar.fault);
  const files = new Map<string, Uint8Array>();
  for (const [name, content] of tar.files) {
    if (!name.startsWith(`${BUNDLE}/`)) return refuse('root');
    files.set(name.slice(BUNDLE.length + 1), content);
  }
  const list = files.get(DIGESTS);
  if (list === undefined) return refuse('list');
  files.delete(DIGESTS);
  if (!equalBytes(list, digestList(files))) return refuse('digest');
  const manifest = manifestIn(files.get(MANIFEST));
  return manifest === null ? refuse('manifest') : { ok: true, manifest, files, archive: foundIn(files, ARCHIVE) };
};
