/**
 * Whole ceremony folders without an HSM: the rules' own story with real keys, certificate, request, manifest and signatures made by
 * node:crypto. For tests of the verifier; what it writes is what docs/FORMATS.md says.
 */
import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Base64, KeyIdHex, Sha256Hex } from '../../shared/brand.ts';
import { concatBytes, fromBase64, toBase64, toHex, utf8 } from '../../shared/bytes.ts';
import { sourceSets } from '../../shared/ceremony/source-names.ts';
import { draftOnSet } from '../../electron/prepare/draft-on-set.ts';
import type { SetKind } from '../../electron/prepare/draft-on-set.ts';
import { allSteps, findStep } from '../../shared/ceremony/build-script.ts';
import { checkpointOf } from '../../shared/ceremony/checkpoint-of.ts';
import { encodePlan, planDigest } from '../../shared/ceremony/parse-plan.ts';
import { administratorOf, custodiansOf, gatheredSetOf, isDrill, keyPlan, personById } from '../../shared/ceremony/people.ts';
import type { KeyPlan, KeyProfile, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { Step } from '../../shared/ceremony/script-types.ts';
import { encodeManifest } from '../../shared/custody/manifest.ts';
import { restoreMessage } from '../../shared/custody/restore-challenge.ts';
import { setFingerprint, setName } from '../../shared/custody/set-name.ts';
import { shareName } from '../../shared/custody/share-name.ts';
import { PROFILES } from '../../shared/keys/profiles.ts';
import { CHECKPOINT_TYPE } from '../../shared/transcript/checkpoint.ts';
import { custodyRegister } from '../../shared/register/custody.ts';
import { materialRegister, materialsNow } from '../../shared/register/materials.ts';
import type { CustodyRegister, KeyState } from '../../shared/register/custody-types.ts';
import { commitText } from '../../shared/transcript/commitment.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import { encodeEnvelope, pae } from '../../shared/transcript/dsse.ts';
import type { KeyClaims } from '../../shared/transcript/entry-schema.ts';
import type { Link, Previous } from '../../shared/transcript/links.ts';
import { keyIdOf } from '../../shared/transcript/key-id.ts';
import { encodeOpening } from '../../shared/transcript/openings.ts';
import { encodePem } from '../../shared/transcript/pem.ts';
import { RECORD_TYPE, recordDigest, recordPayload } from '../../shared/transcript/record.ts';
import { encodePossessionTbs } from '../../shared/x509/possession.ts';
import { assembleSigned, encodeRootTbs } from '../../shared/x509/root-certificate.ts';
import { signFor } from './folder-signers.ts';
import { spkiOf } from './sample-people.ts';
import { samplePlan } from './sample-plan.ts';
import { digestOf, freshKeyIntent, openingOf, playStep, Teller } from './story.ts';

export interface FolderOptions {
  readonly plan?: Plan;
  readonly number?: number;
  readonly previous?: Previous;
  /** Of the folder, where two archives gave one number. */
  readonly slug?: string;
  /** Minutes after the time that ceremonies of this number begin. */
  readonly later?: number;
  /** Records an exception, with its texts in openings.jsonl. Default true. */
  readonly exception?: boolean;
  /** Who signs the record; default everyone with a credential. */
  readonly signers?: readonly string[];
  /** Folders that came before: the manifests of the sets that the plan stands on are taken from them. */
  readonly on?: readonly BuiltFolder[];
  /** Ends the ceremony after this step instead of playing on; it is closed as aborted. */
  readonly abortAfter?: string;
  /** Plays a step in its own way; true when it did. */
  readonly play?: (teller: Teller, step: Step) => boolean;
  /** Makes the restored key's signature wrong; everything after it is signed as if it were right. */
  readonly badRestore?: boolean;
}
export interface BuiltFolder { readonly name: string; readonly files: ReadonlyMap<string, Uint8Array>; readonly head: Sha256Hex; readonly teller: Teller; readonly link: Link }

const CLAIMS: KeyClaims = { local: true, sensitive: true, extractable: true, alwaysSensitive: true, neverExtractable: false, sign: true, decrypt: false, derive: false, unwrap: false, mechanism: null };
const keys = new Map<KeyProfile, KeyObject>();
const keyFor = (profile: KeyProfile): KeyObject => {
  const facts = PROFILES[profile];
  const key = keys.get(profile) ?? (facts.kind === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: facts.modulusBits }).privateKey
    : facts.kind === 'ec' ? generateKeyPairSync('ec', { namedCurve: { p256: 'prime256v1', p384: 'secp384r1', p521: 'secp521r1' }[facts.curve] }).privateKey
    : generateKeyPairSync('ed25519').privateKey);
  keys.set(profile, key);
  return key;
};
const signByProfile = (profile: KeyProfile, message: Uint8Array): Uint8Array => {
  const facts = PROFILES[profile];
  return new Uint8Array(sign(facts.kind === 'ed25519' ? null : facts.hash, message, keyFor(profile)));
};
const DAY = 86_400_000;
const saltOf = (seq: number): string => toHex(utf8(String(seq).padStart(16, '0')));

/** Plays the steps that need real bytes; the story plays the others. */
class FolderBuilder {
  readonly teller: Teller;
  readonly files = new Map<string, Uint8Array>();
  readonly openings: Uint8Array[] = [];
  private readonly badRestore: boolean;
  constructor(plan: Plan, options: FolderOptions) {
    this.badRestore = options.badRestore ?? false;
    this.teller = new Teller(plan);
    this.teller.startsAt += ((options.number ?? 1) - 1) * DAY + (options.later ?? 0) * 60_000;
    const opening = openingOf(plan);
    this.teller.tell({ ...opening, body: { ...opening.body, number: options.number ?? 1, slug: options.slug ?? opening.body.slug, previous: options.previous ?? null, planSha256: planDigest(encodePlan(plan)) } });
    this.files.set('plan.json', utf8(encodePlan(plan)));
    for (const { id, credential } of plan.people) if (credential.kind !== 'paper') this.files.set(`people/${id}.pem`, utf8(encodePem('PUBLIC KEY', fromBase64(credential.publicKey!)!)));
  }
  /** As it stands with deputies. */
  get plan(): Plan { return this.teller.state.plan; }
  /** As freezing a plan does. */
  takeSources(folders: readonly BuiltFolder[]): void {
    for (const { name, set } of sourceSets(this.plan)) {
      const issued = folders.flatMap(({ files }) => files.get(set.holds === 'pin' ? 'pin-manifest.dsse.json' : 'manifest.dsse.json') ?? []);
      const bytes = issued.find((one) => sha256Of(one) === set.manifestSha256);
      if (bytes) this.files.set(name, bytes);
    }
  }
  private spki(): Uint8Array { return spkiOf(keyFor(keyPlan(this.plan).key.profile)); }

  private generate(): void {
    const spki = this.spki();
    this.teller.effect(freshKeyIntent(keyPlan(this.plan)), { kind: 'generate-key', spki: toBase64(spki), spkiSha256: sha256Of(spki), claims: CLAIMS, checks: ['spki-profile'], durationMs: 12 });
  }
  private certify(): void {
    const { profile } = keyPlan(this.plan).key;
    const { subject, notBefore, notAfter } = keyPlan(this.plan).certificate;
    const ref = { serial: keyPlan(this.plan).hsm.serial!, keyId: freshKeyIntent(keyPlan(this.plan)).keyId };
    const tbs = encodeRootTbs({ profile, spki: this.spki(), subject, mode: this.plan.mode, serialNumber: createHash('sha256').update('serial').digest().subarray(0, 16), notBefore, notAfter });
    const der = assembleSigned(tbs, profile, signByProfile(profile, tbs));
    this.teller.effect({ kind: 'sign-certificate', ...ref, tbs: toBase64(tbs) }, { kind: 'sign-certificate', certificateSha256: sha256Of(der), lint: [], secondSignatureMayExist: false });
    const { head } = this.teller.state;
    const info = encodePossessionTbs(this.spki(), subject, this.plan.mode, head);
    const request = assembleSigned(info, profile, signByProfile(profile, info));
    this.teller.effect({ kind: 'sign-pop', ...ref, tbs: toBase64(info), head }, { kind: 'sign-pop', popSha256: sha256Of(request), secondSignatureMayExist: false });
    this.files.set('root.crt', der).set('root.pem', utf8(encodePem('CERTIFICATE', der))).set('pop.csr', utf8(encodePem('CERTIFICATE REQUEST', request)));
  }
  private split(holds: 'wrapping-key' | 'pin'): void {
    const { plan, state } = { plan: this.plan, state: this.teller.state };
    const { threshold, shares } = plan.quorum, pin = holds === 'pin';
    const setKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), createHash('sha256').update(`${pin ? 'pin set' : 'set'} ${state.opening!.number}${state.opening!.slug === openingOf(plan).body.slug ? '' : state.opening!.slug}`).digest()]), format: 'der', type: 'pkcs8' });
    const id = spkiOf(setKey).subarray(-32), drill = isDrill(plan), before = gatheredSetOf(plan, holds);
    const manifest = encodeManifest({
      format: 'quorate-manifest/1', ceremony: '0001-example-root-2026', nonce: state.opening!.nonce, setId: toHex(id) as Sha256Hex, setName: setName(id), setFingerprint: setFingerprint(id),
      suite: drill ? '11' : '10', drill, threshold, shares, epoch: (before?.epoch ?? 0) + 1, previous: before && { setId: before.setId, epoch: before.epoch }, issuedAt: '2026-11-24T09:30:00.000Z', reviewBy: null, kekCheck: digestOf('kek check'),
      custodians: custodiansOf(plan).map(({ id: person, name }, index) => ({ number: index + 1, x: 11 + index, person, name, shareName: shareName(name, person)!, commitment: digestOf(`share ${index + 1}`), core: digestOf(`core ${index}`) })),
    }, (message) => new Uint8Array(sign(null, message, setKey)));
    this.files.set(pin ? 'pin-manifest.dsse.json' : 'manifest.dsse.json', utf8(manifest));
    this.teller.effect({ kind: 'split', attempt: 1, threshold, shares, ...(pin ? { holds: 'pin' as const } : {}) }, { kind: 'split', setId: toHex(id) as Sha256Hex, setName: setName(id), setFingerprint: setFingerprint(id), manifestSha256: sha256Of(utf8(manifest)), sources: ['HSM', 'host'] });
  }
  private challenged(): { challenge: Sha256Hex; signature: Base64; spkiSha256: Sha256Hex } {
    const challenge = digestOf('challenge');
    return { challenge, signature: toBase64(signByProfile(keyPlan(this.plan).key.profile, restoreMessage(this.badRestore ? digestOf('another') : challenge))), spkiSha256: this.teller.state.key!.spkiSha256 };
  }
  private restore(): void {
    const { set, key } = this.teller.state, plan = keyPlan(this.teller.state.plan);
    const target = plan.source ? { setId: plan.source.set.setId, serial: plan.hsm.serial! } : { setId: set!.setId, serial: plan.hsm.secondSerial! };
    this.teller.effect({ kind: 'restore', ...target, keyId: key!.keyId as KeyIdHex, label: plan.key.label }, { kind: 'restore', ...this.challenged(), claims: CLAIMS });
  }
  private proveRestore(): void {
    const { set, key } = this.teller.state, plan = keyPlan(this.teller.state.plan);
    this.teller.effect({ kind: 'prove-restore', setId: set!.setId, serial: plan.hsm.secondSerial!, keyId: key!.keyId as KeyIdHex }, { kind: 'prove-restore', ...this.challenged() });
  }
  private signOffs(step: Extract<Step, { kind: 'sign' }>): void {
    for (const person of step.actors.map((id) => personById(this.plan, id)!).filter(({ credential }) => credential.kind !== 'paper').slice(0, step.threshold)) {
      const payload = checkpointOf(this.teller.state, person.id)!;
      const { credential } = person;
      if (credential.kind === 'paper') continue;
      const envelope = encodeEnvelope({ payloadType: CHECKPOINT_TYPE, payload, signatures: [{ keyid: keyIdOf(fromBase64(credential.publicKey!)!), sig: signFor(person, pae(CHECKPOINT_TYPE, payload)) }] });
      this.teller.tell({ type: 'signoff', actor: person.id, body: { step: step.id, person: person.id, method: credential.kind, envelope } });
    }
    this.teller.complete(administratorOf(this.plan));
  }
  exception(): void {
    const { state } = this.teller;
    const seq = state.count;
    const texts = { what: 'The label printer was out of paper.\nIt was filled.', done: 'We went on after two minutes – “all well”.' };
    const commit = (field: 'what' | 'done') => ({ commitment: commitText(saltOf(seq), field, texts[field]) });
    this.openings.push(encodeOpening({ seq, field: 'what', text: texts.what }), encodeOpening({ seq, field: 'done', text: texts.done }));
    this.teller.tell({ type: 'exception', actor: administratorOf(this.plan), body: { number: state.exceptions.length + 1, kind: 'equipment-fault', step: state.current!, what: commit('what'), done: commit('done'), effect: 'none', noticedBy: administratorOf(this.plan) } });
  }
  abort(): void {
    const by = administratorOf(this.plan), seq = this.teller.state.count;
    this.teller.tell({ type: 'aborted', actor: by, body: { reason: { commitment: commitText(saltOf(seq), 'reason', 'Fire alarm.') }, by } });
    this.openings.push(encodeOpening({ seq, field: 'reason', text: 'Fire alarm.' }));
    this.close('aborted');
  }
  private close(outcome: 'completed' | 'aborted'): void {
    const files = Object.fromEntries([...this.files].map(([name, bytes]) => [name, sha256Of(bytes)]));
    this.teller.tell({ type: 'closing', actor: 'app', body: { outcome, exceptions: this.teller.state.exceptions.length, files } });
  }
  play(step: Step): void {
    if (step.kind === 'sign') { this.signOffs(step); return; }
    const work: Readonly<Record<string, () => void>> = {
      'generate-key': () => { this.generate(); }, 'issue-certificate': () => { this.certify(); }, split: () => { this.split('wrapping-key'); }, 'split-pin': () => { this.split('pin'); },
      restore: () => { this.restore(); }, 'prove-restore': () => { this.proveRestore(); }, close: () => { this.close('completed'); },
    };
    const own = step.kind === 'machine' ? work[step.operation] : undefined;
    if (own === undefined) { playStep(this.teller, step); return; }
    own();
    if (step.kind === 'machine' && step.operation !== 'close') this.teller.complete(administratorOf(this.plan));
  }
}

/** The signed record of a closed teller. */
export const signedRecord = (teller: Teller, signers: readonly string[]): Uint8Array => {
  const payload = recordPayload(teller.state);
  const signatures = signers.map((id) => {
    const person = personById(teller.state.plan, id)!;
    return { keyid: keyIdOf(fromBase64((person.credential as { publicKey: Base64 }).publicKey)!), sig: signFor(person, pae(RECORD_TYPE, payload)) };
  });
  return utf8(`${encodeEnvelope({ payloadType: RECORD_TYPE, payload, signatures })}\n`);
};

/** A completed ceremony; nothing is written to disk. */
export const buildFolder = (options: FolderOptions = {}): BuiltFolder => {
  const plan = options.plan ?? samplePlan();
  const builder = new FolderBuilder(plan, options);
  const { teller } = builder;
  builder.takeSources(options.on ?? []);
  for (const { id } of allSteps(teller.state.script)) {
    const step = findStep(teller.state.script, id)!;
    if (options.play?.(teller, step) !== true) builder.play(step);
    if (step.id === '3.3' && plan.source === undefined && options.exception !== false) builder.exception();
    if (step.id === options.abortAfter) { builder.abort(); break; }
  }
  builder.files.set('transcript.jsonl', concatBytes(...teller.lines));
  if (builder.openings.length > 0) builder.files.set('openings.jsonl', concatBytes(...builder.openings));
  const everyone = plan.people.filter(({ credential }) => credential.kind !== 'paper').map(({ id }) => id as string);
  builder.files.set('record.dsse.json', signedRecord(teller, options.signers ?? everyone));
  const { head, opening } = teller.state;
  return { name: `${String(opening!.number).padStart(4, '0')}-${opening!.slug}`, files: builder.files, head, teller, link: { number: opening!.number, head, record: recordDigest(teller.state) } };
};

/** What folders together say of keys, sets and copies. */
export const registerOf = (folders: readonly BuiltFolder[], now: string | null = null): CustodyRegister =>
  custodyRegister(folders.map(({ teller }) => ({ number: teller.state.opening!.number, state: teller.state })), now);
const setOf = (key: KeyState, holds: 'wrapping-key' | 'pin') => (holds === 'pin' ? key.pinSets : key.sets).at(-1)!;

/** The plan that the app draws up from the archive for a ceremony on the newest set of its first key, with what the day fills in. */
export const planOn = (kind: SetKind, folders: readonly BuiltFolder[], change: (plan: KeyPlan) => KeyPlan = (plan) => plan, holds: 'wrapping-key' | 'pin' = 'wrapping-key'): KeyPlan => {
  const register = registerOf(folders), key = register.keys[0]!, set = setOf(key, holds);
  const issuing = keyPlan(folders.find(({ head }) => head === set.head)!.teller.state.plan);
  const draft = draftOnSet(kind, { materials: materialsNow(materialRegister(folders.map(({ teller }) => ({ number: teller.state.opening!.number, state: teller.state })))), register, key, set, issuing }, '2027-03-02');
  const serial = draft.hsm.serial ?? `target-${folders.length + 1}`;
  const people = draft.people.map((person) => (person.custody?.card && person.custody.card.serial === null ? { ...person, custody: { ...person.custody, card: { ...person.custody.card, serial: `new-${person.id}` } } } : person));
  return change({ ...draft, hsm: { ...draft.hsm, serial }, people });
};
/** A later ceremony on the folders before it, linked to the last of them. */
export const buildOn = (kind: SetKind, folders: readonly BuiltFolder[], options: FolderOptions & { readonly change?: (plan: KeyPlan) => KeyPlan; readonly holds?: 'wrapping-key' | 'pin' } = {}): BuiltFolder => {
  const { change, holds, ...rest } = options;
  return buildFolder({ plan: planOn(kind, folders, change, holds), number: folders.length + 1, previous: folders.at(-1)!.link, on: folders, ...rest });
};

/** Writes a folder under `parent`, with `changes` in place of its files (null leaves a file out). @returns its path. */
export const writeFolder = (parent: string, folder: Pick<BuiltFolder, 'name' | 'files'>, changes: Readonly<Record<string, Uint8Array | null>> = {}): string => {
  const path = join(parent, folder.name);
  const files = new Map<string, Uint8Array | null>([...folder.files, ...Object.entries(changes)]);
  mkdirSync(path, { recursive: true });
  for (const [name, bytes] of files) {
    if (bytes === null) continue;
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), bytes);
  }
  return path;
};
