/**
 * After an end that was not planned: asks the world what happened, by the table of DESIGN section 1. Part of it needs no token and
 * runs at once; the rest waits until people have logged in, because a log-in is never automatic.
 */
import type { KeyIdHex } from '../../shared/brand.ts';
import { AppError } from '../../shared/errors.ts';
import type { OpenEffect } from '../../shared/ceremony/state.ts';
import { writePeople } from '../archive/folders.ts';
import { clearMedia, lock, wipe } from './effects/backup.ts';
import { finishDestroy, reconcileGenerate } from './effects/generate-key.ts';
import { signCertificate, signPop } from './effects/issue-certificate.ts';
import { dropManifest, voidSet } from './effects/share-set.ts';
import type { Session } from './session.ts';

const INTERRUPTED = new AppError('VAULT_GONE', { reason: 'interrupted' });

/** Effects that can be judged without a token. Splits and rebuilds live in the vault alone; what a vault held is gone with it. */
const settleWithoutToken = async (session: Session, open: OpenEffect): Promise<void> => {
  switch (open.intent.kind) {
    case 'split': await dropManifest(session); return session.fail(open.effect, INTERRUPTED, 'no');
    case 'print-sheet': return session.fail(open.effect, INTERRUPTED, 'unknown');
    case 'rebuild': return session.fail(open.effect, INTERRUPTED, 'no');
    case 'wrap': await clearMedia(session); return session.fail(open.effect, INTERRUPTED, 'undone');
    case 'restore': return session.fail(open.effect, INTERRUPTED, 'unknown');
    case 'wipe': return wipe(session);
    default: return undefined;
  }
};

/** Effects whose answer lies on a token. Called when its people have logged in again. */
export const settleWithToken = async (session: Session, open: OpenEffect): Promise<void> => {
  const { effect, intent } = open;
  switch (intent.kind) {
    case 'generate-key': return reconcileGenerate(session, effect, intent, INTERRUPTED);
    case 'sign-certificate': return signCertificate(session, effect, intent, true);
    case 'sign-pop': return signPop(session, effect, intent, true);
    case 'lock': return lock(session);
    case 'destroy-debris': return finishDestroy(session, effect, intent.serial, intent.keyId as KeyIdHex);
    default: return settleWithoutToken(session, open);
  }
};

const foundSentence = (session: Session): string => {
  const { openEffect, set, backup } = session.state;
  if (openEffect) return `${openEffect.intent.kind} was under way`;
  return set && !backup?.restored ? 'a share set was in use' : 'nothing was under way';
};

/** A set whose shares were only in the vault opens nothing and is given up. */
const voidLostSet = async (session: Session): Promise<void> => {
  const { set, backup } = session.state;
  if (set && !backup?.restored) await voidSet(session, 'vault-restarted');
  else if (!set) await dropManifest(session);
};

/** Runs when a folder is opened by a new process, and when the vault died under a ceremony. */
export const recover = async (session: Session): Promise<void> => {
  const { state, torn, ports, folder } = session;
  await writePeople(ports.disk, folder.path, state.plan);
  if (!state.opening || state.closing) return;
  if (torn) await session.append({ type: 'repair', actor: 'app', body: torn });
  await session.append({ type: 'restarted', actor: 'app', body: { openEffect: state.openEffect?.effect ?? null, found: foundSentence(session) } });
  if (state.openEffect) await settleWithoutToken(session, state.openEffect);
  if (!session.state.openEffect) await voidLostSet(session);
};
