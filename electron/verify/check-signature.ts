/** Signature checks on node:crypto. The algorithm comes from the roster or the key profile, never from what is checked. */
import { constants, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { CredentialAlgorithm, KeyProfile } from '../../shared/ceremony/plan-schema.ts';
import { PROFILES } from '../../shared/keys/profiles.ts';
import type { CheckSignature } from '../ceremony/ports.ts';

interface Scheme { readonly type: 'ed25519' | 'ec' | 'rsa'; readonly curve: string | null; readonly hash: string | null; readonly isPss: boolean }

const CREDENTIAL_SCHEMES: Readonly<Record<CredentialAlgorithm, Scheme>> = {
  Ed25519: { type: 'ed25519', curve: null, hash: null, isPss: false },
  'ECDSA-P256-SHA256': { type: 'ec', curve: 'prime256v1', hash: 'sha256', isPss: false },
  'ECDSA-P384-SHA384': { type: 'ec', curve: 'secp384r1', hash: 'sha384', isPss: false },
  'RSASSA-PSS-SHA256': { type: 'rsa', curve: null, hash: 'sha256', isPss: true },
  'RSASSA-PSS-SHA384': { type: 'rsa', curve: null, hash: 'sha384', isPss: true },
};
const CURVES = { p256: 'prime256v1', p384: 'secp384r1', p521: 'secp521r1' } as const;
const MIN_MODULUS_BITS = 2048;

const profileScheme = (profile: KeyProfile): Scheme => {
  const facts = PROFILES[profile];
  switch (facts.kind) {
    case 'rsa': return { type: 'rsa', curve: null, hash: facts.hash, isPss: false };
    case 'ec': return { type: 'ec', curve: CURVES[facts.curve], hash: facts.hash, isPss: false };
    case 'ed25519': return CREDENTIAL_SCHEMES.Ed25519;
  }
};

/** OpenSSL takes an RSA signature without its leading zero bytes too; RFC 8017 and the other verifier take it at the length of the modulus only. */
const fitsRsa = (bits: number, { length }: Uint8Array): boolean => bits >= MIN_MODULUS_BITS && length === Math.ceil(bits / 8);
const fits = (key: KeyObject, scheme: Scheme, signature: Uint8Array): boolean =>
  key.asymmetricKeyType === scheme.type
  && (scheme.curve === null || key.asymmetricKeyDetails?.namedCurve === scheme.curve)
  && (scheme.type !== 'rsa' || fitsRsa(key.asymmetricKeyDetails?.modulusLength ?? 0, signature));

const checkWith = (scheme: Scheme, spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    if (!fits(key, scheme, signature)) return false;
    if (scheme.type === 'rsa') {
      const padding = scheme.isPss ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : { padding: constants.RSA_PKCS1_PADDING };
      return verify(scheme.hash, message, { key, ...padding }, signature);
    }
    return verify(scheme.hash, message, { key, dsaEncoding: 'der' }, signature);
  } catch { return false; } // Bytes that are no key or no signature do not verify; there is nothing else to tell.
};

/** Of a person's credential. @returns false for anything that does not verify, including a key of another kind than the algorithm's. */
export const checkSignature: CheckSignature = (algorithm, spki, message, signature) => checkWith(CREDENTIAL_SCHEMES[algorithm], spki, message, signature);

/** Of the ceremony's key: hash and padding by its profile (RSA is PKCS #1 v1.5 there). ECDSA signatures are DER. */
export const checkKeySignature = (profile: KeyProfile, spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  checkWith(profileScheme(profile), spki, message, signature);
