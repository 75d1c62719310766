/**
 * A whole ceremony as facts, without a vault: every entry passes the rules in turn. For tests of rules, replay and pages. Keys,
 * certificates and shares in it are made up; sign-offs are real signatures of the sample people.
 */
import type { EffectId, KeyIdHex, PersonId, Sha256Hex, StepId } from '../../shared/brand.ts';
import { toBase64, toHex, utf8 } from '../../shared/bytes.ts';
import { charterDigest } from '../../shared/charter/charter-digest.ts';
import { memberChanges } from '../../shared/charter/changes.ts';
import { admit } from '../../shared/ceremony/admit.ts';
import { buildScript, allSteps, findStep } from '../../shared/ceremony/build-script.ts';
import { checkpointOf } from '../../shared/ceremony/checkpoint-of.ts';
import { evolve, initialState, nextEffect } from '../../shared/ceremony/evolve.ts';
import { encodePlan, planDigest } from '../../shared/ceremony/parse-plan.ts';
import { openedCopies } from '../../shared/ceremony/opened-copies.ts';
import { administratorOf, chartersBefore, gatheredSetOf, hasRoomProtocol, keyPlan, materialsOf, pinPeopleOf, tokensOf, witnessOf } from '../../shared/ceremony/people.ts';
import type { Copy, KeyPlan, Plan, SetRef } from '../../shared/ceremony/plan-schema.ts';
import { expectedAnswer } from '../../shared/ceremony/prompt.ts';
import type { Fact } from '../../shared/ceremony/rule.ts';
import type { MachineStep, Step } from '../../shared/ceremony/script-types.ts';
import { materialsLeft } from '../../shared/ceremony/materials.ts';
import { copiesToAccount, nextAttempt, proofSubsets, shareOf, stepOf } from '../../shared/ceremony/select.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { CHECKPOINT_TYPE } from '../../shared/transcript/checkpoint.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import { encodeEnvelope, pae } from '../../shared/transcript/dsse.ts';
import type { Entry, Intent, KeyClaims, Outcome, TokenObject } from '../../shared/transcript/entry-schema.ts';
import { encodeLine, lineDigest } from '../../shared/transcript/line.ts';
import { comparisonOf, openRound, roundsOf } from '../../shared/ceremony/two-answers.ts';
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
  /** Time of line 0, in milliseconds; each entry is a second later. */
  startsAt = Date.UTC(2026, 10, 24, 9);
  state: CeremonyState;
  readonly told: Told[] = [];
  readonly lines: Uint8Array[] = [];
  constructor(plan: Plan) { this.state = initialState(plan, buildScript(plan)); }

  /** Tells one fact. @throws when a rule refuses it. */
  tell(fact: Fact): void {
    const refusal = admit(this.state, fact);
    if (refusal) throw new Error(`${refusal.fault.code}: ${String(refusal.fault.details['reason'])} (${fact.type} in ${this.state.current ?? '-'})`);
    const seq = this.state.count;
    const at = new Date(this.startsAt + seq * 1000).toISOString();
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
/** What lies on the tokens: the new key afterwards, or the key that was there all along. */
const objectsOf = (plan: KeyPlan, when: 'before' | 'after'): TokenObject[] => {
  const { kind } = plan.ceremony;
  return (kind === 're-share' || when === 'after') ? keyObjects(plan.key.label) : [];
};
const inventory = (plan: Plan, when: 'before' | 'after', step: StepId): Fact => ({
  type: 'inventory', actor: 'app',
  body: { step, when, tokens: tokensOf(plan).map((serial) => ({ serial, label: `token ${serial}`, model: 'SoftHSM v2', firmware: '2.6', objects: objectsOf(keyPlan(plan), when) })) },
});
export const freshKeyIntent = (plan: KeyPlan): Extract<Intent, { kind: 'generate-key' }> =>
  ({ kind: 'generate-key', serial: plan.hsm.serial!, label: plan.key.label, keyId: KEY_ID, profile: plan.key.profile, extractable: plan.key.backup.kind === 'split' });

const mediaOf = (plan: KeyPlan): number[] => Array.from({ length: plan.media }, (_, index) => index + 1);
const splitSet = (teller: Teller, holds?: 'pin'): void => {
  const { threshold, shares } = teller.state.plan.quorum;
  const attempt = teller.state.voided.length + 1, which = holds ?? 'set';
  teller.effect({ kind: 'split', attempt, threshold, shares, ...(holds ? { holds } : {}) }, { kind: 'split', setId: digestOf(`${which} ${attempt}`), setName: holds ? 'FERN-3301' : 'OPAL-2210', setFingerprint: '2E6T 670Y', manifestSha256: digestOf(holds ? 'pin manifest' : 'manifest'), sources: ['HSM', 'host'] });
};
const rebuildSet = (teller: Teller): void => {
  const subsets = proofSubsets(teller.state.plan.quorum.threshold, teller.state.plan.quorum.shares).map((subset) => [...subset]);
  teller.effect({ kind: 'rebuild', setId: teller.state.set!.setId, subsets }, { kind: 'rebuild', subsets });
};
const combineSet = (teller: Teller, set: SetRef): void => {
  const shares = set.holders.slice(0, set.threshold).map((holder) => holder.number);
  teller.effect({ kind: 'combine', setId: set.setId, shares }, { kind: 'combine', shares });
};

const WORK: Readonly<Record<MachineStep['operation'], (teller: Teller) => void>> = {
  preflight: (teller) => teller.tell({ type: 'preflight', actor: 'app', body: { step: teller.state.current!, rows: [{ id: 'network', observed: 'only lo', ok: true }] } }),
  'inventory-before': (teller) => teller.tell(inventory(teller.state.plan, 'before', teller.state.current!)),
  'inventory-after': (teller) => teller.tell(inventory(teller.state.plan, 'after', teller.state.current!)),
  'generate-key': (teller) => teller.effect(freshKeyIntent(keyPlan(teller.state.plan)), { kind: 'generate-key', spki: SPKI, spkiSha256: digestOf('spki'), claims: CLAIMS, checks: ['curve', 'point on curve'], durationMs: 12 }),
  'issue-certificate': (teller) => {
    const ref = { serial: keyPlan(teller.state.plan).hsm.serial!, keyId: KEY_ID, tbs: toBase64(utf8('to be signed')) };
    teller.effect({ kind: 'sign-certificate', ...ref }, { kind: 'sign-certificate', certificateSha256: digestOf('certificate'), lint: [], secondSignatureMayExist: false });
    teller.effect({ kind: 'sign-pop', ...ref, head: teller.state.head }, { kind: 'sign-pop', popSha256: digestOf('pop'), secondSignatureMayExist: false });
  },
  split: (teller) => { splitSet(teller); },
  'split-pin': (teller) => { splitSet(teller, 'pin'); },
  'rebuild-pin': (teller) => { rebuildSet(teller); },
  'test-printer': (teller) => teller.effect({ kind: 'test-printer', printer: 'folder (rehearsal)' }, { kind: 'test-printer', job: 'test', pages: 1, how: 'scanned' }),
  combine: (teller) => { combineSet(teller, teller.state.plan.source!.set); },
  'open-pin': (teller) => {
    const set = gatheredSetOf(teller.state.plan, 'pin')!;
    combineSet(teller, set);
    for (const serial of tokensOf(teller.state.plan)) teller.tell({ type: 'login', actor: 'app', body: { step: teller.state.current!, serial, typedBy: set.holders.slice(0, set.threshold).map((holder) => holder.person), control: 'quorum', moduleSha256: keyPlan(teller.state.plan).hsm.module.sha256! } });
  },
  rewrap: (teller) => {
    const media = mediaOf(keyPlan(teller.state.plan));
    teller.effect({ kind: 'rewrap', setId: teller.state.set!.setId, sourceSetId: teller.state.plan.source!.set.setId, serial: keyPlan(teller.state.plan).hsm.serial!, keyId: KEY_ID, media }, { kind: 'rewrap', algorithm: 'RFC5649', mechanism: '0x210a', length: 88, sha256: digestOf('new blob'), media: media.map((number) => ({ number, sha256: digestOf('new blob') })) });
  },
  'prove-restore': (teller) => teller.effect({ kind: 'prove-restore', setId: teller.state.set!.setId, serial: keyPlan(teller.state.plan).hsm.secondSerial!, keyId: KEY_ID }, { kind: 'prove-restore', spkiSha256: digestOf('spki'), challenge: digestOf('challenge'), signature: SPKI }),
  enact: (teller) => {
    const { charter } = teller.state.plan, step = teller.state.current!;
    for (const change of memberChanges(chartersBefore(teller.state.plan), charter!)) teller.tell({ type: 'member-changed', actor: 'app', body: { step, ...change } });
    teller.tell({ type: 'charter-enacted', actor: 'app', body: { step, sha256: charterDigest(charter!) } });
  },
  supersede: (teller) => teller.tell({ type: 'set-superseded', actor: 'app', body: { step: teller.state.current!, setId: teller.state.plan.source!.set.setId, by: teller.state.set!.setId } }),
  'change-pin': (teller) => {
    const { pin } = keyPlan(teller.state.plan), so = pin.control === 'quorum' ? pin.so : 'nobody', serials = [...tokensOf(teller.state.plan)];
    teller.effect({ kind: 'change-pin', setId: teller.state.set!.setId, serials, so }, { kind: 'change-pin', tokens: serials.map((serial) => ({ serial, oldRefusedWith: 'CKR_PIN_INCORRECT', soChanged: so === 'quorum' })) });
  },
  rebuild: (teller) => { rebuildSet(teller); },
  wrap: (teller) => {
    const media = mediaOf(keyPlan(teller.state.plan));
    teller.effect({ kind: 'wrap', setId: teller.state.set!.setId, serial: keyPlan(teller.state.plan).hsm.serial!, keyId: KEY_ID, media }, { kind: 'wrap', algorithm: 'RFC5649', mechanism: '0x210a', length: 88, sha256: digestOf('blob'), media: media.map((number) => ({ number, sha256: digestOf('blob') })) });
  },
  restore: (teller) => teller.effect({ kind: 'restore', setId: teller.state.plan.source?.set.setId ?? teller.state.set!.setId, serial: teller.state.plan.source ? keyPlan(teller.state.plan).hsm.serial! : keyPlan(teller.state.plan).hsm.secondSerial!, keyId: KEY_ID, label: keyPlan(teller.state.plan).key.label }, { kind: 'restore', spkiSha256: digestOf('spki'), challenge: digestOf('challenge'), signature: SPKI, claims: CLAIMS }),
  lock: (teller) => {
    const serials = [...tokensOf(teller.state.plan)];
    teller.effect({ kind: 'lock', serials, keyId: KEY_ID }, { kind: 'lock', tokens: serials.map((serial) => ({ serial, extractable: false, refusedWith: 'CKR_KEY_UNEXTRACTABLE' })) });
  },
  wipe: (teller) => teller.effect({ kind: 'wipe' }, { kind: 'wipe', vaultRestarted: true }),
  close: (teller) => teller.tell({ type: 'closing', actor: 'app', body: { outcome: 'completed', exceptions: teller.state.exceptions.length, files: { 'plan.json': teller.state.opening!.planSha256 } } }),
};

/** Bags of later ceremonies have numbers of their own. */
const bagOf = ({ state }: Teller, mark: string, number: number | string): string => `${mark}${(state.opening?.number ?? 1) > 1 ? state.opening!.number : ''}-${number}`;
const handOver = (teller: Teller, step: Extract<Step, { kind: 'handover' }>): void => {
  const { set, plan } = teller.state;
  const share = step.shareNumber, { setId } = set!, { carrier, card } = shareOf(teller.state, share)!;
  const attempt = nextAttempt(teller.state, share);
  if (carrier !== 'card') teller.effect({ kind: 'print-sheet', setId, share, attempt, printer: 'folder (rehearsal)' }, { kind: 'print-sheet', job: `share-${share}`, pages: 1 });
  if (card) teller.effect({ kind: 'write-card', setId, share, attempt: 1, serial: card.serial }, { kind: 'write-card', label: `KCS1 ${set!.setName} ${share}`, length: 200, encryptedTo: null });
  const read = { step: step.id, setId, share, person: step.custodian };
  if (carrier !== 'card') teller.tell({ type: 'read-back', actor: step.custodian, body: { ...read, carrier: 'paper', how: share === 1 ? 'scanned' : 'typed' } });
  if (card) teller.tell({ type: 'read-back', actor: step.custodian, body: { ...read, carrier: 'card', how: 'card' } });
  const bag = bagOf(teller, 'N', `${step.holds === 'pin' ? 'P' : ''}${share}`);
  teller.tell({ type: 'sealed', actor: witnessOf(plan), body: { step: step.id, share, bag, custodian: step.custodian, witness: witnessOf(plan), ...(carrier === 'both' ? { cardBag: `${bag}-C` } : {}) } });
  teller.complete('app');
};

/** One holder's share is read, from paper unless they have a card. */
export const readShareFact = (teller: Teller, share: number, setId: Sha256Hex, presenter?: PersonId): Extract<Fact, { type: 'share-read' }> => {
  const { plan } = teller.state;
  const set = [plan.source?.set, gatheredSetOf(plan, 'pin')].find((one) => one?.setId === setId)!;
  const { person } = set.holders.find((holder) => holder.number === share)!;
  const onCard = plan.people.find(({ id }) => id === person)?.custody?.carrier === 'card';
  return { type: 'share-read', actor: presenter ?? person, body: { step: teller.state.current!, setId, share, person, presenter: presenter ?? person, carrier: onCard ? 'card' : 'paper', how: onCard ? 'card' : 'scanned', commitment: digestOf(`share ${share}`) } };
};
const gather = (teller: Teller, step: Extract<Step, { kind: 'gather' }>): void => {
  const set = gatheredSetOf(teller.state.plan, step.holds)!;
  for (const holder of set.holders.slice(0, step.threshold)) teller.tell(readShareFact(teller, holder.number, set.setId));
  teller.complete(administratorOf(teller.state.plan));
};

export const accountFact = (teller: Teller, copy: Copy, outcome: 'destroyed' | 'resealed' | 'missing' | 'collected' | 'retained', bag: string | null, effect: EffectId | null = null): Extract<Fact, { type: 'copy-accounted' }> => {
  const { plan } = teller.state;
  return { type: 'copy-accounted', actor: administratorOf(plan), body: { step: teller.state.current!, copy, outcome, method: outcome === 'destroyed' ? 'cross-cut P-5' : 'said in the room', bag, by: administratorOf(plan), witness: witnessOf(plan), effect } };
};
/** Destroys a copy as the app does: cards and media under an effect of their own. */
export const destroyFact = (teller: Teller, copy: Copy): void => {
  const effect = copy.kind === 'sheet' ? null : nextEffect(teller.state);
  if (effect !== null) teller.effect({ kind: 'destroy-copy', copy }, { kind: 'destroy-copy', found: true });
  teller.tell(accountFact(teller, copy, 'destroyed', null, effect));
};
const account = (teller: Teller, step: Extract<Step, { kind: 'account' }>): void => {
  for (const [index, { copy }] of copiesToAccount(teller.state, step.about).entries()) {
    if (step.about === 'used') teller.tell(accountFact(teller, copy, 'resealed', bagOf(teller, 'R', index)));
    else destroyFact(teller, copy);
  }
  teller.complete(administratorOf(teller.state.plan));
};
const prove = (teller: Teller, step: Extract<Step, { kind: 'prove' }>): void => {
  teller.tell(readShareFact(teller, step.shareNumber, teller.state.plan.source!.set.setId));
  for (const copy of openedCopies(teller.state, step)) teller.tell(accountFact(teller, copy, 'resealed', bagOf(teller, 'R', step.shareNumber)));
  teller.tell(signOffOf(teller.state, step.custodian));
  teller.complete('app');
};

/** The item in the bag of last time, or in a new one; `how` says what is otherwise. */
export const materialFact = (teller: Teller, id: string, how: Partial<Extract<Fact, { type: 'material' }>['body']> = {}): Extract<Fact, { type: 'material' }> => {
  const { plan } = teller.state, step = stepOf(teller.state), witness = witnessOf(plan), item = materialsOf(plan).find((one) => one.id === id)!;
  if (step?.kind !== 'materials') throw new Error('no materials are called');
  const bag = step.when === 'out' ? bagOf(teller, 'M', id) : item.bag;
  return { type: 'material', actor: witness, body: { step: step.id, item: item.id, when: step.when, present: true, bag, intact: step.when === 'in' && bag !== null ? true : null, matches: step.when === 'in' && bag !== null ? true : null, by: administratorOf(plan), witness, ...how } };
};
/** @param typed what each types instead of what there is to read. */
export const tellRound = (teller: Teller, step: Extract<Step, { kind: 'check' }>, typed: readonly (string | undefined)[] = []): void => {
  for (const [index, { person }] of step.answeredBy!.entries())
    teller.tell({ type: 'answer', actor: person, body: { step: step.id, check: step.check, value: typed[index] ?? expectedAnswer(teller.state, step, new Date(teller.startsAt + teller.state.count * 1000).toISOString()), attempt: roundsOf(teller.state, step) + 1 } });
  teller.tell({ type: 'answers-compared', actor: 'app', body: comparisonOf(teller.state, step, openRound(teller.state, step)) });
};
const answerByTwo = (teller: Teller, step: Extract<Step, { kind: 'check' }>): void => { tellRound(teller, step); teller.complete('app'); };

/** Plays the open step as people would when nothing goes wrong. */
export const playStep = (teller: Teller, step: Step): void => {
  const { plan } = teller.state;
  switch (step.kind) {
    case 'say': return teller.complete(step.actors[0]!);
    case 'roll-call':
      for (const person of plan.people) teller.tell({ type: 'presence', actor: administratorOf(plan), body: { step: step.id, person: person.id, present: true, identity: 'known' } });
      return teller.complete(administratorOf(plan));
    case 'check': {
      if (step.answeredBy) return answerByTwo(teller, step);
      const value = expectedAnswer(teller.state, step, '2026-11-24T09:00:00.000Z');
      teller.tell({ type: 'answer', actor: step.actors.at(-1)!, body: { step: step.id, check: step.check, value, expected: value, matches: true, attempt: 1 } });
      return teller.complete('app');
    }
    case 'login': {
      const serial = step.token === 'first' ? keyPlan(plan).hsm.serial! : keyPlan(plan).hsm.secondSerial!;
      teller.tell({ type: 'login', actor: 'app', body: { step: step.id, serial, typedBy: [...pinPeopleOf(plan)], control: pinPeopleOf(plan).length === 2 ? 'halves' : 'single', moduleSha256: keyPlan(plan).hsm.module.sha256! } });
      return teller.complete('app');
    }
    case 'machine':
      WORK[step.operation](teller);
      return step.operation === 'close' ? undefined : teller.complete(administratorOf(plan));
    case 'sign':
      for (const id of step.actors.slice(0, step.threshold)) teller.tell(signOffOf(teller.state, id));
      return teller.complete(administratorOf(plan));
    case 'handover': return handOver(teller, step);
    case 'gather': return gather(teller, step);
    case 'prove': return prove(teller, step);
    case 'account': return account(teller, step);
    case 'materials':
      for (const item of materialsLeft(teller.state, step)) teller.tell(materialFact(teller, item.id));
      return teller.complete(administratorOf(plan));
  }
};

/** Plays, by `play`, until `stop` says that the open step is where to stop, or to the end. */
export const tellStory = (plan: Plan = samplePlan(), stop: (step: Step) => boolean = () => false, play: (teller: Teller, step: Step) => void = playStep): Teller => {
  const teller = new Teller(plan);
  teller.tell(openingOf(plan));
  for (const { id } of allSteps(teller.state.script)) {
    // A deputy changes who acts in the steps that are left.
    const step = findStep(teller.state.script, id)!;
    if (stop(step)) break;
    play(teller, step);
  }
  return teller;
};
export const atStep = (id: string, plan?: Plan): Teller => tellStory(plan, (step) => step.id === id);
export const atOperation = (operation: string, plan?: Plan): Teller => tellStory(plan, (step) => step.kind === 'machine' && step.operation === operation);
export const exceptionFact = (teller: Teller, noticedBy: PersonId): Fact =>
  ({ type: 'exception', actor: noticedBy, body: { number: teller.state.exceptions.length + 1, kind: 'deviation', step: teller.state.current!, what: COMMITTED, done: COMMITTED, effect: 'none', noticedBy, ...(hasRoomProtocol(teller.state.plan) ? { expected: COMMITTED, decidedBy: noticedBy } : {}) } });
