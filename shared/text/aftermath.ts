/** Says what is left of a replaced or destroyed share set, and what a remaining old quorum could still do: on screen and on the record. */
import { listText } from './list.ts';
import type { Aftermath, LeftCopy, Reach } from '../register/aftermath.ts';

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
const verb = (count: number): string => (count === 1 ? 'is' : 'are');

const STATUS: Readonly<Record<LeftCopy['status'], string>> = {
  held: 'not called', destroyed: 'destroyed', collected: 'collected for destruction', resealed: 'sealed again', retained: 'kept', missing: 'missing',
};
const thing = ({ copy, holder }: LeftCopy): string => {
  switch (copy.kind) {
    case 'sheet': return `sheet ${copy.share}.${copy.attempt} (${holder ?? 'nobody'})`;
    case 'card': return `card ${copy.serial} with share ${copy.share} (${holder ?? 'nobody'})`;
    case 'medium': return `medium ${copy.number}`;
  }
};
/** "sheet 3.1 (Chen Wei), missing". */
export const leftCopyText = (copy: LeftCopy): string => `${thing(copy)}, ${STATUS[copy.status]}${copy.bag === null ? '' : ` in bag ${copy.bag}`}`;

const PIN_REACH: Readonly<Record<Reach, (what: Aftermath) => string>> = {
  nothing: ({ set }) => `Every copy of PIN set ${set.setName} is destroyed.`,
  remnants: ({ set, shares }) => `${plural(shares.length, 'PIN share')} of set ${set.setName} ${verb(shares.length)} left. ${set.threshold} are needed; so few tell nothing of the PIN.`,
  'wrapped-only': ({ set }) => `No PIN share of set ${set.setName} is left.`,
  'shares-only': ({ set, shares }) => `${shares.length} PIN shares of set ${set.setName} are left, and any ${set.threshold} of them still give the old PIN. It opens every HSM whose PIN was not changed since.`,
  opens: ({ set, shares }) => `${shares.length} PIN shares of set ${set.setName} are left, and any ${set.threshold} of them still give the old PIN. It opens every HSM whose PIN was not changed since.`,
};
const KEY_REACH: Readonly<Record<Reach, (what: Aftermath) => string>> = {
  nothing: ({ set }) => `Every copy of set ${set.setName} and of the wrapped key under it is destroyed.`,
  remnants: ({ set, shares }) => `${plural(shares.length, 'old share')} ${verb(shares.length)} left and no old wrapped key. ${set.threshold} shares and a wrapped key are needed; what is left opens nothing.`,
  'wrapped-only': ({ set, shares, media }) => `${plural(media.length, 'old wrapped key')} and ${plural(shares.length, 'old share')} are left. ${set.threshold} shares are needed to open it; what is left is too few, as far as this ceremony knows.`,
  'shares-only': ({ set, shares }) => `${shares.length} old shares are left, and any ${set.threshold} of them still rebuild the old wrapping key. It opens nothing as long as no copy of the old wrapped key exists; none is known.`,
  opens: ({ set, shares, media }) => `${shares.length} old shares and ${plural(media.length, 'old wrapped key')} are left. Any ${set.threshold} of these holders together with the wrapped key still rebuild the private key, on any computer, without this program.`,
};

/**
 * @returns whole sentences, in order: what is left and what it opens; where the rest is; whether the key counts as exposed; and what
 * alone makes old shares useless with certainty.
 */
export const aftermathSentences = (what: Aftermath): readonly string[] => {
  const pin = what.set.holds === 'pin';
  const first = (pin ? PIN_REACH : KEY_REACH)[what.reach](what);
  if (what.reach === 'nothing') return [first, pin ? 'A PIN share that was copied unseen is in no count.' : 'A share or wrapped key that was copied unseen is in no count; only a new root key makes such a copy useless with certainty.'];
  return [
    first,
    `Not destroyed: ${listText(what.left.map(leftCopyText))}.`,
    ...(what.exposed ? [pin ? 'As many PIN shares are out as the threshold asks for: change the PIN by a new PIN set.' : 'Treat the root key as exposed to that group.'] : []),
    ...(pin ? [] : ['Old shares are useless when no old wrapped key is left, and useless with certainty only when the root key itself is replaced.']),
  ];
};
