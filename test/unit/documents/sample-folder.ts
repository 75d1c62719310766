/**
 * Builds a whole ceremony folder for the document tests: every entry passes the rules, every signature is real (Ed25519 people, a
 * P-384 certificate and request made by openssl). Values of the HSM are made up.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EffectId, KeyIdHex, PersonId, Sha256Hex, StepId } from '../../../shared/brand.ts';
import { fromBase64, toBase64, toHex } from '../../../shared/bytes.ts';
import { admit } from '../../../shared/ceremony/admit.ts';
import { buildScript } from '../../../shared/ceremony/build-script.ts';
import { checkpointOf } from '../../../shared/ceremony/checkpoint-of.ts';
import { evolve, initialState } from '../../../shared/ceremony/evolve.ts';
import { encodePlan, planDigest } from '../../../shared/ceremony/parse-plan.ts';
import type { KeyPlan, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { expectedAnswer } from '../../../shared/ceremony/prompt.ts';
import { proofSubsets } from '../../../shared/ceremony/select.ts';
import type { Step } from '../../../shared/ceremony/script-types.ts';
import { CHECKPOINT_TYPE } from '../../../shared/transcript/checkpoint.ts';
import { commitText } from '../../../shared/transcript/commitment.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import { encodeEnvelope, pae } from '../../../shared/transcript/dsse.ts';
import type { Draft, Entry, Intent, Outcome, TokenObject } from '../../../shared/transcript/entry-schema.ts';
import { encodeLine, FIRST_PREV, lineDigest } from '../../../shared/transcript/line.ts';
import { encodeOpening } from '../../../shared/transcript/openings.ts';
import { RECORD_TYPE, recordPayload } from '../../../shared/transcript/record.ts';
import { sampleKeyId, signAs } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';

export interface SampleOptions {
  readonly plan?: Partial<KeyPlan>;
  /** Words of exception E1; also tried as markup. */
  readonly what?: string;
  readonly withholdOpenings?: boolean;
  /** Ids of those who sign the record; everyone with a file when absent. */
  readonly recordSigners?: readonly string[];
  readonly source?: 'checkout' | 'package';
}
export interface SampleFolder { readonly dir: string; readonly head: string; readonly plan: Plan }

const SPKI = 'spki.der';
/** A real key, certificate and request; the request is an ordinary one, without the head. */
const makeCertificate = (dir: string, work: string): { spki: Uint8Array } => {
  const ssl = (...args: string[]): Buffer => execFileSync('openssl', args, { cwd: work, stdio: ['ignore', 'pipe', 'ignore'] });
  ssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384', '-nodes', '-keyout', 'k.pem', '-out', path.join(dir, 'root.pem'), '-days', '7300',
    '-subj', '/C=DE/O=Example Trust/CN=REHEARSAL Example Root CA 2026', '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
  ssl('x509', '-in', path.join(dir, 'root.pem'), '-outform', 'DER', '-out', path.join(dir, 'root.crt'));
  ssl('req', '-new', '-key', 'k.pem', '-sha384', '-subj', '/C=DE/O=Example Trust/CN=REHEARSAL Example Root CA 2026', '-out', path.join(dir, 'pop.csr'));
  ssl('pkey', '-in', 'k.pem', '-pubout', '-outform', 'DER', '-out', SPKI);
  return { spki: new Uint8Array(readFileSync(path.join(work, SPKI))) };
};

const CLAIMS = { local: true, sensitive: true, extractable: true, alwaysSensitive: true, neverExtractable: false, sign: true, decrypt: false, derive: false, unwrap: false, mechanism: 'CKM_EC_KEY_PAIR_GEN' } as const;
const KEY_ID = '5f0c91e277ab40d3' as KeyIdHex;
const hash = (text: string): Sha256Hex => sha256Of(new TextEncoder().encode(text));

/** Writes lines as the journal does, with a clock that goes on by 41 s an entry. */
const writer = (plan: Plan, withhold: boolean) => {
  let state = initialState(plan, buildScript(plan)), prev: string = FIRST_PREV, clock = Date.parse('2026-11-24T12:47:09.120Z');
  const lines: Uint8Array[] = [], openings: Uint8Array[] = [];
  const write = (draft: Draft): void => {
    const seq = lines.length, salt = toHex(fromBase64(toBase64(new TextEncoder().encode(`salt${seq}`.padEnd(16, '.'))))!);
    const committed = Object.fromEntries(Object.entries(draft.open ?? {}).map(([field, text]) => [field, { commitment: commitText(salt, field, text) }]));
    const entry = { seq, at: new Date(clock += 41_000).toISOString(), type: draft.type, actor: draft.actor, body: { ...draft.body, ...committed }, salt, prev } as Entry;
    const refusal = admit(state, entry);
    if (refusal) throw new Error(`${entry.type} ${JSON.stringify(entry.body)}: ${JSON.stringify(refusal.fault)}`);
    const bytes = encodeLine(entry);
    if (!withhold) for (const [field, text] of Object.entries(draft.open ?? {})) openings.push(encodeOpening({ seq, field: field as 'what', text }));
    prev = lineDigest(bytes);
    state = evolve(state, entry, prev as Sha256Hex);
    lines.push(bytes);
  };
  const effect = (step: StepId, intent: Intent, outcome: Outcome): void => {
    const id = `e${state.effects + 1}` as EffectId;
    write({ type: 'intent', actor: 'app', body: { effect: id, step, intent } });
    write({ type: 'result', actor: 'app', body: { effect: id, step, outcome } });
  };
  return { write, effect, state: () => state, now: () => new Date(clock).toISOString(), bytes: () => Buffer.concat(lines), openings: () => Buffer.concat(openings) };
};
type Writer = ReturnType<typeof writer>;

const objects = (withKey: boolean): TokenObject[] => withKey
  ? (['private-key', 'public-key'] as const).map((kind) => ({ class: kind, label: 'example-root-2026', id: KEY_ID, keyType: 'CKK_EC' })) : [];
const inventory = (plan: KeyPlan, when: 'before' | 'after') => [plan.hsm.serial!, plan.hsm.secondSerial!].map((serial, index) => ({ serial, label: index === 0 ? 'Rehearsal A' : 'Rehearsal B', model: 'SoftHSM v2', firmware: '2.6', objects: objects(when === 'after') }));

const machine = (w: Writer, step: Step & { kind: 'machine' }, plan: KeyPlan, dir: string, spki: Uint8Array): void => {
  const first = plan.hsm.serial!, secondSerial = plan.hsm.secondSerial!, setId = hash('set'), spkiSha256 = sha256Of(spki), subsets = proofSubsets(3, 5).map((one) => [...one]);
  const digest = (name: string): Sha256Hex => sha256Of(new Uint8Array(readFileSync(path.join(dir, name))));
  switch (step.operation) {
    case 'preflight': return w.write({ type: 'preflight', actor: 'app', body: { step: step.id, rows: [{ id: 'network-interfaces', observed: 'lo only', ok: true }, { id: 'core-dumps', observed: 'limit 0; pattern |/bin/false', ok: true }, { id: 'swap', observed: 'none', ok: true }] } });
    case 'inventory-before': return w.write({ type: 'inventory', actor: 'app', body: { step: step.id, when: 'before', tokens: inventory(plan, 'before') } });
    case 'inventory-after': return w.write({ type: 'inventory', actor: 'app', body: { step: step.id, when: 'after', tokens: inventory(plan, 'after') } });
    case 'generate-key': return w.effect(step.id, { kind: 'generate-key', serial: first, label: plan.key.label, keyId: KEY_ID, profile: plan.key.profile, extractable: true }, { kind: 'generate-key', spki: toBase64(spki), spkiSha256, claims: CLAIMS, checks: ['named curve', 'point on curve', 'no known weak key', 'test signature'], durationMs: 41 });
    case 'issue-certificate':
      w.effect(step.id, { kind: 'sign-certificate', serial: first, keyId: KEY_ID, tbs: toBase64(spki) }, { kind: 'sign-certificate', certificateSha256: digest('root.crt'), lint: [{ rule: 'n_serial_long', severity: 'notice', text: 'The serial number has 20 octets.' }], secondSignatureMayExist: false });
      return w.effect(step.id, { kind: 'sign-pop', serial: first, keyId: KEY_ID, tbs: toBase64(spki), head: w.state().head }, { kind: 'sign-pop', popSha256: digest('pop.csr'), secondSignatureMayExist: false });
    case 'split': return w.effect(step.id, { kind: 'split', attempt: 1, threshold: 3, shares: 5 }, { kind: 'split', setId, setName: 'OPAL-2210', setFingerprint: 'QM4T 7XKD 09PA VR2C JH6W 3N8B YZ', manifestSha256: hash('manifest'), sources: ['HSM random generator', 'operating system'] });
    case 'rebuild': return w.effect(step.id, { kind: 'rebuild', setId, subsets }, { kind: 'rebuild', subsets });
    case 'wrap': return w.effect(step.id, { kind: 'wrap', setId, serial: first, keyId: KEY_ID, media: [1, 2] }, { kind: 'wrap', algorithm: 'RFC 5649', mechanism: 'CKM_AES_KEY_WRAP_PAD', length: 200, sha256: hash('wrapped'), media: [1, 2].map((number) => ({ number, sha256: hash('wrapped') })) });
    case 'restore': return w.effect(step.id, { kind: 'restore', setId, serial: secondSerial, keyId: KEY_ID, label: plan.key.label }, { kind: 'restore', spkiSha256, challenge: hash('challenge'), signature: toBase64(Uint8Array.of(1, 2, 3)), claims: { ...CLAIMS, local: false, alwaysSensitive: false } });
    case 'lock': return w.effect(step.id, { kind: 'lock', serials: [first, secondSerial], keyId: KEY_ID }, { kind: 'lock', tokens: [first, secondSerial].map((serial) => ({ serial, extractable: false, refusedWith: 'CKR_KEY_UNEXTRACTABLE' })) });
    case 'wipe': return w.effect(step.id, { kind: 'wipe' }, { kind: 'wipe', vaultRestarted: true });
    case 'close': case 'test-printer': case 'combine': case 'open-pin': case 'rewrap': case 'prove-restore': case 'supersede': case 'split-pin': case 'rebuild-pin': case 'change-pin': case 'enact': return undefined;
  }
};

const signAll = (w: Writer, step: Step & { kind: 'sign' }): void => {
  for (const person of step.actors.slice(0, step.threshold)) {
    const payload = checkpointOf(w.state(), person)!;
    const sig = signAs(person, pae(CHECKPOINT_TYPE, payload));
    w.write({ type: 'signoff', actor: person, body: { step: step.id, person, method: 'file', envelope: encodeEnvelope({ payloadType: CHECKPOINT_TYPE, payload, signatures: [{ keyid: sampleKeyId(person), sig }] }) } });
  }
};
const check = (w: Writer, step: Step & { kind: 'check' }): void => {
  const by = step.actors.at(-1)!, expected = expectedAnswer(w.state(), step, w.now());
  if (step.check === 'hsm-serial') w.write({ type: 'answer', actor: by, body: { step: step.id, check: step.check, value: `${expected.slice(0, -1)}0`, expected, matches: false, attempt: 1 } });
  w.write({ type: 'answer', actor: by, body: { step: step.id, check: step.check, value: expected, expected, matches: true, attempt: step.check === 'hsm-serial' ? 2 : 1 } });
};
const handOver = (w: Writer, step: Step & { kind: 'handover' }): void => {
  const setId = w.state().set!.setId, share = step.shareNumber;
  w.effect(step.id, { kind: 'print-sheet', setId, share, attempt: 1, printer: 'folder' }, { kind: 'print-sheet', job: `share-${share}-attempt-1.pdf`, pages: 1 });
  if (share === 2) w.write({ type: 'read-back-failed', actor: 'app', body: { step: step.id, share, fault: { code: 'SHARE_LINE_MISTYPED', details: { line: 3 } } } });
  w.write({ type: 'read-back', actor: 'app', body: { step: step.id, setId, share, person: step.custodian, carrier: 'paper', how: 'typed' } });
  w.write({ type: 'sealed', actor: step.custodian, body: { step: step.id, share, bag: `00481${String(share).padStart(2, '0')}`, custodian: step.custodian, witness: 'walter' as PersonId } });
};

/** Emil is absent when first called and comes late. */
const isLate = (w: Writer, id: string): boolean => id === 'emil' && w.state().present[id] === undefined;

const doStep = (w: Writer, step: Step, plan: KeyPlan, dir: string, spki: Uint8Array): void => {
  switch (step.kind) {
    case 'say': case 'materials': break;
    case 'roll-call': for (const person of [...plan.people, plan.people.at(-1)!]) w.write({ type: 'presence', actor: 'maria' as PersonId, body: { step: step.id, person: person.id, present: !isLate(w, person.id), identity: isLate(w, person.id) ? 'absent' : person.id === 'xenia' ? 'document' : 'known' } }); break;
    case 'check': check(w, step); break;
    case 'login': w.write({ type: 'login', actor: 'app', body: { step: step.id, serial: (step.token === 'first' ? plan.hsm.serial : plan.hsm.secondSerial)!, typedBy: ['maria' as PersonId, 'walter' as PersonId], control: 'halves', moduleSha256: plan.hsm.module.sha256! } }); break;
    case 'sign': signAll(w, step); break;
    case 'handover': handOver(w, step); break;
    case 'machine': machine(w, step, plan, dir, spki); break;
    // A key generation has none of these.
    case 'gather': case 'prove': case 'account': break;
  }
};

/** Who completes a step: the app for what it saw itself, the administrator at hold points, otherwise the first actor. */
const completer = (step: Step): PersonId | 'app' => step.kind === 'check' || step.kind === 'login' || step.kind === 'handover' ? 'app' : step.kind === 'sign' || step.kind === 'machine' ? 'maria' as PersonId : step.actors[0]!;

/** Runs every step of the sample plan and leaves a closed folder in `parent`. */
export const makeSampleFolder = (parent: string, options: SampleOptions = {}): SampleFolder => {
  const plan = samplePlan({ ...options.plan }), dir = path.join(parent, '0001-example-root-2026'), work = path.join(parent, 'work');
  mkdirSync(path.join(dir, 'people'), { recursive: true });
  mkdirSync(work);
  const { spki } = makeCertificate(dir, work), text = encodePlan(plan), w = writer(plan, options.withholdOpenings ?? false);
  w.write({ type: 'opening', actor: 'app', body: { format: 'quorate-transcript/1', mode: plan.mode, number: 1, slug: 'example-root-2026', nonce: hash('nonce'), diceThrows: 20, previous: null, planSha256: planDigest(text), tool: { name: 'quorate', version: '0.1.0', source: options.source ?? 'checkout', runtime: 'Electron 33.2.1' } } });
  for (const step of w.state().script.acts.flatMap((act) => act.steps)) {
    doStep(w, step, plan, dir, spki);
    if (step.id === '2.3') w.write({ type: 'exception', actor: 'maria' as PersonId, body: { number: 1, kind: 'deviation', step: step.id, what: { commitment: hash('') }, done: { commitment: hash('') }, effect: 'none', noticedBy: 'xenia' as PersonId }, open: { what: options.what ?? 'The serial was first read with a wrong last character.', done: 'Xenia Petrou read it again from the printed script.' } });
    if (step.id === '3.3') {
      w.write({ type: 'paused', actor: 'maria' as PersonId, body: { reason: 'break', text: { commitment: hash('') }, stayed: ['maria' as PersonId, 'walter' as PersonId] }, open: { text: 'Lunch.' } });
      w.write({ type: 'resumed', actor: 'maria' as PersonId, body: { present: plan.people.map((one) => one.id), serial: plan.hsm.serial! } });
    }
    if (!(step.kind === 'machine' && step.operation === 'close')) w.write({ type: 'step-completed', actor: completer(step), body: { step: step.id } });
  }
  const people = plan.people.map((person) => { const name = `people/${person.id}.pem`; writeFileSync(path.join(dir, name), pem(person)); return name; });
  writeFileSync(path.join(dir, 'plan.json'), text);
  const files = Object.fromEntries(['plan.json', ...people, 'root.crt', 'root.pem', 'pop.csr'].map((name) => [name, sha256Of(new Uint8Array(readFileSync(path.join(dir, name))))]));
  w.write({ type: 'closing', actor: 'app', body: { outcome: 'completed', exceptions: 1, files } });
  writeFileSync(path.join(dir, 'transcript.jsonl'), w.bytes());
  if (!options.withholdOpenings) writeFileSync(path.join(dir, 'openings.jsonl'), w.openings());
  const payload = recordPayload(w.state()), signers = options.recordSigners ?? plan.people.filter((one) => one.credential.kind === 'file').map((one) => one.id);
  if (signers.length > 0) writeFileSync(path.join(dir, 'record.dsse.json'), `${encodeEnvelope({ payloadType: RECORD_TYPE, payload, signatures: signers.map((id) => ({ keyid: sampleKeyId(id), sig: signAs(id, pae(RECORD_TYPE, payload)) })) })}\n`);
  return { dir, head: w.state().head, plan };
};
const pem = (person: Plan['people'][number]): string => person.credential.kind === 'paper' ? '' : `-----BEGIN PUBLIC KEY-----\n${person.credential.publicKey!.match(/.{1,64}/g)!.join('\n')}\n-----END PUBLIC KEY-----\n`;
