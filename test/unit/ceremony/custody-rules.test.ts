/** Ceremonies about existing shares pass their rules from the opening to the closing; what may not be is refused. */
import { describe, expect, it } from 'vitest';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { admit } from '../../../shared/ceremony/admit.ts';
import { keyPlan, tokensOf } from '../../../shared/ceremony/people.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Fact } from '../../../shared/ceremony/rule.ts';
import { gatheringOf, quorumOf, stepOf, wrappingSetOf, pinSetOf } from '../../../shared/ceremony/select.ts';
import type { GatherStep, ProveStep } from '../../../shared/ceremony/script-types.ts';
import { wantedSetOf } from '../../../shared/ceremony/wanted-set.ts';
import type { Intent } from '../../../shared/transcript/entry-schema.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { asPerson, reSharePlan, samplePinSet, samplePlanOf, sampleSource } from '../../support/sample-source.ts';
import { accountFact, atOperation, destroyFact, exceptionFact, playStep, readShareFact, tellStory, type Teller } from '../../support/story.ts';
import { CUSTODY_CASES } from './custody-cases.ts';

const setId = sampleSource().set.setId;
const at = (plan: Plan, kind: string): Teller => tellStory(plan, (step) => step.kind === kind);
const ruleOf = (teller: Teller, fact: Fact): string | null => { const refusal = admit(teller.state, fact); return refusal === null ? null : refusal.fault.code.replace('RULE_', ''); };
const witnessNotes = (teller: Teller, kind = 'deviation'): void => { const fact = exceptionFact(teller, asPerson('walter')); teller.tell({ ...fact, body: { ...fact.body, kind } } as Fact); };

const quorumPin: Partial<Plan> = { pin: { control: 'quorum', typedBy: [asPerson('maria'), asPerson('walter')], so: 'quorum', soTypedBy: [asPerson('xenia')] } };
const heldPin: Partial<Plan> = { pin: { control: 'held-by-quorum', set: samplePinSet(), renew: false } };
const withCards = samplePlan().people.map((person, index) => (person.role === 'custodian'
  ? { ...person, custody: { carrier: index % 2 === 0 ? 'both' as const : 'card' as const, sheet: 'blind' as const, card: { module: '/usr/lib/softhsm/libsofthsm2.so', serial: `card-${index}` } } } : person));

describe('a whole ceremony passes every rule', () => {
  it.each<[string, Plan]>([
    ['a recovery', samplePlanOf('recovery')], ['a re-share', reSharePlan()], ['a share check', samplePlanOf('share-check')], ['a destruction of shares', samplePlanOf('share-destruction')],
    ['a recovery whose PIN a quorum holds', samplePlanOf('recovery', heldPin)], ['a re-share that renews the PIN set too', reSharePlan({ pin: { control: 'held-by-quorum', set: samplePinSet(), renew: true } })],
    ['a generation with a quorum-held PIN', samplePlan(quorumPin)], ['a generation with cards, blind sheets and a printer test', samplePlan({ people: withCards, sheets: { paper: 'A4', printer: { kind: 'folder' }, test: true } })],
    ['a generation without backup, its PIN held by quorum', samplePlan({ ...quorumPin, key: { label: 'alone', profile: 'ed25519', backup: { kind: 'none', reason: 'cannot', approvedBy: 'board' } }, hsm: { ...samplePlan().hsm, secondSerial: null }, media: 0 })],
  ])('%s', (_name, plan) => {
    const { state } = tellStory(plan);
    expect([state.closing?.outcome, state.wiped || plan.ceremony.kind.startsWith('share-')]).toEqual(['completed', true]);
  });
  it('keeps both sets apart when the PIN goes to a quorum', () => {
    const { state } = tellStory(samplePlan(quorumPin));
    expect([wrappingSetOf(state)?.holds, pinSetOf(state)?.holds, state.pinChanged?.tokens.every((token) => token.soChanged)]).toEqual(['wrapping-key', 'pin', true]);
    expect(wrappingSetOf(state)?.shares.every((share) => share.status === 'sealed')).toBe(true);
  });
});

describe('gathering', () => {
  const gathering = () => at(samplePlanOf('recovery'), 'gather');
  it('counts accepted shares as the quorum of its step', () => {
    const teller = gathering();
    for (const share of [1, 5]) teller.tell(readShareFact(teller, share, setId));
    const quorum = quorumOf(teller.state, teller.state.current);
    expect([quorum.threshold, quorum.signed, quorum.reached]).toEqual([3, 2, false]);
  });
  it('refuses a share of another set, and one under another holder', () => {
    const teller = gathering(), fact = readShareFact(teller, 1, setId);
    expect(ruleOf(teller, { ...fact, body: { ...fact.body, setId: 'ab'.repeat(32) as Sha256Hex } })).toBe('SHARE_WANTED');
    expect(ruleOf(teller, { ...fact, body: { ...fact.body, person: asPerson('bruno') } })).toBe('SHARE_WANTED');
  });
  it('lets another person bring a share only after the witness recorded a change of person', () => {
    const teller = gathering(), fact = readShareFact(teller, 2, setId, asPerson('maria'));
    expect(ruleOf(teller, fact)).toBe('SHARE_WANTED');
    witnessNotes(teller, 'person-change');
    expect(ruleOf(teller, fact)).toBeNull();
  });
  it('refuses a person who would come to hold a quorum over time, also within one ceremony', () => {
    const teller = gathering();
    witnessNotes(teller, 'person-change');
    teller.tell(readShareFact(teller, 2, setId, asPerson('ada')));
    expect(ruleOf(teller, readShareFact(teller, 3, setId, asPerson('ada')))).toBe('HOLDER_HISTORY');
    expect(ruleOf(teller, readShareFact(teller, 3, setId, asPerson('chen')))).toBeNull();
  });
  it('is done again after the vault was lost, from the gather step, and the ceremony goes on', () => {
    const teller = atOperation('restore', samplePlanOf('recovery'));
    teller.tell({ type: 'restarted', actor: 'app', body: { openEffect: null, found: 'shares had been gathered' } });
    const step = stepOf(teller.state) as GatherStep;
    expect([step.kind, gatheringOf(teller.state, step)]).toEqual(['gather', null]);
    playStep(teller, step);
    expect((stepOf(teller.state) as { operation?: string }).operation).toBe('combine');
    playStep(teller, stepOf(teller.state)!);
    expect((stepOf(teller.state) as { title: string }).title).toContain('Restore');
  });
  it('of the PIN is done again after the vault was lost while tokens are still to be used', () => {
    const teller = atOperation('inventory-before', samplePlanOf('recovery', heldPin));
    teller.tell({ type: 'restarted', actor: 'app', body: { openEffect: null, found: 'shares had been gathered' } });
    expect(stepOf(teller.state)).toMatchObject({ kind: 'gather', holds: 'pin' });
  });
  it('combines no subset that was not read', () => {
    const teller = atOperation('combine', samplePlanOf('recovery'));
    expect(ruleOf(teller, { type: 'intent', actor: 'app', body: { effect: 'e1' as never, step: teller.state.current!, intent: { kind: 'combine', setId, shares: [1, 2, 5] } } })).toBe('PROOF_ORDER');
  });
});

describe('a re-share', () => {
  it('is agreed by holders of the old set, among them one who gets no share of the new', () => {
    const teller = at(reSharePlan(), 'sign');
    expect(stepOf(teller.state)?.actors).toContain('emil');
    expect(stepOf(teller.state)?.actors).not.toContain('farah');
  });
  it('gives the new set the next epoch', () => { expect(wrappingSetOf(tellStory(reSharePlan()).state)?.epoch).toBe(2); });
  it('explains no object that appeared on a token', () => {
    const teller = atOperation('inventory-after', reSharePlan());
    const tokens = teller.state.inventory.before!.map((token) => ({ ...token, objects: [...token.objects, token.objects[0]!] }));
    teller.tell({ type: 'inventory', actor: 'app', body: { step: teller.state.current!, when: 'after', tokens } });
    expect(ruleOf(teller, { type: 'step-completed', actor: asPerson('maria'), body: { step: teller.state.current! } })).toBe('INVENTORY_EXPLAINED');
  });
});

describe('accounting for copies', () => {
  const accounting = () => at(samplePlanOf('share-destruction'), 'account');
  const copies = sampleSource().copies.map(({ copy }) => copy);
  it('takes a card or a medium as destroyed only under the effect that deleted it', () => {
    const teller = accounting(), medium = copies.find((copy) => copy.kind === 'medium')!;
    expect(ruleOf(teller, accountFact(teller, medium, 'destroyed', null))).toBe('COPIES_ACCOUNTED');
    destroyFact(teller, medium);
    expect(ruleOf(teller, accountFact(teller, medium, 'destroyed', null))).toBe('COPIES_ACCOUNTED');
  });
  it('closes nothing while one copy is not accounted for', () => {
    const teller = accounting();
    for (const copy of copies.slice(1)) destroyFact(teller, copy);
    expect(ruleOf(teller, { type: 'step-completed', actor: asPerson('maria'), body: { step: teller.state.current! } })).toBe('COPIES_ACCOUNTED');
    teller.tell(accountFact(teller, copies[0]!, 'missing', null));
    expect(ruleOf(teller, { type: 'step-completed', actor: asPerson('maria'), body: { step: teller.state.current! } })).toBeNull();
  });
  it('wants a new bag number for what is sealed, and none for what is not', () => {
    const teller = at(samplePlanOf('recovery'), 'account'), copy = copies[0]!;
    expect(ruleOf(teller, accountFact(teller, copy, 'resealed', null))).toBe('COPIES_ACCOUNTED');
    expect(ruleOf(teller, accountFact(teller, copy, 'resealed', 'B-2'))).toBe('COPIES_ACCOUNTED');
    expect(ruleOf(teller, accountFact(teller, copy, 'missing', 'X-1'))).toBe('COPIES_ACCOUNTED');
    expect(ruleOf(teller, accountFact(teller, copy, 'resealed', 'X-1'))).toBeNull();
  });
  it('destroys below a quorum only with an exception of the witness (RULE_KEEP_A_QUORUM)', () => {
    const [teller, fact] = CUSTODY_CASES['KEEP_A_QUORUM']!();
    witnessNotes(teller);
    expect(ruleOf(teller, fact)).toBeNull();
  });
});

it('takes the share of a void set on a card for erased once that card is written again', () => {
  const teller = tellStory(samplePlan({ people: withCards }), (step) => step.kind === 'handover' && step.shareNumber === 3);
  const { set } = teller.state, card = set!.shares[1]!.card!;
  const cards = set!.shares.slice(0, 2).flatMap((share) => (share.card ? [{ share: share.number, serial: share.card.serial }] : []));
  const sheets = set!.shares.flatMap((share) => share.attempts.map((attempt) => ({ share: share.number, attempt })));
  teller.tell({ type: 'set-voided', actor: 'app', body: { setId: set!.setId, reason: 'person', sheets, mediaCleared: [], cards } });
  expect(teller.state.voided[0]!.cards.map(({ erased }) => erased)).toEqual([false, false]);
  for (const sheet of sheets) teller.tell({ type: 'sheet-destroyed', actor: asPerson('walter'), body: { step: teller.state.current!, ...sheet, witness: asPerson('walter') } });
  for (let step = stepOf(teller.state)!; !(step.kind === 'handover' && step.shareNumber === 3); step = stepOf(teller.state)!) playStep(teller, step);
  expect(teller.state.voided[0]!.cards.find(({ serial }) => serial === card.serial)?.erased).toBe(true);
});

describe('a share check', () => {
  it('takes the slip last, after the new bag', () => {
    const teller = at(samplePlanOf('share-check'), 'prove');
    const step = stepOf(teller.state) as ProveStep;
    teller.tell(readShareFact(teller, step.shareNumber, setId));
    playStepRest(teller, step);
    expect(teller.state.proofs[0]).toMatchObject({ share: 1, found: 'proved' });
  });
  it('goes on when a holder is absent, and keeps why', () => {
    const teller = at(samplePlanOf('share-check'), 'prove');
    const step = stepOf(teller.state) as ProveStep;
    teller.tell({ type: 'share-unproved', actor: asPerson('walter'), body: { step: step.id, share: 1, person: step.custodian, reason: 'lost' } });
    teller.complete('app');
    expect([teller.state.proofs[0]?.found, stepOf(teller.state)?.id]).toEqual(['lost', '3.2']);
  });
});
const playStepRest = (teller: Teller, step: ProveStep): void => {
  teller.tell(accountFact(teller, sampleSource().copies[step.shareNumber - 1]!.copy, 'resealed', 'X-1'));
};

describe('a change of PINs that was cut off', () => {
  it('keeps its set: the PIN may be derived from it already', () => {
    const teller = atOperation('change-pin', samplePlan(quorumPin));
    const set = teller.state.set!;
    teller.tell({ type: 'intent', actor: 'app', body: { effect: `e${teller.state.effects + 1}` as never, step: teller.state.current!, intent: { kind: 'change-pin', setId: set.setId, serials: [samplePlan().hsm.serial!, samplePlan().hsm.secondSerial!], so: 'quorum' } } });
    teller.tell({ type: 'failed', actor: 'app', body: { effect: teller.state.openEffect!.effect, step: teller.state.current!, fault: { code: 'VAULT_GONE', details: {} }, happened: 'unknown' } });
    expect(teller.state.pinUncertain).toBe(true);
    const sheets = set.shares.map((share) => ({ share: share.number, attempt: share.attempts[0]! }));
    expect(ruleOf(teller, { type: 'set-voided', actor: 'app', body: { setId: set.setId, reason: 'vault-restarted', sheets, mediaCleared: [] } })).toBe('VOID_OPENS_NOTHING');
  });
  /** Cut off in its step, and then a new vault. */
  const cutOff = (plan: Plan): Teller => {
    const teller = atOperation('change-pin', plan), { pin } = keyPlan(plan);
    tell(teller, { kind: 'change-pin', setId: teller.state.set!.setId, serials: [...tokensOf(plan)], so: pin.control === 'quorum' ? pin.so : 'nobody' });
    teller.tell({ type: 'restarted', actor: 'app', body: { openEffect: teller.state.openEffect!.effect, found: 'change-pin was under way' } });
    teller.tell({ type: 'failed', actor: 'app', body: { effect: teller.state.openEffect!.effect, step: teller.state.current!, fault: { code: 'VAULT_GONE', details: {} }, happened: 'unknown' } });
    return teller;
  };
  const tell = (teller: Teller, intent: Intent): void => teller.tell(intentOf(teller, intent));
  const intentOf = (teller: Teller, intent: Intent): Fact => ({ type: 'intent', actor: 'app', body: { effect: `e${teller.state.effects + 1}` as never, step: teller.state.current!, intent } });
  const read = (teller: Teller, share: number): Extract<Fact, { type: 'share-read' }> => {
    const set = wantedSetOf(teller.state)!, { person } = set.holders.find(({ number }) => number === share)!;
    return { type: 'share-read', actor: person, body: { step: teller.state.current!, setId: set.setId, share, person, presenter: person, carrier: 'paper', how: 'typed', commitment: set.manifestSha256 } };
  };
  it('asks for shares of its set in that step, combines them there, and is done again only then, with the tokens closed', () => {
    const plan = samplePlan(quorumPin), teller = cutOff(plan), { setId: inWork } = teller.state.set!;
    const change: Intent = { kind: 'change-pin', setId: inWork, serials: [...tokensOf(plan)], so: 'quorum' };
    expect(teller.state.loggedIn).toEqual([]);
    expect(wantedSetOf(teller.state)).toMatchObject({ setId: inWork, threshold: 3, holds: 'pin' });
    expect(ruleOf(teller, intentOf(teller, change))).toBe('PROOF_ORDER');
    const first = read(teller, 1);
    teller.tell(first);
    expect(ruleOf(teller, first)).toBe('SHARE_WANTED');
    expect(ruleOf(teller, intentOf(teller, { kind: 'combine', setId: inWork, shares: [1] }))).toBe('PROOF_ORDER');
    for (const share of [2, 4]) teller.tell(read(teller, share));
    expect(wantedSetOf(teller.state)).toBeNull();
    expect(ruleOf(teller, intentOf(teller, { kind: 'combine', setId, shares: [1, 2, 4] }))).not.toBeNull();
    tell(teller, { kind: 'combine', setId: inWork, shares: [1, 2, 4] });
    teller.tell({ type: 'result', actor: 'app', body: { effect: teller.state.openEffect!.effect, step: teller.state.current!, outcome: { kind: 'combine', shares: [1, 2, 4] } } });
    expect(ruleOf(teller, intentOf(teller, change))).toBeNull();
  });
  it('asks for the old PIN set too where a quorum held the PIN, and goes back to no earlier step', () => {
    const teller = cutOff(reSharePlan({ pin: { control: 'held-by-quorum', set: samplePinSet(), renew: true } }));
    expect(stepOf(teller.state)).toMatchObject({ operation: 'change-pin' });
    const asked: string[] = [];
    for (let set = wantedSetOf(teller.state); set; set = wantedSetOf(teller.state)) { asked.push(set.setId); teller.tell(read(teller, asked.filter((one) => one === set!.setId).length)); }
    expect([...new Set(asked)]).toEqual([teller.state.set!.setId, samplePinSet().setId]);
  });
  it('asks for no share where nothing was cut off', () => {
    const teller = atOperation('change-pin', samplePlan(quorumPin)), cut = cutOff(samplePlan(quorumPin));
    expect(wantedSetOf(teller.state)).toBeNull();
    expect(ruleOf(teller, { ...read(cut, 1), body: { ...read(cut, 1).body, step: teller.state.current! } } as Fact)).toBe('SHARE_WANTED');
    const elsewhere = atOperation('rebuild-pin', samplePlan(quorumPin));
    expect(ruleOf(elsewhere, { ...read(cut, 1), body: { ...read(cut, 1).body, step: elsewhere.state.current! } } as Fact)).toBe('STEP_KIND');
  });
});

it('folds a card that was written before it was cut off as written, so that it is found again', () => {
  const teller = tellStory(samplePlan({ people: withCards }), (step) => step.kind === 'handover' && step.shareNumber === 2);
  const card = teller.state.set!.shares[1]!.card!;
  teller.tell({ type: 'intent', actor: 'app', body: { effect: `e${teller.state.effects + 1}` as never, step: teller.state.current!, intent: { kind: 'write-card', setId: teller.state.set!.setId, share: 2, attempt: 1, serial: card.serial } } });
  teller.tell({ type: 'failed', actor: 'app', body: { effect: teller.state.openEffect!.effect, step: teller.state.current!, fault: { code: 'VAULT_GONE', details: {} }, happened: 'unknown' } });
  expect(teller.state.set!.shares[1]!.card).toMatchObject({ status: 'written', attempts: 1 });
});
