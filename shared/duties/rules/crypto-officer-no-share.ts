import { foldName } from '../../ceremony/fold-name.ts';
import { personById } from '../../ceremony/people.ts';
import type { Person } from '../../ceremony/plan-schema.ts';
import type { Duty, DutyView } from '../duty.ts';
import { holdsShare, roomOf } from '../people-in-view.ts';

const tie = (view: DutyView, person: Person): string | null => {
  if (holdsShare(view, person)) return 'holds a share';
  if (view.history.some(({ name }) => foldName(name) === foldName(person.name))) return 'has held or brought a share of the set';
  const stoodFor = person.deputyOf === undefined ? null : personById(view.plan, person.deputyOf);
  return stoodFor?.role === 'custodian' ? `is named as deputy of the custodian ${stoodFor.name}` : null;
};

/** A crypto officer is no custodian: holds no share, has held none of the set, and stands in for no custodian. */
export const cryptoOfficerNoShare: Duty = {
  id: 'crypto-officer-no-share',
  says: 'A crypto officer is no custodian: holds no share, has held none of the set, and stands in for no custodian.',
  clause: 'PCI PIN 32', verified: false, place: '.role',
  judge: (view) => roomOf(view).filter(({ role }) => role === 'crypto-officer').flatMap((officer) => {
    const why = tie(view, officer);
    return why === null ? [] : [{ people: [officer.id], text: `${officer.name} is crypto officer and ${why}.` }];
  }),
};
