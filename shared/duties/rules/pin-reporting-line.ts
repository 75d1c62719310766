import type { PersonId } from '../../brand.ts';
import type { Duty } from '../duty.ts';
import { idsOf, lineUnder, namesOf, peopleOf, pinTypists, quorumsOf, roomOf } from '../people-in-view.ts';
import { withoutRepeats } from '../violations.ts';

/** No person has, with those who report to them, both all parts of a PIN and as many shares as the threshold asks for. */
export const pinReportingLine: Duty = {
  id: 'pin-reporting-line',
  says: 'No person has, with those who report to them, all parts of a PIN of the HSM and shares enough for the threshold.',
  clause: 'PCI PIN 21-3', verified: false, place: 'pin',
  judge: (view) => {
    const room = roomOf(view), { user, so } = pinTypists(view.plan), quorums = quorumsOf(view);
    const pins = [user, so].filter((typists) => typists.length > 0);
    return withoutRepeats(room.flatMap((top) => {
      const line = lineUnder(view.plan, top, room), ids: ReadonlySet<PersonId> = new Set(idsOf(line));
      const typists = pins.filter((pin) => pin.every((id) => ids.has(id))).flat();
      return typists.length === 0 ? [] : quorums.flatMap(({ threshold, people }) => {
        const holders = people.filter(({ id }) => ids.has(id));
        if (holders.length < threshold) return [];
        const all = [...new Set([top.id, ...typists, ...idsOf(holders)])];
        return [{ people: all, text: `Under ${top.name} are all parts of a PIN (${namesOf(peopleOf(view.plan, [...new Set(typists)]))}) and ${holders.length} shares (${namesOf(holders)}), and ${threshold} are enough.` }];
      });
    }));
  },
};
