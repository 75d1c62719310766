import { hasRoomProtocol } from '../people.ts';
import type { RuleAbout } from '../rule.ts';

const sorted = (bags: readonly string[]): string => bags.toSorted().join('\n');

/** Under the room protocol people are counted after a pause, and the bags that were sealed for it are read again; other bags need an exception since the pause. */
export const breakChecked: RuleAbout<'paused' | 'resumed'> = {
  id: 'BREAK_CHECKED',
  says: 'Under the room protocol people are counted after a pause, and the bags that were sealed for it are read again; other bags need an exception since the pause.',
  about: ['paused', 'resumed'],
  check: (state, fact) => {
    if (fact.type === 'paused') return new Set(fact.body.sealed).size === (fact.body.sealed ?? []).length ? null : 'a bag is named twice';
    if (fact.type !== 'resumed' || state.pause === null || !hasRoomProtocol(state.plan)) return null;
    const { heads, present, bags = [] } = fact.body, { sealed, seq } = state.pause;
    if (heads === undefined) return 'how many people are in the room is missing';
    if (heads < new Set(present).size) return 'fewer people than were called';
    if (sorted(bags) === sorted(sealed)) return null;
    return bags.length === sealed.length && state.exceptions.some((one) => one.seq > seq) ? null : 'the bags are not those that were sealed';
  },
};
