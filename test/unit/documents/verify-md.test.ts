import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { utf8 } from '../../../shared/bytes.ts';
import type { KeyPlan, KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { readCeremonyFolder } from '../../../electron/documents/folder.ts';
import { verifyMarkdown } from '../../../electron/documents/verify-md.ts';
import { buildFolder, writeFolder } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { custodyFolder, generationByQuorum, KINDS } from './sample-custody.ts';

let parent = '';
beforeEach(() => { parent = mkdtempSync(path.join(tmpdir(), 'quorate-verify-md-')); });
afterEach(() => { rmSync(parent, { recursive: true, force: true }); });

const blocksOf = (markdown: string): string => [...markdown.matchAll(/```bash\n([\s\S]*?)\n```/g)].map((match) => match[1]!).join('\n');
/** Pastes every block into one bash, in the folder, as a person would; standard error is part of what the person sees. */
const paste = (dir: string, markdown: string): string =>
  execFileSync('bash', ['--norc', '-c', `exec 2>&1\n${blocksOf(markdown)}\nrm -r "$work"; true`], { cwd: dir, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } });
const written = async (folder: BuiltFolder): Promise<{ dir: string; markdown: string }> => {
  const dir = writeFolder(parent, folder);
  return { dir, markdown: verifyMarkdown(await readCeremonyFolder(dir)) };
};
const sound = async (folder: BuiltFolder): Promise<{ dir: string; output: string }> => {
  const { dir, markdown } = await written(folder);
  return { dir, output: paste(dir, markdown) };
};
const BAD = /FAULT|FAILED|[Ee]rror|differ|No such file|command not found/;

const NO_BACKUP: Partial<KeyPlan> = { key: { label: 'example-root-2026', profile: 'ed25519', backup: { kind: 'none', reason: 'The HSM cannot wrap it.', approvedBy: 'A. Board' } }, media: 0 };
const plans: readonly (readonly [string, KeyPlan])[] = [
  ...(['ec-p256', 'ec-p384', 'ec-p521', 'rsa-3072'] as const satisfies readonly KeyProfile[]).map((profile) => [profile, samplePlan({ key: { label: 'example-root-2026', profile, backup: { kind: 'split' } } })] as const),
  ['ed25519 without backup', samplePlan({ ...NO_BACKUP, hsm: { ...samplePlan().hsm, secondSerial: null } })],
];

test.each(plans)('the pasted commands find a sound folder sound (%s)', async (_name, plan) => {
  const folder = buildFolder({ plan }), { output } = await sound(folder);
  expect(output).not.toMatch(BAD);
  expect(output).toContain(folder.head);
  expect(output).toContain(`OK ${folder.teller.lines.length} lines`);
  expect(output.match(/^OK ada signed$/gm)).toHaveLength(3);
  expect(output).toContain('OK pop.csr carries the head of entry');
  expect(output).toContain('OK the record is over this head');
  if (plan.key.backup.kind === 'split') expect(output).toMatch(/OK the set key signed manifest.dsse.json[\s\S]*OK the restored key signed the challenge/);
});

test('the commands leave the folder as it was', async () => {
  const { dir } = await sound(buildFolder());
  expect(readdirSync(dir).sort()).toEqual([...new Set([...buildFolder().files.keys()].map((name) => name.split('/')[0]!))].sort());
});

const changed = (bytes: Uint8Array, from: string, to: string): Uint8Array => {
  const text = Buffer.from(bytes).toString('utf8');
  expect(text).toContain(from);
  return utf8(text.replace(from, to));
};
const tampered: readonly (readonly [string, string, (bytes: Uint8Array) => Uint8Array, RegExp])[] = [
  ['a transcript line', 'transcript.jsonl', (bytes) => changed(bytes, '"identity":"known"', '"identity":"document"'), /FAULT line \d+ does not follow/],
  ['the plan', 'plan.json', (bytes) => changed(bytes, 'Example Trust', 'Example Crust'), /plan\.json: FAILED[\s\S]*FAULT entry 0 names another plan/],
  ['a key of a person', 'people/ada.pem', (bytes) => changed(bytes, 'MCow', 'MCox'), /people\/ada\.pem: FAILED[\s\S]*FAULT the key of ada is not in the plan/],
  ['the request', 'pop.csr', (bytes) => changed(bytes, 'REQUEST-----\nM', 'REQUEST-----\nN'), /pop\.csr: FAILED/],
  ['the manifest', 'manifest.dsse.json', (bytes) => changed(bytes, '"sig":"', '"sig":"AAAA'), /FAULT manifest.dsse.json is not signed/],
  ['the record', 'record.dsse.json', (bytes) => changed(bytes, '"sig":"', '"sig":"AAAA'), /FAULT no signature of \w+ that verifies/],
];
test.each(tampered)('the commands find a change of %s', async (_name, file, change, expected) => {
  const folder = buildFolder(), { dir, markdown } = await written(folder);
  writeFolder(parent, folder, { [file]: change(folder.files.get(file)!) });
  expect(paste(dir, markdown)).toMatch(expected);
});

test('says the head in full, in words, and what is not proved', async () => {
  const folder = buildFolder(), { markdown } = await written(folder);
  expect(markdown).toContain(folder.head);
  expect(markdown.match(/^\| [A-D ] \| .*`[0-9a-f]{4} [0-9a-f]{4}` \|$/gm)).toHaveLength(8);
  expect(markdown).toContain('What this does not prove');
  expect(markdown).toContain('software token');
  expect(markdown).toContain('source checkout');
  expect(markdown).toContain('A rehearsal: nothing it made may be used');
});

test('a title cannot put markup or commands into the page', async () => {
  const plan = samplePlan({ ceremony: { ...samplePlan().ceremony, title: '```bash `id` <b>x</b>' } });
  const { markdown } = await written(buildFolder({ plan }));
  expect(markdown).toContain('\\`\\`\\`bash \\`id\\` \\<b\\>x\\</b\\>');
  expect(blocksOf(markdown)).not.toContain('`id`');
});

test('names who has not signed the record as a fault of the check, not as a signature', async () => {
  const folder = buildFolder({ signers: ['maria', 'walter'] }), { output } = await sound(folder);
  expect(output).toContain('FAULT no signature of xenia that verifies');
  expect(output).toContain('OK maria signed');
});

test('names no path of the machine that made it', async () => {
  const { dir, markdown } = await written(buildFolder());
  expect(markdown).not.toContain(path.dirname(dir));
});

const byQuorum = generationByQuorum();
const onSets: readonly (readonly [string, () => BuiltFolder, readonly RegExp[]])[] = [
  ...KINDS.map((kind) => [kind, () => custodyFolder(kind), [/OK the set key signed source-manifest\.dsse\.json\nOK the plan names this manifest\nOK the plan names this set/, /OK the plan names this public key/, /OK the record is over this head/]] as const),
  ['a re-share whose tokens a quorum opens', () => custodyFolder('re-share', { on: byQuorum }), [/OK the set key signed source-pin-manifest\.dsse\.json\nOK the plan names this manifest\nOK the plan names this set\n(OK entry \d+ names a share of this set\n){3}/]],
  ['a generation that gives its PIN to a quorum', () => byQuorum, [/OK the set key signed pin-manifest\.dsse\.json\nOK entry \d+ names this set\nOK entry \d+ names this manifest/, /OK pop\.csr carries/]],
  ['a check of a PIN set', () => custodyFolder('share-check', { on: byQuorum, holds: 'pin' }), [/(OK entry \d+ names a share of this set\n){3}/]],
];
test.each(onSets)('the pasted commands find a sound folder on existing sets sound (%s)', async (_name, build, expected) => {
  const { output } = await sound(build());
  expect(output).not.toMatch(BAD);
  for (const words of expected) expect(output).toMatch(words);
});

test('a recovery is checked by its signature under the key of the plan, and a re-share by that of its new backup', async () => {
  expect((await sound(custodyFolder('recovery'))).output).toMatch(/OK the restored key signed the challenge/);
  const { output } = await sound(custodyFolder('re-share'));
  expect(output).toMatch(/OK the restored key signed the challenge/);
  expect(output).toMatch(/OK the set key signed manifest\.dsse\.json/);
});

test('where no certificate was issued there is no command for one', async () => {
  for (const kind of KINDS) expect((await written(custodyFolder(kind))).markdown).not.toMatch(/root\.(pem|crt)|pop\.csr/);
});

const spoilt: readonly (readonly [string, string, (bytes: Uint8Array) => Uint8Array, RegExp])[] = [
  ['the source manifest', 'source-manifest.dsse.json', (bytes) => changed(bytes, '"sig":"', '"sig":"AAAA'), /source-manifest\.dsse\.json: FAILED[\s\S]*FAULT source-manifest\.dsse\.json is not signed by its set key\nFAULT the plan names another: this manifest/],
  ['the source manifest by another one that is sound', 'source-manifest.dsse.json', () => byQuorum.files.get('pin-manifest.dsse.json')!, /OK the set key signed source-manifest\.dsse\.json\nFAULT the plan names another: this manifest\nFAULT the plan names another: this set/],
  ['the key in the plan', 'plan.json', (bytes) => changed(bytes, '"spkiSha256": "', '"spkiSha256": "00'), /FAULT the plan names another: this public key/],
];
test.each(spoilt)('the commands find a change of %s', async (_name, file, change, expected) => {
  const folder = custodyFolder('recovery'), { dir, markdown } = await written(folder);
  writeFolder(parent, folder, { [file]: change(folder.files.get(file)!) });
  expect(paste(dir, markdown)).toMatch(expected);
});

test('says purpose and authority in words, and that earlier ceremonies are not judged here', async () => {
  const { markdown } = await written(custodyFolder('recovery', { change: (plan) => ({ ...plan, source: { ...plan.source!, purpose: 'Move `it` to a *new* HSM' } }) }));
  expect(markdown).toContain('Purpose: Move \\`it\\` to a \\*new\\* HSM.');
  expect(markdown).toContain('That what the plan says of the earlier ceremony is true');
});
