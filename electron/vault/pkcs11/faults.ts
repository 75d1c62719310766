/** Turns what pkcs11js throws (three shapes of error) into HSM_ faults that carry the CKR_ name and nothing else. */
import { AppError, type HsmCode } from '../../../shared/errors.ts';

/** @returns the CKR_ name in an error of pkcs11js, or null for any other error. */
export const ckrOf = (error: unknown): string | null =>
  error instanceof Error && !(error instanceof AppError) ? (/\bCKR_[A-Z0-9_]+/.exec(error.message)?.[0] ?? null) : null;

const CODES: Readonly<Record<string, HsmCode>> = {
  CKR_PIN_INCORRECT: 'HSM_PIN_INCORRECT', CKR_PIN_LOCKED: 'HSM_PIN_LOCKED', CKR_PIN_LEN_RANGE: 'HSM_PIN_FORMAT', CKR_PIN_INVALID: 'HSM_PIN_FORMAT',
  CKR_USER_NOT_LOGGED_IN: 'HSM_NOT_LOGGED_IN', CKR_MECHANISM_INVALID: 'HSM_MECHANISM_MISSING',
  CKR_TOKEN_NOT_PRESENT: 'HSM_TOKEN_REMOVED', CKR_DEVICE_REMOVED: 'HSM_TOKEN_REMOVED',
  CKR_KEY_NOT_WRAPPABLE: 'HSM_KEY_NOT_WRAPPABLE', CKR_KEY_UNEXTRACTABLE: 'HSM_KEY_NOT_WRAPPABLE',
};

/** Errors after which the token may be gone: the slot tells. A SoftHSM whose folder vanished answers with several of these. */
const SUSPECT: ReadonlySet<string> = new Set([
  'CKR_TOKEN_NOT_PRESENT', 'CKR_DEVICE_REMOVED', 'CKR_DEVICE_ERROR', 'CKR_SESSION_HANDLE_INVALID', 'CKR_SESSION_CLOSED', 'CKR_OBJECT_HANDLE_INVALID',
  'CKR_KEY_HANDLE_INVALID', 'CKR_GENERAL_ERROR', 'CKR_FUNCTION_FAILED', 'CKR_SLOT_ID_INVALID', 'CKR_TOKEN_NOT_RECOGNIZED', 'CKR_USER_NOT_LOGGED_IN',
]);
export const mayMeanRemoved = (ckr: string): boolean => SUSPECT.has(ckr);
/** Sessions of the token are of no use any more, whether it is there again or not. */
export const endsSessions = (ckr: string): boolean => ckr === 'CKR_SESSION_HANDLE_INVALID' || ckr === 'CKR_SESSION_CLOSED' || ckr === 'CKR_DEVICE_REMOVED' || ckr === 'CKR_TOKEN_NOT_PRESENT';

/** An error of pkcs11js as a fault; AppErrors and unknown errors pass unchanged. */
export const hsmFault = (error: unknown, details: Readonly<Record<string, string>> = {}): unknown => {
  const ckr = ckrOf(error);
  return ckr === null ? error : new AppError(CODES[ckr] ?? 'HSM_CALL_FAILED', { ...details, ckr });
};
