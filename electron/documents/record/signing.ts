/** How a person signed the record, in words. A signature is only called one after it was checked. */
import { recordSigners } from '../../../shared/ceremony/select.ts';
import type { Person } from '../../../shared/ceremony/plan-schema.ts';
import type { CeremonyFolder } from '../folder.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

const method = (person: Person): Html => person.credential.kind === 'token'
  ? html`Token ${person.credential.serial ?? ''}` : html`Credential file, used on the ceremony machine`;

export const signedHow = (folder: CeremonyFolder, person: Person): Html => {
  if (person.credential.kind === 'paper') return html`Ink on paper only`;
  const absent = folder.state.present[person.id]?.present === false ? 'Absent; has not signed' : 'Has not signed';
  switch (folder.signatureOf(person).state) {
    case 'signed': return method(person);
    case 'none': return html`${absent}`;
    case 'wrong': return html`<b>A signature that does not verify</b>`;
  }
};
export const notSigned = (folder: CeremonyFolder): readonly string[] =>
  recordSigners(folder.state).filter((person) => folder.signatureOf(person).state !== 'signed').map((person) => person.name);
