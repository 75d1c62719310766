/** Changing the User PIN and the SO PIN of one token, and showing that the new one opens it. pkcs11js takes PINs as strings, which cannot be wiped. */
import { AppError } from '../../../shared/errors.ts';
import { CKF, CKU } from '../pkcs11/constants.ts';
import { hsmFault } from '../pkcs11/faults.ts';
import { assertToken } from '../pkcs11/token-info.ts';
import type { Token } from '../pkcs11/token.ts';

export interface PinPair { readonly old: Buffer; readonly fresh: Buffer }

/** Recorded when a wrong try might have cost too much. */
export const NOT_TRIED = 'not tried: few tries are left';
const WRONG: ReadonlySet<string> = new Set(['HSM_PIN_INCORRECT', 'HSM_PIN_LAST_TRY', 'HSM_PIN_LOCKED']);
const isWrongPin = (error: unknown): error is AppError => error instanceof AppError && WRONG.has(error.code);
const text = (pin: Buffer): string => pin.toString('utf8');

/** Leaves the token logged in with the new PIN. @throws what the module throws, as HSM_ faults */
export const setUserPin = async (token: Token, { old, fresh }: PinPair): Promise<void> => {
  token.login(old);
  await token.use(({ p11, handle }) => { p11.C_SetPIN(handle, text(old), text(fresh)); });
  token.login(fresh);
};

/**
 * One try with the old PIN, only where the token does not say that few are left, and at once a right one, so that its count starts anew.
 * @returns the CKR_ name that refused, or {@link NOT_TRIED}. @throws HSM_CALL_FAILED (`reason`: old-pin-opens)
 */
export const showOldRefused = (token: Token, { old, fresh }: PinPair): string => {
  if (token.info().userPin !== 'normal') return NOT_TRIED;
  try { token.login(old); } catch (error) {
    if (!isWrongPin(error)) throw error;
    token.login(fresh);
    return String(error.details['ckr'] ?? error.code);
  }
  throw new AppError('HSM_CALL_FAILED', { serial: token.serial, reason: 'old-pin-opens' });
};

export type WhichPin = 'old' | 'new' | 'unknown';
/** After a failure: which PIN opens the token. Stops where another wrong try might lock it. */
export const whichUserPin = (token: Token, { old, fresh }: PinPair): WhichPin => {
  for (const [which, pin] of [['old', old], ['new', fresh]] as const) {
    try {
      if (token.info().userPin !== 'normal' && which === 'old') return 'unknown';
      token.login(pin);
      return which;
    } catch (error) { if (!isWrongPin(error) || error.code !== 'HSM_PIN_INCORRECT') return 'unknown'; }
  }
  return 'unknown';
};

/** A session with the SO logged in, for one piece of work; nobody else may be logged in beside the SO. */
const asSo = <T>(token: Token, pin: Buffer, work: (session: Buffer) => T): T => {
  token.logout();
  const { p11 } = token, { slot } = assertToken(p11, token.serial);
  try {
    const session = p11.C_OpenSession(slot, CKF.SERIAL_SESSION | CKF.RW_SESSION);
    try {
      p11.C_Login(session, CKU.SO, text(pin));
      try { return work(session); } finally { p11.C_Logout(session); }
    } finally { p11.C_CloseSession(session); }
  } catch (error) { throw hsmFault(error, { serial: token.serial, of: 'so' }); }
};

/** Some modules take any SO PIN here and refuse at its first use: an answer without an error proves nothing. @throws HSM_PIN_INCORRECT (`of`: so), … */
export const trySoPin = (token: Token, pin: Buffer): void => { asSo(token, pin, () => undefined); };

/** Leaves nobody logged in. @throws HSM_PIN_INCORRECT (`of`: so), HSM_PIN_LOCKED, HSM_CALL_FAILED */
export const setSoPin = (token: Token, { old, fresh }: PinPair): void => {
  asSo(token, old, (session) => { token.p11.C_SetPIN(session, text(old), text(fresh)); });
  trySoPin(token, fresh);
};
