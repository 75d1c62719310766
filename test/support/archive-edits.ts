/** What somebody does to an archive, as data: edits of files by their paths. For the corpus of the verifiers. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { concatBytes, equalBytes, fromHex, utf8 } from '../../shared/bytes.ts';
import { splitLines } from '../../shared/transcript/chain.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';

export type ArchiveFiles = Map<string, Uint8Array>;
export type Edit =
  /** Text in place of the first, or the `nth`, occurrence of another; in `line` only, where that is given. */
  | { readonly op: 'replace'; readonly file: string; readonly from: string; readonly to: string; readonly nth?: number; readonly line?: number }
  /** One byte XOR `mask`, `at` counted from the start of `line`, or of the file. */
  | { readonly op: 'flip'; readonly file: string; readonly line?: number; readonly at: number; readonly mask: number }
  | { readonly op: 'delete-line' | 'repeat-line' | 'keep-through-line'; readonly file: string; readonly line: number }
  | { readonly op: 'swap-lines'; readonly file: string; readonly line: number; readonly with: number }
  /** The line of another file, put before `line`. */
  | { readonly op: 'insert-line'; readonly file: string; readonly line: number; readonly of: string; readonly its: number }
  /** `prev` of every line after `line` written anew, as somebody does who changed one and has no key. */
  | { readonly op: 'rechain'; readonly file: string; readonly line: number }
  | { readonly op: 'cut'; readonly file: string; readonly bytes: number }
  | { readonly op: 'append' | 'write'; readonly file: string; readonly text?: string; readonly hex?: string }
  | { readonly op: 'remove'; readonly file: string }
  | { readonly op: 'copy' | 'move'; readonly file: string; readonly to: string };

const bytesOf = (files: ArchiveFiles, file: string): Uint8Array => {
  const bytes = files.get(file);
  if (bytes === undefined) throw new Error(`no file ${file}`);
  return bytes;
};
const indexOf = (bytes: Uint8Array, text: Uint8Array, nth: number): number => {
  let at = -1;
  for (let count = 0; count < nth; count++) {
    at++;
    while (at + text.length <= bytes.length && !equalBytes(bytes.subarray(at, at + text.length), text)) at++;
    if (at + text.length > bytes.length) throw new Error('the text is not there');
  }
  return at;
};
const withLines = (bytes: Uint8Array, change: (lines: Uint8Array[]) => readonly Uint8Array[]): Uint8Array => {
  const { lines, rest } = splitLines(bytes);
  return concatBytes(...change([...lines]), rest);
};
const replaced = (bytes: Uint8Array, { from, to, nth = 1 }: { readonly from: string; readonly to: string; readonly nth?: number }): Uint8Array => {
  const text = utf8(from), at = indexOf(bytes, text, nth);
  return concatBytes(bytes.subarray(0, at), utf8(to), bytes.subarray(at + text.length));
};
/** Each line but the first with the digest of the one before it, in the 64 digits before its last three bytes. */
const rechained = (lines: readonly Uint8Array[]): readonly Uint8Array[] => lines.reduce<readonly Uint8Array[]>((done, line) => {
  const before = done.at(-1);
  return [...done, before === undefined ? line : concatBytes(line.subarray(0, -67), utf8(sha256Of(before)), line.subarray(-3))];
}, []);
const given = ({ text, hex }: { readonly text?: string; readonly hex?: string }): Uint8Array => (hex === undefined ? utf8(text ?? '') : fromHex(hex)!);
/** All files of a folder, at any depth, also where the path is the folder's. */
const under = (files: ArchiveFiles, place: string): readonly string[] => [...files.keys()].filter((name) => name === place || name.startsWith(`${place}/`));

const applyOne = (files: ArchiveFiles, edit: Edit): void => {
  const edited = (change: (bytes: Uint8Array) => Uint8Array): void => { files.set(edit.file, change(bytesOf(files, edit.file))); };
  const relined = (change: (lines: Uint8Array[]) => readonly Uint8Array[]): void => { edited((bytes) => withLines(bytes, change)); };
  switch (edit.op) {
    case 'replace': { const { line } = edit; if (line === undefined) edited((bytes) => replaced(bytes, edit)); else relined((lines) => lines.with(line, replaced(lines[line]!, edit))); return; }
    case 'rechain': relined((lines) => [...lines.slice(0, edit.line), ...rechained(lines.slice(edit.line))]); return;
    case 'flip': edited((bytes) => { const copy = Uint8Array.from(bytes), start = splitLines(bytes).lines.slice(0, edit.line ?? 0).reduce((sum, line) => sum + line.length, 0); copy[start + edit.at]! ^= edit.mask; return copy; }); return;
    case 'delete-line': relined((lines) => lines.toSpliced(edit.line, 1)); return;
    case 'repeat-line': relined((lines) => lines.toSpliced(edit.line, 0, lines[edit.line]!)); return;
    case 'keep-through-line': relined((lines) => lines.slice(0, edit.line + 1)); return;
    case 'swap-lines': relined((lines) => lines.with(edit.line, lines[edit.with]!).with(edit.with, lines[edit.line]!)); return;
    case 'insert-line': relined((lines) => lines.toSpliced(edit.line, 0, splitLines(bytesOf(files, edit.of)).lines[edit.its]!)); return;
    case 'cut': edited((bytes) => bytes.subarray(0, bytes.length - edit.bytes)); return;
    case 'append': edited((bytes) => concatBytes(bytes, given(edit))); return;
    case 'write': files.set(edit.file, given(edit)); return;
    case 'remove': for (const name of under(files, edit.file)) files.delete(name); return;
    case 'copy': case 'move': for (const name of under(files, edit.file)) { files.set(edit.to + name.slice(edit.file.length), bytesOf(files, name)); if (edit.op === 'move') files.delete(name); }
  }
};
/** @returns another archive; the files given stay as they are. @throws when an edit finds nothing to change. */
export const applyEdits = (files: ReadonlyMap<string, Uint8Array>, edits: readonly Edit[]): ArchiveFiles => {
  const changed = new Map(files);
  for (const edit of edits) applyOne(changed, edit);
  return changed;
};

export const readFiles = (dir: string): ArchiveFiles => new Map(readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
  const file = path.join(entry.parentPath, entry.name);
  return [path.relative(dir, file).split(path.sep).join('/'), new Uint8Array(readFileSync(file))] as const;
}).sort(([a], [b]) => (a < b ? -1 : 1)));
export const writeFiles = (dir: string, files: ReadonlyMap<string, Uint8Array>): void => {
  for (const [name, bytes] of files) {
    const file = path.join(dir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
};
