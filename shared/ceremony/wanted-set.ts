/** Of which existing set the open step reads shares: the one a gather or prove step names, or the PIN set whose change was cut off. */
import { custodiansOf, gatheredSetOf, isDrill } from './people.ts';
import type { SetRef } from './plan-schema.ts';
import { gatheringOfSet, stepOf } from './select.ts';
import type { CeremonyState } from './state.ts';

/** The PIN set in work, as later ceremonies name it; null while the set in work is another. */
export const pinSetInWork = ({ set, plan, opening }: CeremonyState): SetRef | null => (set?.holds !== 'pin' ? null : {
  setId: set.setId, setName: set.setName, setFingerprint: set.setFingerprint, manifestSha256: set.manifestSha256, epoch: set.epoch,
  threshold: plan.quorum.threshold, shares: plan.quorum.shares, drill: isDrill(plan), holds: 'pin', issuedBy: opening?.number ?? 1,
  holders: custodiansOf(plan).map(({ id, name }, index) => ({ number: index + 1, person: id, name })),
});

/** Every set of which this ceremony may gather shares. */
export const gatheredSets = (state: CeremonyState): readonly SetRef[] => {
  const again = state.pinUncertain ? pinSetInWork(state) : null;
  return [gatheredSetOf(state.plan, 'wrapping-key'), gatheredSetOf(state.plan, 'pin'), again].filter((set): set is SetRef => set !== null);
};

/** A change of PINs that was cut off is being finished: some tokens may have the new one. */
export const isChangeCutOff = (state: CeremonyState): boolean => {
  const step = stepOf(state);
  return step?.kind === 'machine' && step.operation === 'change-pin' && state.pinUncertain && state.pinChanged === null;
};
/** To finish it the vault needs the secret of the new PIN set, and of the old one where a quorum holds the old PIN. */
export const setsForChange = (state: CeremonyState): readonly SetRef[] => [pinSetInWork(state), gatheredSetOf(state.plan, 'pin')].filter((set): set is SetRef => set !== null);
const isEnough = (state: CeremonyState, { setId, threshold }: SetRef): boolean => (gatheringOfSet(state, setId)?.shares.length ?? 0) >= threshold;

/** The set of which the open step asks for a share; null when it asks for none, or for no more. */
export const wantedSetOf = (state: CeremonyState): SetRef | null => {
  const step = stepOf(state);
  if (step?.kind === 'gather') return gatheredSetOf(state.plan, step.holds);
  if (step?.kind === 'prove') return gatheredSetOf(state.plan, 'wrapping-key');
  return isChangeCutOff(state) ? setsForChange(state).find((set) => !isEnough(state, set)) ?? null : null;
};
