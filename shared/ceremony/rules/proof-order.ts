import { proofSubsets } from '../select.ts';
import type { CeremonyState } from '../state.ts';
import type { Intent } from '../../transcript/entry-schema.ts';

const same = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): boolean => JSON.stringify(a) === JSON.stringify(b);
const missing = (state: CeremonyState, intent: Intent): string | null => {
  const { threshold, shares } = state.plan.quorum;
  const split = state.plan.key.backup.kind === 'split';
  switch (intent.kind) {
    case 'sign-certificate': return state.key ? null : 'no key yet';
    case 'sign-pop': return state.certificate ? null : 'no certificate yet';
    case 'rebuild':
      if (!state.set?.shares.every((share) => share.status === 'read-back' || share.status === 'sealed')) return 'not every share was read back';
      return same(intent.subsets, proofSubsets(threshold, shares)) ? null : 'not the subsets of the proof';
    case 'wrap':
      if (!state.set?.rebuilt.length) return 'the wrapping key was not rebuilt';
      return intent.media.length === state.plan.media && intent.media.every((number, index) => number === index + 1) ? null : 'not the media of the plan';
    case 'restore': return state.backup ? null : 'nothing was wrapped';
    case 'lock':
      if (split && !state.backup?.restored) return 'the restore is not proved';
      return intent.serials.join() === [state.plan.hsm.serial, ...(split ? [state.plan.hsm.secondSerial] : [])].join() ? null : 'not every copy of the key';
    case 'wipe': return state.locked ? null : 'the key is not locked';
    default: return null;
  }
};
import type { Rule } from '../rule.ts';

/** Rebuild needs every share read back and two different subsets; wrap needs the rebuild; restore the wrap; the lock the restore and the signed hold point; the wipe the lock. */
export const proofOrder: Rule = {
  id: 'PROOF_ORDER',
  says: 'Rebuild needs every share read back and two different subsets; wrap needs the rebuild; restore the wrap; the lock the restore and the signed hold point; the wipe the lock.',
  check: (state, fact) => {
    return fact.type === 'intent' ? missing(state, fact.body.intent) : null;
  },
};
