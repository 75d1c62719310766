import { tokensOf } from '../people.ts';
import { openSheets, stepOf } from '../select.ts';
import type { Operation } from '../script-types.ts';
import type { CeremonyState } from '../state.ts';

const DONE: Readonly<Record<Operation, (state: CeremonyState) => boolean>> = {
  preflight: (state) => state.preflight.length > 0,
  'inventory-before': (state) => state.inventory.before !== undefined,
  'generate-key': (state) => state.key !== null,
  'issue-certificate': (state) => state.certificate !== null && state.certificate.popSha256 !== null,
  split: (state) => state.set?.holds === 'wrapping-key' && openSheets(state).length === 0,
  rebuild: (state) => state.set?.holds === 'wrapping-key' && state.set.rebuilt.length > 0,
  wrap: (state) => state.backup !== null,
  restore: (state) => state.backup !== null && state.backup.restored !== null,
  lock: (state) => state.locked !== null,
  'inventory-after': (state) => state.inventory.after !== undefined,
  wipe: (state) => state.wiped,
  close: () => false,
  'test-printer': (state) => state.printerTested !== null,
  combine: (state) => state.gatherings.some((one) => one.holds === 'wrapping-key' && one.open && one.combined !== null),
  'open-pin': (state) => tokensOf(state.plan).every((serial) => state.loggedIn.includes(serial)),
  rewrap: (state) => state.backup !== null,
  'prove-restore': (state) => state.backup !== null && state.backup.restored !== null,
  supersede: (state) => state.superseded !== null,
  'split-pin': (state) => state.set?.holds === 'pin' && openSheets(state).length === 0,
  'rebuild-pin': (state) => state.set?.holds === 'pin' && state.set.rebuilt.length > 0,
  'change-pin': (state) => state.pinChanged !== null,
  enact: (state) => state.charter !== null,
};
/** Whether the work of the open machine step is done, so that it may be completed. */
export const workIsDone = (state: CeremonyState, operation: Operation): boolean => DONE[operation](state);
import type { RuleAbout } from '../rule.ts';

/** A machine step ends only when its work is done. */
export const workDone: RuleAbout<'step-completed'> = {
  id: 'WORK_DONE',
  says: 'A machine step ends only when its work is done.',
  about: ['step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (fact.type !== 'step-completed' || step?.kind !== 'machine') return null;
    return workIsDone(state, step.operation) ? null : `${step.operation} is not done`;
  },
};
