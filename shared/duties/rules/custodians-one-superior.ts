import { foldName } from '../../ceremony/fold-name.ts';
import type { Duty } from '../duty.ts';
import { idsOf, namesOf, quorumsOf } from '../people-in-view.ts';
import { withoutRepeats } from '../violations.ts';

/** A quorum of custodians does not report directly to one and the same person. */
export const custodiansOneSuperior: Duty = {
  id: 'custodians-one-superior',
  says: 'Custodians who are enough for the threshold do not all report directly to the same person.',
  clause: 'PCI PIN 25', verified: false, place: '.reportsTo',
  judge: (view) => withoutRepeats(quorumsOf(view).flatMap(({ threshold, people }) => {
    const superiors = new Map(people.flatMap(({ reportsTo }) => (reportsTo ? [[foldName(reportsTo), reportsTo] as const] : [])));
    return [...superiors].flatMap(([folded, superior]) => {
      const under = people.filter(({ reportsTo }) => reportsTo && foldName(reportsTo) === folded);
      // Where the superior is a custodian too, the rule about reporting lines says it.
      const isAmong = people.some(({ name }) => foldName(name) === folded);
      return under.length < threshold || isAmong ? [] : [{ people: idsOf(under), text: `${namesOf(under)} all report to ${superior}: they have ${under.length} shares, and ${threshold} are enough.` }];
    });
  })),
};
