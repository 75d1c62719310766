/** Runs one piece of work of a decision. Each runner writes its own intent and result. */
import { assertNever } from '../../shared/assert-never.ts';
import type { PersonId, StepId } from '../../shared/brand.ts';
import { comparison, type Work } from '../../shared/ceremony/decide.ts';
import type { Operation } from '../../shared/ceremony/script-types.ts';
import { isChangeCutOff } from '../../shared/ceremony/wanted-set.ts';
import { AppError } from '../../shared/errors.ts';
import { lock, rebuild, restore, wipe, wrap } from './effects/backup.ts';
import { close } from './effects/close.ts';
import { generateKey } from './effects/generate-key.ts';
import { issueCertificate } from './effects/issue-certificate.ts';
import { login } from './effects/login.ts';
import { inventory, preflight } from './effects/look.ts';
import { destroyCopy } from './effects/destroy-copy.ts';
import { combine, openPin, readShare } from './effects/gather.ts';
import { changePin } from './effects/pin.ts';
import { proveRestore, rewrap } from './effects/re-share.ts';
import { print, readBack, readCardBack, split, splitPin, voidSet, writeCard } from './effects/share-set.ts';
import { testPrinter } from './effects/test-printer.ts';
import { signOff, signRecord } from './effects/sign.ts';
import { settleWithToken } from './recover.ts';
import type { Session } from './session.ts';

const RUNNERS: Readonly<Record<Operation, (session: Session, step: StepId) => Promise<void>>> = {
  preflight, 'inventory-before': (session, step) => inventory(session, step, 'before'), 'inventory-after': (session, step) => inventory(session, step, 'after'),
  'generate-key': generateKey, 'issue-certificate': issueCertificate, split, rebuild, wrap, restore, lock, wipe, close: (session) => close(session, 'completed'),
  'test-printer': testPrinter, combine, 'open-pin': openPin, rewrap, 'prove-restore': proveRestore, 'split-pin': splitPin, 'rebuild-pin': rebuild, 'change-pin': changePin,
  // Entries and nothing to do in the world: decide writes them.
  supersede: async () => undefined, enact: async () => undefined,
};
/** Operations that use a token, and so need the people to log in again after a restart. */
const NEEDS_TOKEN: ReadonlySet<Operation> = new Set(['inventory-before', 'inventory-after', 'generate-key', 'issue-certificate', 'split', 'wrap', 'restore', 'lock', 'rewrap', 'prove-restore', 'split-pin', 'change-pin']);

const operate = async (session: Session, operation: Operation): Promise<void> => {
  // Opens only tokens that are closed; nobody is asked otherwise.
  // A change of PINs that was cut off finds out itself which PIN each token has.
  if (NEEDS_TOKEN.has(operation) && !isChangeCutOff(session.state)) await login(session);
  const open = session.state.openEffect;
  if (open) await settleWithToken(session, open);
  const step = session.state.current;
  // Settling may have done the work, or may have sent the ceremony back to another step.
  if (!step || (open && session.state.openEffect === null && session.state.faults.length === 0 && operation !== 'issue-certificate')) return;
  await RUNNERS[operation](session, step);
};

/** @throws AppError with what refused or failed; whatever belongs in the transcript is already there. */
export const perform = (session: Session, work: Work): Promise<void> => {
  switch (work.kind) {
    case 'operation': return operate(session, work.operation);
    case 'login': return login(session);
    case 'print': return print(session);
    case 'read-back': return readBack(session);
    case 'write-card': return writeCard(session);
    case 'read-card-back': return readCardBack(session);
    case 'read-share': return readShare(session, work);
    case 'destroy-copy': return destroyCopy(session, work.account);
    case 'sign': return signOff(session, work.person as PersonId);
    case 'sign-record': return signRecord(session, work.person as PersonId);
    case 'void-set': return voidSet(session, work.reason);
    case 'compare-answers': return session.append(...comparison(session.state));
    case 'abort': return close(session, 'aborted');
    case 'postpone': return close(session, 'postponed');
    default: return assertNever(work);
  }
};
/** Errors after which the token must be opened again. */
export const closesToken = (error: unknown): error is AppError => error instanceof AppError && (error.code === 'HSM_TOKEN_REMOVED' || error.code === 'HSM_NOT_LOGGED_IN');
