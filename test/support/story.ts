/**
 * A whole ceremony as facts, without a vault: every entry passes the rules in turn. For tests of rules, replay and pages. Keys,
 * certificates and shares in it are made up; sign-offs are real signatures of the sample people.
 */
import type { EffectId, KeyIdHex, PersonId, Sha256Hex, StepId } from '../../shared/brand.ts';
import { toBase64, toHex, utf8 } from '../../shared/bytes.ts';
import { admit } from '../../shared/ceremony/admit.ts';
import { buildScript, allSteps } from '../../shared/ceremony/build-script.ts';
import { checkpointOf } from '../../shared/ceremony/checkpoint-of.ts';
import { evolve, initialState, nextEffect } from '../../shared/ceremony/evolve.ts';
import { encodePlan, planDigest } from '../../shared/ceremony/parse-plan.ts';
import { administratorOf, custodiansOf, pinPeopleOf, tokensOf, witnessOf } from '../../shared/ceremony/people.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { expectedAnswer } from '../../shared/ceremony/prompt.ts';
import type { Fact } from '../../shared/ceremony/rule.ts';
import type { MachineStep, Step } from '../../shared/ceremony/script-types.ts';
import { nextAttempt, proofSubsets } from '../../shared/ceremony/select.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { CHECKPOINT_TYPE } from '../../shared/transcript/checkpoint.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import { encodeEnvelope, pae } from '../../shared/transcript/dsse.ts';
import type { Entry, Intent, KeyClaims, Outcome, TokenObject } from '../../shared/transcript/entry-schema.ts';
import { encodeLine, lineDigest } from '../../shared/transcript/line.ts';
import { sampleKeyId, signAs } from './sample-people.ts';
import { samplePlan } from './sample-plan.ts';

export const digestOf = (text: string): Sha256Hex => sha256Of(utf8(text));
const KEY_ID = '0102030405060708090a0b0c0d0e0f10' as KeyIdHex;
const CLAIMS: KeyClaims = { local: true, sensitive: true, extractable: true, alwaysSensitive: true, neverExtractable: false, sign: true, decrypt: false, derive: false, unwrap: false, mechanism: 'CKM_EC_KEY_PAIR_GEN' };
const SPKI = toBase64(utf8('a public key that is only a name'));
const COMMITTED = { commitment: digestOf('a text') };

export interface Told { readonly fact: Fact; readonly before: CeremonyState; readonly entry: Entry }
export interface Story { readonly told: readonly Told[]; readonly state: CeremonyState; readonly lines: readonly Uint8Array[] }

export class Teller {
  state: CeremonyState;
  readonly told: Told[] = [];
  readonly lines: Uint8Array[] = [];
  constructor(plan: Plan) { this.state = initialState(plan, buildScript(plan)); }

  /** Tells one fact. @throws when a rule refuses it. */
  tell(fact: Fact): void {
    const refusal = admit(this.state, fact);
    if (refusal) throw new Error(`${refusal.fault.code}: ${String(refusal.fault.details['reason'])} (${fact.type} in ${this.state.current ?? '-'})`);
    const seq = this.state.count;
    const at = new Date(Date.UTC(2026, 10, 24, 9, 0, seq)).toISOString();
    const entry = { seq, at, type: fact.type, actor: fact.actor, body: fact.body, salt: toHex(utf8(String(seq).padStart(16, '0'))), prev: this.state.head } as Entry;
    const line = encodeLine(entry);
    this.told.push({ fact, before: this.state, entry });
    this.lines.push(line);
    this.state = evolve(this.state, entry, lineDigest(line));
  }
  effect(intent: Intent, outcome: Outcome): void {
    const step = this.state.current!;
    const effect: EffectId = nextEffect(this.state);
    this.tell({ type: 'intent', actor: 'app', body: { effect, step, intent } });
    this.tell({ type: 'result', actor: 'app', body: { effect, step, outcome } });
  }
  complete(actor: PersonId | 'app'): void { this.tell({ type: 'step-completed', actor, body: { step: this.state.current! } }); }
}

export const openingOf = (plan: Plan): Extract<Fact, { type: 'opening' }> => ({
  type: 'opening', actor: 'app',
  body: { format: 'quorate-transcript/1', mode: plan.mode, number: 1, slug: 'example-root-2026', nonce: digestOf('nonce'), diceThrows: 20, previous: null, planSha256: planDigest(encodePlan(plan)), tool: { name: 'quorate', version: '0.1.0', source: 'checkout', runtime: 'test' } },
});

export const signOffOf = (state: CeremonyState, person: PersonId): Extract<Fact, { type: 'signoff' }> => {
  const payload = checkpointOf(state, person)!;
  const sig = signAs(person, pae(CHECKPOINT_TYPE, payload));
  const envelope = encodeEnvelope({ payloadType: CHECKPOINT_TYPE, payload, signatures: [{ keyid: sampleKeyId(person), sig }] });
  return { type: 'signoff', actor: person, body: { step: state.current!, person, method: 'file', envelope } };
};

const keyObjects = (label: string): TokenObject[] => [{ class: 'private-key', label, id: KEY_ID, keyType: 'EC' }, { class: 'public-key', label, id: KEY_ID, keyType: 'EC' }];
const inventory = (plan: Plan, when: 'before' | 'after', step: StepId): Fact => ({
  type: 'inventory', actor: 'app',
  body: { step, when, tokens: tokensOf(plan).map((serial) => ({ serial, label: `token ${serial}`, model: 'SoftHSM v2', firmware: '2.6', objects: when === 'after' ? keyObjects(plan.key.label) : [] })) },
});
export const freshKeyIntent = (plan: Plan): Extract<Intent, { kind: 'generate-key' }> =>
  ({ kind: 'generate-key', serial: plan.hsm.serial!, label: plan.key.label, keyId: KEY_ID, profile: plan.key.profile, extractable: plan.key.backup.kind === 'split' });

const WORK: Readonly<Record<MachineStep['operation'], (teller: Teller) => void>> = {
  preflight: (teller) => teller.tell({ type: 'preflight', actor: 'app', body: { step: teller.state.current!, rows: [{ id: 'network', observed: 'only lo', ok: true }] } }),
  'inventory-before': (teller) => teller.tell(inventory(teller.state.plan, 'before', teller.state.current!)),
  'inventory-after': (teller) => teller.tell(inventory(teller.state.plan, 'after', teller.state.current!)),
  'generate-key': (teller) => teller.effect(freshKeyIntent(teller.state.plan), { kind: 'generate-key', spki: SPKI, spkiSha256: digestOf('spki'), claims: CLAIMS, checks: ['curve', 'point on curve'], durationMs: 12 }),
  'issue-certificate': (teller) => {
    const ref = { serial: teller.state.plan.hsm.serial!, keyId: KEY_ID, tbs: toBase64(utf8('to be signed')) };
    teller.effect({ kind: 'sign-certificate', ...ref }, { kind: 'sign-certificate', certificateSha256: digestOf('certificate'), lint: [], secondSignatureMayExist: false });
    teller.effect({ kind: 'sign-pop', ...ref, head: teller.state.head }, { kind: 'sign-pop', popSha256: digestOf('pop'), secondSignatureMayExist: false });
  },
  split: (teller) => {
    const { threshold, shares } = teller.state.plan.quorum;
    const attempt = teller.state.voided.length + 1;
    teller.effect({ kind: 'split', attempt, threshold, shares }, { kind: 'split', setId: digestOf(`set ${attempt}`), setName: 'OPAL-2210', setFingerprint: '2E6T 670Y', manifestSha256: digestOf('manifest'), sources: ['HSM', 'host'] });
  },
  rebuild: (teller) => {
    const subsets = proofSubsets(teller.state.plan.quorum.threshold, teller.state.plan.quorum.shares).map((subset) => [...subset]);
    teller.effect({ kind: 'rebuild', setId: teller.state.set!.setId, subsets }, { kind: 'rebuild', subsets });
  },
  wrap: (teller) => {
    const media = Array.from({ length: teller.state.plan.media }, (_, index) => index + 1);
    teller.effect({ kind: 'wrap', setId: teller.state.set!.setId, serial: teller.state.plan.hsm.serial!, keyId: KEY_ID, media }, { kind: 'wrap', algorithm: 'RFC5649', mechanism: '0x210a', length: 88, sha256: digestOf('blob'), media: media.map((number) => ({ number, sha256: digestOf('blob') })) });
  },
  restore: (teller) => teller.effect({ kind: 'restore', setId: teller.state.set!.setId, serial: teller.state.plan.hsm.secondSerial!, keyId: KEY_ID, label: teller.state.plan.key.label }, { kind: 'restore', spkiSha256: digestOf('spki'), challenge: digestOf('challenge'), signature: SPKI, claims: CLAIMS }),
  lock: (teller) => {
    const serials = [...tokensOf(teller.state.plan)];
    teller.effect({ kind: 'lock', serials, keyId: KEY_ID }, { kind: 'lock', tokens: serials.map((serial) => ({ serial, extractable: false, refusedWith: 'CKR_KEY_UNEXTRACTABLE' })) });
  },
  wipe: (teller) => teller.effect({ kind: 'wipe' }, { kind: 'wipe', vaultRestarted: true }),
  close: (teller) => teller.tell({ type: 'closing', actor: 'app', body: { outcome: 'completed', exceptions: teller.state.exceptions.length, files: { 'plan.json': teller.state.opening!.planSha256 } } }),
};

const handOver = (teller: Teller, step: Extract<Step, { kind: 'handover' }>): void => {
  const { set, plan } = teller.state;
  const share = step.shareNumber;
  const attempt = nextAttempt(teller.state, share);
  teller.effect({ kind: 'print-sheet', setId: set!.setId, share, attempt, printer: 'folder (rehearsal)' }, { kind: 'print-sheet', job: `share-${share}`, pages: 1 });
  teller.tell({ type: 'read-back', actor: step.custodian, body: { step: step.id, setId: set!.setId, share, person: step.custodian, carrier: 'paper', how: 'typed' } });
  teller.tell({ type: 'sealed', actor: witnessOf(plan), body: { step: step.id, share, bag: `B-${share}`, custodian: step.custodian, witness: witnessOf(plan) } });
  teller.complete('app');
};

/** Plays the open step as people would when nothing goes wrong. */
export const playStep = (teller: Teller, step: Step): void => {
  const { plan } = teller.state;
  switch (step.kind) {
    case 'say': return teller.complete(step.actors[0]!);
    case 'roll-call':
      for (const person of plan.people) teller.tell({ type: 'presence', actor: administratorOf(plan), body: { step: step.id, person: person.id, present: true, identity: 'known' } });
      return teller.complete(administratorOf(plan));
    case 'check': {
      const value = expectedAnswer(teller.state, step, '2026-11-24T09:00:00.000Z');
      teller.tell({ type: 'answer', actor: step.actors.at(-1)!, body: { step: step.id, check: step.check, value, expected: value, matches: true, attempt: 1 } });
      return teller.complete('app');
    }
    case 'login': {
      const serial = step.token === 'first' ? plan.hsm.serial! : plan.hsm.secondSerial!;
      teller.tell({ type: 'login', actor: 'app', body: { step: step.id, serial, typedBy: [...pinPeopleOf(plan)], control: plan.pin.control, moduleSha256: plan.hsm.module.sha256! } });
      return teller.complete('app');
    }
    case 'machine':
      WORK[step.operation](teller);
      return step.operation === 'close' ? undefined : teller.complete(administratorOf(plan));
    case 'sign':
      for (const person of custodiansOf(plan).slice(0, step.threshold)) teller.tell(signOffOf(teller.state, person.id));
      return teller.complete(administratorOf(plan));
    case 'handover': return handOver(teller, step);
  }
};

/** Plays until `stop` says that the open step is where to stop, or to the end. */
export const tellStory = (plan: Plan = samplePlan(), stop: (step: Step) => boolean = () => false): Teller => {
  const teller = new Teller(plan);
  teller.tell(openingOf(plan));
  for (const step of allSteps(teller.state.script)) {
    if (stop(step)) break;
    playStep(teller, step);
  }
  return teller;
};
export const atStep = (id: string, plan?: Plan): Teller => tellStory(plan, (step) => step.id === id);
export const atOperation = (operation: string, plan?: Plan): Teller => tellStory(plan, (step) => step.kind === 'machine' && step.operation === operation);
export const exceptionFact = (teller: Teller, noticedBy: PersonId): Fact =>
  ({ type: 'exception', actor: noticedBy, body: { number: teller.state.exceptions.length + 1, kind: 'deviation', step: teller.state.current!, what: COMMITTED, done: COMMITTED, effect: 'none', noticedBy } });
