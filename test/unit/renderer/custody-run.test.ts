import { describe, expect, it } from 'vitest';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { decide } from '../../../shared/ceremony/decide.ts';
import type { Fact } from '../../../shared/ceremony/rule.ts';
import type { KeyPlan, Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { AccountStep, GatherStep, ProveStep } from '../../../shared/ceremony/script-types.ts';
import { stepOf } from '../../../shared/ceremony/select.ts';
import type { CeremonyState, ShareFacts } from '../../../shared/ceremony/state.ts';
import { copyRows, methodOf, openCopy, openedRows } from '../../../renderer/screens/run/account-view.ts';
import { cardSerialOf, carriersOf, holderRows, nextShare, otherMayBring, refusalFacts } from '../../../renderer/screens/run/gather-view.ts';
import { handoverView } from '../../../renderer/screens/run/handover-view.ts';
import { marginOf, marginSentence } from '../../../renderer/screens/run/margin.ts';
import { primaryOf } from '../../../renderer/screens/run/primary.ts';
import { activityText, ceremonyName, isDesk, paperAccount, purposeNote } from '../../../renderer/screens/run/run-view.ts';
import { EMPTY_DRAFT, type StepDraft } from '../../../renderer/stores/step-store.ts';
import { asPerson, reSharePlan, samplePinSet, samplePlanOf, sampleSet } from '../../support/sample-source.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { accountFact, exceptionFact, readShareFact, tellStory, type Teller } from '../../support/story.ts';

const NOW = '2026-11-24T09:00:00.000Z';
const draft = (change: Partial<StepDraft> = {}): StepDraft => ({ step: null, ...EMPTY_DRAFT, ...change });
const TYPED = draft({ answer: 'an answer', bagByCustodian: 'Z1', bagByWitness: 'Z1', cardBagByCustodian: 'Z2', cardBagByWitness: 'Z2', outcome: 'destroyed', method: 'cross-cut', bag: 'Z3' });
const at = (plan: Plan, kind: string): Teller => tellStory(plan, (step) => step.kind === kind);
const gatherOf = (state: CeremonyState): GatherStep => stepOf(state) as GatherStep;
const setId = sampleSet().setId;
const personChange = (teller: Teller): void => { const fact = exceptionFact(teller, asPerson('walter')); teller.tell({ ...fact, body: { ...fact.body, kind: 'person-change' } } as Fact); };
const refuseShare = (teller: Teller, presenter: string, code: string, details = {}): void =>
  teller.tell({ type: 'share-refused', actor: asPerson(presenter), body: { step: teller.state.current!, setId, presenter: asPerson(presenter), carrier: 'paper', fault: { code, details } } });

const onCards = (plan: Plan): Plan => ({ ...plan, people: plan.people.map((person) => (person.role === 'custodian' ? { ...person, custody: { carrier: person.id === 'ada' ? 'both' as const : 'card' as const, sheet: 'standard' as const, card: { module: '/m.so', serial: `card-${person.id}` } } } : person)) });
const heldByQuorum: Partial<KeyPlan> = { pin: { control: 'quorum', typedBy: [asPerson('maria')], so: 'nobody', soTypedBy: [] } };
const PLANS: Readonly<Record<string, Plan>> = {
  recovery: samplePlanOf('recovery'), 're-share': reSharePlan(), 'share-check': samplePlanOf('share-check'), 'share-destruction': samplePlanOf('share-destruction'),
  'generation on cards': onCards(samplePlan()), 'generation with a PIN held by quorum': samplePlan(heldByQuorum),
  'recovery with a PIN held by quorum': samplePlanOf('recovery', { pin: { control: 'held-by-quorum', set: samplePinSet(), renew: false } }),
};

describe('the primary action of custody steps', () => {
  it.each(Object.entries(PLANS))('offers a command that decide takes, or says why not, at every step of a %s', (_name, plan) => {
    for (const { id, kind } of allSteps(tellStory(plan, () => true).state.script)) {
      const { state } = tellStory(plan, (step) => step.id === id);
      const primary = primaryOf(state, TYPED);
      expect(primary, id).not.toBeNull();
      const taken = primary?.command ? decide(state, primary.command, NOW) : null;
      expect(primary?.blocked !== null || primary?.signs !== undefined || taken?.ok, `${id} ${kind}: ${primary?.label ?? ''} ${JSON.stringify(taken)}`).toBe(true);
    }
  });

  it('reads the next share until enough are in, and then goes on', () => {
    const teller = at(samplePlanOf('recovery'), 'gather');
    expect(primaryOf(teller.state, draft())).toMatchObject({ testId: 'gather-next', command: { type: 'read-share', presenter: 'ada', holder: 'ada', carrier: 'paper' } });
    for (const share of [1, 2]) teller.tell(readShareFact(teller, share, setId));
    expect(primaryOf(teller.state, draft({ presenter: 'emil' }))).toMatchObject({ command: { presenter: 'emil', carrier: 'card' } });
    teller.tell(readShareFact(teller, 5, setId));
    expect(primaryOf(teller.state, draft())).toMatchObject({ command: { type: 'confirm', by: 'maria' } });
  });

  it('proves a share, seals it again, and then opens the slip to be signed', () => {
    const teller = at(samplePlanOf('share-check'), 'prove');
    expect(primaryOf(teller.state, draft())).toMatchObject({ command: { type: 'read-share', holder: 'ada' } });
    teller.tell(readShareFact(teller, 1, setId));
    expect(primaryOf(teller.state, draft())?.blocked).toMatch(/new bag/);
    const reseal = primaryOf(teller.state, draft({ bag: ' R-1 ' }))!;
    expect(reseal.command).toMatchObject({ type: 'account', outcome: 'resealed', bag: 'R-1', by: 'ada' });
    expect(decide(teller.state, reseal.command!, NOW).ok).toBe(true);
    teller.tell(accountFact(teller, openedRows(teller.state, stepOf(teller.state) as ProveStep)[0]!.copy, 'resealed', 'R-1'));
    expect(primaryOf(teller.state, draft())).toMatchObject({ testId: 'prove-sign', signs: 'ada', command: null });
  });

  it('accounts for one copy at a time and asks for what is missing', () => {
    const { state } = at(samplePlanOf('share-destruction'), 'account');
    expect(primaryOf(state, draft())?.blocked).toMatch(/what became of it/);
    expect(primaryOf(state, draft({ outcome: 'destroyed' }))?.blocked).toMatch(/say how/);
    expect(primaryOf(state, draft({ outcome: 'destroyed', method: 'cross-cut' }))?.command).toMatchObject({ copy: { kind: 'sheet', share: 1 }, outcome: 'destroyed', bag: null, by: 'ada' });
    const { state: used } = at(samplePlanOf('recovery'), 'account');
    expect(primaryOf(used, draft({ outcome: 'resealed' }))?.blocked).toMatch(/bag number/);
    expect(primaryOf(used, draft({ outcome: 'resealed', bag: 'R-9' }))?.command).toMatchObject({ bag: 'R-9', method: 'sealed in a new bag' });
  });

  it('prints and writes before anything is read back, and seals paper and card in two bags', () => {
    const { state } = at(onCards(samplePlan()), 'handover');
    const share = (change: Partial<ShareFacts>): CeremonyState => ({ ...state, set: { ...state.set!, shares: state.set!.shares.map((one) => (one.number === 1 ? { ...one, ...change } : one)) } });
    const card = state.set!.shares[0]!.card!;
    expect(primaryOf(state, draft())?.testId).toBe('handover-print');
    expect(primaryOf(share({ paper: 'printed', status: 'printed' }), draft())?.testId).toBe('handover-write');
    expect(primaryOf(share({ paper: 'printed', status: 'printed', card: { ...card, status: 'written' } }), draft())?.testId).toBe('handover-readback');
    expect(primaryOf(share({ paper: 'read-back', status: 'printed', card: { ...card, status: 'written' } }), draft())?.testId).toBe('handover-read-card');
    const done = share({ paper: 'read-back', status: 'read-back', card: { ...card, status: 'read-back' } });
    expect(primaryOf(done, draft({ bagByCustodian: 'A', bagByWitness: 'A', cardBagByCustodian: 'A', cardBagByWitness: 'A' }))?.blocked).toMatch(/each need a bag/);
    expect(primaryOf(done, draft({ bagByCustodian: 'A', bagByWitness: 'A', cardBagByCustodian: 'B', cardBagByWitness: 'B' }))?.command).toMatchObject({ bagByCustodian: 'A', cardBag: 'B' });
  });
});

describe('the gather table', () => {
  it('names who came, who was refused and who is absent', () => {
    const teller = at(samplePlanOf('recovery'), 'gather');
    teller.tell(readShareFact(teller, 1, setId));
    refuseShare(teller, 'bruno', 'SHARE_OTHER_SET', { claimsNumber: 4, claimsName: 'Somebody', claimsSet: 'OPAL-1' });
    const state = { ...teller.state, present: { ...teller.state.present, chen: { present: false, identity: 'absent' } } };
    const rows = holderRows(state, gatherOf(state));
    expect(rows.map((row) => [row.share !== null, row.refused?.code ?? null, row.here])).toEqual([[true, null, true], [false, 'SHARE_OTHER_SET', true], [false, null, false], [false, null, true], [false, null, true]]);
    expect(refusalFacts(state.refused[0]!)).toEqual({ claims: 'share 4, of Somebody, set OPAL-1', shown: null });
    expect(nextShare(state, gatherOf(state), draft())).toMatchObject({ presenter: 'dalia', number: 4 });
  });
  it('calls what authenticated bytes say shown, and the rest claimed', () => {
    expect(refusalFacts({ details: { number: 2, name: 'Bruno Keller' } })).toEqual({ claims: null, shown: 'share 2, of Bruno Keller' });
  });
  it('lets another person bring a share only after the witness recorded a change of persons', () => {
    const teller = at(samplePlanOf('recovery'), 'gather');
    const chosen = draft({ presenter: 'maria', holder: 'bruno' });
    expect(otherMayBring(teller.state, teller.state.current!)).toBe(false);
    expect(nextShare(teller.state, gatherOf(teller.state), chosen)).toBeNull();
    personChange(teller);
    expect(nextShare(teller.state, gatherOf(teller.state), chosen)).toMatchObject({ presenter: 'maria', holder: 'bruno', number: 2 });
  });
  it('knows on what a share lies, and the serial of its card', () => {
    const { state } = at(samplePlanOf('recovery'), 'gather');
    expect([carriersOf(state, setId, 1), carriersOf(state, setId, 5)]).toEqual([['paper'], ['card']]);
    expect([cardSerialOf(state, setId, 5), cardSerialOf(state, setId, 1)]).toEqual(['c5', null]);
    expect(carriersOf(state, 'another set', 1)).toEqual(['paper', 'card']);
  });
  it('knows it from the set where the plan lists no copies of it, as of a PIN set', () => {
    const { state } = at(samplePlanOf('recovery'), 'gather'), source = state.plan.source!;
    const carried = [{ carrier: 'card', sheet: 'standard', card: { module: '/m.so', serial: 'old-1' } }, { carrier: 'both', sheet: 'blind', card: { module: '/m.so', serial: 'old-2' } }, { carrier: 'paper', sheet: 'large', card: null }] as const;
    const holders = source.set.holders.map((holder, index) => ({ ...holder, custody: carried[index % 3]! }));
    const told = { ...state, plan: { ...state.plan, source: { ...source, copies: [], set: { ...source.set, holders } } } };
    expect([1, 2, 3].map((number) => [carriersOf(told, setId, number), cardSerialOf(told, setId, number)])).toEqual([[['card'], 'old-1'], [['paper', 'card'], 'old-2'], [['paper'], null]]);
  });
  it('has the width of the rail, but not during a pause', () => {
    const teller = at(samplePlanOf('recovery'), 'gather');
    expect(isDesk(teller.state)).toBe(true);
    teller.tell({ type: 'paused', actor: 'app', body: { reason: 'fault', text: { commitment: 'a'.repeat(64) as never }, stayed: [] } });
    expect(isDesk(teller.state)).toBe(false);
  });
});

describe('the margin of the set', () => {
  it('is what is left over the threshold as shares are found lost and copies are gone', () => {
    const teller = at(samplePlanOf('share-check'), 'prove');
    expect(marginOf(teller.state)).toMatchObject({ good: 5, threshold: 3, spare: 2 });
    teller.tell({ type: 'share-unproved', actor: asPerson('walter'), body: { step: teller.state.current!, share: 1, person: asPerson('ada'), reason: 'lost' } });
    expect(marginOf(teller.state)).toMatchObject({ good: 4, spare: 1, pips: ['lost', 'there', 'there', 'there', 'there'] });
    expect(marginOf(tellStory(samplePlan(), () => true).state)).toBeNull();
  });
  it('does not count a holder who only stayed away as lost', () => {
    const teller = at(samplePlanOf('share-check'), 'prove');
    teller.tell({ type: 'share-unproved', actor: asPerson('walter'), body: { step: teller.state.current!, share: 1, person: asPerson('ada'), reason: 'absent' } });
    expect(marginOf(teller.state)?.spare).toBe(2);
  });
  it('demands action at one and at none', () => {
    expect([2, 1, 0, -1].map((spare) => marginSentence({ good: 3 + spare, shares: 5, spare }))).toEqual([
      '5 of 5 shares can be counted on: the margin is 2.', '4 of 5 shares can be counted on: the margin is 1. Prepare a re-share.',
      expect.stringMatching(/margin is zero.*Re-share now/), expect.stringMatching(/not recoverable/),
    ]);
  });
});

describe('copies', () => {
  it('are listed by what they are and whose, one on the table at a time', () => {
    const { state } = at(samplePlanOf('share-destruction'), 'account');
    const rows = copyRows(state, stepOf(state) as AccountStep);
    expect(rows.map((row) => row.what)).toEqual([expect.stringMatching(/^Sheet of share 1, attempt 1, Ada/), ...Array(3).fill(expect.stringMatching(/^Sheet/)), expect.stringMatching(/^Card c5 with share 5/), 'Medium 1 with the wrapped key', 'Medium 2 with the wrapped key']);
    expect(openCopy(rows, rows[4]!.name)?.name).toBe(rows[4]!.name);
    expect(openCopy(rows, 'no such copy')?.name).toBe(rows[0]!.name);
  });
  it('need words where nothing usual can be said', () => {
    expect([methodOf('resealed', ''), methodOf('destroyed', ' '), methodOf('missing', ''), methodOf('destroyed', ' burnt ')]).toEqual(['sealed in a new bag', '', '', 'burnt']);
  });
});

describe('cards', () => {
  const card = (change: object) => activityText(at(samplePlanOf('recovery'), 'gather').state, { kind: 'card', person: asPerson('ada'), serial: 'c1', until: 'inserted', others: [], since: NOW, ...change });
  it('are called by their person, and another person’s card is named with whose it is', () => {
    expect(card({})).toBe('Insert card c1 of Ada Okafor');
    expect(card({ others: ['c5', 'unknown'] })).toMatch(/Emil.*card c5; no PIN try was used/);
    expect(card({ until: 'removed' })).toBe('Take card c1 of Ada Okafor out of the reader');
  });
  it('go through insert, PIN, write, read back and seal', () => {
    const { state } = at(onCards(samplePlan()), 'handover');
    const share = state.set!.shares[1]!;
    const where = (change: Partial<ShareFacts>, activity: Parameters<typeof handoverView>[1]): string => { const view = handoverView({ ...share, ...change }, activity, { name: 'B', witness: 'W' }); return view.stages[view.at]?.[0] ?? 'done'; };
    const written = { card: { ...share.card!, status: 'written' as const }, status: 'printed' as const };
    expect([
      where({}, null), where({}, { kind: 'entry', person: asPerson('bruno'), purpose: 'pin', since: NOW }), where({}, { kind: 'effect', operation: 'write-card', since: NOW, phase: '' }),
      where(written, { kind: 'card', person: asPerson('bruno'), serial: 'x', until: 'removed', others: [], since: NOW }), where(written, null),
      where({ card: { ...share.card!, status: 'read-back' }, status: 'read-back' }, null), where({ status: 'sealed' }, null),
    ]).toEqual(['Insert', 'PIN', 'Write', 'Write', 'Read back', 'Seal', 'done']);
  });
  it('are in no account of paper', () => {
    const { state } = tellStory(onCards(samplePlan()), (step) => step.kind === 'say' && step.act === 4);
    expect(paperAccount(state)).toEqual({ printed: 1, sealed: 1, destroyed: 0, out: 0 });
  });
});

it('the purpose and the target stay in sight, but not a serial that is asked for', () => {
  const { state } = at(samplePlanOf('recovery'), 'gather');
  expect(purposeNote(state)).toBe('Purpose: Move the key to a new HSM. Target: HSM 77aa41d09be3a776. Set KITE-4417, epoch 1.');
  expect(purposeNote(tellStory(samplePlanOf('recovery'), (step) => step.kind === 'check' && step.check === 'hsm-serial').state)).not.toMatch(/77aa41d09be3a776/);
  expect(purposeNote(tellStory(samplePlan(), () => true).state)).toBeNull();
});
it('the status bar names the key and the kind of ceremony, and a drill', () => {
  expect(ceremonyName(samplePlanOf('recovery'))).toMatch(/· recovery$/);
  expect(ceremonyName({ ...samplePlanOf('share-check'), drill: true })).toMatch(/^DRILL .*· share check$/);
});
