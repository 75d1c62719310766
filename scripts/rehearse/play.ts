/**
 * The people of the room, step by step: each does what the open step asks of them, in the window. What is on is read from the
 * snapshot; whatever is done is done with the controls a person has.
 */
import { assertNever } from '../../shared/assert-never.ts';
import { answerersOf } from '../../shared/ceremony/prompt.ts';
import { materialsLeft } from '../../shared/ceremony/materials.ts';
import { openRound } from '../../shared/ceremony/two-answers.ts';
import type { ShareFacts } from '../../shared/ceremony/state.ts';
import { accountOf, copiesToAccount, gatheringOf, openSheets, personOf, recordSigners, shareOf, signersOf, stepOf } from '../../shared/ceremony/select.ts';
import { witnessOf } from '../../shared/ceremony/people.ts';
import { workIsDone } from '../../shared/ceremony/rules/work-done.ts';
import { openedCopies } from '../../shared/ceremony/opened-copies.ts';
import type { AccountStep, CheckStep, GatherStep, HandoverStep, MachineStep, MaterialsStep, ProveStep, RollCallStep, SignStep, Step } from '../../shared/ceremony/script-types.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { sessionName } from '../../shared/text/session.ts';
import { readFromTheBag, readFromTheThing } from '../drive/on-paper.ts';
import { act, type Stage } from './stage.ts';

/** Told before each step; a test that wants to stop the play there answers true. */
export type Halt = (snapshot: Snapshot) => boolean | Promise<boolean>;

export class StepError extends Error {
  readonly step: string;
  constructor(step: string, message: string) { super(`step ${step}: ${message}`); this.name = 'StepError'; this.step = step; }
}

export const mustSnapshot = async (stage: Stage): Promise<Snapshot> => {
  const snapshot = await stage.snapshot();
  if (snapshot === null) throw new Error('no ceremony is open');
  return snapshot;
};

/** What the window says that went wrong, in one line; null when it says nothing. */
export const shownFault = async (stage: Stage): Promise<string | null> => {
  const fault = stage.at('fault').first();
  return await fault.count() === 0 ? null : `${await fault.getAttribute('data-code') ?? ''}: ${(await fault.innerText()).replaceAll(/\s+/g, ' ')}`;
};

/** Does something and makes sure that it came about. */
const achieve = async (stage: Stage, step: string, what: string, press: () => Promise<void>, done: (snapshot: Snapshot) => boolean): Promise<void> => {
  await act(stage, press);
  const after = await mustSnapshot(stage);
  if (!done(after)) throw new StepError(step, `${what} did not come about. The window says: ${await shownFault(stage) ?? 'nothing'}`);
};

/** The run screen shows this step and waits for people. */
const ready = async (stage: Stage, step: string): Promise<void> => { await stage.page.locator(`[data-testid="run"][data-step="${step}"][data-busy="false"]`).waitFor(); };
/** Every step's one action, by its key: Ctrl and Enter. */
export const pressPrimary = (stage: Stage) => async (): Promise<void> => {
  await stage.page.locator('[data-testid="run-primary"]:enabled').waitFor();
  await stage.page.keyboard.press('Control+Enter');
};
const left = (step: Step) => (snapshot: Snapshot): boolean => snapshot.state.current !== step.id;

const confirm = async (stage: Stage, step: Step): Promise<void> => {
  await stage.shot(step.id);
  await achieve(stage, step.id, 'the end of the step', pressPrimary(stage), left(step));
};

const callRoll = async (stage: Stage, step: RollCallStep, { state }: Snapshot): Promise<void> => {
  for (const person of state.plan.people.filter(({ id }) => !(id in state.present)))
    await achieve(stage, step.id, `the answer of ${person.id}`, async () => { await stage.hands.press(`present-${person.id}`); }, (after) => after.state.present[person.id]?.present === true);
  await confirm(stage, step);
};

const readOut = async (stage: Stage, step: CheckStep, snapshot: Snapshot): Promise<void> => {
  const people = answerersOf(step);
  for (const [index, person] of people.entries()) {
    const last = index === people.length - 1;
    // What the first of two people read is gone from the screen before the second reads.
    await stage.hands.write('run-answer', readFromTheThing(snapshot.folder.path, step));
    if (last) await stage.shot(step.id);
    await achieve(stage, step.id, `the answer of ${person}`, async () => { await stage.page.keyboard.press('Control+Enter'); }, last ? left(step) : ({ state }) => openRound(state, step).length > index);
  }
};

/** The witness notes what is not as expected on a machine that is no ceremony machine. */
export const recordException = async (stage: Stage, what: string, done: string): Promise<void> => {
  const before = (await mustSnapshot(stage)).state.exceptions.length;
  await stage.page.keyboard.press('F9');
  await stage.at('exception-what').waitFor();
  await stage.hands.write('exception-expected', 'Everything as the plan has it.');
  await stage.hands.write('exception-what', what);
  await stage.hands.write('exception-done', done);
  await stage.hands.choose('exception-noticed', witnessOf((await mustSnapshot(stage)).state.plan));
  await stage.hands.choose('exception-decided', witnessOf((await mustSnapshot(stage)).state.plan));
  if (before === 0) await stage.shot('exception');
  await stage.hands.press('exception-commit');
  await stage.at('exception-what').waitFor({ state: 'detached' });
  if ((await mustSnapshot(stage)).state.exceptions.length === before) throw new Error('the exception was not recorded');
};

const destroySheets = async (stage: Stage, step: MachineStep): Promise<void> => {
  for (let out = openSheets((await mustSnapshot(stage)).state).length; out > 0; out--)
    await achieve(stage, step.id, 'the destruction of a sheet', async () => { await stage.hands.press('handover-destroyed'); }, (after) => openSheets(after.state).length < out);
};

const work = async (stage: Stage, step: MachineStep): Promise<void> => {
  await destroySheets(stage, step);
  const { state: before } = await mustSnapshot(stage);
  if (!workIsDone(before, step.operation) || before.openEffect !== null) {
    if (step.operation === 'close') await stage.shot(step.id);
    await achieve(stage, step.id, `the work "${step.operation}"`, pressPrimary(stage), ({ state }) => workIsDone(state, step.operation) || state.closing !== null);
  }
  const after = await mustSnapshot(stage);
  if (after.state.current !== step.id) return;
  const odd = after.state.preflight.filter((row) => !row.ok);
  if (step.operation === 'preflight' && odd.length > 0 && !after.state.exceptions.some((one) => one.step === step.id))
    await recordException(stage, `Not as expected on this machine: ${odd.map((row) => row.id).join(', ')}.`, 'The witness accepts it: this is a run of the program, not a ceremony of record.');
  await confirm(stage, step);
};

/** One custodian at a hold point: called, reads the sentence, signs. */
export const callToSign = async (stage: Stage, step: SignStep, person: string): Promise<void> => {
  await stage.hands.press(`sign-${person}`);
  await stage.at('signoff-sign').waitFor();
  const { opening } = (await mustSnapshot(stage)).state;
  if (await stage.page.getByText(sessionName(opening!)).count() === 0) throw new StepError(step.id, 'the sign-off does not name the session');
  await stage.shot(`${step.id}-signoff`);
  await achieve(stage, step.id, `the signature of ${person}`, async () => { await stage.hands.press('signoff-sign'); }, (after) => signersOf(after.state, step.id).some((id) => id === person));
};
const signOff = async (stage: Stage, step: SignStep, snapshot: Snapshot): Promise<void> => {
  const signed = signersOf(snapshot.state, step.id);
  const able = (id: string): boolean => !signed.some((one) => one === id) && personOf(snapshot.state, id)?.credential.kind !== 'paper';
  for (const id of step.actors.filter(able).slice(0, Math.max(0, step.threshold - signed.length))) await callToSign(stage, step, id);
  await confirm(stage, step);
};

/** The number on a bag that no ceremony of the archive has used; custodian and witness both read it. */
export const newBag = ({ folder, state }: Snapshot): string => `BAG-${String(folder.number)}${String(state.count).padStart(3, '0')}`;
const handOver = async (stage: Stage, step: HandoverStep, snapshot: Snapshot): Promise<void> => {
  const status = async (): Promise<string> => shareOf((await mustSnapshot(stage)).state, step.shareNumber)?.status ?? 'waiting';
  const is = (wanted: string) => (after: Snapshot): boolean => shareOf(after.state, step.shareNumber)?.status === wanted;
  const carriers = (): Promise<string> => mustSnapshot(stage).then(({ state }) => carriersOf(shareOf(state, step.shareNumber)));
  if (await status() === 'waiting') await achieve(stage, step.id, 'the print or the card', pressPrimary(stage), is('printed'));
  for (let before = await carriers(); await status() === 'printed'; before = await carriers())
    await achieve(stage, step.id, 'the next of writing and reading back', pressPrimary(stage), (after) => carriersOf(shareOf(after.state, step.shareNumber)) !== before);
  if (snapshot.state.current !== step.id) return;
  const bag = newBag(snapshot);
  for (const field of ['handover-bag-custodian', 'handover-bag-witness']) await stage.hands.write(field, bag);
  if (shareOf((await mustSnapshot(stage)).state, step.shareNumber)?.carrier === 'both') for (const field of ['handover-card-bag-custodian', 'handover-card-bag-witness']) await stage.hands.write(field, `${bag}C`);
  await confirm(stage, step);
};

/** Where sheet and card of a share are on their way. */
const carriersOf = (share: ShareFacts | null): string => `${share?.paper ?? '-'} ${share?.card?.status ?? '-'}`;

/** Holders come one after the other until enough shares are accepted. */
const gather = async (stage: Stage, step: GatherStep): Promise<void> => {
  const came = ({ state }: Snapshot): number => gatheringOf(state, step)?.shares.length ?? 0;
  for (let have = came(await mustSnapshot(stage)); have < step.threshold; have++) {
    await achieve(stage, step.id, `share ${have + 1} of ${step.threshold}`, pressPrimary(stage), (after) => came(after) > have);
    if (have === 0) await stage.shot(`${step.id}-gather`);
  }
  await confirm(stage, step);
};

/** One holder alone: read, sealed again, signed. */
const prove = async (stage: Stage, step: ProveStep, snapshot: Snapshot): Promise<void> => {
  await achieve(stage, step.id, 'the proof', pressPrimary(stage), ({ state }) => state.proofs.some((proof) => proof.step === step.id));
  const open = ({ state }: Snapshot): number => openedCopies(state, step).filter((copy) => accountOf(state, copy) === null).length;
  for (let left = open(await mustSnapshot(stage)); left > 0; left--) {
    await stage.hands.write('prove-bag', `${newBag(snapshot)}${left > 1 ? 'B' : ''}`);
    await achieve(stage, step.id, 'the new bag', pressPrimary(stage), (after) => open(after) < left);
  }
  await stage.shot(`${step.id}-slip`);
  await pressPrimary(stage)();
  await stage.at('signoff-sign').waitFor();
  await achieve(stage, step.id, 'the slip', async () => { await stage.hands.press('signoff-sign'); }, ({ state }) => signersOf(state, step.id).includes(step.custodian));
  await confirm(stage, step);
};

/** What is sealed again in a recovery is destroyed elsewhere. */
const account = async (stage: Stage, step: AccountStep, snapshot: Snapshot): Promise<void> => {
  const open = ({ state }: Snapshot): number => copiesToAccount(state, step.about).filter(({ copy }) => accountOf(state, copy) === null).length;
  for (let left = open(await mustSnapshot(stage)); left > 0; left--) {
    await stage.hands.tick(step.about === 'used' ? 'account-resealed' : 'account-destroyed');
    if (step.about === 'used') await stage.hands.write('account-bag', `${newBag(snapshot)}-${left}`);
    else await stage.hands.write('account-method', 'cross-cut P-5, pieces shown to the witness');
    if (left === 1) await stage.shot(`${step.id}-last-copy`);
    await achieve(stage, step.id, 'the account of a copy', pressPrimary(stage), (after) => open(after) < left);
  }
  await confirm(stage, step);
};

/** Each thing comes in the bag of last time, and goes into a new one. */
const callMaterials = async (stage: Stage, step: MaterialsStep): Promise<void> => {
  for (let left = materialsLeft((await mustSnapshot(stage)).state, step); left.length > 0; left = materialsLeft((await mustSnapshot(stage)).state, step)) {
    const snapshot = await mustSnapshot(stage), bag = step.when === 'in' ? readFromTheBag(snapshot.folder.path, left[0]!.id) : `M${newBag(snapshot)}`;
    await stage.hands.tick(bag === null ? 'material-none' : 'material-intact');
    if (bag !== null) for (const field of ['material-bag-holder', 'material-bag-witness']) await stage.hands.write(field, bag);
    if (left.length === 1) await stage.shot(`${step.id}-materials`);
    const before = left.length;
    await achieve(stage, step.id, `the call of ${left[0]!.what}`, pressPrimary(stage), ({ state }) => materialsLeft(state, step).length < before);
  }
  await confirm(stage, step);
};

const playStep = async (stage: Stage, step: Step, snapshot: Snapshot): Promise<void> => {
  await ready(stage, step.id);
  switch (step.kind) {
    case 'say': await confirm(stage, step); return;
    case 'roll-call': await callRoll(stage, step, snapshot); return;
    case 'check': await readOut(stage, step, snapshot); return;
    case 'machine': await work(stage, step); return;
    case 'login': await confirm(stage, step); return;
    case 'sign': await signOff(stage, step, snapshot); return;
    case 'handover': await handOver(stage, step, snapshot); return;
    case 'gather': await gather(stage, step); return;
    case 'prove': await prove(stage, step, snapshot); return;
    case 'account': await account(stage, step, snapshot); return;
    case 'materials': await callMaterials(stage, step); return;
    default: assertNever(step);
  }
};

/** More steps than any script has: a play that goes round in circles ends. */
const MOST_STEPS = 200;

/** Plays on until the transcript is closed, or `halt` says so before a step. */
export const playSteps = async (stage: Stage, halt: Halt = () => false): Promise<Snapshot> => {
  for (let turn = 0; turn < MOST_STEPS; turn++) {
    const snapshot = await mustSnapshot(stage);
    const step = stepOf(snapshot.state);
    if (step === null || await halt(snapshot)) return snapshot;
    try { await playStep(stage, step, snapshot); } catch (error) {
      if (error instanceof StepError) throw error;
      throw new StepError(step.id, `${(error as Error).message}. The window says: ${await shownFault(stage).catch(() => null) ?? 'nothing'}`);
    }
  }
  throw new Error('the ceremony does not end');
};

/** Where copies were accounted for, the room can have a certificate of what was destroyed. */
const printCertificate = async (stage: Stage): Promise<void> => {
  if (await stage.at('certificate-print').count() === 0) return;
  await stage.hands.press('certificate-print');
  await stage.at('certificate-path').or(stage.at('fault')).first().waitFor();
  const fault = await shownFault(stage);
  if (fault !== null) throw new Error(`the certificate was not made. The window says: ${fault}`);
  await stage.shot('certificate');
};

/** Everyone with a credential signs the record. @returns the closing head as the screen shows it, which the witness writes down. */
export const signTheRecord = async (stage: Stage): Promise<string> => {
  await stage.at('record-head').waitFor();
  const head = (await stage.at('record-head').innerText()).replaceAll(/\s/g, '');
  const { state, record } = await mustSnapshot(stage);
  for (const { id } of recordSigners(state).filter((person) => !(record?.signed ?? []).includes(person.id)))
    await achieve(stage, 'record', `the record signature of ${id}`, async () => { await stage.hands.press(`record-sign-${id}`); }, (after) => after.record?.signed.includes(id) === true);
  if ((await mustSnapshot(stage)).record?.documents !== true)
    await achieve(stage, 'record', 'the documents', async () => { await stage.hands.press('record-make'); }, (after) => after.record?.documents === true);
  await stage.shot('record');
  await printCertificate(stage);
  return head;
};
