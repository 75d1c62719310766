import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyPath } from '../../../electron/verify/verify.ts';
import { concatBytes, fromHex, utf8 } from '../../../shared/bytes.ts';
import type { PersonId } from '../../../shared/brand.ts';
import { encodePlan } from '../../../shared/ceremony/parse-plan.ts';
import { encodeEnvelope, pae, parseEnvelope } from '../../../shared/transcript/dsse.ts';
import type { Entry } from '../../../shared/transcript/entry-schema.ts';
import { encodeLine, lineDigest } from '../../../shared/transcript/line.ts';
import { RECORD_TYPE } from '../../../shared/transcript/record.ts';
import { toWords } from '../../../shared/transcript/words.ts';
import { buildFolder, signedRecord, writeFolder } from '../../support/ceremony-folder.ts';
import { peopleOnTokens } from '../../support/folder-signers.ts';
import { sampleKeyId, samplePeople, signAs } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const built = buildFolder();
const temporary = (): string => mkdtempSync(join(tmpdir(), 'quorate-verify-'));
const written = (changes: Readonly<Record<string, Uint8Array | null>> = {}, folder = built): string => writeFolder(temporary(), folder, changes);
const check = (path: string, anchor: string | null = built.head) => {
  const report = verifyPath(path, { anchor });
  return { ...report, faults: report.findings.filter(({ level }) => level === 'fault') };
};
/** Changes entries and chains all lines again, as somebody would who forges a folder as a whole. */
const rechained = (change: (entry: Entry) => Entry | null): { readonly transcript: Uint8Array; readonly head: string } => {
  let prev = '0'.repeat(64), seq = 0;
  const lines: Uint8Array[] = [];
  for (const { entry } of built.teller.told) {
    const next = change(structuredClone<Entry>(entry));
    if (next === null) continue;
    const line = encodeLine({ ...next, seq, prev });
    lines.push(line);
    prev = lineDigest(line);
    seq++;
  }
  return { transcript: concatBytes(...lines), head: prev };
};
const forged = (change: (entry: Entry) => Entry | null) => {
  const { transcript, head } = rechained(change);
  return check(written({ 'transcript.jsonl': transcript }), head);
};
const when = <T extends Entry['type']>(type: T, change: (entry: Extract<Entry, { type: T }>) => Entry | null) =>
  (entry: Entry): Entry | null => (entry.type === type ? change(entry as Extract<Entry, { type: T }>) : entry);

describe('a sound folder', () => {
  test('exits 0 with its anchor as hex, as words, and as the text of a file', () => {
    const path = written();
    for (const anchor of [built.head, built.head.toUpperCase(), toWords(fromHex(built.head)!).join(' '), `${toWords(fromHex(built.head)!).join('\n').toLowerCase()}\n`, `${built.head}\n`, built.head.replace(/.{8}/g, '$& ')])
      expect(check(path, anchor)).toMatchObject({ exitStatus: 0, holds: true, anchored: true, faults: [] });
  });
  test('exits 3 without an anchor, and its first sentence says so', () => {
    const report = check(written(), null);
    expect(report).toMatchObject({ exitStatus: 3, holds: true, anchored: false });
    expect(report.headline).toBe('Consistent, but not anchored.');
    expect(report.findings.map(({ code }) => code)).toContain('LIMIT_NOT_ANCHORED');
  });
  test('exits 1 with the anchor of another ceremony', () => {
    expect(check(written(), 'ab'.repeat(32))).toMatchObject({ exitStatus: 1, holds: false, anchored: false, faults: [{ code: 'FOLDER_ANCHOR_MISMATCH', file: 'transcript.jsonl', seq: built.teller.state.count - 1 }] });
  });
  test.each(['', '1234', built.head.slice(0, 62), toWords(fromHex(built.head)!).slice(0, 4).join(' '), toWords(fromHex(built.head)!).slice(1).concat('aardvark').join(' ')])('exits 2 when the anchor is not a whole head: %j', (anchor) => {
    expect(check(written(), anchor)).toMatchObject({ exitStatus: 2, holds: false, findings: [{ code: 'FOLDER_ANCHOR_FORMAT' }] });
  });
  test('is read and never written, and takes at most half a second', () => {
    const path = written();
    const look = (): string => execFileSync('find', [path, '-printf', '%p %s %T@ %C@ %m\n'], { encoding: 'utf8' });
    const before = look();
    const times = [1, 2, 3].map(() => { const start = performance.now(); check(path); return performance.now() - start; });
    expect(Math.min(...times)).toBeLessThan(500);
    expect(look()).toBe(before);
    expect(statSync(join(path, 'plan.json')).size).toBeGreaterThan(0);
  });
  test('reports what is worth knowing: rehearsal, software token, file credentials, the exception', () => {
    const codes = check(written()).findings.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['NOTE_REHEARSAL', 'NOTE_SOFTWARE_TOKEN', 'NOTE_FILE_CREDENTIAL', 'NOTE_EXCEPTION', 'NOTE_SIGNED_THROUGH', 'LIMIT_MODULE_CLAIMS', 'NOTE_CHECKOUT']));
    expect(check(written()).findings.find(({ code }) => code === 'NOTE_FILE_CREDENTIAL')?.text).toContain('signed with a file credential, used on the ceremony machine');
  });
  test('gives a row for every check, and what the strip needs', () => {
    const [folder] = check(written()).folders;
    expect(folder!.checks.map(({ name, result }) => `${name} ${result}`)).toEqual(['folder sound', 'plan sound', 'chain sound', 'replay sound', 'signoffs sound', 'key claim', 'certificate sound', 'custody sound', 'record sound', 'anchor sound', 'previous sound']);
    expect(folder).toMatchObject({ entries: built.teller.state.count, outcome: 'completed', mode: 'rehearsal', head: built.head, brokenAt: null, signedThrough: built.teller.state.count - 1 });
    expect(folder!.signoffs).toHaveLength(6);
  });
  test('holds for token credentials of every algorithm, single control, paper, no backup, and each key profile', { timeout: 60_000 }, () => {
    const none = { backup: { kind: 'none', reason: 'The device cannot wrap', approvedBy: 'Board' } } as const;
    const base = samplePlan();
    const people = samplePeople().map((person, index) => (index === 2 || index === 7 ? { ...person, credential: { kind: 'paper' as const } } : person));
    const plans = [
      samplePlan({ people: peopleOnTokens(), quorum: { threshold: 4, shares: 5 } }),
      samplePlan({ people, pin: { control: 'single', person: 'maria' as PersonId }, key: { ...base.key, profile: 'ec-p521' } }),
      samplePlan({ key: { ...base.key, ...none, profile: 'ed25519' }, hsm: { ...base.hsm, secondSerial: null }, media: 0 }),
      samplePlan({ key: { ...base.key, profile: 'rsa-3072' } }), samplePlan({ key: { ...base.key, profile: 'ec-p256' } }),
    ];
    for (const plan of plans) {
      const folder = buildFolder({ plan });
      expect(check(written({}, folder), folder.head).faults).toEqual([]);
    }
    const alone = buildFolder({ plan: plans[1]! });
    expect(check(written({}, alone), alone.head).findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['NOTE_SINGLE_CONTROL', 'NOTE_PAPER_ONLY']));
  });
  test('names who did not sign the record, and holds', () => {
    const folder = buildFolder({ signers: ['maria', 'walter'] });
    const report = check(written({}, folder), folder.head);
    expect(report.exitStatus).toBe(0);
    expect(report.findings.filter(({ code }) => code === 'LIMIT_RECORD_NOT_SIGNED').map(({ text }) => text)).toContain('Ada Okafor has not signed the record.');
  });
  test('holds without openings.jsonl, and says that texts were withheld', () => {
    const report = check(written({ 'openings.jsonl': null }));
    expect(report.exitStatus).toBe(0);
    expect(report.findings.map(({ code }) => code)).toContain('LIMIT_TEXT_WITHHELD');
  });
  test('holds with derived files, and says that they are not signed', () => {
    const report = check(written({ 'record.pdf': utf8('%PDF'), 'VERIFY.md': utf8('# how') }));
    expect(report.exitStatus).toBe(0);
    expect(report.findings.find(({ code }) => code === 'LIMIT_DERIVED_FILES')?.text).toContain('record.pdf, VERIFY.md');
  });
});

describe('the folder itself', () => {
  test('exits 2 for a path that is not there', () => {
    expect(check('/nowhere/at-all')).toMatchObject({ exitStatus: 2, findings: [{ code: 'FOLDER_MISSING' }] });
  });
  test('exits 1 for a folder that is no ceremony, and for a file', () => {
    const dir = temporary();
    writeFileSync(join(dir, 'x'), 'x');
    expect(check(dir)).toMatchObject({ exitStatus: 1, faults: [{ code: 'FOLDER_NOT_CEREMONY' }] });
    expect(check(join(dir, 'x'))).toMatchObject({ exitStatus: 1, faults: [{ code: 'FOLDER_NOT_CEREMONY' }] });
  });
  test.each(['note.txt', 'people/zed.pem', 'people/ada.txt', 'torn-3.bin', '.quorate-tmp-x', 'people/../plan.json.bak'])('refuses the unknown file %s', (name) => {
    const report = check(written({ [name]: utf8('x') }));
    expect(report.faults).toMatchObject([{ code: 'FOLDER_FILE_UNKNOWN', file: name.replace('people/../', '') }]);
  });
  test('refuses a folder that does not belong', () => {
    const path = written();
    mkdirSync(join(path, 'more'));
    expect(check(path).faults).toMatchObject([{ code: 'FOLDER_FILE_UNKNOWN', file: 'more' }]);
  });
  test('does not follow a link in place of a file, or of people', () => {
    const path = written({ 'root.pem': null });
    symlinkSync('/etc/passwd', join(path, 'root.pem'));
    expect(check(path).faults[0]).toMatchObject({ code: 'FOLDER_LINK', file: 'root.pem' });
    const other = writeFolder(temporary(), { name: built.name, files: new Map([...built.files].filter(([name]) => !name.startsWith('people/'))) });
    symlinkSync(join(path, 'people'), join(other, 'people'));
    expect(check(other).faults[0]).toMatchObject({ code: 'FOLDER_LINK', file: 'people' });
  });
  test('does not hang on a pipe', () => {
    const path = written({ 'openings.jsonl': null });
    execFileSync('mkfifo', [join(path, 'openings.jsonl')]);
    expect(check(path).faults[0]).toMatchObject({ file: 'openings.jsonl' });
  });
  test('refuses a folder of a ceremony that is under way, or whose end was cut off', () => {
    const { lines } = built.teller;
    expect(check(written({ 'transcript.jsonl': concatBytes(...lines.slice(0, -1)), 'record.dsse.json': null }), null).faults.map(({ code }) => code)).toEqual(['TRANSCRIPT_NOT_CLOSED']);
    expect(check(written({ 'transcript.jsonl': concatBytes(...lines.slice(0, 40)) }), null).exitStatus).toBe(1);
  });
  test('refuses an empty transcript', () => {
    expect(check(written({ 'transcript.jsonl': new Uint8Array() }), null).faults.map(({ code }) => code)).toContain('TRANSCRIPT_EMPTY');
  });
});

describe('a folder that was forged as a whole', () => {
  test('refuses an entry that breaks a rule, with its seq and the rule', () => {
    const seq = built.teller.told.find(({ entry }) => entry.type === 'login')!.entry.seq;
    expect(forged(when('login', (entry) => ({ ...entry, body: { ...entry.body, typedBy: ['ada' as PersonId] } }))).faults[0]).toMatchObject({ code: 'TRANSCRIPT_REPLAY', seq, text: expect.stringContaining('RULE_PIN_TYPED_AS_PLANNED') as string });
  });
  test('refuses a sign-off that was left out', () => {
    let skipped = false;
    const report = forged(when('signoff', (entry) => { if (skipped) return entry; skipped = true; return null; }));
    expect(report.faults[0]).toMatchObject({ code: 'TRANSCRIPT_REPLAY' });
  });
  test('refuses a sign-off by somebody else, under the right key id (SIGNATURE_INVALID)', () => {
    const first = built.teller.told.find(({ entry }) => entry.type === 'signoff')!.entry as Extract<Entry, { type: 'signoff' }>;
    const envelope = parseEnvelope(first.body.envelope)!;
    const sig = signAs('bruno', pae(envelope.payloadType, envelope.payload));
    const report = forged(when('signoff', (entry) => (entry.seq === first.seq ? { ...entry, body: { ...entry.body, envelope: encodeEnvelope({ ...envelope, signatures: [{ keyid: sampleKeyId('ada'), sig }] }) } } : entry)));
    expect(report.faults).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'SIGNATURE_INVALID', seq: first.seq })]));
  });
  test('refuses a sign-off whose key id is not the roster’s', () => {
    const report = forged(when('signoff', (entry) => ({ ...entry, body: { ...entry.body, envelope: entry.body.envelope.replace(sampleKeyId('ada'), sampleKeyId('maria')) } })));
    expect(report.faults[0]).toMatchObject({ code: 'TRANSCRIPT_REPLAY', text: expect.stringContaining('RULE_SIGNED_BYTES') as string });
  });
  test('refuses a text that differs from its commitment (TRANSCRIPT_COMMITMENT)', () => {
    const openings = utf8(Buffer.from(built.files.get('openings.jsonl')!).toString().replace('two minutes', 'two hours'));
    expect(check(written({ 'openings.jsonl': openings })).faults).toMatchObject([{ code: 'TRANSCRIPT_COMMITMENT', file: 'openings.jsonl', seq: built.teller.state.exceptions[0]!.seq }]);
  });
  test('refuses an opening that is given twice, or for an entry without text', () => {
    const openings = built.files.get('openings.jsonl')!;
    expect(check(written({ 'openings.jsonl': concatBytes(openings, openings) })).faults).toHaveLength(2);
    expect(check(written({ 'openings.jsonl': concatBytes(openings, utf8('{"seq":1,"field":"what","text":"x"}\n')) })).faults).toMatchObject([{ code: 'TRANSCRIPT_COMMITMENT', seq: 1 }]);
  });
  test('refuses a restore whose signature is not by the key', () => {
    const folder = buildFolder({ badRestore: true });
    const report = check(written({}, folder), folder.head);
    const seq = folder.teller.told.find(({ entry }) => entry.type === 'result' && entry.body.outcome.kind === 'restore')!.entry.seq;
    expect(report.faults).toHaveLength(1);
    expect(report.faults).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'TRANSCRIPT_REPLAY', seq })]));
  });
  test('refuses a closing entry that lacks the digest of a file, or lists another', () => {
    const drop = (name: string) => when('closing', (entry) => { const { [name]: _gone, ...files } = entry.body.files; return { ...entry, body: { ...entry.body, files } }; });
    for (const name of ['plan.json', 'people/ada.pem', 'manifest.dsse.json', 'root.crt', 'pop.csr']) expect(forged(drop(name)).faults.map(({ text }) => text)).toContainEqual(expect.stringContaining(`without the digest of ${name}`));
    expect(forged(when('closing', (entry) => ({ ...entry, body: { ...entry.body, files: { ...entry.body.files, 'x.txt': entry.body.files['plan.json']! } } }))).faults.map(({ text }) => text)).toContainEqual(expect.stringContaining('lists x.txt'));
  });
  test('refuses a salt that is used twice', () => {
    expect(forged((entry) => (entry.seq === 7 ? { ...entry, salt: built.teller.told[6]!.entry.salt } : entry)).faults[0]).toMatchObject({ code: 'TRANSCRIPT_LINE', seq: 7 });
  });
  test('notes a clock that went back, and holds by the chain', () => {
    const { transcript } = rechained((entry) => entry);
    expect(Buffer.from(transcript).equals(Buffer.from(built.files.get('transcript.jsonl')!))).toBe(true);
    const report = forged((entry) => (entry.seq === 2 ? { ...entry, at: '2026-11-24T08:00:00.000Z' } : entry));
    expect(report.findings).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'NOTE_CLOCK_BACK', seq: 2 })]));
  });
  test('refuses a record of another closing, a stranger’s signature, and a signature that does not verify', () => {
    const record = Buffer.from(built.files.get('record.dsse.json')!).toString().slice(0, -1);
    const envelope = parseEnvelope(record)!;
    const put = (text: string) => check(written({ 'record.dsse.json': utf8(text) })).faults;
    expect(put(`${encodeEnvelope({ ...envelope, payload: utf8('{}') })}\n`)).toMatchObject([{ code: 'SIGNATURE_PAYLOAD', file: 'record.dsse.json' }]);
    expect(put(`${encodeEnvelope({ ...envelope, signatures: [...envelope.signatures, { keyid: sampleKeyId('stranger'), sig: signAs('stranger', pae(RECORD_TYPE, envelope.payload)) }] })}\n`)).toMatchObject([{ code: 'SIGNATURE_UNKNOWN_KEY' }]);
    expect(put(`${encodeEnvelope({ ...envelope, signatures: envelope.signatures.map((one, index) => (index === 3 ? { ...one, sig: signAs('bruno', pae(RECORD_TYPE, envelope.payload)) } : one)) })}\n`)).toMatchObject([{ code: 'SIGNATURE_INVALID', text: expect.stringContaining('Ada Okafor') as string }]);
    expect(put(record)).toMatchObject([{ code: 'SIGNATURE_ENCODING' }]);
    expect(signedRecord(built.teller, ['maria']).length).toBeGreaterThan(0);
  });
  test('refuses another plan, another manifest and another certificate by the name of the file', () => {
    const other = buildFolder({ plan: samplePlan({ media: 3 }), number: 2, previous: built.link });
    for (const name of ['plan.json', 'manifest.dsse.json']) expect(check(written({ [name]: other.files.get(name)! })).faults[0]).toMatchObject({ code: 'FOLDER_FILE_DIGEST', file: name });
    expect(check(written({ 'plan.json': utf8(encodePlan(samplePlan()).replace('\n', '\n\n')) })).faults[0]).toMatchObject({ code: 'FOLDER_FILE_DIGEST', file: 'plan.json' });
    expect(readdirSync(written())).toContain('root.crt');
    expect(readFileSync(join(written(), 'root.crt')).length).toBeGreaterThan(100);
  });
});
