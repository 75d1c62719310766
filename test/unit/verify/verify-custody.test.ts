/** Folders of ceremonies on an existing set: each kind verifies alone and in its archive, and what is altered is told by its place. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyFolder } from '../../../electron/verify/verify-folder.ts';
import { verifyPath } from '../../../electron/verify/verify.ts';
import type { PersonId, Sha256Hex } from '../../../shared/brand.ts';
import { checkPlan } from '../../../shared/ceremony/check-plan.ts';
import { encodePlan, parsePlan } from '../../../shared/ceremony/parse-plan.ts';
import type { Source } from '../../../shared/ceremony/plan-schema.ts';
import { recordPayload } from '../../../shared/transcript/record.ts';
import { accountFact, destroyFact, readShareFact, signOffOf } from '../../support/story.ts';
import { buildFolder, buildOn, planOn, writeFolder } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const id = (name: string): PersonId => name as PersonId;
const first = buildFolder();
const withPin = buildFolder({ plan: samplePlan({ pin: { control: 'quorum', typedBy: [id('maria'), id('walter')], so: 'nobody', soTypedBy: [] }, sheets: { paper: 'A4', printer: { kind: 'folder' }, test: true } }) });
const KINDS = ['recovery', 're-share', 'share-check', 'share-destruction'] as const;
const built = Object.fromEntries(KINDS.map((kind) => [kind, buildOn(kind, [first])])) as Record<(typeof KINDS)[number], BuiltFolder>;

const archive = (...folders: readonly BuiltFolder[]): string => {
  const dir = mkdtempSync(join(tmpdir(), 'quorate-custody-'));
  for (const folder of folders) writeFolder(dir, folder);
  return dir;
};
const findings = (path: string, anchor: string | null) => verifyPath(path, { anchor }).findings;
const faults = (path: string, anchor: string | null) => findings(path, anchor).filter(({ level }) => level === 'fault');
const faultsOf = (folder: BuiltFolder, changes: Readonly<Record<string, Uint8Array>> = {}, without: readonly string[] = []) => {
  const files = new Map([...folder.files, ...Object.entries(changes)]);
  for (const name of without) files.delete(name);
  return verifyFolder({ name: folder.name, files, findings: [] }, folder.head).findings.filter(({ level }) => level === 'fault');
};
const recordOf = (folder: BuiltFolder): Record<string, unknown> => JSON.parse(new TextDecoder().decode(recordPayload(folder.teller.state))) as Record<string, unknown>;

describe.each(KINDS)('a %s', (kind) => {
  const folder = built[kind];
  test('is planned soundly from the archive, and its plan reads strictly', () => {
    const plan = planOn(kind, [first]);
    expect(checkPlan(plan)).toEqual([]);
    expect(parsePlan(encodePlan(plan), { draft: false })).toEqual({ plan, findings: [] });
  });
  test('verifies in its archive and alone, and says alone that the issuer was not seen', () => {
    const path = archive(first, folder);
    expect(verifyPath(path, { anchor: folder.head })).toMatchObject({ exitStatus: 0, anchored: true });
    expect(faults(join(path, folder.name), folder.head)).toEqual([]);
    expect(findings(join(path, folder.name), folder.head).map(({ code }) => code)).toContain('LIMIT_SOURCE_NOT_SEEN');
  });
  test('says its purpose, and has no certificate', () => {
    const report = verifyPath(archive(first, folder), { anchor: folder.head });
    expect(report.findings.filter(({ file }) => file?.startsWith(folder.name)).map(({ code }) => code)).toContain('NOTE_PURPOSE');
    expect(report.folders[1]!.checks.find(({ name }) => name === 'certificate')).toMatchObject({ result: 'sound', text: expect.stringContaining('issues no certificate') as string });
    expect(report.folders[1]!.checks.find(({ name }) => name === 'custody')?.result).toBe('sound');
  });
  test('records what it stands on', () => {
    expect(recordOf(folder)).toMatchObject({ kind, certificate: null, source: { ceremony: { number: 1, head: first.head, record: first.link.record }, epoch: 1, holds: 'wrapping-key' } });
  });
  test('refuses a folder without its source manifest, or with that of another set', () => {
    expect(faultsOf(folder, {}, ['source-manifest.dsse.json'])).toMatchObject([{ code: 'FOLDER_FILE_MISSING', file: 'source-manifest.dsse.json' }]);
    expect(faultsOf(folder, { 'source-manifest.dsse.json': withPin.files.get('pin-manifest.dsse.json')! })).toMatchObject([{ code: 'FOLDER_FILE_DIGEST', file: 'source-manifest.dsse.json' }]);
    expect(faultsOf(folder, { 'source-pin-manifest.dsse.json': withPin.files.get('pin-manifest.dsse.json')! })).toMatchObject([{ code: 'FOLDER_FILE_UNKNOWN', file: 'source-pin-manifest.dsse.json' }]);
  });
  test('one changed byte in any file is reported with the name of that file, and of no other', { timeout: 60_000 }, () => {
    for (const [name, bytes] of folder.files) {
      fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (offset, flip) => {
        const changed = Uint8Array.from(bytes);
        changed[offset]! ^= flip;
        const found = faultsOf(folder, { [name]: changed });
        expect(found.length, `${name} ${offset}`).toBeGreaterThan(0);
        expect(new Set(found.map(({ file }) => file)), `${name} ${offset}`).toEqual(new Set([name]));
      }), { numRuns: name === 'transcript.jsonl' ? 60 : 15 });
    }
  });
});

const finishProof = (teller: Parameters<typeof readShareFact>[0], step: { readonly custodian: PersonId }): boolean => {
  const copies = teller.state.plan.source!.copies.filter(({ copy }) => copy.kind === 'sheet' && copy.share === 2);
  for (const { copy } of copies) teller.tell(accountFact(teller, copy, 'resealed', 'Z-2'));
  teller.tell(signOffOf(teller.state, step.custodian));
  teller.complete('app');
  return true;
};

describe('what a folder says', () => {
  test('a recovery has the restored key sign, and a wrong signature is a fault', () => {
    const folder = buildOn('recovery', [first], { badRestore: true });
    expect(faults(join(archive(first, folder), folder.name), folder.head)).toMatchObject([{ code: 'TRANSCRIPT_REPLAY', text: expect.stringContaining('signature of the restored key does not verify') as string }]);
  });
  test('so does a re-share, with the object that proves the new backup', () => {
    const folder = buildOn('re-share', [first], { badRestore: true });
    expect(faultsOf(folder)).toMatchObject([{ code: 'TRANSCRIPT_REPLAY' }]);
  });
  test('a share that was read and is not the one that the manifest names is a fault', () => {
    const folder = buildOn('share-check', [first], {
      play: (teller, step) => {
        if (step.kind !== 'prove' || step.shareNumber !== 2) return false;
        const fact = readShareFact(teller, 2, teller.state.plan.source!.set.setId);
        teller.tell({ ...fact, body: { ...fact.body, commitment: 'ab'.repeat(32) as Sha256Hex } });
        return finishProof(teller, step);
      },
    });
    expect(faultsOf(folder)).toMatchObject([{ code: 'TRANSCRIPT_REPLAY', text: expect.stringContaining('share 2 is not the one that the manifest names') as string }]);
  });
  test('slips prove a reading and say that they prove no more', () => {
    const texts = findings(archive(first, built['share-check']), null).map(({ code, text }) => `${code} ${text}`);
    expect(texts).toContainEqual('NOTE_SHARE_PROVED Ada Okafor proved share 1.');
    expect(texts).toContainEqual('LIMIT_SLIP_PROVES_READING A slip proves that a share was read on that day, whole and unaltered. It does not prove that no copy of it exists.');
  });
  test('a re-share with copies that are missing says what a remaining old quorum could still do', () => {
    const folder = buildOn('re-share', [first], {
      play: (teller, step) => {
        if (step.kind !== 'account') return false;
        for (const { copy } of teller.state.plan.source!.copies) if (copy.kind === 'sheet' && copy.share < 4) teller.tell(accountFact(teller, copy, 'missing', null)); else destroyFact(teller, copy);
        teller.complete(id('maria'));
        return true;
      },
    });
    const report = verifyPath(archive(first, folder), { anchor: folder.head });
    expect(report.exitStatus).toBe(0);
    expect(report.findings.filter(({ code }) => code === 'NOTE_COPIES_LEFT').map(({ text }) => text)).toContainEqual(expect.stringContaining('3 old shares are left, and any 3 of them still rebuild the old wrapping key'));
    expect(report.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['NOTE_SET_SUPERSEDED', 'LIMIT_DESTRUCTION_SAID', 'LIMIT_GATHERED']));
    expect(recordOf(folder)['accounted']).toHaveLength(7);
  });
  test('a PIN that a quorum holds is recorded, with what became of the SO PIN and of each token', () => {
    expect(faults(archive(withPin), withPin.head)).toEqual([]);
    expect(recordOf(withPin)).toMatchObject({ pin: { control: 'quorum', so: 'nobody', tokens: [{ soChanged: false }, {}] }, pinSet: { threshold: 3, shares: { length: 5 } }, printerTested: 'scanned' });
    expect(findings(archive(withPin), null).find(({ code }) => code === 'NOTE_PIN_QUORUM')?.text).toContain('The plan says that the SO PIN is random and kept nowhere');
    expect(faultsOf(withPin, {}, ['pin-manifest.dsse.json'])).toMatchObject([{ code: 'FOLDER_FILE_MISSING', file: 'pin-manifest.dsse.json' }]);
    expect(faultsOf(withPin, { 'pin-manifest.dsse.json': withPin.files.get('manifest.dsse.json')! })).toMatchObject([{ code: 'FOLDER_FILE_DIGEST', file: 'pin-manifest.dsse.json' }]);
  });
  test('a re-share with that PIN stands on both sets, and opens the tokens by quorum', () => {
    const folder = buildOn('re-share', [withPin]);
    const path = archive(withPin, folder);
    expect(folder.teller.state.plan.pin?.control).toBe('held-by-quorum');
    expect([...folder.files.keys()]).toEqual(expect.arrayContaining(['source-manifest.dsse.json', 'source-pin-manifest.dsse.json', 'manifest.dsse.json']));
    expect(faults(path, folder.head)).toEqual([]);
    expect(recordOf(folder)).toMatchObject({ pin: { control: 'held-by-quorum', renewed: false } });
    expect((recordOf(folder)['gathered'] as { holds: string }[]).map(({ holds }) => holds)).toEqual(['pin', 'wrapping-key']);
  });
  test('a check of a PIN set, and one ceremony after the other, verify as one archive', () => {
    const folders: BuiltFolder[] = [withPin];
    folders.push(buildOn('share-check', folders, { holds: 'pin' }));
    folders.push(buildOn('recovery', folders));
    folders.push(buildOn('re-share', folders, { change: (plan) => ({ ...plan, people: [...plan.people.map((person) => (person.id === 'emil' ? { ...person, role: 'holder' as const } : person)), ...samplePeople(6).slice(-1)] }) }));
    folders.push(buildOn('share-check', folders));
    folders.push(buildOn('share-destruction', folders));
    expect(faults(archive(...folders), folders.at(-1)!.head)).toEqual([]);
    expect(folders[4]!.teller.state.plan.source!.set.epoch).toBe(2);
  });
  test('an aborted ceremony verifies', () => {
    const folder = buildOn('recovery', [first], { abortAfter: '3.2' });
    expect(faults(archive(first, folder), folder.head)).toEqual([]);
  });
  test('a ceremony without any of this has the record it always had', () => {
    expect(Object.keys(recordOf(first)).at(-1)).toBe('voidedSets');
  });
});

describe('an archive whose plan says otherwise of its set', () => {
  const other = (change: (source: Source) => Source): BuiltFolder => buildOn('share-check', [first], { change: (plan) => ({ ...plan, source: change(plan.source!) }) });
  const digest = 'ab'.repeat(32) as Sha256Hex;
  test.each([
    ['head', (source: Source): Source => ({ ...source, ceremony: { ...source.ceremony, head: digest } }), 'another closing head or record'],
    ['record', (source: Source): Source => ({ ...source, ceremony: { ...source.ceremony, record: digest } }), 'another closing head or record'],
    ['certificate of the key', (source: Source): Source => ({ ...source, key: { ...source.key, certificateSha256: digest } }), 'otherwise of the key'],
    ['copies', (source: Source): Source => ({ ...source, copies: source.copies.slice(1) }), 'copies of the set are not the same'],
    ['wrapped key', (source: Source): Source => ({ ...source, wrapped: { ...source.wrapped!, sha256: digest } }), 'otherwise of the wrapped key'],
    ['history', (source: Source): Source => ({ ...source, history: [] }), 'Who has held or read'],
  ])('is refused, naming the folder and the part: %s', (_part, change, text) => {
    const folder = other(change);
    expect(faults(archive(first, folder), folder.head)).toMatchObject([{ code: 'FOLDER_SOURCE', file: `${folder.name}/plan.json`, text: expect.stringContaining(text) as string }]);
  });
  test('a set that no ceremony before it issued is not compared, and said', () => {
    const late = built['share-check'];
    expect(findings(archive(late), late.head).map(({ code }) => code)).toContain('LIMIT_SOURCE_NOT_SEEN');
  });
  test('a ceremony on a superseded set, with the new one at hand, is refused', () => {
    const after = buildOn('re-share', [first]);
    const stale = buildFolder({ plan: planOn('recovery', [first]), number: 3, previous: after.link, on: [first] });
    expect(faults(archive(first, after, stale), stale.head).map(({ code, text }) => `${code} ${text}`)).toContainEqual(expect.stringContaining('FOLDER_SOURCE'));
  });
  test('a frozen plan with its source manifests has not begun, and the archive holds', () => {
    const folder = built.recovery;
    const files = new Map([...folder.files].filter(([name]) => name === 'plan.json' || name.startsWith('people/') || name.startsWith('source-')));
    const report = verifyPath(archive(first, { ...folder, files }), { anchor: first.head });
    expect(report.exitStatus).toBe(0);
    expect(report.findings.map(({ code }) => code)).toContain('LIMIT_NOT_BEGUN');
  });
  test('a plan whose source manifest names other holders is refused', () => {
    const plan = planOn('share-check', [first], (one) => ({ ...one, source: { ...one.source!, set: { ...one.source!.set, setFingerprint: '0000 0000' } } }));
    const folder = buildFolder({ plan, number: 2, previous: first.link, on: [first] });
    expect(faultsOf(folder)).toMatchObject([{ code: 'FOLDER_FILE_INVALID', file: 'source-manifest.dsse.json' }]);
  });
});
