/** Checks signatures outside the token, with node:crypto. */
import { constants, createPublicKey, verify } from 'node:crypto';
import type { CredentialAlgorithm, KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { PROFILES } from '../../../shared/keys/profiles.ts';

/** False also for a key or signature that cannot be read. */
export const verifiesByProfile = (profile: KeyProfile, spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  const facts = PROFILES[profile];
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return verify(facts.kind === 'ed25519' ? null : facts.hash, message, key, signature);
  } catch { return false; }
};

const HASHES = { 'ECDSA-P256-SHA256': 'sha256', 'ECDSA-P384-SHA384': 'sha384', 'RSASSA-PSS-SHA256': 'sha256', 'RSASSA-PSS-SHA384': 'sha384', Ed25519: null } as const;

/** As {@link verifiesByProfile}, for a credential's algorithm. */
export const verifiesByAlgorithm = (algorithm: CredentialAlgorithm, spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    const isPss = algorithm.startsWith('RSASSA-PSS');
    return verify(HASHES[algorithm], message, isPss ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : key, signature);
  } catch { return false; }
};
