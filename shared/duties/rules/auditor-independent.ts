import { foldName } from '../../ceremony/fold-name.ts';
import { peopleIn } from '../../ceremony/people.ts';
import type { Person } from '../../ceremony/plan-schema.ts';
import type { Duty, DutyView, Violation } from '../duty.ts';
import { idsOf, namesOf, reportsTo, roomOf } from '../people-in-view.ts';

const judgeAuditor = (view: DutyView, auditor: Person): readonly Violation[] => {
  const superiors = roomOf(view).filter((person) => person.id !== auditor.id && reportsTo(view.plan, auditor, person));
  const administrators = peopleIn(view.plan, 'administrator').filter(({ organisation }) => foldName(organisation) === foldName(auditor.organisation));
  return [
    ...(superiors.length === 0 ? [] : [{ people: [auditor.id, ...idsOf(superiors)], text: `The auditor ${auditor.name} reports to ${namesOf(superiors)}, who ${superiors.length === 1 ? 'takes' : 'take'} part.` }]),
    ...administrators.map(({ id, name, organisation }) => ({ people: [auditor.id, id], text: `The auditor ${auditor.name} and the administrator ${name} are both of ${organisation}.` })),
  ];
};

/** The external auditor reports to nobody in the room and is of another organisation than the administrator. */
export const auditorIndependent: Duty = {
  id: 'auditor-independent',
  says: 'The external auditor reports to nobody in the room, and is of another organisation than the administrator.',
  clause: 'ETSI EN 319 411-1 GEN-6.5.1-14', verified: false, place: '.',
  judge: (view) => roomOf(view).filter(({ role }) => role === 'external-auditor').flatMap((auditor) => judgeAuditor(view, auditor)),
};
