/** What CK_TOKEN_INFO says, and finding a token by its serial number. Slot numbers change between runs; they are never stored. */
import type { PKCS11, TokenInfo as RawTokenInfo, Version } from 'pkcs11js';
import { AppError } from '../../../shared/errors.ts';
import type { ModuleInfo, TokenInfo } from '../../../shared/vault/contract.ts';
import { CKF } from './constants.ts';
import { ckrOf, hsmFault } from './faults.ts';
import type { Library } from './library.ts';

/** Fields are padded with blanks; a label set through a short buffer ends in NULs. */
const trimmed = (text: string): string => text.replace(/[\0 ]+$/, '');
/** One for each slot that changed; more than any workstation has. */
const MAX_EVENTS = 32;
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

export interface Placed {
  readonly slot: Buffer; readonly info: TokenInfo;
  /** CKF_REMOVABLE_DEVICE: the slot says that a token can be pulled out. */
  readonly removableDevice: boolean;
  /** Bytes for private objects; null where the module does not tell. */
  readonly freePrivateBytes: number | null;
}

/** CK_ULONG of CK_TOKEN_INFO, a bigint in pkcs11js whatever its types say. 0 is not trusted: some modules leave the field empty. */
const memoryOf = (value: number | bigint): number | null => (value > 0 && value < 0xffff_ffff ? Number(value) : null);

/** A slot whose token is just going away answers with an error; it counts as empty. */
const readSlot = (p11: PKCS11, slot: Buffer): Placed | null => {
  try {
    const raw = p11.C_GetTokenInfo(slot), { slotDescription, flags } = p11.C_GetSlotInfo(slot);
    return { slot, info: tokenInfoOf(raw, slotDescription), removableDevice: (flags & CKF.REMOVABLE_DEVICE) !== 0, freePrivateBytes: memoryOf(raw.freePrivateMemory) };
  } catch (error) {
    if (ckrOf(error) === null) throw error;
    return null;
  }
};

/**
 * Lets a module that keeps a picture of its readers take note of what came and went (OpenSC); never blocks. Not every module has the call,
 * and what it tells is not needed: the slots are read after it.
 */
export const noteSlotEvents = (p11: PKCS11): void => {
  try {
    for (let events = 0; events < MAX_EVENTS && p11.C_WaitForSlotEvent(CKF.DONT_BLOCK) !== null; events++);
  } catch (error) { if (ckrOf(error) === null) throw error; }
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

/** Whether the module, or a token in it, is software. */
export const isSoftwareLibrary = ({ p11 }: Library, placed: readonly Placed[]): boolean => {
  const raw = p11.C_GetInfo();
  return isSoftware({ manufacturer: trimmed(raw.manufacturerID), description: trimmed(raw.libraryDescription) }, placed.map(({ info }) => info));
};

export const moduleInfo = (library: Library): ModuleInfo => {
  try {
    const raw = library.p11.C_GetInfo();
    const tokens = listTokens(library.p11).map(({ info }) => info);
    const named = { manufacturer: trimmed(raw.manufacturerID), description: trimmed(raw.libraryDescription), version: versionText(raw.libraryVersion) };
    return { path: library.path, sha256: library.sha256, ...named, software: isSoftware(named, tokens), tokens };
  } catch (error) { throw hsmFault(error, { path: library.path }); }
};
