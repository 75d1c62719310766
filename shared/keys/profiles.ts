/** Key profiles: what a key of each is, in terms of curves, sizes, hashes and object identifiers. A table; no behaviour. */
import type { KeyProfile } from '../ceremony/plan-schema.ts';
import { OID } from '../x509/oids.ts';

export type HashName = 'sha256' | 'sha384' | 'sha512';
export interface RsaProfile { readonly kind: 'rsa'; readonly modulusBits: number; readonly hash: HashName; readonly signatureOid: string }
export interface EcProfile { readonly kind: 'ec'; readonly curve: 'p256' | 'p384' | 'p521'; readonly curveOid: string; readonly fieldBytes: number; readonly hash: HashName; readonly signatureOid: string }
export interface EdProfile { readonly kind: 'ed25519'; readonly signatureOid: string }
export type ProfileFacts = RsaProfile | EcProfile | EdProfile;

/** The only public exponent made or accepted for a key of ours: 65537. */
export const PUBLIC_EXPONENT = Uint8Array.of(1, 0, 1);

/**
 * RSA signs PKCS #1 v1.5 (RFC 8017 §8.2), because every relying party of a root reads it; the hash follows the key's strength
 * (SP 800-57 part 1: 3072 bits with SHA-384 at least on the safe side, 4096 with SHA-512).
 */
export const PROFILES: Readonly<Record<KeyProfile, ProfileFacts>> = {
  'rsa-3072': { kind: 'rsa', modulusBits: 3072, hash: 'sha384', signatureOid: OID.sha384WithRsa },
  'rsa-4096': { kind: 'rsa', modulusBits: 4096, hash: 'sha512', signatureOid: OID.sha512WithRsa },
  'ec-p256': { kind: 'ec', curve: 'p256', curveOid: OID.p256, fieldBytes: 32, hash: 'sha256', signatureOid: OID.ecdsaWithSha256 },
  'ec-p384': { kind: 'ec', curve: 'p384', curveOid: OID.p384, fieldBytes: 48, hash: 'sha384', signatureOid: OID.ecdsaWithSha384 },
  'ec-p521': { kind: 'ec', curve: 'p521', curveOid: OID.p521, fieldBytes: 66, hash: 'sha512', signatureOid: OID.ecdsaWithSha512 },
  ed25519: { kind: 'ed25519', signatureOid: OID.ed25519 },
};
