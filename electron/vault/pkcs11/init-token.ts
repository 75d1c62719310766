/** Makes a rehearsal's token: on software modules and on slots without a token only, so that no one's token is ever erased. */
import { randomBytes } from 'node:crypto';
import type { PKCS11 } from 'pkcs11js';
import { AppError } from '../../../shared/errors.ts';
import type { TokenInfo } from '../../../shared/vault/contract.ts';
import { CKF, CKU } from './constants.ts';
import { hsmFault } from './faults.ts';
import { listTokens, type Placed } from './token-info.ts';

const LABEL_BYTES = 32;

/** CK_TOKEN_INFO labels are 32 bytes, padded with blanks; pkcs11js passes the text as it is, and modules read 32 bytes of it. */
const paddedLabel = (label: string): string => {
  const bytes = Buffer.byteLength(label, 'utf8');
  if (bytes === 0 || bytes > LABEL_BYTES) throw new AppError('IPC_REQUEST', { field: 'label' });
  return label + ' '.repeat(LABEL_BYTES - bytes);
};

const setUserPin = (p11: PKCS11, slot: Buffer, soPin: string, pin: Buffer): void => {
  const session = p11.C_OpenSession(slot, CKF.SERIAL_SESSION | CKF.RW_SESSION);
  try {
    p11.C_Login(session, CKU.SO, soPin);
    p11.C_InitPIN(session, pin.toString('utf8'));
    p11.C_Logout(session);
  } finally { p11.C_CloseSession(session); }
};

const initialise = (p11: PKCS11, free: Placed, label: string, pin: Buffer): TokenInfo => {
  const before = new Set(listTokens(p11).filter(({ info }) => info.initialized).map(({ info }) => info.serial));
  // Random and kept nowhere: nobody needs the SO of a rehearsal token.
  const soPin = randomBytes(12).toString('hex');
  try {
    p11.C_InitToken(free.slot, soPin, paddedLabel(label));
    const made = listTokens(p11).filter(({ info }) => info.initialized && !before.has(info.serial));
    if (made.length !== 1) throw new AppError('HSM_CALL_FAILED', { reason: 'new-token-not-found' });
    setUserPin(p11, made[0]!.slot, soPin, pin);
    return listTokens(p11).find(({ info }) => info.serial === made[0]!.info.serial)!.info;
  } catch (error) { throw hsmFault(error); }
};

/** @param pin wiped by the caller. @throws HSM_TOKEN_NOT_FOUND when no slot is free, HSM_PIN_FORMAT, HSM_CALL_FAILED */
export const makeToken = (p11: PKCS11, label: string, pin: Buffer): TokenInfo => {
  const free = listTokens(p11).find(({ info }) => !info.initialized);
  if (free === undefined) throw new AppError('HSM_TOKEN_NOT_FOUND', { reason: 'no-free-slot' });
  if (pin.length < free.info.minPinLength || pin.length > free.info.maxPinLength) throw new AppError('HSM_PIN_FORMAT', { minLength: free.info.minPinLength, maxLength: free.info.maxPinLength });
  return initialise(p11, free, label, pin);
};
