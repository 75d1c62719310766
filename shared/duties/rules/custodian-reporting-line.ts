import type { Duty } from '../duty.ts';
import { idsOf, lineUnder, namesOf, quorumsOf } from '../people-in-view.ts';
import { withoutRepeats } from '../violations.ts';

/** No custodian reaches the threshold together with everyone who reports to them, directly or through others. */
export const custodianReportingLine: Duty = {
  id: 'custodian-reporting-line',
  says: 'No custodian reaches the threshold together with those who report to them, directly or through others.',
  clause: 'PCI PIN 25', verified: false, place: '.reportsTo',
  judge: (view) => withoutRepeats(quorumsOf(view).flatMap(({ threshold, people }) => people.flatMap((top) => {
    const line = lineUnder(view.plan, top, people);
    const under = line.filter((person) => person.id !== top.id);
    return line.length < threshold ? [] : [{ people: [top.id, ...idsOf(under)], text: `${namesOf(under)} ${under.length === 1 ? 'reports' : 'report'} to ${top.name}, directly or through others: with ${top.name} they have ${line.length} shares, and ${threshold} are enough.` }];
  }))),
};
