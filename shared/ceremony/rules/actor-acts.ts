import { administratorOf } from '../people.ts';
import { answerersOf } from '../prompt.ts';
import { stepOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** A step is completed by the person it names; a hold point and machine work by the administrator. */
export const actorActs: RuleAbout<'answer' | 'step-completed'> = {
  id: 'ACTOR_ACTS',
  says: 'A step is completed by the person it names; a hold point and machine work by the administrator.',
  about: ['answer', 'step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (!step) return null;
    if (fact.type === 'answer') return (step.kind === 'check' ? answerersOf(step) : []).some((id) => id === fact.actor) ? null : 'another person answers here';
    if (fact.type !== 'step-completed') return null;
    if (step.kind === 'login' || step.kind === 'handover' || step.kind === 'check' || step.kind === 'prove') return fact.actor === 'app' ? null : 'completes by itself';
    const expected = step.kind === 'sign' ? administratorOf(state.plan) : step.actors[0];
    return fact.actor === expected ? null : `${expected} completes this step`;
  },
};
