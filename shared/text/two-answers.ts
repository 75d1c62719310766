/** Words of a check that two people answer (FORMATS.md, 2.2): what both are asked to do, and what each field is called. */
import type { CheckStep } from '../ceremony/script-types.ts';

interface Words { readonly text: string; readonly labels: readonly [first: string, second: string] }
export const TWO_ANSWERS: Readonly<Record<CheckStep['check'], Words>> = {
  'plan-words': { text: 'Each of the two reads the words asked for from the digest on their own printed script.', labels: ['Words as read from your printed script', 'Words as read from your printed script'] },
  'previous-head': { text: 'Both read the row asked for of the closing head that was written on paper at the end of the ceremony before this one.', labels: ['Words as read from the paper of the last ceremony', 'Words as read from the paper of the last ceremony'] },
  'wall-clock': { text: 'One reads the time in UTC from the wall clock, the other from a watch of their own: hours and minutes.', labels: ['Time as read from the wall clock', 'Time as read from your own watch'] },
  'hsm-serial': { text: '', labels: ['Serial number as read', 'Serial number as read'] },
  'key-words': { text: '', labels: ['Words as read from the paper', 'Words as read from the paper'] },
};
