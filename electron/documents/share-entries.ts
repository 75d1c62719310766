/** Finds the entries of one share of one set. */
import { findStep } from '../../shared/ceremony/build-script.ts';
import type { SetFacts } from '../../shared/ceremony/state.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import type { CeremonyFolder } from './folder.ts';

type Placed<T extends 'read-back' | 'sealed'> = Extract<Entry, { type: T }>;
/** The last such entry of a share in a handover step of this set. */
export const entryOfShare = <T extends 'read-back' | 'sealed'>(folder: CeremonyFolder, set: SetFacts, share: number, type: T): Placed<T> | null => {
  const ofSet = (entry: Entry): entry is Placed<T> => {
    if (entry.type !== type || !('share' in entry.body) || entry.body.share !== share || !('step' in entry.body)) return false;
    const step = findStep(folder.state.script, entry.body.step);
    return step?.kind === 'handover' && step.holds === set.holds;
  };
  return folder.entries.map(({ entry }) => entry).findLast(ofSet) ?? null;
};
