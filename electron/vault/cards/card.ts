/** One card in its reader: known by its serial number before a PIN is touched, opened for one piece of work, and closed again. */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import type { CardPresence, EntryId } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { assertPinLength, withPin } from '../pin-entries.ts';
import { mayMeanRemoved } from '../pkcs11/faults.ts';
import type { Placed } from '../pkcs11/token-info.ts';
import type { Token } from '../pkcs11/token.ts';

export interface CardRequest { readonly module: string; readonly serial: string; /** Empty where the reader has a PIN pad of its own. */ readonly pinEntries: readonly EntryId[] }

interface Seen { readonly card: Placed | null; readonly others: readonly string[]; readonly software: boolean }

/** Two tokens of one serial number are no card: nobody can tell which of them would be written. */
const see = (context: VaultContext, module: string, serial: string): Seen => {
  const { placed, software } = context.modules.look(module, serial);
  const initialised = placed.filter(({ info }) => info.initialized), found = initialised.filter(({ info }) => info.serial === serial);
  const card = found.length === 1 ? found[0]! : null;
  return { card, software, others: initialised.filter((one) => one !== card).map(({ info }) => info.serial) };
};

/** Looks for a card without a PIN or a session. @throws HSM_MODULE_MISSING, HSM_MODULE_NOT_PKCS11, HSM_CALL_FAILED */
export const lookForCard = (context: VaultContext, module: string, serial: string): CardPresence => {
  const { card, others, software } = see(context, module, serial);
  return card === null ? { present: false, others } : { present: true, token: card.info, removable: card.removableDevice && !software, others };
};

/** @throws CARD_ABSENT, CARD_OTHER */
const identify = (context: VaultContext, module: string, serial: string): Placed => {
  const { card, others } = see(context, module, serial);
  if (card === null) throw others.length === 0 ? new AppError('CARD_ABSENT', { serial }) : new AppError('CARD_OTHER', { serial, found: others });
  return card;
};

const PIN_CODES: ReadonlySet<string> = new Set(['HSM_PIN_INCORRECT', 'HSM_PIN_LAST_TRY', 'HSM_PIN_LOCKED', 'HSM_PIN_FORMAT']);

/** What a token's fault means for a card: it was logged in, so a lost login is a card that was pulled out, if only for a moment. */
const cardFault = (error: unknown, serial: string): unknown => {
  if (!(error instanceof AppError)) return error;
  if (PIN_CODES.has(error.code)) return new AppError(error.code, { ...error.details, of: 'card' });
  if (error.code === 'HSM_NOT_LOGGED_IN') return new AppError('HSM_TOKEN_REMOVED', { ...error.details, of: 'card' });
  if (error.code === 'HSM_TOKEN_NOT_FOUND') return new AppError('CARD_ABSENT', { serial });
  return error.code === 'HSM_TOKEN_REMOVED' ? new AppError(error.code, { ...error.details, of: 'card' }) : error;
};

const LOOKS = 10, LOOK_EVERY_MS = 100;

/** PC/SC notices an empty reader a moment after the module's call has failed: a failure that may be a card pulled out is looked into again. */
const settled = async (context: VaultContext, module: string, serial: string, error: unknown): Promise<unknown> => {
  const ckr = error instanceof AppError && (error.code === 'HSM_CALL_FAILED' || error.code === 'SHARE_CARD_OBJECT') ? error.details['ckr'] : null;
  if (typeof ckr !== 'string' || !mayMeanRemoved(ckr)) return cardFault(error, serial);
  for (let looks = 0; looks < LOOKS; looks++) {
    if (see(context, module, serial).card === null) return new AppError('HSM_TOKEN_REMOVED', { serial, ckr, of: 'card' });
    await pause(LOOK_EVERY_MS);
  }
  return error;
};

/**
 * Identifies the card, logs in with the PIN of the entries (or lets the reader's own pad ask), works, and logs out whatever happens. The PIN
 * is wiped, also when it was not needed.
 * @param work gets the card and the bytes that are free for private objects, null where it does not tell
 * @throws CARD_ABSENT, CARD_OTHER (no PIN was tried), HSM_PIN_FORMAT, HSM_PIN_INCORRECT, HSM_PIN_LAST_TRY, HSM_PIN_LOCKED, HSM_TOKEN_REMOVED,
 * VAULT_ENTRY_MISSING, VAULT_STATE (token-in-use: it is logged in for something else), and what `work` throws
 */
export const withCard = <T>(context: VaultContext, { module, serial, pinEntries }: CardRequest, work: (card: Token, freeBytes: number | null) => Promise<T>): Promise<T> =>
  withPin(context, pinEntries, async (typed) => {
    // SECURITY: CARD-1 — the serial number is compared before any PIN, so that no try is lost on another person's card.
    const { info, freePrivateBytes } = identify(context, module, serial);
    const card = context.modules.token(module, serial);
    if (card.loggedIn) throw new AppError('VAULT_STATE', { reason: 'token-in-use', serial });
    const pin = info.protectedAuthenticationPath ? null : typed;
    try {
      assertPinLength(card, pin);
      card.login(pin);
      return await work(card, freePrivateBytes);
    } catch (error) { throw await settled(context, module, serial, error); } finally { card.logout(); }
  });
