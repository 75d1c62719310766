/** Which files a ceremony folder may have, and taking them from whatever lists them: a disk, a file picker, an archive file. */
import { findings as say } from '../text/findings.ts';
import type { Finding } from '../transcript/report.ts';

/** Largest file that is read; anything longer is no file of a ceremony. */
export const MAX_BYTES = 67_108_864;
/** Made from the other files and outside what is signed; only their presence is looked at. */
export const DERIVED_FILES: readonly string[] = ['record.pdf', 'VERIFY.md'];
const PLAIN_FILES: readonly string[] = ['plan.json', 'transcript.jsonl', 'manifest.dsse.json', 'pin-manifest.dsse.json', 'source-manifest.dsse.json', 'source-pin-manifest.dsse.json', 'root.crt', 'root.pem', 'pop.csr', 'record.dsse.json', 'openings.jsonl'];
/** Whether a ceremony folder may have a file of this name. */
export const isKnown = (name: string): boolean => PLAIN_FILES.includes(name) || DERIVED_FILES.includes(name) || /^torn-\d{1,6}\.bin$/.test(name) || /^people\/[a-z][a-z0-9-]{0,31}\.pem$/.test(name);

export interface FolderFiles {
  readonly name: string;
  /** Bytes by name; people/<id>.pem with its folder. Derived files have empty bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly findings: readonly Finding[];
}
/** One thing that lies in a folder. */
export interface Found {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** What lies in a folder; empty for everything else. */
  list(): readonly Found[];
  /** Bytes of a file; null when it is no regular file, is longer than {@link MAX_BYTES}, or cannot be read. */
  read(): Uint8Array | null;
}
const byName = (a: Found, b: Found): number => (a.name < b.name ? -1 : 1);
export const inOrder = (found: readonly Found[]): readonly Found[] => [...found].sort(byName);

/** @param found what lies in the folder. Names beginning with "people/" come from the folder people. */
export const takeFolder = (name: string, found: readonly Found[]): FolderFiles => {
  const files = new Map<string, Uint8Array>();
  const findings: Finding[] = [];
  const take = (one: Found, prefix: string): void => {
    const file = prefix + one.name;
    if (one.kind === 'link') { findings.push(say.link(file)); return; }
    if (one.kind === 'folder' && file === 'people') { for (const inner of inOrder(one.list())) take(inner, 'people/'); return; }
    if (one.kind !== 'file' || !isKnown(file)) { findings.push(say.unknownFile(file)); return; }
    const bytes = DERIVED_FILES.includes(file) ? new Uint8Array() : one.read();
    if (bytes === null) findings.push(say.unreadable(file));
    else files.set(file, bytes);
  };
  for (const one of inOrder(found)) take(one, '');
  return { name, files, findings };
};
