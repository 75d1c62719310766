/** The check steps. With the room protocol two people answer each, both at the thing itself. */
import { TWO_ANSWERS } from '../../text/two-answers.ts';
import * as words from '../../text/script.ts';
import type { PersonId } from '../../brand.ts';
import { administratorOf, auditorOf, hasRoomProtocol, witnessOf } from '../people.ts';
import type { KeyPlan, Plan } from '../plan-schema.ts';
import type { CheckStep } from '../script-types.ts';
import type { StepDraft } from '../step-draft.ts';

type CheckDraft = Omit<CheckStep, 'id' | 'act'>;
type Asked = Pick<CheckDraft, 'check' | 'hint' | 'answerLabel' | 'expectedMinutes' | 'parent'>;
/** @param last who answers where one person does. */
const check = (plan: Plan, asked: Asked, text: words.StepWords, last: PersonId, two: readonly [PersonId, PersonId]): StepDraft => {
  const administrator = administratorOf(plan);
  const step: CheckDraft = { kind: 'check', ...asked, ...text, actors: [administrator, last], irreversible: false };
  if (!hasRoomProtocol(plan)) return step;
  const { text: both, labels } = TWO_ANSWERS[asked.check];
  return {
    ...step, text: both === '' ? step.text : both, actors: [...new Set([administrator, ...two])],
    answeredBy: [{ person: two[0], label: labels[0] }, { person: two[1], label: labels[1] }],
  };
};

export const planWords = (plan: Plan): StepDraft =>
  check(plan, { check: 'plan-words', hint: 'two words of the plan digest', answerLabel: 'Words as read from the printed script', expectedMinutes: 2 }, words.checkPlanWords(), witnessOf(plan), [witnessOf(plan), auditorOf(plan)]);
/** @param parent which of the parents of a merge, from 0; absent elsewhere. */
export const previousHead = (plan: Plan, parent?: number): StepDraft =>
  check(plan, { check: 'previous-head', ...(parent === undefined ? {} : { parent }), hint: 'eight words, a row of the head', answerLabel: 'Words as read from the paper of the last ceremony', expectedMinutes: 2 }, words.checkPreviousHead(), witnessOf(plan), [witnessOf(plan), administratorOf(plan)]);
export const wallClock = (plan: Plan): StepDraft =>
  check(plan, { check: 'wall-clock', hint: 'hours and minutes, 24 h, UTC', answerLabel: 'Time as read from the wall clock', expectedMinutes: 1 }, words.wallClock(), witnessOf(plan), [witnessOf(plan), auditorOf(plan)]);
export const serial = (plan: KeyPlan): StepDraft =>
  check(plan, { check: 'hsm-serial', hint: 'all characters', answerLabel: 'Serial number as read', expectedMinutes: 2 }, words.hsmSerial(plan), witnessOf(plan), [witnessOf(plan), administratorOf(plan)]);
export const keyWords = (plan: KeyPlan): StepDraft =>
  check(plan, { check: 'key-words', hint: 'two words of the key fingerprint', answerLabel: 'Words as read from the paper', expectedMinutes: 2 }, words.checkKeyWords(plan), auditorOf(plan), [auditorOf(plan), witnessOf(plan)]);
