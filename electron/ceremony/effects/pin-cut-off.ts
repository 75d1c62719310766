/**
 * Finishes a change of PINs that was cut off. The shares of the new PIN set are read again; each token is then asked whether it has the
 * new PIN already, and where it has not, the old one is typed or derived as before. May be cut off itself, and done again.
 */
import { keyPlan, tokensOf } from '../../../shared/ceremony/people.ts';
import { gatheringOfSet } from '../../../shared/ceremony/select.ts';
import { setsForChange, wantedSetOf } from '../../../shared/ceremony/wanted-set.ts';
import { AppError, toFault } from '../../../shared/errors.ts';
import type { TokenInfo } from '../../../shared/vault/contract.ts';
import { busy } from '../ask.ts';
import type { Session } from '../session.ts';
import { combineSet } from './gather.ts';
import { findToken } from './login.ts';

/** Recorded in place of the token's word where it had the new PIN before this process began. */
export const HAD_NEW_PIN = 'not tried: the token had the new PIN already';

/** @throws RULE_PROOF_ORDER while shares are still to be read again; SHARE_KEK_CHECK_FAILED */
export const combineAgain = async (session: Session): Promise<void> => {
  const missing = wantedSetOf(session.state);
  if (missing) throw new AppError('RULE_PROOF_ORDER', { reason: `${missing.threshold} shares of PIN set ${missing.setName} are to be read again first`, entry: 'intent' });
  for (const set of setsForChange(session.state)) if (!gatheringOfSet(session.state, set.setId)?.combined) await combineSet(session, set, 'change-pin');
};

/** SECURITY: CUST-7 — one wrong try, and none where the token says that few are left. @throws HSM_PIN_LAST_TRY, HSM_PIN_LOCKED */
export const hasNewPin = async (session: Session, token: TokenInfo): Promise<boolean> => {
  const { set } = session.state, plan = keyPlan(session.state.plan);
  if (token.userPin === 'locked') throw new AppError('HSM_PIN_LOCKED', { serial: token.serial });
  if (token.userPin === 'last-try') throw new AppError('HSM_PIN_LAST_TRY', { serial: token.serial });
  try {
    await busy(session, 'change-pin', `Asking ${token.serial} whether it has the new PIN`, () => session.ports.vault.call('pin.open', { module: plan.hsm.module.path, serial: token.serial, setId: set!.setId }));
    return true;
  } catch (error) {
    if (toFault(error).code === 'HSM_PIN_INCORRECT') return false;
    throw error;
  }
};

export interface Sorted { readonly changed: readonly string[]; readonly left: readonly TokenInfo[] }
/** Which tokens have the new PIN, and which are still to be changed. */
export const sortTokens = async (session: Session): Promise<Sorted> => {
  const changed: string[] = [], left: TokenInfo[] = [];
  for (const serial of tokensOf(session.state.plan)) {
    const { token } = await findToken(session, serial);
    if (await hasNewPin(session, token)) changed.push(serial); else left.push(token);
  }
  return { changed, left };
};
