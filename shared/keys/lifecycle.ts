/** States of a key and the changes between them: NIST SP 800-57 Part 1 Rev. 5, clause 7 (clause text unverified: it could not be read in the original). */
export const KEY_STATES = ['pre-activation', 'active', 'suspended', 'deactivated', 'compromised', 'destroyed'] as const;
export type KeyLifeState = (typeof KEY_STATES)[number];

/** What each state may become. Suspected compromise can come over a key in every state but the last; a key that is destroyed stays so. */
const NEXT: Readonly<Record<KeyLifeState, readonly KeyLifeState[]>> = {
  'pre-activation': ['active', 'compromised', 'destroyed'],
  active: ['suspended', 'deactivated', 'compromised', 'destroyed'],
  suspended: ['active', 'deactivated', 'compromised', 'destroyed'],
  deactivated: ['compromised', 'destroyed'],
  compromised: ['destroyed'],
  destroyed: [],
};
/** @param from null before the key was made. */
export const mayBecome = (from: KeyLifeState | null, to: KeyLifeState): boolean => (from === null ? to === 'pre-activation' : NEXT[from].includes(to));
