import { headCount } from '../../duties/rules/head-count.ts';
import { judgeDuties, notExcepted, viewOf } from '../../duties/judge.ts';
import { namesIn } from '../../text/duties.ts';
import { hasRoomProtocol } from '../people.ts';
import { peopleHere, rollIsCalled, stepOf } from '../select.ts';
import type { CeremonyState } from '../state.ts';
import type { Fact, Rule } from '../rule.ts';

/** What may always be recorded, however few are in the room: who comes and goes, that something is wrong, that work under way has ended, and the end. */
const ALWAYS: ReadonlySet<Fact['type']> = new Set([
  'presence', 'deputised', 'exception', 'objection', 'paused', 'resumed', 'aborted', 'postponed', 'restarted', 'repair', 'result', 'failed', 'login-failed', 'read-back-failed', 'share-refused', 'set-voided',
]);

/** @returns why too few people are in the room for the open step; null where enough are, or the plan does not ask. */
export const tooFewInRoom = (state: CeremonyState): string | null => {
  const step = stepOf(state);
  if (step === null || !hasRoomProtocol(state.plan) || !rollIsCalled(state)) return null;
  const [violation] = headCount.judge(viewOf(state.plan, peopleHere(state), step));
  const isExcepted = (state.plan.waivers ?? []).some(({ rule }) => rule === headCount.id);
  return violation === undefined || isExcepted ? null : violation.text;
};

/** The roll call ends, for the people who are here, with every separation rule kept or excepted in the plan; later, nothing is done in a step with too few people in the room. */
export const dutiesHold: Rule = {
  id: 'DUTIES_HOLD',
  says: 'The roll call ends, for the people who are here, with every separation rule kept or excepted in the plan; later, nothing is done in a step with too few people in the room.',
  check: (state, fact) => {
    if (!hasRoomProtocol(state.plan)) return null;
    const step = stepOf(state);
    if (fact.type !== 'step-completed' || step?.kind !== 'roll-call') return ALWAYS.has(fact.type) ? null : tooFewInRoom(state);
    const [first] = notExcepted(judgeDuties(viewOf(state.plan, peopleHere(state), step)));
    return first === undefined ? null : `separation of duties is not kept: ${first.duty.id.replaceAll('-', ' ')}${first.violation.people.length === 0 ? '' : `, ${namesIn(state.plan, first.violation.people)}`}`;
  },
};
