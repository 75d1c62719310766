/** A person as the step names them: name and role. Pure. */
import { personOf } from '../../../shared/ceremony/select.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { roleLine } from '../../components/who-acts.tsx';

export const describe = (snapshot: Snapshot, id: string | undefined): string => {
  const person = id ? personOf(snapshot.state, id) : null;
  return person ? `${person.name}, ${roleLine(snapshot.state, person).toLowerCase()}` : '–';
};
