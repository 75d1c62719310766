/** The commands of VERIFY.md for credentials on tokens: every algorithm that a roster can name, checked by openssl and not by us. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCeremonyFolder } from '../../../electron/documents/folder.ts';
import { verifyMarkdown } from '../../../electron/documents/verify-md.ts';
import { encodeEnvelope, parseEnvelope } from '../../../shared/transcript/dsse.ts';
import { utf8 } from '../../../shared/bytes.ts';
import { buildFolder, writeFolder } from '../../support/ceremony-folder.ts';
import { peopleOnTokens } from '../../support/folder-signers.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const folder = buildFolder({ plan: samplePlan({ people: peopleOnTokens(), quorum: { threshold: 4, shares: 5 } }) });
const paste = async (changes: Readonly<Record<string, Uint8Array>> = {}): Promise<string> => {
  const markdown = verifyMarkdown(await readCeremonyFolder(writeFolder(mkdtempSync(join(tmpdir(), 'quorate-md-')), folder)));
  const dir = writeFolder(mkdtempSync(join(tmpdir(), 'quorate-md-')), folder, changes);
  const script = [...markdown.matchAll(/```bash\n([\s\S]*?)\n```/g)].map((match) => match[1]!).join('\n');
  return execFileSync('bash', ['--norc', '-c', `exec 2>&1\n${script}\nrm -r "$work"; true`], { cwd: dir, encoding: 'utf8' });
};

test('openssl verifies ECDSA on both curves, RSA-PSS with both hashes, and Ed25519', { timeout: 60_000 }, async () => {
  const output = await paste();
  expect(output).not.toMatch(/FAULT|FAILED/);
  // Two hold points and the record.
  for (const id of ['ada', 'bruno', 'chen', 'dalia']) expect(output.match(new RegExp(`^OK ${id} signed$`, 'gm'))).toHaveLength(3);
  for (const id of ['maria', 'walter', 'xenia', 'emil']) expect(output.match(new RegExp(`^OK ${id} signed$`, 'gm'))).toHaveLength(1);
});

test('openssl refuses signatures that have one bit changed, each by the name of its signer', { timeout: 60_000 }, async () => {
  const envelope = parseEnvelope(Buffer.from(folder.files.get('record.dsse.json')!).toString().trimEnd())!;
  const spoilt = ['ada', 'bruno', 'chen', 'dalia', 'emil'];
  const people = folder.teller.state.plan.people.map(({ id }) => id as string);
  const signatures = envelope.signatures.map((one, index) => (spoilt.includes(people[index]!) ? { ...one, sig: one.sig.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) } : one));
  const output = await paste({ 'record.dsse.json': utf8(`${encodeEnvelope({ ...envelope, signatures })}\n`) });
  expect([...output.matchAll(/FAULT no signature of (\w+) that verifies/g)].map((match) => match[1])).toEqual(people.filter((id) => spoilt.includes(id)));
});
