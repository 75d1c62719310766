/** How a session of a ceremony is named on screens: by its number and four words of its nonce. The whole nonce is in every checkpoint that is signed. */
import { fourDigits } from './ceremony-number.ts';
import { fromHex } from '../bytes.ts';
import type { Body } from '../transcript/entry-schema.ts';
import { toWords } from '../transcript/words.ts';

const NAMING_WORDS = 4;
/** "Ceremony 0007, session topmost Istanbul Pluto vagabond". */
export const sessionName = ({ number, nonce }: Pick<Body<'opening'>, 'number' | 'nonce'>): string =>
  `Ceremony ${fourDigits(number)}, session ${toWords((fromHex(nonce) ?? new Uint8Array()).subarray(0, NAMING_WORDS)).join(' ')}`;
