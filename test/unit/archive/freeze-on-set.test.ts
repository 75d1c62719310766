/** Freezing a plan that stands on a set: its manifests come along, and a plan that the archive has outrun is refused with what changed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDisk } from '../../../electron/archive/disk.ts';
import { listFolders } from '../../../electron/archive/folders.ts';
import { assertCurrent, freezePlan } from '../../../electron/archive/freeze.ts';
import { lookAtRegister } from '../../../electron/archive/register.ts';
import { startDraftOf } from '../../../electron/prepare/start-draft.ts';
import { viewDraft } from '../../../electron/prepare/drafts.ts';
import { workspaceAt } from '../../../electron/workspaces.ts';
import type { PersonId, Sha256Hex } from '../../../shared/brand.ts';
import { encodePlan } from '../../../shared/ceremony/parse-plan.ts';
import { KEY_KINDS, type Plan } from '../../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../../shared/errors.ts';
import { buildFolder, buildOn, planOn, registerOf, writeFolder } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { accountFact } from '../../support/story.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const id = (name: string): PersonId => name as PersonId;
const disk = createDisk();
const first = buildFolder();
const withPin = buildFolder({ plan: samplePlan({ pin: { control: 'quorum', typedBy: [id('maria'), id('walter')], so: 'nobody', soTypedBy: [] } }) });
/** A re-share after which every old copy is still there. */
const replacedAndKept = (): BuiltFolder => buildOn('re-share', [first], {
  play: (teller, step) => {
    if (step.kind !== 'account') return false;
    for (const { copy } of teller.state.plan.source!.copies) teller.tell(accountFact(teller, copy, 'retained', null));
    teller.complete(id('maria'));
    return true;
  },
});
let dir: string;
beforeEach(() => { dir = mkdtempSync(path.join(tmpdir(), 'quorate-freeze-')); });
afterEach(() => { rmSync(dir, { recursive: true, force: true }); });
const archive = (): string => path.join(dir, 'archive');
const freeze = (plan: Plan) => freezePlan(disk, archive(), plan, encodePlan(plan));
const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  const error = await work.then(() => null, (thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error('nothing was refused');
  return error;
};

describe('freezing a plan on a set', () => {
  it('copies the manifest of the set, byte for byte, before the plan', async () => {
    writeFolder(archive(), first);
    const folder = await freeze(planOn('recovery', [first]));
    expect(folder.number).toBe(2);
    expect(readFileSync(path.join(folder.path, 'source-manifest.dsse.json'))).toEqual(Buffer.from(first.files.get('manifest.dsse.json')!));
  });
  it('copies that of the PIN set too', async () => {
    writeFolder(archive(), withPin);
    const folder = await freeze(planOn('re-share', [withPin]));
    expect(readFileSync(path.join(folder.path, 'source-pin-manifest.dsse.json'))).toEqual(Buffer.from(withPin.files.get('pin-manifest.dsse.json')!));
  });
  it('refuses a manifest that is not the one of the plan (FOLDER_FILE_DIGEST), or is gone (FOLDER_FILE_MISSING), and makes no folder', async () => {
    const written = writeFolder(archive(), first);
    writeFileSync(path.join(written, 'manifest.dsse.json'), '{}');
    expect((await refusal(freeze(planOn('recovery', [first])))).code).toBe('FOLDER_FILE_DIGEST');
    rmSync(path.join(written, 'manifest.dsse.json'));
    expect((await refusal(freeze(planOn('recovery', [first])))).code).toBe('FOLDER_FILE_MISSING');
    expect(await listFolders(archive())).toHaveLength(1);
  });
  it.each([
    ['a set that was superseded since', replacedAndKept, 'recovery', 'superseded'],
    ['a set that was replaced and destroyed', () => buildOn('re-share', [first]), 're-share', 'destroyed'],
    ['a set whose shares were destroyed', () => buildOn('share-destruction', [first]), 'share-check', 'destroyed'],
    ['copies that went into new bags', () => buildOn('recovery', [first]), 'share-check', 'copies'],
  ] as const)('refuses %s (PLAN_RULE source-current) and says what changed', async (_what, later, kind, word) => {
    for (const folder of [first, later()]) writeFolder(archive(), folder);
    const { code, details } = await refusal(freeze(planOn(kind, [first])));
    expect([code, details['rule'], details['where']]).toEqual(['PLAN_RULE', 'source-current', 'source']);
    expect(details['text']).toContain(word);
    expect(await listFolders(archive())).toHaveLength(2);
  });
  it('refuses a set that the archive never issued', async () => {
    writeFolder(archive(), withPin);
    const plan = planOn('recovery', [first], (one) => ({ ...one, source: { ...one.source!, set: { ...one.source!.set, setId: 'ab'.repeat(32) as Sha256Hex }, copies: [] } }));
    expect((await refusal(freeze(plan))).details['text']).toContain('no share set of this id');
  });
  it('takes a superseded set where the new one can recover nothing any more', async () => {
    const again = replacedAndKept();
    const gone = buildOn('share-destruction', [first, again]);
    for (const folder of [first, again, gone]) writeFolder(archive(), folder);
    const plan = planOn('recovery', [first], (one) => { const register = registerOf([first, again, gone]), [old] = register.keys[0]!.sets; return { ...one, source: { ...one.source!, copies: old!.copies.map(({ copy, bag }) => ({ copy, bag })), known: [] } }; });
    await expect(assertCurrent(disk, archive(), plan)).resolves.toBeUndefined();
  });
  it('plans nothing on an archive with a folder that cannot be read, and still shows what can be', async () => {
    writeFolder(archive(), first);
    writeFolder(archive(), { name: '0002-broken', files: new Map([['plan.json', new TextEncoder().encode('{')]]) });
    expect((await refusal(freeze(planOn('recovery', [first])))).code).toBe('PLAN_NOT_JSON');
    expect((await lookAtRegister(disk, archive(), new Date())).keys).toHaveLength(1);
  });
  it('the register is read anew from the folders each time, and says the same', async () => {
    for (const folder of [first, buildOn('recovery', [first])]) writeFolder(archive(), folder);
    const now = new Date('2027-03-02T08:00:00Z');
    const once = await lookAtRegister(disk, archive(), now);
    expect(await lookAtRegister(createDisk(), archive(), now)).toEqual(once);
    expect(once.keys[0]!.tokens).toHaveLength(3);
  });
  it('leaves a key generation as it was', async () => {
    const folder = await freeze(samplePlan());
    expect(await disk.read(path.join(folder.path, 'source-manifest.dsse.json'))).toBeNull();
  });
});

describe('the draft of each kind', () => {
  const place = () => ({ disk, workspace: workspaceAt(dir, 'rehearsal'), now: () => new Date('2027-03-02T08:00:00Z') });
  const { setId } = registerOf([first]).keys[0]!.sets[0]!;
  it.each(KEY_KINDS.filter((kind) => kind !== 'root-key-generation'))('of a %s lacks only what the day fills in', async (kind) => {
    writeFolder(archive(), first);
    const view = await startDraftOf(place(), { kind, setId });
    expect(view.findings.map(({ code, where }) => `${code} ${where}`)).toEqual(kind === 'recovery' ? ['PLAN_INCOMPLETE hsm.serial'] : []);
    expect(view.plan).toMatchObject({ ceremony: { kind, date: '2027-03-02' }, quorum: { threshold: 3, shares: 5 }, media: kind === 're-share' ? 2 : 0, source: { set: { setId }, ceremony: { number: 1 }, wrapped: { media: [1, 2] } } });
    expect(view.plan!.source!.copies).toHaveLength(7);
    expect(viewDraft(encodePlan(view.plan!), 'rehearsal').findings).toEqual(view.findings);
  });
  it('of a re-share of a key whose PIN a quorum holds opens the tokens by that set; a fresh target gets a PIN set of its own', async () => {
    writeFolder(archive(), withPin);
    const own = registerOf([withPin]).keys[0]!;
    expect((await startDraftOf(place(), { kind: 're-share', setId: own.sets[0]!.setId })).plan?.pin).toMatchObject({ control: 'held-by-quorum', renew: false, set: { setId: own.pinSets[0]!.setId } });
    expect((await startDraftOf(place(), { kind: 'recovery', setId: own.sets[0]!.setId })).plan?.pin).toMatchObject({ control: 'quorum', so: 'nobody' });
    expect((await startDraftOf(place(), { kind: 'share-check', setId: own.pinSets[0]!.setId })).findings).toEqual([]);
  });
  it('of a re-share opens its own tokens by their PIN set, whatever a later HSM has', async () => {
    const later = buildOn('recovery', [withPin]);
    for (const folder of [withPin, later]) writeFolder(archive(), folder);
    const own = registerOf([withPin, later]).keys[0]!;
    expect(own.tokens.map(({ pinSet }) => pinSet)).toEqual([own.pinSets[0]!.setId, own.pinSets[0]!.setId, own.pinSets[1]!.setId]);
    expect((await startDraftOf(place(), { kind: 're-share', setId: own.sets[0]!.setId })).plan).toMatchObject({ hsm: { serial: own.tokens[0]!.serial }, pin: { control: 'held-by-quorum', set: { setId: own.pinSets[0]!.setId } } });
  });
  it('is refused without a set, or on one that the archive does not know (PLAN_RULE)', async () => {
    writeFolder(archive(), first);
    for (const unknown of [null, 'ab'.repeat(32) as Sha256Hex]) expect((await refusal(startDraftOf(place(), { kind: 'recovery', setId: unknown }))).code).toBe('PLAN_RULE');
  });
  it('of a key generation is the one a room starts from', async () => {
    expect((await startDraftOf(place(), { kind: 'root-key-generation', setId: null })).plan).toMatchObject({ ceremony: { kind: 'root-key-generation' }, quorum: { threshold: 3, shares: 5 } });
  });
});
