/** A rule that names the types it is about has nothing against any other, in any state: so that leaving it out there changes no verdict. */
import { describe, expect, test } from 'vitest';
import { admit, RULES } from '../../../shared/ceremony/admit.ts';
import type { Fact } from '../../../shared/ceremony/rule.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { refuse } from '../../../shared/errors.ts';
import { bodySchemas, ENTRY_TYPES } from '../../../shared/transcript/entry-schema.ts';
import { exceptionFact, tellStory, Teller } from '../../support/story.ts';
import { reSharePlan, samplePlanOf } from '../../support/sample-source.ts';
import { foundingPlan } from '../../support/sample-charter.ts';
import { excepted } from '../../support/duties-folder.ts';
import { MATERIALS, roomPlan } from '../../support/room-plan.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const plans: readonly Plan[] = [samplePlan(), samplePlan({ pin: { control: 'quorum', typedBy: [samplePlan().people[0]!.id], so: 'nobody', soTypedBy: [] } }), reSharePlan(), samplePlanOf('recovery'), samplePlanOf('share-check'), samplePlanOf('share-destruction'), foundingPlan(), excepted(), roomPlan({ materials: MATERIALS })];
const stories: readonly Teller[] = plans.map((plan) => tellStory(plan));

/** A teller that goes on from a state. */
const from = (state: CeremonyState): Teller => { const teller = new Teller(state.plan); teller.state = state; return teller; };
const note = { commitment: '00'.repeat(32) as never };
/** Also states that no smooth ceremony has: paused, after an objection, after a restart, aborted, with an effect that failed. */
const aside = (state: CeremonyState): readonly CeremonyState[] => {
  const { plan, current } = state, [maria, walter] = plan.people.map(({ id }) => id);
  const after = (...facts: readonly Fact[]): readonly CeremonyState[] => {
    const teller = from(state);
    try { for (const fact of facts) teller.tell(fact); } catch { return []; }
    return [teller.state];
  };
  return current === null ? [] : [
    ...after(exceptionFact(from(state), walter!)),
    ...after({ type: 'paused', actor: 'app', body: { reason: 'break', text: note, stayed: [maria!, walter!] } }),
    ...after({ type: 'objection', actor: walter!, body: { step: current, person: walter!, words: note } }),
    ...after({ type: 'restarted', actor: 'app', body: { openEffect: null, found: 'nothing' } }),
    ...after({ type: 'aborted', actor: maria!, body: { reason: note, by: maria! } }),
    ...(state.openEffect === null ? [] : after({ type: 'failed', actor: 'app', body: { effect: state.openEffect.effect, step: current, fault: { code: 'HSM_CALL_FAILED', details: {} }, happened: 'unknown' } })),
    ...(state.set === null ? [] : after({ type: 'set-voided', actor: 'app', body: { setId: state.set.setId, reason: 'person', sheets: [], mediaCleared: [] } })),
  ];
};
const states: readonly CeremonyState[] = stories.flatMap(({ told, state }) => [...told.map(({ before }) => before), state]).flatMap((state) => [state, ...aside(state)]);

/** What no story tells, made up. */
const step = '1.1' as never, fault = { code: 'HSM_CALL_FAILED', details: {} }, person = samplePlan().people[3]!.id;
const MADE_UP: readonly Fact[] = [
  { type: 'login-failed', actor: 'app', body: { step, serial: 'x', fault } }, { type: 'failed', actor: 'app', body: { effect: 'e1' as never, step, fault, happened: 'no' } },
  { type: 'read-back-failed', actor: 'app', body: { step, share: 1, fault } }, { type: 'sheet-destroyed', actor: person, body: { step, share: 1, attempt: 1, witness: person } },
  { type: 'share-refused', actor: person, body: { step, setId: '00'.repeat(32) as never, presenter: person, carrier: 'paper', fault } }, { type: 'share-unproved', actor: person, body: { step, share: 1, person, reason: 'lost' } },
  { type: 'set-voided', actor: 'app', body: { setId: null, reason: 'person', sheets: [], mediaCleared: [] } }, { type: 'exception', actor: person, body: { number: 1, kind: 'note', step, what: note, done: note, effect: 'none', noticedBy: person } },
  { type: 'paused', actor: 'app', body: { reason: 'break', text: note, stayed: [] } }, { type: 'resumed', actor: 'app', body: { present: [], serial: 'x' } }, { type: 'objection', actor: person, body: { step, person, words: note } },
  { type: 'restarted', actor: 'app', body: { openEffect: null, found: 'nothing' } }, { type: 'repair', actor: 'app', body: { tornBytes: 1, tornSha256: '00'.repeat(32) as never, sideFile: 'torn-1.bin' } }, { type: 'aborted', actor: person, body: { reason: note, by: person } },
  { type: 'postponed', actor: person, body: { reason: note, until: null, by: person } },
  { type: 'deputised', actor: person, body: { step, for: person, by: person, reason: note } },
  ...stories.map(({ told }) => told[0]!.fact),
];
/** One fact of each type and effect, from the stories; with the step that is open in the state. */
const facts: readonly Fact[] = [...new Map([...MADE_UP, ...stories.flatMap(({ told }) => told.map(({ fact }) => fact))].map((fact) => [`${fact.type} ${'intent' in fact.body ? fact.body.intent.kind : 'outcome' in fact.body && typeof fact.body.outcome === 'object' ? fact.body.outcome.kind : ''}`, fact])).values()];
const here = (fact: Fact, { current }: CeremonyState): Fact => ('step' in fact.body && current !== null ? { ...fact, body: { ...fact.body, step: current } } as Fact : fact);
const ask = (check: () => string | null): string | null => { try { return check(); } catch (error) { return String(error); } };

describe('the types that rules name', () => {
  test('are all asked: no rule has anything against a fact of another type', () => {
    for (const rule of RULES.filter(({ about }) => about !== undefined)) {
      for (const fact of facts.filter(({ type }) => !rule.about!.includes(type))) {
        for (const state of states) { const said = ask(() => rule.check(state, here(fact, state))); if (said !== null) expect.unreachable(`${rule.id} says of ${fact.type}: ${said}`); }
      }
    }
  });
  test('are types that there are, and every type is asked about here, in more than a thousand states', () => {
    expect(new Set(facts.map(({ type }) => type))).toEqual(new Set(ENTRY_TYPES));
    for (const { id, about } of RULES) for (const type of about ?? []) expect(ENTRY_TYPES, id).toContain(type);
    expect(states.length).toBeGreaterThan(1000);
  });
  test('of a rule about the open step are those that name a step', () => {
    expect(RULES.find(({ id }) => id === 'ONE_STEP_OPEN')!.about).toEqual(ENTRY_TYPES.filter((type) => Object.hasOwn(bodySchemas[type].entries, 'step')));
  });
  test('change no verdict: the first refusal is that of all rules asked in turn', () => {
    for (const state of states) {
      for (const fact of facts) {
        const whole = here(fact, state);
        let first: string | null = null;
        for (const rule of RULES) if ((first = ask(() => rule.check(state, whole))) !== null) { first = JSON.stringify(refuse(`RULE_${rule.id}`, { reason: first, entry: whole.type, rule: rule.says })); break; }
        const said = ask(() => JSON.stringify(admit(state, whole)));
        if ((said === 'null' ? null : said) !== first) expect.unreachable(`${whole.type}: ${String(said)} is not ${String(first)}`);
      }
    }
  });
});
