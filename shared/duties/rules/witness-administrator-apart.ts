import type { Duty } from '../duty.ts';
import { reportsTo, roomOf } from '../people-in-view.ts';

/** The internal witness and the administrator do not report to one another, directly or through others. */
export const witnessAdministratorApart: Duty = {
  id: 'witness-administrator-apart',
  says: 'The internal witness and the administrator do not report to one another, directly or through others.',
  clause: 'Root KSK ceremony roles (IANA)', verified: false, place: '.reportsTo',
  judge: (view) => {
    const room = roomOf(view), administrator = room.find(({ role }) => role === 'administrator');
    return room.filter(({ role }) => role === 'internal-witness').flatMap((witness) => {
      if (administrator === undefined) return [];
      if (reportsTo(view.plan, witness, administrator)) return [{ people: [witness.id, administrator.id], text: `The witness ${witness.name} reports to the administrator ${administrator.name}, and would watch a superior.` }];
      return reportsTo(view.plan, administrator, witness) ? [{ people: [administrator.id, witness.id], text: `The administrator ${administrator.name} reports to the witness ${witness.name}, who would watch their own staff.` }] : [];
    });
  },
};
