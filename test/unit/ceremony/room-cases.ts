/** Refused cases of the rules of the room protocol (plans of format 2); the accepting ones are the stories that play those ceremonies. */
import { MATERIALS, roomPlan } from '../../support/room-plan.ts';
import { asPerson } from '../../support/sample-source.ts';
import { atOperation, digestOf, exceptionFact, materialFact, tellStory } from '../../support/story.ts';
import type { Case } from './custody-cases.ts';

export const ROOM_CASES: Readonly<Record<string, Case>> = {
  EXCEPTION_TYPED: () => {
    const teller = tellStory(roomPlan(), (step) => step.kind === 'sign'), fact = exceptionFact(teller, asPerson('walter'));
    if (fact.type !== 'exception') throw new Error('no exception');
    const { decidedBy: _nobody, ...body } = fact.body;
    return [teller, { ...fact, body }];
  },
  POSTPONED_BEFORE_EFFECT: () => [atOperation('issue-certificate', roomPlan()), { type: 'postponed', actor: asPerson('maria'), body: { reason: { commitment: digestOf('a text') }, until: '2026-12-01', by: asPerson('maria') } }],
  MATERIALS_CALLED: () => { const teller = tellStory(roomPlan({ materials: MATERIALS }), (step) => step.kind === 'materials'); return [teller, materialFact(teller, 'hsm', { matches: false })]; },
  BREAK_CHECKED: () => {
    const teller = tellStory(roomPlan(), (step) => step.kind === 'sign'), present = teller.state.plan.people.map(({ id }) => id);
    teller.tell({ type: 'paused', actor: 'app', body: { reason: 'break', text: { commitment: digestOf('a text') }, stayed: present.slice(0, 2), sealed: ['S-1'] } });
    return [teller, { type: 'resumed', actor: 'app', body: { present, serial: roomPlan().hsm.serial!, heads: present.length, bags: ['S-2'] } }];
  },
  TWO_ANSWER: () => {
    const teller = tellStory(roomPlan(), (step) => step.kind === 'check' && step.check === 'hsm-serial'), step = teller.state.current!;
    const answer = { type: 'answer' as const, actor: asPerson('walter'), body: { step, check: 'hsm-serial', value: roomPlan().hsm.serial!, attempt: 1 } };
    teller.tell(answer);
    return [teller, answer];
  },
};
