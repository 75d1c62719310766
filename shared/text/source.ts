/** Says in which part a plan and its archive differ. */
import type { SourcePart } from '../register/source.ts';

const DIFFERENCES: Readonly<Record<SourcePart, string>> = {
  'set-unknown': 'The archive has no share set of this id',
  superseded: 'The archive says that this set was superseded',
  destroyed: 'The archive says that every share of this set is destroyed',
  key: 'The archive says otherwise of the key',
  set: 'The archive says otherwise of the set, its quorum or its holders',
  ceremony: 'The ceremony that issued the set has another closing head or record in the archive',
  wrapped: 'The archive says otherwise of the wrapped key and its media',
  copies: 'The copies of the set are not the same any more: a later ceremony accounted for some',
  history: 'Who has held or read which shares is not the same any more',
  known: 'The archive knows other sets than when the plan was drawn up',
  'pin-set': 'The archive says otherwise of the PIN set that opens the HSM',
};
/** Without a full stop, so that a place may follow. */
export const sourceDifferenceText = (part: SourcePart): string => DIFFERENCES[part];
/** For a plan that is not frozen because of it. */
export const staleSourceText = (part: SourcePart): string => `${DIFFERENCES[part]}. Start the plan anew from the set on the home screen.`;
