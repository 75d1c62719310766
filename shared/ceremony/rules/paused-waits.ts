const ALLOWED = new Set(['resumed', 'exception', 'restarted', 'repair', 'aborted', 'postponed', 'closing', 'result', 'failed', 'objection', 'set-voided', 'sheet-destroyed']);
import { hasRoomProtocol } from '../people.ts';
import type { Rule } from '../rule.ts';

/** While the ceremony is paused nothing is done but resume, note, abort or the end of an effect that was under way. */
export const pausedWaits: Rule = {
  id: 'PAUSED_WAITS',
  says: 'While the ceremony is paused nothing is done but resume, note, abort or the end of an effect that was under way.',
  check: (state, fact) => {
    if (fact.type === 'resumed') return state.pause ? null : 'not paused';
    if (fact.type === 'paused') return state.pause ? 'already paused' : null;
    // Somebody may have to leave, or a deputy to come, before the ceremony can go on.
    if ((fact.type === 'presence' || fact.type === 'deputised') && hasRoomProtocol(state.plan)) return null;
    return state.pause && !ALLOWED.has(fact.type) ? 'the ceremony is paused' : null;
  },
};
