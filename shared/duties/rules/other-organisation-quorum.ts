import { foldName } from '../../ceremony/fold-name.ts';
import type { Duty } from '../duty.ts';
import { idsOf, namesOf, quorumsOf } from '../people-in-view.ts';
import { withoutRepeats } from '../violations.ts';

/** No organisation but the ceremony's own provides as many custodians as the threshold asks for. */
export const otherOrganisationQuorum: Duty = {
  id: 'other-organisation-quorum',
  says: "No organisation but the ceremony's own provides custodians enough for the threshold.",
  clause: 'BR 5.2.2', verified: true, place: '.organisation',
  judge: (view) => withoutRepeats(quorumsOf(view).flatMap(({ threshold, people }) => {
    const own = foldName(view.plan.ceremony.organisation);
    const others = new Map(people.map(({ organisation }) => [foldName(organisation), organisation] as const));
    return [...others].flatMap(([folded, organisation]) => {
      const among = people.filter((person) => foldName(person.organisation) === folded);
      return folded === own || among.length < threshold ? [] : [{ people: idsOf(among), text: `${namesOf(among)} are of ${organisation}: together they have ${among.length} shares, and ${threshold} are enough.` }];
    });
  })),
};
