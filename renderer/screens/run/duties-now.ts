/** What the roll call says of the separation of duties for who is here, and which deputies may stand in now. Pure. */
import { hasRoomProtocol } from '../../../shared/ceremony/people.ts';
import type { Person } from '../../../shared/ceremony/plan-schema.ts';
import { isPresent, peopleHere, personOf, rollIsCalled, stepOf } from '../../../shared/ceremony/select.ts';
import { standInsOf } from '../../../shared/ceremony/stand-in.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { DUTIES } from '../../../shared/duties/duties.ts';
import { judgeDuties, viewOf } from '../../../shared/duties/judge.ts';
import { pinTypists } from '../../../shared/duties/people-in-view.ts';
import { namesIn } from '../../../shared/text/duties.ts';

export interface DutyNow { readonly key: string; readonly text: string; readonly says: string; /** "Walter Brandt and Xenia Petrou: a small team"; null where nobody excepted it. */ readonly excepted: string | null }
export interface DutiesNow { readonly rules: number; readonly broken: readonly DutyNow[]; /** Somebody has not been called yet. */ readonly partly: boolean }

/** @returns null where the plan is not judged. Before everybody was called, nothing is said of how many or how few are in the room. */
export const dutiesNow = (state: CeremonyState): DutiesNow | null => {
  const { plan, present } = state;
  if (!hasRoomProtocol(plan)) return null;
  const partly = plan.people.some(({ id }) => !(id in present));
  const judged = judgeDuties(viewOf(plan, peopleHere(state), stepOf(state))).filter(({ violation }) => !partly || violation.people.length > 0);
  return {
    rules: DUTIES.length, partly,
    broken: judged.map(({ duty, violation, waiver }) => ({ key: `${duty.id} ${violation.people.join(' ')}`, text: violation.text, says: duty.says, excepted: waiver && `${namesIn(plan, waiver.by)}: ${waiver.reason}` })),
  };
};

export interface MayStandIn { readonly deputy: Person; readonly person: Person; /** The person is marked absent; else they may be about to go. */ readonly absent: boolean; /** They would type the person's part of the PIN, and must know it. */ readonly pin: boolean; /** Why not yet; null when it can be recorded. */ readonly blocked: string | null }
/** Deputies of people who are not here: any until the roll is called, later the administrator's in a pause. */
export const mayStandIn = (state: CeremonyState): readonly MayStandIn[] => {
  const { plan } = state, called = rollIsCalled(state);
  if (!hasRoomProtocol(plan)) return [];
  return standInsOf(plan).flatMap((pair): readonly MayStandIn[] => {
    const person = personOf(state, pair.for)!, deputy = personOf(state, pair.by)!;
    const isTheirTurn = called ? state.pause !== null && person.role === 'administrator' : state.present[person.id]?.present === false;
    const inTheirPlace = plan.ceremony.kind === 'share-check' && person.role === 'custodian';
    if (!isTheirTurn || inTheirPlace) return [];
    return [{ person, deputy, absent: !isPresent(state, person.id), pin: [...pinTypists(plan).user, ...pinTypists(plan).so].includes(person.id), blocked: isPresent(state, deputy.id) ? null : `${deputy.name} is not marked as present` }];
  });
};
