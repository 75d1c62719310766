/** The secret of a set, a wrapping key or that of PINs: 32 bytes from two sources, so that neither the token nor the host alone decides it. */
import { hkdfSync, randomFillSync } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { SetPurpose } from '../../../shared/vault/contract.ts';
import type { Token } from '../pkcs11/token.ts';

const BYTES = 32;

/** One draw of the token's generator. A generator that repeats itself or gives zeros is refused. */
const fromToken = (token: Token): Promise<Buffer> => token.use(({ p11, handle }) => {
  const draw = (): Buffer => { const out = Buffer.allocUnsafeSlow(BYTES); p11.C_GenerateRandom(handle, out).copy(out); return out; };
  const one = draw(), other = draw();
  const stuck = one.equals(other) || one.every((byte) => byte === one[0]);
  other.fill(0);
  if (stuck) { one.fill(0); throw new AppError('HSM_CALL_FAILED', { serial: token.serial, reason: 'random-repeats' }); }
  return one;
});

const LABELS: Readonly<Record<SetPurpose, string>> = { 'wrapping-key': 'KCS1/wrapping-key', pin: 'KCS1/pin-secret' };

/**
 * HKDF-SHA-256 over token ‖ host randomness; salt: the ceremony's nonce; info: `KCS1/wrapping-key` or `KCS1/pin-secret`, a zero byte, the ceremony.
 * @returns 32 bytes that the caller wipes, and what the record says of the sources. @throws HSM_CALL_FAILED, HSM_TOKEN_REMOVED
 */
export const makeSetSecret = async (token: Token, holds: SetPurpose, ceremony: string, nonce: string): Promise<{ secret: Buffer; sources: readonly string[] }> => {
  const hsm = await fromToken(token);
  const material = Buffer.allocUnsafeSlow(2 * BYTES);
  try {
    hsm.copy(material);
    randomFillSync(material, BYTES);
    const derived = Buffer.from(hkdfSync('sha256', material, Buffer.from(nonce, 'hex'), `${LABELS[holds]}\0${ceremony}`, BYTES));
    const secret = Buffer.allocUnsafeSlow(BYTES);
    derived.copy(secret);
    derived.fill(0);
    return { secret, sources: [`token ${token.serial}: C_GenerateRandom, 32 bytes`, 'host: system generator, 32 bytes'] };
  } finally { hsm.fill(0); material.fill(0); }
};
