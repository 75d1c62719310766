/** PINs on their way from the entries to a login: joined, held for one piece of work, wiped. */
import { AppError } from '../../shared/errors.ts';
import type { EntryId } from '../../shared/vault/contract.ts';
import type { VaultContext } from './context.ts';
import type { Token } from './pkcs11/token.ts';

/** Runs with the PIN of the entries, or null for a device with a PIN pad and no entries; the PIN is wiped after. @throws VAULT_ENTRY_MISSING */
export const withPin = async <T>(context: VaultContext, entryIds: readonly EntryId[], work: (pin: Buffer | null) => Promise<T> | T): Promise<T> => {
  const pin = entryIds.length === 0 ? null : context.entries.takeJoined(entryIds);
  try { return await work(pin); } finally { pin?.fill(0); }
};

/** Two halves were never judged together at the port. @throws HSM_PIN_FORMAT without a try being used */
export const assertPinLength = (token: Token, pin: Buffer | null): void => {
  const { minPinLength: minLength, maxPinLength: maxLength, protectedAuthenticationPath } = token.info();
  if (pin === null ? !protectedAuthenticationPath : pin.length < minLength || pin.length > maxLength) throw new AppError('HSM_PIN_FORMAT', { serial: token.serial, minLength, maxLength });
};
