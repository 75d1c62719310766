import { answerMatches, expectedAnswer } from '../prompt.ts';
import { stepOf } from '../select.ts';
import { roundMatches, roundsOf } from '../two-answers.ts';
import type { RuleAbout } from '../rule.ts';

/** A check step ends with an answer that matches, or after two that differ with an exception for the step. */
export const answerRight: RuleAbout<'answer' | 'step-completed'> = {
  id: 'ANSWER_RIGHT',
  says: 'A check step ends with an answer that matches, or after two that differ with an exception for the step.',
  about: ['answer', 'step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (step?.kind !== 'check') return null;
    const given = state.answers[step.id] ?? [];
    if (fact.type === 'answer' && step.answeredBy === undefined) {
      if (fact.body.check !== step.check) return 'another check';
      if (fact.body.expected === undefined || fact.body.matches === undefined) return 'what was expected is missing';
      if (fact.body.attempt !== given.length + 1) return 'attempts are numbered in order';
      if (step.check !== 'wall-clock' && fact.body.expected !== expectedAnswer(state, step, '')) return 'the expected value is not that of the plan or the key';
      return fact.body.matches === answerMatches(step.check, fact.body.value, fact.body.expected) ? null : 'the comparison is wrong';
    }
    if (fact.type !== 'step-completed') return null;
    if (step.answeredBy ? roundMatches(state, step) : given.some((answer) => answer.matches)) return null;
    const excepted = (step.answeredBy ? roundsOf(state, step) : given.length) >= 2 && state.exceptions.some((one) => one.step === step.id);
    return excepted ? null : 'no answer matches yet';
  },
};
