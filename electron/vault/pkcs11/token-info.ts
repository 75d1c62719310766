/** What CK_TOKEN_INFO says, and finding a token by its serial number. Slot numbers change between runs; they are never stored. */
import type { PKCS11, TokenInfo as RawTokenInfo, Version } from 'pkcs11js';
import { AppError } from '../../../shared/errors.ts';
import type { ModuleInfo, TokenInfo } from '../../../shared/vault/contract.ts';
import { CKF } from './constants.ts';
import { ckrOf, hsmFault } from './faults.ts';
import type { Library } from './library.ts';

/** Fields are padded with blanks; a label set through a short buffer ends in NULs. */
const trimmed = (text: string): string => text.replace(/[\0 ]+$/, '');
const versionText = (version: Version): string => `${version.major}.${version.minor}`;

const userPinState = (flags: number): TokenInfo['userPin'] =>
  (flags & CKF.USER_PIN_LOCKED) !== 0 ? 'locked' : (flags & CKF.USER_PIN_FINAL_TRY) !== 0 ? 'last-try' : (flags & CKF.USER_PIN_COUNT_LOW) !== 0 ? 'low' : 'normal';

const tokenInfoOf = (raw: RawTokenInfo, slotDescription: string): TokenInfo => ({
  serial: trimmed(raw.serialNumber), label: trimmed(raw.label), manufacturer: trimmed(raw.manufacturerID), model: trimmed(raw.model),
  firmware: versionText(raw.firmwareVersion), slot: trimmed(slotDescription),
  initialized: (raw.flags & CKF.TOKEN_INITIALIZED) !== 0, userPinInitialized: (raw.flags & CKF.USER_PIN_INITIALIZED) !== 0,
  userPin: userPinState(raw.flags), protectedAuthenticationPath: (raw.flags & CKF.PROTECTED_AUTHENTICATION_PATH) !== 0,
  minPinLength: raw.minPinLen, maxPinLength: raw.maxPinLen,
});

export interface Placed { readonly slot: Buffer; readonly info: TokenInfo }

/** A slot whose token is just going away answers with an error; it counts as empty. */
const readSlot = (p11: PKCS11, slot: Buffer): Placed | null => {
  try {
    return { slot, info: tokenInfoOf(p11.C_GetTokenInfo(slot), p11.C_GetSlotInfo(slot).slotDescription) };
  } catch (error) {
    if (ckrOf(error) === null) throw error;
    return null;
  }
};

/** All tokens present now, initialised or not. */
export const listTokens = (p11: PKCS11): readonly Placed[] => {
  let slots: readonly Buffer[];
  try { slots = p11.C_GetSlotList(true); } catch (error) { throw hsmFault(error); }
  return slots.map((slot) => readSlot(p11, slot)).filter((placed) => placed !== null);
};

/** @returns null when no token, or more than one, has this serial number now. */
export const findToken = (p11: PKCS11, serial: string): Placed | null => {
  const found = listTokens(p11).filter(({ info }) => info.initialized && info.serial === serial);
  return found.length === 1 ? found[0]! : null;
};

/** @throws HSM_TOKEN_NOT_FOUND */
export const assertToken = (p11: PKCS11, serial: string): Placed => {
  const placed = findToken(p11, serial);
  if (placed === null) throw new AppError('HSM_TOKEN_NOT_FOUND', { serial });
  return placed;
};

/** Software modules by what they say of themselves: SoftHSM, NSS, opencryptoki's soft token, a software TPM, Kryoptic. */
const SOFTWARE = /softhsm|mozilla|\bnss\b|swtok|\bsoft\b|\bsoftware\b|sw\s+tpm|swtpm|kryoptic/i;

export const isSoftware = (info: Pick<ModuleInfo, 'manufacturer' | 'description'>, tokens: readonly TokenInfo[]): boolean =>
  SOFTWARE.test(`${info.manufacturer} ${info.description}`) || tokens.some((token) => SOFTWARE.test(`${token.manufacturer} ${token.model}`));

export const moduleInfo = (library: Library): ModuleInfo => {
  try {
    const raw = library.p11.C_GetInfo();
    const tokens = listTokens(library.p11).map(({ info }) => info);
    const named = { manufacturer: trimmed(raw.manufacturerID), description: trimmed(raw.libraryDescription), version: versionText(raw.libraryVersion) };
    return { path: library.path, sha256: library.sha256, ...named, software: isSoftware(named, tokens), tokens };
  } catch (error) { throw hsmFault(error, { path: library.path }); }
};
