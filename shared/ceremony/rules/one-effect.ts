import { nextEffect } from '../evolve.ts';
import type { RuleAbout } from '../rule.ts';

/** One effect is under way at a time; its result answers its intent; effects are numbered in order. */
export const oneEffect: RuleAbout<'intent' | 'result' | 'failed' | 'step-completed' | 'signoff' | 'closing'> = {
  id: 'ONE_EFFECT',
  says: 'One effect is under way at a time; its result answers its intent; effects are numbered in order.',
  about: ['intent', 'result', 'failed', 'step-completed', 'signoff', 'closing'],
  check: (state, fact) => {
    const open = state.openEffect;
    if (fact.type === 'intent') {
      if (open) return `${open.effect} is not finished`;
      return fact.body.effect === nextEffect(state) ? null : 'effects are numbered in order';
    }
    if (fact.type === 'result' || fact.type === 'failed') {
      if (open?.effect !== fact.body.effect) return 'no such effect is under way';
      return fact.type === 'failed' || fact.body.outcome.kind === open.intent.kind ? null : 'the result is of another kind';
    }
    const ends = fact.type === 'step-completed' || fact.type === 'signoff' || (fact.type === 'closing' && fact.body.outcome === 'completed');
    return open && ends ? `${open.effect} is not finished` : null;
  },
};
