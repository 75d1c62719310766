/** What the screen says of a join. Pure. */
import type { JoinLook } from '../../../shared/lineage/join-look.ts';

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;
/** Rows of what there is to know before anything is copied, and after. */
export const joinRows = ({ both, onlyHere, brings, notBegun, partAfter }: JoinLook): readonly (readonly [string, string])[] => {
  const differing = both.filter(({ differs }) => differs.length > 0);
  return [
    ['In both archives', both.length === 0 ? 'nothing' : count(both.length, 'ceremony', 'ceremonies')],
    ...(differing.length === 0 ? [] : [['Not the same', `${differing.map(({ name, differs }) => `${name} (${differs.join(', ')})`).join('; ')}: what is here stays`] as const]),
    ['Only here', onlyHere.length === 0 ? 'nothing' : onlyHere.join(', ')],
    ['Brought here', brings.length === 0 ? 'nothing' : brings.map(({ name, as }) => (as === name ? name : `${name}, here ${as}`)).join(', ')],
    ...(notBegun.length === 0 ? [] : [['Plans that stay there', notBegun.join(', ')] as const]),
    ['They part after', partAfter ?? 'nothing: they have no ceremony in common'],
  ];
};
export const joinSentence = ({ brings, ends }: JoinLook, done: boolean): string => {
  if (brings.length === 0) return 'Everything that is over there is here already.';
  const after = ends < 2 ? 'The archive is one chain.' : `The archive ${done ? 'has' : 'then has'} ${ends} ends, and the next ceremony here is their merge.`;
  return `${count(brings.length, 'ceremony', 'ceremonies')} ${done ? (brings.length === 1 ? 'was' : 'were') : (brings.length === 1 ? 'is' : 'are')} copied, byte for byte. ${after}`;
};
