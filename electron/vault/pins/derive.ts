/**
 * PINs that a quorum holds: derived from the 32 bytes of a PIN set and the token's serial number, so that each token has its own and nobody
 * knows any. The set's secret itself is never a PIN. Form: docs/FORMATS-custody.md, "PINs held by quorum".
 */
import { hkdfSync } from 'node:crypto';
import { encodeBase32Ascii } from '../../../shared/custody/base32.ts';
import { AppError } from '../../../shared/errors.ts';
import type { TokenInfo } from '../../../shared/vault/contract.ts';

/** 16 characters of base32 are 80 bits; 8 are 40, which a token with few tries still protects. */
const LONGEST = 16, SHORTEST = 8;
const SO_BYTES = 8;

type Limits = Pick<TokenInfo, 'serial' | 'minPinLength' | 'maxPinLength'>;
/** What PINs are derived from; `setId` in bytes. */
export interface PinSource { readonly secret: Buffer; readonly setId: Uint8Array }

const derive = <T>({ secret, setId }: PinSource, label: string, serial: string, length: number, encode: (bytes: Uint8Array) => T): T => {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, setId, Buffer.from(`${label}\0${serial}`, 'utf8'), length));
  try { return encode(bytes); } finally { bytes.fill(0); }
};

const ownBytes = (ascii: Uint8Array, length: number): Buffer => {
  const out = Buffer.allocUnsafeSlow(length);
  out.set(ascii.subarray(0, length));
  ascii.fill(0);
  return out;
};

const HEX = '0123456789ABCDEF';
const hexAscii = (bytes: Uint8Array): Uint8Array => Uint8Array.from({ length: 2 * bytes.length }, (_, i) => HEX.charCodeAt(i % 2 === 0 ? bytes[i >> 1]! >> 4 : bytes[i >> 1]! & 15));

const unfit = ({ serial, minPinLength: minLength, maxPinLength: maxLength }: Limits): AppError => new AppError('HSM_PIN_FORMAT', { serial, minLength, maxLength, derived: true });

/** @returns 8 to 16 characters of base32 in ASCII; the caller wipes them. @throws HSM_PIN_FORMAT (`derived`) when the token takes no such PIN */
export const userPinOf = (source: PinSource, token: Limits): Buffer => {
  const length = Math.min(LONGEST, token.maxPinLength);
  if (length < SHORTEST || token.minPinLength > length) throw unfit(token);
  return derive(source, 'KCS1/pin', token.serial, 32, (bytes) => ownBytes(encodeBase32Ascii(bytes), length));
};

/** @returns 16 upper-case hex digits in ASCII, the form that SmartCard-HSMs demand; the caller wipes them. @throws HSM_PIN_FORMAT (`derived`) */
export const soPinOf = (source: PinSource, token: Limits): Buffer => {
  if (token.maxPinLength < 2 * SO_BYTES || token.minPinLength > 2 * SO_BYTES) throw unfit(token);
  return derive(source, 'KCS1/so-pin', token.serial, SO_BYTES, (bytes) => ownBytes(hexAscii(bytes), 2 * SO_BYTES));
};
