/** Wording about the ends of an archive. */
import { fourDigits } from './ceremony-number.ts';

interface Named { readonly number: number; readonly head: string }
/** Two ends of one number are told apart by the first digits of their heads. */
export const endsText = (ends: readonly Named[]): string => ends.map(({ number, head }) => `${fourDigits(number)} (head ${head.slice(0, 8)}…)`).join(' and ');
/** Sentences about a plan have no full stop at their end. */
export const manyEndsText = (ends: readonly Named[]): string => `this archive was joined from others and has ${ends.length} ends, ${endsText(ends)}. Plan the merge on the home screen first: until then nothing else begins here`;
export const endChangedText = (ends: readonly Named[]): string => (ends.length < 2
  ? 'this archive has one end, and there is nothing to merge' : `the archive ends in ${endsText(ends)}, and the plan names others. Start the plan of the merge anew from the home screen`);
export const numberTakenText = (number: number, name: string): string => `the number ${fourDigits(number)} was taken by ${name} after this plan was frozen. Freeze the plan again, and it gets the next number`;
