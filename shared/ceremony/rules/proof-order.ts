import { issuesPinSet, tokensOf } from '../people.ts';
import { gatheringOfSet, proofSubsets } from '../select.ts';
import { gatheredSets, setsForChange } from '../wanted-set.ts';
import type { CeremonyState } from '../state.ts';
import type { Intent } from '../../transcript/entry-schema.ts';

const same = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): boolean => JSON.stringify(a) === JSON.stringify(b);
const mediaFault = (state: CeremonyState, media: readonly number[]): string | null =>
  media.length === state.plan.media && media.every((number, index) => number === index + 1) ? null : 'not the media of the plan';
const isCombined = (state: CeremonyState): boolean => state.gatherings.some((one) => one.holds === 'wrapping-key' && one.open && one.combined !== null);
const combineFault = (state: CeremonyState, intent: Extract<Intent, { kind: 'combine' }>): string | null => {
  const gathering = gatheringOfSet(state, intent.setId), set = gatheredSets(state).find((one) => one.setId === intent.setId);
  const read = gathering?.shares.map((one) => one.share) ?? [];
  return set && intent.shares.length === set.threshold && intent.shares.every((share) => read.includes(share)) ? null : 'not a quorum of the shares that were read';
};
/** What the vault still holds is needed until here. */
const wipeFault = (state: CeremonyState): string | null => {
  if (issuesPinSet(state.plan)) return state.pinChanged ? null : 'the PIN is not changed';
  if (state.plan.ceremony.kind === 're-share') return state.superseded ? null : 'the old set is not superseded';
  return state.locked ? null : 'the key is not locked';
};
const readBackFault = (state: CeremonyState): string | null =>
  state.set?.shares.every((share) => share.status === 'read-back' || share.status === 'sealed') ? null : 'not every share was read back';
const missing = (state: CeremonyState, intent: Intent): string | null => {
  const { threshold, shares } = state.plan.quorum;
  switch (intent.kind) {
    case 'sign-certificate': return state.key ? null : 'no key yet';
    case 'sign-pop': return state.certificate ? null : 'no certificate yet';
    case 'rebuild': return readBackFault(state) ?? (same(intent.subsets, proofSubsets(threshold, shares)) ? null : 'not the subsets of the proof');
    case 'wrap': return state.set?.rebuilt.length ? mediaFault(state, intent.media) : 'the wrapping key was not rebuilt';
    case 'rewrap': return state.set?.rebuilt.length && isCombined(state) ? mediaFault(state, intent.media) : 'the old and the new wrapping key are not both there';
    case 'restore':
      if (state.plan.ceremony.kind === 'recovery') return isCombined(state) ? null : 'the shares are not combined';
      return state.backup ? null : 'nothing was wrapped';
    case 'prove-restore': return state.backup ? null : 'nothing was wrapped';
    case 'combine': return combineFault(state, intent);
    case 'change-pin':
      if (state.pinUncertain && setsForChange(state).some(({ setId }) => !gatheringOfSet(state, setId)?.combined)) return 'the shares of the PIN set are not read again';
      return state.set?.holds === 'pin' && state.set.rebuilt.length > 0 ? null : 'the PIN secret was not rebuilt';
    case 'lock':
      if (state.plan.key?.backup.kind === 'split' && !state.backup?.restored) return 'the restore is not proved';
      return intent.serials.join() === tokensOf(state.plan).join() ? null : 'not every copy of the key';
    case 'wipe': return wipeFault(state);
    default: return null;
  }
};
import type { RuleAbout } from '../rule.ts';

/** Rebuild needs every share read back and two different subsets; wrap needs the rebuild; restore the wrap or a combined quorum; the lock the restore and the signed hold point; the wipe the lock, or whatever the vault is last needed for. */
export const proofOrder: RuleAbout<'intent'> = {
  id: 'PROOF_ORDER',
  says: 'Rebuild needs every share read back and two different subsets; wrap needs the rebuild; restore the wrap or a combined quorum; the lock the restore and the signed hold point; the wipe the lock, or whatever the vault is last needed for.',
  about: ['intent'],
  check: (state, fact) => {
    return fact.type === 'intent' ? missing(state, fact.body.intent) : null;
  },
};
