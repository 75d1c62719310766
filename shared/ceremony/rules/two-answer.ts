import { stepOf } from '../select.ts';
import { comparisonOf, nextAnswerer, openRound, roundsOf } from '../two-answers.ts';
import type { RuleAbout } from '../rule.ts';

/** Where two people answer a check, each answers once a round without seeing the other's, and both are compared before anything else is answered. */
export const twoAnswer: RuleAbout<'answer' | 'answers-compared' | 'step-completed'> = {
  id: 'TWO_ANSWER',
  says: 'Where two people answer a check, each answers once a round without seeing the other’s, and both are compared before anything else is answered.',
  about: ['answer', 'answers-compared', 'step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (step?.kind !== 'check' || step.answeredBy === undefined) return fact.type === 'answers-compared' ? 'one person answers here' : null;
    const round = openRound(state, step);
    if (fact.type === 'answer') {
      if (fact.body.check !== step.check) return 'another check';
      if (fact.body.attempt !== roundsOf(state, step) + 1) return 'attempts are numbered in order';
      if (fact.body.expected !== undefined || fact.body.matches !== undefined) return 'what is expected is told when both have answered';
      if (nextAnswerer(state, step) === null) return 'both have answered and wait for the comparison';
      return round.some((one) => one.by === fact.actor) ? 'the other person answers now' : null;
    }
    if (fact.type === 'answers-compared') {
      if (round.length !== 2) return 'both people have to answer first';
      return JSON.stringify(fact.body) === JSON.stringify(comparisonOf(state, step, round)) ? null : 'the comparison is wrong';
    }
    return fact.type === 'step-completed' && round.length > 0 ? 'the answers are not compared yet' : null;
  },
};
