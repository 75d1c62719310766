/** Names of the manifests that a ceremony's folder holds of sets that earlier ceremonies issued. */
import type { Plan, SetRef } from './plan-schema.ts';

/** The sets that `plan` stands on, with the file of each. */
export const sourceSets = ({ source, pin }: Plan): readonly { readonly name: string; readonly set: SetRef }[] => [
  ...(source ? [{ name: 'source-manifest.dsse.json', set: source.set }] : []),
  ...(pin?.control === 'held-by-quorum' ? [{ name: 'source-pin-manifest.dsse.json', set: pin.set }] : []),
];
