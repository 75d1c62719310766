import { judgeDuties, notExcepted, viewOf } from '../../duties/judge.ts';
import { hasRoomProtocol, witnessOf } from '../people.ts';
import { isPresent, personOf, rollIsCalled } from '../select.ts';
import { isDeputy, withDeputy, type StandIn } from '../stand-in.ts';
import type { CeremonyState } from '../state.ts';
import type { RuleAbout } from '../rule.ts';

/** Until the roll is called any deputy may stand in for somebody who was marked absent; later only the administrator's may, while the ceremony is paused. */
const tooLate = (state: CeremonyState, pair: StandIn): string | null => {
  const person = personOf(state, pair.for);
  if (rollIsCalled(state)) return state.pause !== null && person?.role === 'administrator' ? null : 'after the roll call only the administrator’s deputy stands in, while the ceremony is paused';
  return state.present[pair.for]?.present === false ? null : `${person?.name ?? pair.for} has not been marked absent`;
};
/** While the ceremony is paused nobody judges the room again before it goes on, so it is judged here. */
const breaksDuty = (state: CeremonyState, pair: StandIn): string | null => {
  if (!rollIsCalled(state)) return null;
  const here = new Set(Object.keys(state.present).filter((id) => id !== pair.for && isPresent(state, id)));
  return notExcepted(judgeDuties(viewOf(withDeputy(state.plan, pair), here))).find(({ duty }) => duty.id !== 'head-count')?.violation.text ?? null;
};

/** A deputy stands in only for the person for whom the plan names them, who is absent: any deputy until the roll is called, later the administrator's in a pause. The witness records it. */
export const deputyStandsIn: RuleAbout<'deputised'> = {
  id: 'DEPUTY_STANDS_IN',
  says: "A deputy stands in only for the person for whom the plan names them, who is absent: any deputy until the roll is called, later the administrator's in a pause. The witness records it.",
  about: ['deputised'],
  check: (state, fact) => {
    if (fact.type !== 'deputised') return null;
    const { by } = fact.body;
    if (!hasRoomProtocol(state.plan)) return 'a plan of this format has no deputies';
    if (!isDeputy(state.plan, fact.body)) return 'the plan does not name them as a deputy of this person';
    if (state.plan.ceremony.kind === 'share-check' && personOf(state, by)?.role === 'deputy-custodian') return 'in a share check each holder proves their own share';
    if (!isPresent(state, by)) return `${personOf(state, by)?.name ?? by} is not here`;
    if (fact.actor !== witnessOf(state.plan)) return 'the internal witness records it';
    return tooLate(state, fact.body) ?? breaksDuty(state, fact.body);
  },
};
