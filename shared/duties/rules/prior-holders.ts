import { foldName } from '../../ceremony/fold-name.ts';
import { bringerOf } from '../../ceremony/people.ts';
import type { Duty } from '../duty.ts';
import { roomOf } from '../people-in-view.ts';

/** Nobody's present and earlier shares of one set reach its threshold. A re-share or a destruction ends such a set, so it is not judged there. */
export const priorHolders: Duty = {
  id: 'prior-holders',
  says: "Nobody's share, with the shares they held or brought before, is enough for the threshold of the set.",
  clause: 'PCI PIN 21-2', verified: false, place: '.',
  judge: (view) => {
    const { plan, history } = view, set = plan.source?.set, { kind } = plan.ceremony;
    if (set === undefined || (kind !== 'recovery' && kind !== 'share-check')) return [];
    return roomOf(view).flatMap(({ id, name }) => {
      const own = set.holders.filter(({ person }) => person === id || bringerOf(plan, person) === id).map(({ number }) => number);
      const before = history.filter((row) => foldName(row.name) === foldName(name)).flatMap(({ shares }) => shares);
      const known = new Set([...own, ...before]).size;
      return known < set.threshold ? [] : [{ people: [id], text: `${name} holds, has held or would bring ${known} shares of set ${set.setName}, and ${set.threshold} are enough.` }];
    });
  },
};
