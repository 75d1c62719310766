/** The bundle command: what is in the file, at each level, and that it is the same every time; what it refuses. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { verifyPath } from '../../../electron/verify/verify.ts';
import { nodePorts } from '../../../electron/verify/node-ports.ts';
import { main } from '../../../scripts/bundle.ts';
import { parseArguments } from '../../../scripts/bundle/arguments.ts';
import { verifierFiles } from '../../../scripts/bundle/verifiers.ts';
import { BUNDLE, digestList, DIGESTS, MANIFEST } from '../../../shared/bundle/layout.ts';
import { readBundle } from '../../../shared/bundle/read-bundle.ts';
import type { BundleResult } from '../../../shared/bundle/read-bundle.ts';
import { readTar, writeTar } from '../../../shared/bundle/tar.ts';
import { fromUtf8, utf8 } from '../../../shared/bytes.ts';
import { LEVELS } from '../../../shared/disclosure/levels.ts';
import type { Level } from '../../../shared/disclosure/levels.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import { verifyFound } from '../../../shared/verify/verify-archive.ts';
import { buildOn, writeFolder } from '../../support/ceremony-folder.ts';
import { TOLD_TEXTS, toldFolder } from '../../support/told-folder.ts';

const temporary = (): string => mkdtempSync(join(tmpdir(), 'quorate-bundle-'));
const first = toldFolder(), second = buildOn('share-check', [first]);
/** An archive with all that must not go into a bundle around it and in it. */
const workspaceDir = temporary(), archive = join(workspaceDir, 'archive');
mkdirSync(archive);
for (const folder of [first, second]) writeFolder(archive, folder);
const STRANGE: Readonly<Record<string, string>> = { 'archive/people.json': 'directory', 'archive/notes.txt': 'note', 'archive/media/1/example.wrapped': 'wrapped key', 'archive/tokens/x': 'token', 'shares/sheet.pdf': 'share', 'credentials/maria.json': 'credential' };
for (const [name, text] of Object.entries(STRANGE)) { mkdirSync(join(workspaceDir, name, '..'), { recursive: true }); writeFileSync(join(workspaceDir, name), `PLANTED ${text}`); }
const outDir = temporary();
mkdirSync(join(outDir, 'tools/verify'), { recursive: true });
writeFileSync(join(outDir, 'verify.html'), '<!doctype html>');
writeFileSync(join(outDir, 'tools/verify/verify.js'), '// verifier');

interface Run { readonly status: number; readonly out: string; readonly err: string; readonly file: string; readonly bytes: Uint8Array | null }
const run = (path: string, ...more: string[]): Run => {
  let out = '', err = '';
  const file = join(temporary(), 'x.tar');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => { out += String(text); return true; });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => { err += String(text); return true; });
  const status = main([path, '--out', file, ...more], outDir);
  vi.restoreAllMocks();
  let bytes: Uint8Array | null = null;
  try { bytes = new Uint8Array(readFileSync(file)); } catch { /* none was made */ }
  return { status, out, err, file, bytes };
};
const opened = (bytes: Uint8Array | null): Extract<BundleResult, { ok: true }> => {
  const read = readBundle(bytes!);
  if (!read.ok) throw new Error(read.fault);
  return read;
};
afterEach(() => { vi.restoreAllMocks(); });

const made = Object.fromEntries(LEVELS.map((level) => [level, run(archive, '--level', level, '--anchor', second.head)])) as Record<Level, Run>;

describe('a bundle', () => {
  it.each(LEVELS)('at level %s verifies to the same heads as the archive, anchored', (level) => {
    const { status, out, bytes } = made[level], { archive: found, manifest } = opened(bytes);
    expect([status, out.split('\n')[0]]).toEqual([0, 'Sound, and anchored.']);
    const report = verifyFound({ name: 'archive', path: 'archive' }, found, second.head, nodePorts), original = verifyPath(archive, { anchor: second.head });
    expect(report).toMatchObject({ exitStatus: 0, headline: original.headline });
    expect(report.folders.map(({ head, signoffs }) => [head, signoffs])).toEqual(original.folders.map(({ head, signoffs }) => [head, signoffs]));
    expect(manifest).toMatchObject({ format: 'quorate-bundle/1', level, verdict: { holds: true, anchored: true } });
    expect(manifest.ceremonies.map(({ folder, head }) => [folder, head])).toEqual([[first.name, first.head], [second.name, second.head]]);
    expect(manifest.ceremonies.map(({ record }) => record)).toEqual([first.link.record, second.link.record]);
  });
  it('unpacks with tar, and sha256sum agrees with every file', () => {
    const dir = temporary(), { file, bytes } = made.confidential;
    execFileSync('tar', ['-xf', file], { cwd: dir });
    const said = execFileSync('sha256sum', ['-c', DIGESTS], { cwd: join(dir, BUNDLE), encoding: 'utf8' }).trim().split('\n');
    expect(said.map((line) => line.split(': ')[1])).toEqual(said.map(() => 'OK'));
    expect(said).toHaveLength(opened(bytes).files.size);
    expect(verifyPath(join(dir, BUNDLE, 'archive'), { anchor: second.head }).exitStatus).toBe(0);
  });
  it('is the same every time, whatever times and modes the files have', () => {
    const again = temporary();
    for (const folder of [second, first]) writeFolder(again, folder);
    const transcript = join(again, first.name, 'transcript.jsonl');
    chmodSync(transcript, 0o600);
    utimesSync(transcript, 1, 1);
    const clean = temporary();
    for (const folder of [first, second]) writeFolder(clean, folder);
    expect(sha256Of(run(again).bytes!)).toBe(sha256Of(run(clean).bytes!));
  });
  it.each<[Level, readonly string[]]>([['public', []], ['restricted', ['exception.what', 'exception.done', 'objection.words']], ['confidential', Object.keys(TOLD_TEXTS)]])('at level %s shows exactly its texts, anywhere in the file', (level, shown) => {
    const text = Buffer.from(made[level].bytes!).toString('latin1');
    for (const [field, words] of Object.entries(TOLD_TEXTS)) expect(text.includes(Buffer.from(JSON.stringify(words).slice(1, -1)).toString('latin1')), field).toBe(shown.includes(field));
  });
  it('has nothing that is not of a ceremony: no media, shares, tokens, credentials, directory or notes', () => {
    for (const level of LEVELS) expect(Buffer.from(made[level].bytes!).includes('PLANTED')).toBe(false);
    const names = [...opened(made.confidential.bytes).files.keys()];
    expect(names.filter((name) => !name.startsWith('archive/')).toSorted()).toEqual(['README.txt', 'evidence-by-clause.md', MANIFEST, 'verifiers/verify.html', 'verifiers/verify.mjs']);
    expect(opened(made.public.bytes).manifest.others).toBe(4);
  });
  it('says what is withheld, what is left out, and what is in clear all the same', () => {
    const { manifest } = opened(made.public.bytes);
    expect(manifest.ceremonies[0]).toMatchObject({ leftOut: ['openings.jsonl', 'record.pdf'] });
    expect(manifest.ceremonies[0]!.withheld).toHaveLength(5);
    expect(manifest.ceremonies[0]!.inClear).toContain('plan people[].name');
    expect(manifest.notProved.join(' ')).toMatch(/5 texts of people are withheld.*record\.pdf.*stand in clear/);
    expect(opened(made.confidential.bytes).manifest.notProved).toEqual([]);
    expect(opened(made.confidential.bytes).files.has(`archive/${first.name}/record.pdf`)).toBe(true);
  });
  it('makes VERIFY.md anew from the copy', () => {
    const { files } = opened(made.public.bytes);
    expect(fromUtf8(files.get(`archive/${first.name}/VERIFY.md`)!)).toMatch(/^# Verify ceremony 0001 without Quorate/);
    expect(files.has(`archive/${second.name}/VERIFY.md`)).toBe(true);
  });
  it('explains itself, and calls its verifiers a convenience', () => {
    const text = fromUtf8(opened(made.public.bytes).files.get('README.txt')!)!;
    for (const part of [first.head, second.head, 'sha256sum -c MANIFEST.sha256', 'are a convenience', 'verifiers/verify.html', 'Level public']) expect(text).toContain(part);
    expect(fromUtf8(opened(made.public.bytes).files.get('evidence-by-clause.md')!)).toContain('BR-6.1.1.1-SCRIPT');
  });
  it('keeps time stamps of heads, and nothing else beside them', () => {
    const dir = temporary();
    for (const folder of [first, second]) writeFolder(dir, folder);
    mkdirSync(join(dir, 'timestamps'));
    writeFileSync(join(dir, 'timestamps', `${second.head}.txt`), 'Printed in the Morning Post of 2 March 2027.\n');
    const { status, bytes } = run(dir);
    expect([status, opened(bytes).files.has(`archive/timestamps/${second.head}.txt`)]).toEqual([3, true]);
  });
  it('takes one ceremony folder, and a plan that has not begun', () => {
    const alone = run(join(archive, first.name), '--anchor', first.head);
    expect([alone.status, opened(alone.bytes).manifest.ceremonies.map(({ folder }) => folder)]).toEqual([0, [first.name]]);
    const dir = temporary();
    writeFolder(dir, first);
    writeFolder(dir, { name: '0002-later', files: new Map([['plan.json', first.files.get('plan.json')!]]) });
    expect(opened(run(dir).bytes).manifest.ceremonies.map(({ entries, head }) => [entries > 0, head])).toEqual([[true, first.head], [false, null]]);
  });
  it('goes without verifiers when none is built, and takes no part of one', () => {
    const empty = temporary();
    expect([...verifierFiles(empty).keys()]).toEqual([]);
    mkdirSync(join(empty, 'tools/verify'), { recursive: true });
    for (const name of ['verify.js', 'chunk.js']) writeFileSync(join(empty, 'tools/verify', name), '');
    expect([...verifierFiles(empty).keys()]).toEqual([]);
  });
});

describe('the bundle command', () => {
  it.each([[[]], [['a']], [['a', '--out']], [['a', 'b', '--out', 'c']], [['a', '--out', 'c', '--level', 'secret']], [['a', '--out', 'c', '--out', 'd']], [['a', '--out', 'c', '--what']], [['--out', 'c']], [['a', '--out=']]])('exits 2 with its usage for %j', (argv) => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(main(argv, outDir)).toBe(2);
    expect(err.mock.calls.join('')).toMatch(/^Usage: bundle ARCHIVE --out FILE/);
  });
  it('shows no more than the public level when none is asked for', () => {
    expect(parseArguments(['a', '--out', 'b'])).toEqual({ archive: 'a', out: 'b', level: 'public', anchor: null, evenIfUnsound: false });
    expect(parseArguments(['--level=restricted', '--even-if-unsound', '--anchor=x', '--out=b', 'a'])).toEqual({ archive: 'a', out: 'b', level: 'restricted', anchor: 'x', evenIfUnsound: true });
  });
  it('exits 3 without an anchor', () => {
    const { status, out } = run(archive);
    expect([status, out.split('\n')[0]]).toEqual([3, 'Consistent, but not anchored.']);
  });
  it('never replaces a file, and makes none inside the archive', () => {
    const dir = temporary(), file = join(dir, 'there.tar');
    writeFileSync(file, 'mine');
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(main([archive, '--out', file], outDir)).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(main([archive, '--out', join(archive, 'x.tar')], outDir)).toBe(2);
    expect(main([archive, '--out', join(dir, 'no/such/x.tar')], outDir)).toBe(2);
  });
  it.each<[string, string, string[], number]>([['nothing there', join(tmpdir(), 'quorate-nowhere'), [], 2], ['half an anchor', archive, ['--anchor', 'abcd'], 2], ['no ceremony', outDir, [], 1], ['another anchor', archive, ['--anchor', 'ab'.repeat(32)], 1]])('makes nothing for %s', (_what, path, more, status) => {
    const answer = run(path, ...more);
    expect([answer.status, answer.bytes, answer.out]).toEqual([status, null, '']);
    expect(answer.err).toContain('No bundle was made.');
  });
});

describe('an archive that does not hold', () => {
  const broken = temporary();
  const transcript = new Uint8Array(first.files.get('transcript.jsonl')!);
  transcript[transcript.length - 100]! ^= 1;
  writeFolder(broken, first, { 'transcript.jsonl': transcript });
  writeFileSync(join(broken, first.name, 'wrapped-key.bin'), 'PLANTED');
  symlinkSync('/etc/hostname', join(broken, first.name, 'root.pem.link'));
  it('is refused, with the first fault', () => {
    const { status, err, bytes } = run(broken);
    expect([status, bytes]).toEqual([1, null]);
    expect(err).toMatch(/^Does not hold: .*\nNo bundle was made\. With --even-if-unsound/s);
  });
  it('is bundled when asked for, which says so first and takes known files only', () => {
    const { status, out, bytes } = run(broken, '--even-if-unsound', '--level', 'confidential'), { files, manifest, archive: found } = opened(bytes);
    expect([status, out.startsWith('Does not hold: ')]).toEqual([1, true]);
    expect(manifest.verdict.holds).toBe(false);
    expect(fromUtf8(files.get('README.txt')!)).toMatch(/^THE ARCHIVE OF THIS BUNDLE DOES NOT HOLD\n/);
    expect(manifest.ceremonies[0]!.leftOut).toEqual(['root.pem.link', 'wrapped-key.bin']);
    expect(Buffer.from(bytes!).includes('PLANTED')).toBe(false);
    expect(files.get(`archive/${first.name}/transcript.jsonl`)).toEqual(transcript);
    expect(verifyFound({ name: 'archive', path: 'archive' }, found, null, nodePorts).exitStatus).toBe(1);
  });
  it('shows at lower levels no text of an entry that cannot be read', () => {
    const torn = temporary(), cut = utf8(fromUtf8(first.files.get('transcript.jsonl')!)!.replaceAll('"type":"exception"', '"type":"exceptiom"'));
    writeFolder(torn, first, { 'transcript.jsonl': cut });
    expect(Buffer.from(run(torn, '--even-if-unsound', '--level', 'restricted').bytes!).includes('label printer')).toBe(false);
  });
});

describe('the reader of a bundle', () => {
  const tar = readTar(made.public.bytes!);
  const files = tar.ok ? new Map(tar.files) : new Map<string, Uint8Array>();
  const inBundle = (name: string): string => `${BUNDLE}/${name}`;
  /** With the list of digests made anew, as somebody who forges a bundle would. */
  const relisted = (changes: readonly (readonly [string, Uint8Array])[]): Uint8Array => {
    const all = new Map([...files, ...changes]);
    all.delete(inBundle(DIGESTS));
    const list = digestList(new Map([...all].map(([name, bytes]) => [name.slice(BUNDLE.length + 1), bytes])));
    return writeTar(new Map([...all, [inBundle(DIGESTS), list]]));
  };
  const faultOf = (bytes: Uint8Array): string => { const read = readBundle(bytes); return read.ok ? 'none' : read.fault; };
  it('refuses a file that differs from the list, one more, one less, and no list', () => {
    const readme = inBundle('README.txt');
    expect(faultOf(writeTar(new Map([...files, [readme, utf8('x')]])))).toBe('digest');
    expect(faultOf(writeTar(new Map([...files, [inBundle('extra'), utf8('x')]])))).toBe('digest');
    expect(faultOf(writeTar(new Map([...files].filter(([name]) => name !== readme))))).toBe('digest');
    expect(faultOf(writeTar(new Map([...files].filter(([name]) => name !== inBundle(DIGESTS)))))).toBe('list');
    expect(faultOf(writeTar(new Map([...files, ['elsewhere', utf8('x')]])))).toBe('root');
  });
  it.each([['no JSON', '{'], ['an unknown level', '"level": "secret"'], ['another form', 'compact']])('refuses a manifest with %s', (_what, how) => {
    const text = fromUtf8(files.get(inBundle(MANIFEST))!)!;
    const changed = how === 'compact' ? JSON.stringify(JSON.parse(text)) : how === '{' ? how : text.replace('"level": "public"', how);
    expect(faultOf(relisted([[inBundle(MANIFEST), utf8(changed)]]))).toBe('manifest');
  });
  it('gives a forged archive to the verifier, who refuses it', () => {
    const name = inBundle(`archive/${first.name}/transcript.jsonl`), bytes = new Uint8Array(files.get(name)!);
    bytes[50]! ^= 1;
    const read = readBundle(relisted([[name, bytes]]));
    expect(read.ok && verifyFound({ name: 'archive', path: 'archive' }, read.archive, second.head, nodePorts).exitStatus).toBe(1);
  });
});
