/** The copies that a share check has opened in a step, and that are to be sealed again. */
import type { Copy } from './plan-schema.ts';
import type { ProveStep } from './script-types.ts';
import type { CeremonyState } from './state.ts';

/** Of each carrier that was read, the copies of the share that the plan knows. Empty before the share was read. */
export const openedCopies = (state: CeremonyState, step: ProveStep): readonly Copy[] => {
  const carriers = state.proofs.find((proof) => proof.step === step.id)?.carriers ?? [];
  return (state.plan.source?.copies ?? []).map(({ copy }) => copy)
    .filter((copy) => copy.kind !== 'medium' && copy.share === step.shareNumber && carriers.includes(copy.kind === 'card' ? 'card' : 'paper'));
};
