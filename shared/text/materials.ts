/** Words of the steps in which materials are called, and of what the steps record. */
import type { MATERIAL_KINDS } from '../ceremony/material-schema.ts';
import type { Body } from '../transcript/entry-schema.ts';
import type { StepWords } from './script.ts';

export const MATERIAL_NAMES: Readonly<Record<(typeof MATERIAL_KINDS)[number], string>> = {
  hsm: 'HSM', token: 'Token', card: 'Card', workstation: 'Computer', 'boot-medium': 'Boot medium', medium: 'Medium', bag: 'Bag', printer: 'Printer', document: 'Document', other: 'Other',
};
export const callIn = (): StepWords => ({
  title: 'Call the materials in',
  text: 'Each thing is put on the table. Whoever brings it and the witness both read the number of its bag, and both look at the seal before it is opened.',
  why: 'It shows that what we use today is what was put away last time, and that nobody has had it in between.',
});
export const callOut = (): StepWords => ({
  title: 'Call the materials out',
  text: 'Each thing goes into a new bag. Whoever takes it and the witness both read the number of the bag.',
  why: 'The next ceremony compares these numbers.',
});

/** "in bag 0048117, seal intact, as last recorded". */
export const materialFound = ({ present, bag, intact, matches, when }: Pick<Body<'material'>, 'present' | 'bag' | 'intact' | 'matches' | 'when'>): string => {
  if (!present) return 'is not here';
  if (when === 'out') return bag === null ? 'goes without a bag' : `goes into bag ${bag}`;
  if (bag === null) return matches === false ? 'is in no bag, other than last recorded' : 'is in no bag';
  return `is in bag ${bag}, seal ${intact === true ? 'intact' : 'not intact'}${matches === null ? '' : matches ? ', as last recorded' : ', another bag than last recorded'}`;
};

/** @param ids of materials of which the plan says otherwise than the archive. */
export const staleMaterialsText = (ids: readonly string[]): string =>
  `The archive has seen ${ids.join(', ')} in another bag, in a later ceremony, or as another thing than the plan says. Draw the plan up again, or write what the archive says.`;
