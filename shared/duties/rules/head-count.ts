import type { Policy } from '../../charter/charter-schema.ts';
import type { Step } from '../../ceremony/script-types.ts';
import type { Duty } from '../duty.ts';
import { roomOf } from '../people-in-view.ts';

/** Without a charter: two people at every step, three where something cannot be undone. */
const USUAL: Policy['headCount'] = { always: 2, irreversible: 3 };
/** @param step null while the ceremony is prepared: enough must be planned for every step. */
export const peopleNeeded = (policy: Policy | null, step: Step | null): number => {
  const { always, irreversible } = policy?.headCount ?? USUAL;
  return step === null || step.irreversible ? irreversible : always;
};

/** Enough people are in the room for the step. */
export const headCount: Duty = {
  id: 'head-count',
  says: 'Enough people are in the room at every step, and more where something cannot be undone.',
  clause: 'BR 6.1.1.1', verified: true, place: 'people',
  judge: (view) => {
    const here = roomOf(view).length, needed = peopleNeeded(view.policy, view.step);
    return here >= needed ? [] : [{ people: [], text: `${here} ${here === 1 ? 'person is' : 'people are'} ${view.present === null ? 'planned' : 'in the room'}; ${view.step?.irreversible === false ? 'this step needs' : 'a step that cannot be undone needs'} ${needed}.` }];
  },
};
