import type { Policy } from '../../charter/charter-schema.ts';
import type { Person } from '../../ceremony/plan-schema.ts';
import type { Duty } from '../duty.ts';
import { roomOf } from '../people-in-view.ts';

const NAMES = { file: 'a credential file', token: 'a token', paper: 'ink on paper' } as const;
const isEnough = ({ credential }: Person, kinds: Policy['credentials']['record']): boolean => kinds.includes(credential.kind);

/** Everybody signs with a credential that the policy calls enough: custodians at hold points, all on the record. */
export const credentialsEnough: Duty = {
  id: 'credentials-enough',
  says: 'Everybody signs with a credential that the policy calls enough: custodians at hold points, and all on the record.',
  clause: 'Charter of the archive', verified: true, place: '.credential',
  judge: (view) => (view.policy === null ? [] : roomOf(view).flatMap((person) => {
    const { holdPoint, record } = view.policy!.credentials, { id, name, credential: { kind } } = person;
    // Ink never counts at a hold point, so it is judged for the record only.
    if (person.role === 'custodian' && kind !== 'paper' && !isEnough(person, holdPoint)) return [{ people: [id], text: `${name} would sign hold points with ${NAMES[kind]}, which the policy does not call enough there.` }];
    return isEnough(person, record) ? [] : [{ people: [id], text: `${name} would sign the record with ${NAMES[kind]}, which the policy does not call enough.` }];
  })),
};
