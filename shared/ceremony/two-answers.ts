/** A check that two people answer: whose turn it is, and what the comparison says once both have answered. Pure. */
import type { PersonId } from '../brand.ts';
import type { Body } from '../transcript/entry-schema.ts';
import { answerMatches, answerersOf, CLOCK_TOLERANCE_MINUTES, clockOffset, expectedAnswer } from './prompt.ts';
import type { CheckStep } from './script-types.ts';
import type { CeremonyState, GivenAnswer } from './state.ts';

/** Answers of the round that is not compared yet, in order. */
export const openRound = (state: CeremonyState, step: CheckStep): readonly GivenAnswer[] => (state.answers[step.id] ?? []).filter((one) => one.matches === null);
/** How many rounds have been compared. */
export const roundsOf = (state: CeremonyState, step: CheckStep): number => new Set((state.answers[step.id] ?? []).filter((one) => one.matches !== null).map((one) => one.attempt)).size;
/** The answers of the last round that was compared; empty before the first. */
export const lastRound = (state: CeremonyState, step: CheckStep): readonly GivenAnswer[] => {
  const given = (state.answers[step.id] ?? []).filter((one) => one.matches !== null), attempt = given.at(-1)?.attempt;
  return given.filter((one) => one.attempt === attempt);
};
/** Who answers next; null when both have and the round waits to be compared. */
export const nextAnswerer = (state: CeremonyState, step: CheckStep): PersonId | null => {
  const given = openRound(state, step).map((one) => one.by);
  return answerersOf(step).find((id) => !given.includes(id)) ?? null;
};
/** Whether a round was compared in which every answer matches. */
export const roundMatches = (state: CeremonyState, step: CheckStep): boolean => {
  const last = lastRound(state, step);
  return last.length > 0 && last.every((one) => one.matches === true);
};

/** @param round both answers, in order. @returns what the comparison says. */
export const comparisonOf = (state: CeremonyState, step: CheckStep, round: readonly Pick<GivenAnswer, 'by' | 'value' | 'at' | 'attempt'>[]): Body<'answers-compared'> => {
  const clock = step.check === 'wall-clock';
  return {
    step: step.id, check: step.check, attempt: round[0]?.attempt ?? 1, expected: clock ? null : expectedAnswer(state, step, ''), toleranceMinutes: clock ? CLOCK_TOLERANCE_MINUTES : null,
    answers: round.map(({ by, value, at }) => {
      const expected = expectedAnswer(state, step, at);
      return { person: by as PersonId, value, matches: answerMatches(step.check, value, expected), offset: clock ? clockOffset(value, expected) : null };
    }),
  };
};
