/**
 * A token room whose archive has a finished key generation: custodians with sheets and cards, and the plan of a next ceremony on its set.
 * Everyone signs with a key on a token, so that a ceremony is played in seconds.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lookAtRegister } from '../../electron/archive/register.ts';
import { makeCards } from '../../electron/prepare/cards.ts';
import { changeDraft, readDraft } from '../../electron/prepare/drafts.ts';
import { foundingDraft, underCharter } from '../../electron/prepare/charter-drafts.ts';
import { makeTokens } from '../../electron/prepare/rehearsal-tokens.ts';
import { startDraftOf } from '../../electron/prepare/start-draft.ts';
import { createVault } from '../../electron/vault/vault.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import type { CeremonyKind, Custody, KeyPlan, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { SetState } from '../../shared/register/custody-types.ts';
import { fileDigest, openHeadlessRoom, play, SECRETS, type HeadlessRoom, type RoomOptions } from './headless-room.ts';
import { SOFTHSM_MODULE } from './softhsm.ts';
import { prepareTokenRoom } from './token-room.ts';
import { typeInto } from './typing.ts';

const PIN = `${SECRETS.pinFirst}${SECRETS.pinSecond}`;
const planFile = (dir: string): string => path.join(dir, 'plan-of-the-room.json');
export const planOfRoom = (dir: string): KeyPlan => JSON.parse(readFileSync(planFile(dir), 'utf8')) as KeyPlan;
export const writePlan = (dir: string, plan: Plan): void => { writeFileSync(planFile(dir), encodePlan(plan)); };

export interface CustodyRoomOptions { readonly custodians?: number; readonly custody?: Readonly<Record<string, Omit<Custody, 'card'>>>; readonly plan?: Partial<Plan> }

const makeCard = async (label: string): Promise<string> => {
  const vault = createVault();
  try {
    await vault.call('module.open', { path: SOFTHSM_MODULE });
    const pinEntries = [await typeInto(vault, { kind: 'new-pin', person: null, token: label, minLength: 4, maxLength: 64, half: 'whole' }, PIN, PIN)];
    return (await vault.call('rehearsal.make-token', { module: SOFTHSM_MODULE, label, pinEntries })).serial;
  } finally { vault.close(); }
};

/** @returns the folder: tokens, credentials, cards and a plan; nothing is frozen yet. */
export const prepareCustodyRoom = async ({ custodians = 2, custody = {}, plan: changes = {} }: CustodyRoomOptions = {}): Promise<string> => {
  const dir = await prepareTokenRoom({ custodians });
  const plan = planOfRoom(dir), people: Plan['people'] = [];
  for (const person of plan.people) {
    const own = custody[person.id];
    if (own === undefined) { people.push(person); continue; }
    const card = own.carrier === 'paper' ? null : { module: SOFTHSM_MODULE, serial: await makeCard(`card-${person.id}`) };
    people.push({ ...person, custody: { ...own, card } });
  }
  writePlan(dir, { ...plan, people, ...changes });
  return dir;
};

/** Freezes the plan of the room, unless that was done, and begins. */
export const begin = async (room: HeadlessRoom): Promise<Snapshot> => {
  const { number } = await room.host.freeze(encodePlan(room.plan));
  await room.host.enter(number);
  return room.host.begin('12');
};

/** Plays the first ceremony of a prepared room to its end. */
export const playGeneration = async (dir: string, options: RoomOptions = {}): Promise<void> => {
  const room = await openHeadlessRoom({ ...options, dir });
  try {
    const end = await play(room, await begin(room));
    if (end.state.closing?.outcome !== 'completed') throw new Error('the ceremony did not end');
  } finally { room.close(); }
};

/** Founds the archive of a prepared room with its people, and puts its plan under that charter. A real ceremony about a key needs one. */
export const playFounding = async (dir: string, options: RoomOptions = {}): Promise<void> => {
  const plan = planOfRoom(dir);
  writePlan(dir, { ...foundingDraft(plan), decision: { purpose: 'Set up the key management', authority: 'Board, decision 2026-14' } });
  await playGeneration(dir, options);
  const room = await openHeadlessRoom({ ...options, dir });
  try { writePlan(dir, underCharter(plan, (await lookAtRegister(room.ports.disk, room.workspace.archiveDir, new Date())).charter!)); } finally { room.close(); }
};

const placeOf = (room: HeadlessRoom) => ({ ...room.ports, workspace: room.workspace });
export const setsOf = async (room: HeadlessRoom): Promise<readonly SetState[]> => (await lookAtRegister(room.ports.disk, room.workspace.archiveDir, new Date())).keys.flatMap((key) => key.sets);
export const currentSetOf = async (room: HeadlessRoom): Promise<SetState> => (await setsOf(room)).findLast((set) => set.status === 'current')!;

export interface Next { readonly kind: CeremonyKind; readonly change?: (plan: Plan) => Plan; readonly setId?: string }
/** Draws up the next ceremony on the current set and makes its plan that of the room. */
export const planNext = async (dir: string, { kind, change = (plan) => plan, setId }: Next, options: RoomOptions = {}): Promise<Plan> => {
  const room = await openHeadlessRoom({ ...options, dir });
  try {
    await startDraftOf(placeOf(room), { kind, setId: (setId ?? (await currentSetOf(room)).setId) as never });
    await changeDraft(placeOf(room), change);
    if (kind === 'recovery') await makeTokens(placeOf(room));
    await makeCards(placeOf(room));
    const { plan, findings } = await readDraft(placeOf(room));
    if (plan === null || findings.length > 0) throw new Error(JSON.stringify(findings));
    writePlan(dir, plan);
    return plan;
  } finally { room.close(); }
};

/** A room with a finished generation and the plan of the next ceremony. */
export const roomOnSet = async (options: CustodyRoomOptions, next: Next, as: RoomOptions = {}): Promise<string> => {
  const dir = await prepareCustodyRoom(options);
  await playGeneration(dir, as);
  await planNext(dir, next, as);
  return dir;
};

/** Makes every token of the room one that `module` shows: a module that passes on to SoftHSM. */
export const throughModule = (dir: string, module: string): void => {
  const plan = planOfRoom(dir), sha256 = fileDigest(module);
  const people = plan.people.map((person) => ({
    ...person, credential: person.credential.kind === 'token' ? { ...person.credential, module } : person.credential,
    ...(person.custody?.card ? { custody: { ...person.custody, card: { ...person.custody.card, module } } } : {}),
  }));
  writePlan(dir, { ...plan, people, hsm: { ...plan.hsm, module: { path: module, sha256 } } });
};

/** Gives the room HSMs made from outside, so that their SO PIN is known: the same text as the User PIN. Before anything is frozen. */
export const withKnownSo = async (dir: string): Promise<void> => {
  const vault = createVault();
  for (const label of ['so-first', 'so-second']) execFileSync('softhsm2-util', ['--init-token', '--free', '--label', label, '--pin', PIN, '--so-pin', PIN], { stdio: 'ignore' });
  const { tokens } = await vault.call('module.open', { path: SOFTHSM_MODULE });
  vault.close();
  const plan = planOfRoom(dir), serialOf = (label: string): string => tokens.find((token) => token.label === label)!.serial;
  writePlan(dir, { ...plan, hsm: { ...plan.hsm, serial: serialOf('so-first'), secondSerial: serialOf('so-second') } });
};
