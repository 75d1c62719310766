/**
 * After an end that was not planned: asks the world what happened, by the table of DESIGN section 1. Part of it needs no token and
 * runs at once; the rest waits until people have logged in, because a log-in is never automatic.
 */
import type { KeyIdHex } from '../../shared/brand.ts';
import { AppError } from '../../shared/errors.ts';
import { COMMITTED } from '../../shared/ceremony/decide.ts';
import { pinSetOf } from '../../shared/ceremony/select.ts';
import type { OpenEffect } from '../../shared/ceremony/state.ts';
import { removeTemporary, writePeople } from '../archive/folders.ts';
import { clearMedia, lock, wipe } from './effects/backup.ts';
import { close } from './effects/close.ts';
import { finishDestroy, reconcileGenerate } from './effects/generate-key.ts';
import { signCertificate, signPop } from './effects/issue-certificate.ts';
import { dropManifest, voidSet } from './effects/share-set.ts';
import type { Session } from './session.ts';

const INTERRUPTED = new AppError('VAULT_GONE', { reason: 'interrupted' });

/** Effects that can be judged without a token. Splits and rebuilds live in the vault alone; what a vault held is gone with it. */
const settleWithoutToken = async (session: Session, open: OpenEffect): Promise<void> => {
  switch (open.intent.kind) {
    case 'split': await dropManifest(session, open.intent.holds ?? 'wrapping-key'); return session.fail(open.effect, INTERRUPTED, 'no');
    case 'print-sheet': return session.fail(open.effect, INTERRUPTED, 'unknown');
    case 'rebuild': return session.fail(open.effect, INTERRUPTED, 'no');
    case 'combine': return session.fail(open.effect, INTERRUPTED, 'no');
    case 'test-printer':
    case 'write-card':
    case 'prove-restore':
    case 'change-pin':
    case 'destroy-copy': return session.fail(open.effect, INTERRUPTED, 'unknown');
    case 'rewrap':
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
  const { openEffect, set, backup, gatherings } = session.state;
  if (openEffect) return `${openEffect.intent.kind} was under way`;
  if (set && !backup?.restored) return 'a share set was in use';
  return gatherings.some((one) => one.open) ? 'shares had been gathered' : 'nothing was under way';
};

/** A set whose shares were only in the vault opens nothing and is given up. */
const voidLostSet = async (session: Session): Promise<void> => {
  const { set, backup, pinChanged, pinUncertain } = session.state;
  // A PIN that may have changed is derived from this set: it is kept, and its shares are read again.
  if (set?.holds === 'pin' && !pinChanged && !pinUncertain) await voidSet(session, 'vault-restarted');
  else if (set?.holds === 'wrapping-key' && !backup?.restored) await voidSet(session, 'vault-restarted');
  else if (!set) await dropManifest(session, 'wrapping-key');
  // Also where the ceremony ended between the entry that voids a PIN set and the removal of its manifest.
  if (!pinSetOf(session.state)) await dropManifest(session, 'pin');
};

/** Records torn bytes once; a vault that dies later must not record them again. Nothing can be recorded before line 0. */
export const recordTorn = async (session: Session): Promise<void> => {
  const { torn, entries } = session;
  const recorded = entries.some((entry) => entry.type === 'repair' && entry.body.sideFile === torn?.sideFile);
  if (torn && !recorded) await session.append({ type: 'repair', actor: 'app', body: torn });
};

/** An objection whose pause was cut off pauses the ceremony now. */
const pauseForObjection = async (session: Session): Promise<void> => {
  const last = session.entries.findLast((entry) => entry.type !== 'restarted' && entry.type !== 'repair');
  if (last?.type !== 'objection' || session.state.pause) return;
  const text = session.openings.find((opening) => opening.seq === last.seq && opening.field === 'words')?.text ?? 'The words of the objection are not in this folder.';
  await session.append({ type: 'paused', actor: 'app', open: { text }, body: { reason: 'objection', text: COMMITTED, stayed: [] } });
};

/** Runs when a folder is opened by a new process, and when the vault died under a ceremony. */
export const recover = async (session: Session): Promise<void> => {
  const { state, ports, folder } = session;
  await removeTemporary(ports.disk, folder.path);
  if (state.closing) return;
  await writePeople(ports.disk, folder.path, state.plan);
  if (!state.opening) return;
  await recordTorn(session);
  await session.append({ type: 'restarted', actor: 'app', body: { openEffect: state.openEffect?.effect ?? null, found: foundSentence(session) } });
  // No step is open after an abort: nothing may follow it but the closing entry.
  if (!state.current) return close(session, state.ended ?? 'aborted');
  await pauseForObjection(session);
  if (state.openEffect) await settleWithoutToken(session, state.openEffect);
  if (!session.state.openEffect) await voidLostSet(session);
};
