/** The checkpoint one person signs at the open hold point, or under the slip of their share check: derived from the state, so that signer, rule and verifier agree. */
import type { PersonId } from '../brand.ts';
import { checkpointPayload } from '../transcript/checkpoint.ts';
import { stepOf } from './select.ts';
import type { CeremonyState } from './state.ts';

/** @returns the payload bytes, or null when no hold point is open. */
export const checkpointOf = (state: CeremonyState, person: PersonId): Uint8Array | null => {
  const step = stepOf(state);
  if ((step?.kind !== 'sign' && step?.kind !== 'prove') || !state.opening) return null;
  const { number, slug, nonce } = state.opening;
  return checkpointPayload({ number, slug, nonce, seq: state.count - 1, head: state.head, step: step.id, act: step.act, statement: step.statement, person });
};
