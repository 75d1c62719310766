/** What a primary action is, and how one is put together. Pure. */
import type { Command } from '../../../shared/ceremony/commands.ts';
import { admit } from '../../../shared/ceremony/admit.ts';
import type { Step } from '../../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { PersonId } from '../../../shared/brand.ts';

export interface Primary { readonly label: string; readonly command: Command | null; readonly blocked: string | null; readonly testId?: string; /** Opens the sign-off of this person instead of sending a command. */ readonly signs?: PersonId }

export const go = (label: string, command: Command, testId?: string): Primary => ({ label, command, blocked: null, ...(testId ? { testId } : {}) });
export const wait = (blocked: string, testId?: string): Primary => ({ label: blocked, command: null, blocked, ...(testId ? { testId } : {}) });

/** Why the step cannot be completed now, or null. */
export const hindrance = (state: CeremonyState, step: Step, actor: PersonId | 'app'): string | null => {
  const refusal = admit(state, { type: 'step-completed', actor, body: { step: step.id } });
  return refusal ? String(refusal.fault.details.reason) : null;
};
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export const confirm = (state: CeremonyState, step: Step, label: string, by: PersonId): Primary => {
  const reason = hindrance(state, step, step.kind === 'check' || step.kind === 'prove' ? 'app' : by);
  return reason ? wait(capital(reason)) : go(label, { type: 'confirm', step: step.id, by });
};
