/** Wording of how a plan departs from the charter its archive is under. */
import type { CharterDeparture } from '../register/charter.ts';

const PARTS: Readonly<Record<Exclude<CharterDeparture['part'], 'person'>, string>> = {
  unfounded: 'This archive has no charter: nobody has approved who may act in its ceremonies. Found the archive first',
  'not-founded': 'The plan names a charter, but no ceremony of this archive has enacted one',
  founded: 'This archive is founded already. Change its charter by an amendment',
  under: 'The charter in force is another than the plan names. Draw the plan up anew from the archive',
  before: 'The charter in force is another than the one this amendment replaces. Draw the plan up anew from the archive',
};
const WHY: Readonly<Record<Extract<CharterDeparture, { part: 'person' }>['why'], string>> = {
  unknown: 'is not on the roster', standing: 'has left the roster, or their key was revoked', role: 'has a role here that the roster does not give', credential: 'has another credential than the roster', details: 'has another name, organisation or line of reporting than the roster',
};
/** @returns a sentence without full stop. @param name of a person by id. */
export const departureText = (departure: CharterDeparture, name: (id: string) => string): string =>
  (departure.part === 'person' ? `${name(departure.person)} ${WHY[departure.why]}` : PARTS[departure.part]);
