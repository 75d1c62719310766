/** What ring and list say of a quorum. Pure. */
import { listText } from '../../shared/text/list.ts';
import type { QuorumView } from '../../shared/ceremony/select.ts';
import type { IconName } from './icon.tsx';
import type { Tone } from './parts.tsx';

export interface RingMember { readonly id: string; readonly name: string; readonly look: 'signed' | 'present' | 'absent' | 'objected' | 'acts' }

/** At most two letters: of the first and the last word of a name. */
export const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return letters.map((word) => [...word][0]!.toUpperCase()).join('');
};

/** Segments: who signed, in the order of signing; then who acts; then the others in roster order, the absent last. */
export const ringOrder = (quorum: QuorumView, order: readonly string[], acting: string | null): readonly RingMember[] => {
  const rank = (id: string, status: string): number => {
    const signed = order.indexOf(id);
    if (status === 'signed') return signed < 0 ? 50 : signed;
    if (id === acting) return 100;
    return status === 'absent' ? 300 : 200;
  };
  return quorum.members
    .map(({ person, status }, index) => ({ id: person.id as string, name: person.name, look: status !== 'signed' && person.id === acting ? 'acts' as const : status, rank: rank(person.id, status), index }))
    .toSorted((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ id, name, look }) => ({ id, name, look }));
};

/** The ring as a sentence, for those who do not see it. */
export const ringSentence = (quorum: QuorumView, word: string, count: number): string => {
  const absent = quorum.members.filter((member) => member.status === 'absent').map((member) => member.person.name);
  const tail = absent.length === 0 ? '' : ` ${listText(absent)} ${absent.length === 1 ? 'is' : 'are'} not here.`;
  return `${count} of ${quorum.threshold} needed ${count === 1 ? 'is' : 'are'} ${word}.${tail}`;
};

export const MEMBER_STATES: Readonly<Record<RingMember['look'], { readonly icon: IconName; readonly tone: Tone; readonly word: string }>> = {
  signed: { icon: 'done', tone: 'plain', word: 'Signed' }, present: { icon: 'wait', tone: 'plain', word: 'Present' }, absent: { icon: 'notyet', tone: 'plain', word: 'Absent' },
  objected: { icon: 'x', tone: 'stop', word: 'Objected' }, acts: { icon: 'now', tone: 'now', word: 'Now' },
};
