/**
 * A whole room without windows: the real host, disk and vault on real SoftHSM tokens, and people who type what they know. The only
 * fakes are the ports: the desk (whose windows these people are), the look at the machine, and the documents.
 */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sha256Hex, StepId } from '../../shared/brand.ts';
import { createDisk } from '../../electron/archive/disk.ts';
import { createHost, type Host } from '../../electron/ceremony/host.ts';
import type { Disk, Documents, EntryDesk, HostPorts, VaultHouse, Workspace } from '../../electron/ceremony/ports.ts';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import { checkSignature } from '../../electron/verify/check-signature.ts';
import { workspaceAt } from '../../electron/workspaces.ts';
import type { Command } from '../../shared/ceremony/commands.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import { openedCopies } from '../../shared/ceremony/opened-copies.ts';
import { administratorOf, custodyOf, gatheredSetOf, hasRoomProtocol, keyPlan, witnessOf } from '../../shared/ceremony/people.ts';
import type { HandoverStep } from '../../shared/ceremony/script-types.ts';
import type { CeremonyState, Gathering } from '../../shared/ceremony/state.ts';
import type { Person, Plan, SetRef } from '../../shared/ceremony/plan-schema.ts';
import { nextAnswerer } from '../../shared/ceremony/two-answers.ts';
import { materialsLeft } from '../../shared/ceremony/materials.ts';
import { readFromTheBag, readFromTheThing } from '../../scripts/drive/on-paper.ts';
import { accountOf, copiesToAccount, gatheringOf, gatheringOfSet, openSheets, signersOf, stepOf } from '../../shared/ceremony/select.ts';
import { wantedSetOf } from '../../shared/ceremony/wanted-set.ts';
import { workIsDone } from '../../shared/ceremony/rules/work-done.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { EntryMessageIn, EntrySpec } from '../../shared/vault/contract.ts';
import { samplePlan } from './sample-plan.ts';
import { SOFTHSM_MODULE } from './softhsm.ts';
import { bytes, makeHand, wayOf } from './typing.ts';

/** What the people of a test room know. PIN halves are joined first ‖ second. */
export const SECRETS = { pinFirst: 'harbour-', pinSecond: 'lantern', diceCode: '35261 42316 61453 12645 31624 56213 42165 36412 51324 64153 21', passphrase: (person: string) => `${person} keeps a long passphrase` } as const;

export interface HeadlessRoom { readonly dir: string; readonly workspace: Workspace; readonly host: Host; readonly vault: () => Vault; readonly ports: HostPorts; readonly plan: Plan; close(): void; /** Ends the vault without a word, as a crash would, and brings a new one. */ killVault(): Promise<void> }

export const makeWorkspaceDir = (): string => realpathSync(mkdtempSync(path.join(tmpdir(), 'quorate-room-')));

const useTokensOf = (workspace: Workspace): void => {
  const store = path.join(workspace.tokensDir, 'store');
  mkdirSync(store, { recursive: true });
  const conf = path.join(workspace.tokensDir, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${store}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n`);
  process.env['SOFTHSM2_CONF'] = conf;
};

const LINE = /^\s*([1-4])\s+((?:[0-9A-HJKMNP-TV-Z]{2,4}\s+){4,5})([0-9A-HJKMNP-TV-Z]{2})\s*$/gm;
/** Empty for what is no page: a kill may have left a file without one. */
const textOf = (pdf: string): string => { try { return execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }); } catch { return ''; } };

/** Every sheet of a share that was printed, oldest first; a later ceremony of the workspace prints into a folder of its own, which is named after it. */
const sheetsOf = (workspace: Workspace, share: number): string[] => {
  const later = readdirSync(workspace.sharesDir, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).toSorted();
  return ['', ...later].flatMap((name) => {
    const dir = path.join(workspace.sharesDir, name);
    return readdirSync(dir).filter((file) => file.startsWith(`share-${share}-`) && file.endsWith('.pdf')).sort((x, y) => x.localeCompare(y, 'en', { numeric: true })).map((file) => path.join(dir, file));
  });
};

/** The four lines of the newest sheet of a share, as its custodian reads them from the paper. @param set the name of the set, where there are several */
export const readSheet = (workspace: Workspace, share: number, set?: string): string[] => {
  const newest = sheetsOf(workspace, share).findLast((file) => set === undefined || textOf(file).includes(set));
  if (!newest) throw new Error(`no sheet of share ${share} of set ${set ?? '-'}`);
  const lines = [...textOf(newest).matchAll(LINE)].map((match) => `${match[2]!.replaceAll(/\s/g, '')}${match[3]!}`);
  if (lines.length !== 4) throw new Error(`sheet of share ${share}: ${lines.length} lines`);
  return lines;
};

/** What an honest person types. */
export const valuesFor = (workspace: Workspace, spec: EntrySpec): string[] => {
  const pin = `${SECRETS.pinFirst}${SECRETS.pinSecond}`;
  switch (spec.kind) {
    case 'pin': return [pin];
    case 'pin-half': return [spec.half === 'first' ? SECRETS.pinFirst : SECRETS.pinSecond];
    case 'new-pin': { const half = spec.half === 'whole' ? pin : spec.half === 'first' ? SECRETS.pinFirst : SECRETS.pinSecond; return [half, half]; }
    case 'passphrase': return [SECRETS.passphrase(spec.person)];
    case 'new-passphrase': return [SECRETS.passphrase(spec.person), SECRETS.passphrase(spec.person)];
    case 'share': return [...readSheet(workspace, spec.share!, spec.set), ...(spec.blind ? [SECRETS.diceCode] : [])];
    case 'dice-code': return [SECRETS.diceCode, SECRETS.diceCode];
    case 'test-symbol': throw new Error('no test page is printed here');
  }
};

export type TypeFor = (spec: EntrySpec) => readonly string[] | null;
/** People who type what `type` gives; null closes the window. */
export const deskOf = (vault: () => Vault, type: TypeFor, heard?: (session: string | null) => void): EntryDesk => ({
  cancel: () => undefined,
  ask: async (spec, session) => {
    heard?.(session ?? null);
    const entryId = randomUUID();
    const hand = makeHand();
    const done = vault().attachEntry(entryId, spec, hand.port);
    const values = type(spec);
    const message: EntryMessageIn = values === null ? { type: 'cancel' } : { type: 'commit', values: values.map(bytes), ...wayOf(spec, values) };
    hand.send(message);
    const refused = values === null ? undefined : await hand.verdict().then((answer) => (answer.type === 'refused' ? answer : undefined));
    if (refused) { hand.close(); throw new Error(`entry refused: ${JSON.stringify(refused)}`); }
    return (await done).committed ? entryId : null;
  },
});

const houseOf = (): { house: VaultHouse; vault: () => Vault; kill: () => Promise<void> } => {
  let vault = createVault();
  let generation = 1;
  const listeners: (() => void)[] = [];
  const replace = async (): Promise<void> => { vault.close(); vault = createVault(); generation += 1; };
  const house: VaultHouse = { call: (name, request) => vault.call(name, request), restart: replace, get generation() { return generation; }, onGone: (listener) => { listeners.push(listener); } };
  return { house, vault: () => vault, kill: async () => { await replace(); for (const listener of listeners) listener(); } };
};

const NO_DOCUMENTS: Documents = { makeScript: async () => ({ pages: 0 }), makeRecord: async () => ({ pages: 0 }), makeDestructionCertificate: async () => ({ pages: 0 }), makeInventory: async () => ({ pages: 0 }) };
export interface RoomOptions { readonly dir?: string; readonly plan?: Partial<Plan>; readonly disk?: Disk; readonly type?: (workspace: Workspace) => TypeFor; readonly documents?: Documents; /** Told for each entry window which session it names. */ readonly heard?: (session: string | null) => void; readonly mode?: Plan['mode'] }

const portsOf = (workspace: Workspace, house: VaultHouse, vault: () => Vault, options: RoomOptions): HostPorts => ({
  vault: house, desk: deskOf(vault, options.type?.(workspace) ?? ((spec) => valuesFor(workspace, spec)), options.heard), disk: options.disk ?? createDisk(),
  world: { preflight: async () => [{ id: 'network', observed: 'no interface but lo is up', ok: true }, { id: 'swap', observed: 'no swap', ok: true }] },
  documents: options.documents ?? NO_DOCUMENTS, workspace, now: () => new Date(), random: (count) => new Uint8Array(randomBytes(count)), checkSignature,
  tool: { version: '0.1.0', source: 'checkout', runtime: `node ${process.versions.node}` }, onChange: () => undefined,
});

/** A SoftHSM token as the card of a custodian who has one in the draft. */
const cardFor = async (ports: HostPorts, person: Person): Promise<Pick<Person, 'custody'> | Record<string, never>> => {
  const { custody } = person;
  if (!custody?.card) return {};
  const label = `card-${person.id}`;
  const pinEntries = [(await ports.desk.ask({ kind: 'new-pin', person: person.id, token: label, minLength: 4, maxLength: 64, half: 'whole' }))!];
  const { serial } = await ports.vault.call('rehearsal.make-token', { module: SOFTHSM_MODULE, label, pinEntries });
  return { custody: { ...custody, card: { module: SOFTHSM_MODULE, serial } } };
};

/** Prepares as the Prepare screen does: makes the tokens, enrols everyone, completes the plan. */
const preparePlan = async (ports: HostPorts, changes: Partial<Plan>): Promise<Plan> => {
  const draft = samplePlan(changes);
  const asked = async (spec: EntrySpec): Promise<string> => (await ports.desk.ask(spec))!;
  const token = async (label: string): Promise<string> => {
    const halves = ['first', 'second'] as const;
    const pinEntries = await Promise.all(halves.map((half) => asked({ kind: 'new-pin', person: null, token: label, minLength: 4, maxLength: 64, half })));
    return (await ports.vault.call('rehearsal.make-token', { module: SOFTHSM_MODULE, label, pinEntries })).serial;
  };
  const { sha256 } = await ports.vault.call('module.open', { path: SOFTHSM_MODULE });
  const serial = await token('first');
  const secondSerial = draft.key.backup.kind === 'split' ? await token('second') : null;
  mkdirSync(ports.workspace.credentialsDir, { recursive: true });
  const people = [];
  for (const person of draft.people) {
    const entryId = await asked({ kind: 'new-passphrase', person: person.id, minLength: 15 });
    const file = path.join(ports.workspace.credentialsDir, `${person.id}.json`);
    const { publicKey } = await ports.vault.call('credential.create', { entryId, person: person.id, name: person.name, path: file });
    people.push({ ...person, credential: { kind: 'file' as const, algorithm: 'Ed25519' as const, publicKey }, ...await cardFor(ports, person) });
  }
  return { ...draft, people, hsm: { module: { path: SOFTHSM_MODULE, sha256 }, serial, secondSerial, software: true } };
};

/** A new room with a frozen plan, or the room of an earlier process when `dir` holds one. */
export const openHeadlessRoom = async (options: RoomOptions = {}): Promise<HeadlessRoom> => {
  const dir = options.dir ?? makeWorkspaceDir();
  const workspace = workspaceAt(dir, options.mode ?? 'rehearsal');
  useTokensOf(workspace);
  const { house, vault, kill } = houseOf();
  const ports = portsOf(workspace, house, vault, options);
  const host = createHost(ports);
  const planFile = path.join(dir, 'plan-of-the-room.json');
  const plan = existsSync(planFile) ? (JSON.parse(readFileSync(planFile, 'utf8')) as Plan) : await preparePlan(ports, options.plan ?? {});
  if (!existsSync(planFile)) writeFileSync(planFile, encodePlan(plan));
  return { dir, workspace, host, vault, ports, plan, close: () => { vault().close(); }, killVault: kill };
};

export const freezeAndEnter = async (room: HeadlessRoom): Promise<Snapshot> => {
  const { number } = await room.host.freeze(encodePlan(room.plan));
  return room.host.enter(number);
};

/** What the people do next, or null when the room has nothing left to do. */
export const nextCommand = (snapshot: Snapshot): Command | null => {
  const { state, record } = snapshot;
  const step = stepOf(state);
  const admin = administratorOf(state.plan), witness = witnessOf(state.plan);
  if (state.pause) return { type: 'resume', present: state.plan.people.map((person) => person.id), serial: keyPlan(state.plan).hsm.serial!, ...(hasRoomProtocol(state.plan) ? { heads: state.plan.people.length } : {}) };
  if (!step) { const next = record?.missing[0]; return next ? { type: 'sign-record', person: next } : null; }
  const sheet = openSheets(state)[0];
  if (sheet && step.kind === 'machine') return { type: 'destroy-sheet', step: step.id, ...sheet, witness };
  switch (step.kind) {
    case 'say': return { type: 'confirm', step: step.id, by: step.actors[0]! };
    case 'roll-call': {
      const next = state.plan.people.find((person) => !(person.id in state.present));
      return next ? { type: 'mark-present', step: step.id, person: next.id, present: true, identity: 'known' } : { type: 'confirm', step: step.id, by: admin };
    }
    case 'check': return { type: 'answer', step: step.id, by: step.answeredBy ? nextAnswerer(state, step)! : step.actors.at(-1)!, value: readFromTheThing(snapshot.folder.path, step) };
    case 'machine': {
      const again = wantedSetOf(state);
      if (again) return readNext(state, step.id, again, gatheringOfSet(state, again.setId));
      return workIsDone(state, step.operation) && !state.openEffect ? { type: 'confirm', step: step.id, by: admin } : { type: 'run', step: step.id };
    }
    case 'login': return { type: 'login', step: step.id };
    case 'sign': {
      const signed = signersOf(state, step.id);
      const next = step.actors.find((id) => !signed.includes(id));
      return signed.length >= step.threshold ? { type: 'confirm', step: step.id, by: admin } : { type: 'sign', step: step.id, person: next! };
    }
    case 'handover': return nextAtDesk(state, step);
    case 'gather': {
      const gathering = gatheringOf(state, step), set = gatheredSetOf(state.plan, step.holds)!;
      if ((gathering?.shares.length ?? 0) >= step.threshold) return { type: 'confirm', step: step.id, by: admin };
      return readNext(state, step.id, set, gathering);
    }
    case 'prove': {
      const proof = state.proofs.find((one) => one.step === step.id);
      if (!proof) return { type: 'read-share', step: step.id, presenter: step.custodian, holder: step.custodian, carrier: carrierOf(state.plan, step.custodian) };
      const opened = openedCopies(state, step).find((copy) => accountOf(state, copy) === null);
      if (opened) return { type: 'account', step: step.id, copy: opened, outcome: 'resealed', method: 'new bag', bag: bagOf(state), by: step.custodian };
      return signersOf(state, step.id).includes(step.custodian) ? { type: 'confirm', step: step.id, by: step.custodian } : { type: 'sign', step: step.id, person: step.custodian };
    }
    case 'materials': {
      const item = materialsLeft(state, step)[0];
      if (!item) return { type: 'confirm', step: step.id, by: admin };
      const bag = step.when === 'out' ? bagOf(state) : readFromTheBag(snapshot.folder.path, item.id);
      return { type: 'material', step: step.id, item: item.id, present: true, bagByHolder: bag, bagByWitness: bag, intact: step.when === 'in' && bag !== null ? true : null, by: admin };
    }
    case 'account': {
      const open = copiesToAccount(state, step.about).find(({ copy }) => accountOf(state, copy) === null);
      if (!open) return { type: 'confirm', step: step.id, by: admin };
      return step.about === 'used'
        ? { type: 'account', step: step.id, copy: open.copy, outcome: 'resealed', method: 'new bag', bag: bagOf(state), by: admin }
        : { type: 'account', step: step.id, copy: open.copy, outcome: 'destroyed', method: 'cross-cut P-5', bag: null, by: admin };
    }
  }
};

const readNext = (state: CeremonyState, step: StepId, set: SetRef, gathering: Gathering | null): Command => {
  const next = set.holders.find((holder) => !gathering?.shares.some((one) => one.share === holder.number))!;
  return { type: 'read-share', step, presenter: next.person, holder: next.person, carrier: carrierOf(state.plan, next.person) };
};

/** A bag number that no ceremony of the room has used. */
const bagOf = (state: CeremonyState): string => `${state.opening!.number}-${state.count}`;
const carrierOf = (plan: Plan, id: string): 'paper' | 'card' => { const person = plan.people.find((one) => one.id === id); return person && custodyOf(person).carrier === 'card' ? 'card' : 'paper'; };

const nextAtDesk = (state: CeremonyState, step: HandoverStep): Command => {
  const share = state.set!.shares.find((one) => one.number === step.shareNumber)!;
  if (share.paper === 'waiting') return { type: 'print-sheet', step: step.id };
  if (share.paper === 'printed' && state.faults.some((fault) => fault.code.startsWith('PRINT'))) return { type: 'destroy-sheet', step: step.id, share: share.number, attempt: share.attempts.at(-1)!, witness: witnessOf(state.plan) };
  if (share.card?.status === 'waiting') return { type: 'write-card', step: step.id };
  if (share.paper === 'printed') return { type: 'read-back', step: step.id };
  if (share.card?.status === 'written') return { type: 'read-card-back', step: step.id };
  const bag = bagOf(state);
  return { type: 'seal', step: step.id, bagByCustodian: bag, bagByWitness: bag, ...(share.carrier === 'both' ? { cardBag: `${bag}-card` } : {}) };
};

/** Plays on until nothing is left to do or `stop` says so. A fault ends the play. */
export const play = async (room: HeadlessRoom, from: Snapshot, stop: (snapshot: Snapshot) => boolean = () => false): Promise<Snapshot> => {
  let snapshot = from;
  for (let turn = 0; turn < 400; turn++) {
    if (stop(snapshot)) return snapshot;
    const command = nextCommand(snapshot);
    if (!command) return snapshot;
    snapshot = await room.host.command(command);
  }
  throw new Error('the ceremony does not end');
};

/** A whole ceremony, closed and signed by everyone. */
export const playAll = async (room: HeadlessRoom, dice = '3142536125'): Promise<Snapshot> => {
  await freezeAndEnter(room);
  return play(room, await room.host.begin(dice));
};
export const fileDigest = (file: string): Sha256Hex => createHash('sha256').update(readFileSync(file)).digest('hex') as Sha256Hex;
