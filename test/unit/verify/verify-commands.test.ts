import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromBase64 } from '../../../shared/bytes.ts';
import type { CommandFacts } from '../../../shared/transcript/verify-commands.ts';
import { verifyCommands } from '../../../shared/transcript/verify-commands.ts';
import { buildFolder, writeFolder } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { peopleOnTokens } from '../../support/folder-signers.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const factsOf = (folder: BuiltFolder): CommandFacts => {
  const intents = folder.teller.told.flatMap(({ entry }) => (entry.type === 'intent' ? [{ seq: entry.seq, intent: entry.body.intent }] : []));
  const certificate = intents.find(({ intent }) => intent.kind === 'sign-certificate')!.intent;
  return {
    recordSigners: folder.teller.state.plan.people.filter(({ credential }) => credential.kind !== 'paper').map(({ id }) => id),
    tbsBytes: certificate.kind === 'sign-certificate' ? fromBase64(certificate.tbs)!.length : null,
    possessionSeq: intents.find(({ intent }) => intent.kind === 'sign-pop')!.seq,
  };
};
/** Runs all commands as a person would paste them, with HEAD typed from paper. */
const run = (folder: BuiltFolder, changes: Readonly<Record<string, Uint8Array>> = {}, head: string = folder.head): { readonly lines: readonly string[]; readonly faults: readonly string[]; readonly errors: string } => {
  const path = writeFolder(mkdtempSync(join(tmpdir(), 'quorate-shell-')), folder, changes);
  const script = verifyCommands(folder.teller.state, factsOf(folder)).map((check) => check.script).join('\n');
  const { stdout, stderr } = spawnSync('bash', ['-c', `HEAD=${head}\n${script}`], { cwd: path, encoding: 'utf8' });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { lines, faults: lines.filter((line) => line.startsWith('FAULT')), errors: stderr };
};
const flipped = (folder: BuiltFolder, name: string, offset: number): Record<string, Uint8Array> => {
  const bytes = Uint8Array.from(folder.files.get(name)!);
  const at = offset < 0 ? bytes.length + offset : offset;
  bytes[at] = bytes[at] === 0x61 ? 0x62 : 0x61;
  return { [name]: bytes };
};

describe('the shell commands, run by bash and openssl', () => {
  const tokens = buildFolder({ plan: samplePlan({ people: peopleOnTokens(), quorum: { threshold: 4, shares: 5 } }) });
  const people = tokens.teller.state.plan.people;

  test('say ok to a sound folder with every algorithm, and nothing else', () => {
    const { lines, faults, errors } = run(tokens);
    expect(errors).toBe('');
    expect(faults).toEqual([]);
    expect(lines.filter((line) => line.startsWith('ok')).length).toBe(2 + 2 + 2 * tokens.teller.state.signoffs.length + 1 + people.length + 4 + 3 + 2);
    for (const algorithm of ['Ed25519', 'ECDSA-P256-SHA256', 'ECDSA-P384-SHA384', 'RSASSA-PSS-SHA256', 'RSASSA-PSS-SHA384']) expect(lines.join('\n')).toContain(`(${algorithm})`);
  });
  test.each(['rsa-3072', 'ec-p256', 'ec-p521'] as const)('say ok to a root key of profile %s', (profile) => {
    const folder = buildFolder({ plan: samplePlan({ key: { ...samplePlan().key, profile } }) });
    expect(run(folder)).toMatchObject({ faults: [], errors: '' });
  });
  test('find an altered entry, by its number', () => {
    const offset = tokens.teller.lines.slice(0, 12).reduce((sum, line) => sum + line.length, 0) + 40;
    expect(run(tokens, flipped(tokens, 'transcript.jsonl', offset)).faults.join('\n')).toContain('FAULT  entry 13 does not follow entry 12 as it is here');
  });
  test('find another head than the one on paper', () => {
    expect(run(tokens, {}, 'ab'.repeat(32)).faults).toEqual([expect.stringContaining('is the one on paper')]);
  });
  test.each([
    ['plan.json', 60, 'plan.json is the plan'], ['people/ada.pem', 60, 'the files that the closing entry names'], ['people/chen.pem', 60, 'signature of chen'],
    ['record.dsse.json', -30, 'record: signature'], ['root.crt', -5, 'root.pem is root.crt'], ['root.pem', 200, 'root.pem is root.crt'], ['pop.csr', 150, 'pop.csr'], ['manifest.dsse.json', -20, 'manifest.dsse.json is signed'],
  ])('find a changed %s', (name, offset, said) => {
    expect(run(tokens, flipped(tokens, name, offset)).faults.join('\n')).toContain(said);
  });
  test('find a signature by somebody else', () => {
    const other = buildFolder({ plan: samplePlan({ people: peopleOnTokens(), quorum: { threshold: 4, shares: 5 } }), number: 2, previous: tokens.link });
    expect(run(tokens, { 'record.dsse.json': other.files.get('record.dsse.json')! }).faults.join('\n')).toContain('the record is of this closing head');
  });
});
