/** Asks people for secrets at the desk, and shows the room who is typing. */
import { AppError } from '../../shared/errors.ts';
import type { EntryId, EntrySpec } from '../../shared/vault/contract.ts';
import type { Activity } from '../../shared/ipc/snapshot.ts';
import { sessionName } from '../../shared/text/session.ts';
import type { Session } from './session.ts';

type Purpose = Extract<Activity, { kind: 'entry' }>['purpose'];
const purposeOf = (spec: EntrySpec): Purpose => (spec.kind === 'pin-half' ? 'pin' : spec.kind);

/** @throws VAULT_ENTRY_CANCELLED when the person closes the window; nothing has been tried then. */
export const ask = async (session: Session, spec: EntrySpec): Promise<EntryId> => {
  session.setActivity({ kind: 'entry', person: spec.person, purpose: purposeOf(spec), since: session.ports.now().toISOString() });
  try {
    const { opening } = session.state;
    const entryId = await session.ports.desk.ask(spec, opening === null ? undefined : sessionName(opening));
    if (entryId === null) throw new AppError('VAULT_ENTRY_CANCELLED', { person: spec.person });
    return entryId;
  } finally { session.setActivity(null); }
};

/** Shows what the app is doing while `work` runs. */
export const busy = async <T>(session: Session, operation: Extract<Activity, { kind: 'effect' }>['operation'], phase: string, work: () => Promise<T>): Promise<T> => {
  session.setActivity({ kind: 'effect', operation, since: session.ports.now().toISOString(), phase });
  try { return await work(); } finally { session.setActivity(null); }
};
