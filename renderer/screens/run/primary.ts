/**
 * The one primary action of the open step: its label, the command it sends, or why it cannot be pressed. Pure. The rules are asked
 * for the reason only; whether the command is taken, main decides.
 */
import { assertNever } from '../../../shared/assert-never.ts';
import { administratorOf, tokensOf } from '../../../shared/ceremony/people.ts';
import { openSheets, personOf, signersOf, stepOf } from '../../../shared/ceremony/select.ts';
import { nextAnswerer, openRound, roundsOf } from '../../../shared/ceremony/two-answers.ts';
import type { CheckStep, MachineStep, Operation, SignStep } from '../../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { workIsDone } from '../../../shared/ceremony/rules/work-done.ts';
import type { StepDraft } from '../../stores/step-store.ts';
import { CONFIRM_LABELS, RUN_LABELS } from '../../text/words.ts';
import { account, gather, handover, prove, readAgain } from './primary-custody.ts';
import { materials } from './materials-view.ts';
import { confirm, go, hindrance, wait, type Primary } from './primary-parts.ts';

/** Tokens that the work of a step uses and nobody has opened in this run of the vault. */
export const closedTokens = (state: CeremonyState, operation: Operation): readonly string[] => {
  const [first, second] = [tokensOf(state.plan).slice(0, 1), tokensOf(state.plan).slice(1)];
  const needed: Readonly<Partial<Record<Operation, readonly string[]>>> = {
    'inventory-before': [...first, ...second], 'inventory-after': [...first, ...second], lock: [...first, ...second],
    'generate-key': first, 'issue-certificate': first, split: first, wrap: first, restore: second.length > 0 ? second : first, rewrap: first, 'prove-restore': second, 'split-pin': first,
  };
  return (needed[operation] ?? []).filter((serial) => !state.loggedIn.includes(serial));
};

const machine = (state: CeremonyState, step: MachineStep): Primary => {
  if (workIsDone(state, step.operation)) return confirm(state, step, CONFIRM_LABELS[step.operation], step.actors[0] ?? administratorOf(state.plan));
  if ((step.operation === 'split' || step.operation === 'split-pin') && openSheets(state).length > 0) return wait('Sheets of the void set are not destroyed');
  return readAgain(state, step) ?? go(RUN_LABELS[step.operation], { type: 'run', step: step.id });
};

/** Two people answer, one after the other; nothing is compared before both have. */
const checkOfTwo = (state: CeremonyState, step: CheckStep, value: string): Primary => {
  const by = nextAnswerer(state, step), name = by === null ? '' : personOf(state, by)?.name ?? by;
  if (by === null) return go('Compare the answers', { type: 'confirm', step: step.id, by: administratorOf(state.plan) });
  if (value === '' && openRound(state, step).length === 0 && roundsOf(state, step) >= 2 && hindrance(state, step, 'app') === null) return go('Go on with the exception', { type: 'confirm', step: step.id, by: administratorOf(state.plan) });
  return value === '' ? wait(`Record the answer of ${name}: not typed yet`) : go(`Record the answer of ${name}`, { type: 'answer', step: step.id, by, value });
};

const check = (state: CeremonyState, step: CheckStep, draft: StepDraft): Primary => {
  const value = draft.answer.normalize('NFC').trim();
  const given = state.answers[step.id] ?? [];
  if (step.answeredBy) return checkOfTwo(state, step, value);
  if (value === '' && given.length >= 2 && hindrance(state, step, 'app') === null) return go('Go on with the exception', { type: 'confirm', step: step.id, by: administratorOf(state.plan) });
  return value === '' ? wait('Record the answer: not typed yet') : go('Record the answer', { type: 'answer', step: step.id, by: step.actors.at(-1)!, value });
};

const sign = (state: CeremonyState, step: SignStep): Primary => {
  const missing = step.threshold - signersOf(state, step.id).length;
  if (missing > 0) return wait(`Waiting for ${missing} ${missing === 1 ? 'signature' : 'signatures'}`);
  return confirm(state, step, 'The hold point is signed', administratorOf(state.plan));
};

/** @returns null when no step is open. */
export const primaryOf = (state: CeremonyState, draft: StepDraft): Primary | null => {
  const step = stepOf(state);
  if (!step) return null;
  switch (step.kind) {
    case 'say': return confirm(state, step, 'Said aloud', step.actors[0]!);
    case 'roll-call': return state.plan.people.every((person) => person.id in state.present) ? confirm(state, step, 'The roll is called', step.actors[0]!) : wait(`Still to call: ${state.plan.people.filter((person) => !(person.id in state.present)).length}`);
    case 'check': return check(state, step, draft);
    case 'machine': return machine(state, step);
    case 'login': return go('Type the PIN', { type: 'login', step: step.id });
    case 'sign': return sign(state, step);
    case 'handover': return handover(state, step, draft);
    case 'gather': return gather(state, step, draft);
    case 'prove': return prove(state, step, draft);
    case 'account': return account(state, step, draft);
    case 'materials': return materials(state, step, draft);
    default: return assertNever(step);
  }
};
