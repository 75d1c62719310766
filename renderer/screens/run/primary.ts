/**
 * The one primary action of the open step: its label, the command it sends, or why it cannot be pressed. Pure. The rules are asked
 * for the reason only; whether the command is taken, main decides.
 */
import { assertNever } from '../../../shared/assert-never.ts';
import type { Command } from '../../../shared/ceremony/commands.ts';
import { admit } from '../../../shared/ceremony/admit.ts';
import { administratorOf, tokensOf } from '../../../shared/ceremony/people.ts';
import { openSheets, personOf, shareOf, signersOf, stepOf } from '../../../shared/ceremony/select.ts';
import type { CheckStep, HandoverStep, MachineStep, Operation, SignStep, Step } from '../../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { workIsDone } from '../../../shared/ceremony/rules/work-done.ts';
import type { PersonId } from '../../../shared/brand.ts';
import type { StepDraft } from '../../stores/step-store.ts';
import { CONFIRM_LABELS, RUN_LABELS } from '../../text/words.ts';

export interface Primary { readonly label: string; readonly command: Command | null; readonly blocked: string | null; readonly testId?: string }

const go = (label: string, command: Command, testId?: string): Primary => ({ label, command, blocked: null, ...(testId ? { testId } : {}) });
const wait = (blocked: string): Primary => ({ label: blocked, command: null, blocked });

/** Why the step cannot be completed now, or null. */
const hindrance = (state: CeremonyState, step: Step, actor: PersonId | 'app'): string | null => {
  const refusal = admit(state, { type: 'step-completed', actor, body: { step: step.id } });
  return refusal ? String(refusal.fault.details.reason) : null;
};
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const confirm = (state: CeremonyState, step: Step, label: string, by: PersonId): Primary => {
  const reason = hindrance(state, step, step.kind === 'check' ? 'app' : by);
  return reason ? wait(capital(reason)) : go(label, { type: 'confirm', step: step.id, by });
};

/** Tokens that the work of a step uses and nobody has opened in this run of the vault. */
export const closedTokens = (state: CeremonyState, operation: Operation): readonly string[] => {
  const [first, second] = [tokensOf(state.plan).slice(0, 1), tokensOf(state.plan).slice(1)];
  const needed: Readonly<Partial<Record<Operation, readonly string[]>>> = {
    'inventory-before': [...first, ...second], 'inventory-after': [...first, ...second], lock: [...first, ...second],
    'generate-key': first, 'issue-certificate': first, split: first, wrap: first, restore: second,
  };
  return (needed[operation] ?? []).filter((serial) => !state.loggedIn.includes(serial));
};

const machine = (state: CeremonyState, step: MachineStep): Primary => {
  if (workIsDone(state, step.operation)) return confirm(state, step, CONFIRM_LABELS[step.operation], step.actors[0] ?? administratorOf(state.plan));
  if (step.operation === 'split' && openSheets(state).length > 0) return wait('Sheets of the void set are not destroyed');
  return go(RUN_LABELS[step.operation], { type: 'run', step: step.id });
};

const check = (state: CeremonyState, step: CheckStep, draft: StepDraft): Primary => {
  const value = draft.answer.normalize('NFC').trim();
  const given = state.answers[step.id] ?? [];
  if (value === '' && given.length >= 2 && hindrance(state, step, 'app') === null) return go('Go on with the exception', { type: 'confirm', step: step.id, by: administratorOf(state.plan) });
  return value === '' ? wait('Record the answer: not typed yet') : go('Record the answer', { type: 'answer', step: step.id, by: step.actors.at(-1)!, value });
};

const sign = (state: CeremonyState, step: SignStep): Primary => {
  const missing = step.threshold - signersOf(state, step.id).length;
  if (missing > 0) return wait(`Waiting for ${missing} ${missing === 1 ? 'signature' : 'signatures'}`);
  return confirm(state, step, 'The hold point is signed', administratorOf(state.plan));
};

const handover = (state: CeremonyState, step: HandoverStep, draft: StepDraft): Primary => {
  const name = personOf(state, step.custodian)?.name ?? step.custodian;
  const share = shareOf(state, step.shareNumber);
  if (!share) return wait('No share set is in use');
  switch (share.status) {
    case 'waiting': return go(`Print share for ${name}`, { type: 'print-sheet', step: step.id }, 'handover-print');
    case 'printed': return go('Read back from the paper', { type: 'read-back', step: step.id }, 'handover-readback');
    case 'read-back': return seal(step, draft);
    case 'sealed': return wait('Sealed');
    default: return assertNever(share.status);
  }
};

const seal = (step: HandoverStep, draft: StepDraft): Primary => {
  const [custodian, witness] = [draft.bagByCustodian.trim(), draft.bagByWitness.trim()];
  if (custodian === '' || witness === '') return { ...wait(`Seal share ${step.shareNumber}: bag number twice`), testId: 'handover-seal' };
  if (custodian !== witness) return { ...wait('The two bag numbers differ'), testId: 'handover-seal' };
  return go(`Seal share ${step.shareNumber}`, { type: 'seal', step: step.id, bagByCustodian: custodian, bagByWitness: witness }, 'handover-seal');
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
    default: return assertNever(step);
  }
};
