/**
 * RFC 5649: AES key wrap with padding, opening only. Ours because the runtime of the window has no such cipher (its TLS library leaves it out);
 * needs AES-256 in ECB mode alone. Tests compare it with the vectors of the RFC and with OpenSSL.
 */
import { createDecipheriv, type Decipher } from 'node:crypto';

const BLOCK = 16, HALF = 8;
const MARK = Buffer.from('a65959a6', 'hex');

const ecb = (kek: Uint8Array): Decipher => createDecipheriv('aes-256-ecb', kek, null).setAutoPadding(false);

/** The inverse of RFC 3394 §2.2.1 (W⁻¹): six rounds backwards. @param state wrapped bytes, changed in place */
const unwrapRounds = (cipher: Decipher, state: Buffer): void => {
  const n = state.length / HALF - 1, block = Buffer.allocUnsafeSlow(BLOCK);
  for (let round = 5; round >= 0; round--) {
    for (let i = n; i >= 1; i--) {
      state.copy(block, 0, 0, HALF);
      const step = n * round + i;
      block.writeUInt32BE((block.readUInt32BE(4) ^ step) >>> 0, 4);
      state.copy(block, HALF, i * HALF, (i + 1) * HALF);
      const out = cipher.update(block);
      out.copy(state, 0, 0, HALF);
      out.copy(state, i * HALF, HALF);
      out.fill(0);
    }
  }
  block.fill(0);
};

/** Checks the alternative initial value: mark, length, zero padding. @returns the length of the content, or null */
const contentLength = (state: Buffer): number | null => {
  const length = state.readUInt32BE(4), padded = state.length - HALF;
  const fits = state.subarray(0, 4).equals(MARK) && length <= padded && length > padded - HALF;
  return fits && state.subarray(HALF + length).every((byte) => byte === 0) ? length : null;
};

/**
 * @param kek 32 bytes; stays the caller's. @param wrapped 16 bytes to 64 KiB, a multiple of 8
 * @returns the content, which the caller wipes; null when the wrapping key is another or the bytes were changed
 */
export const openRfc5649 = (kek: Uint8Array, wrapped: Uint8Array): Buffer | null => {
  if (wrapped.length < BLOCK || wrapped.length % HALF !== 0 || wrapped.length > 65_536) return null;
  const cipher = ecb(kek), state = Buffer.allocUnsafeSlow(wrapped.length);
  state.set(wrapped);
  try {
    if (state.length === BLOCK) { const out = cipher.update(state); out.copy(state); out.fill(0); } else unwrapRounds(cipher, state);
    const length = contentLength(state);
    if (length === null) return null;
    const content = Buffer.allocUnsafeSlow(length);
    state.copy(content, 0, HALF, HALF + length);
    return content;
  } finally { state.fill(0); }
};
