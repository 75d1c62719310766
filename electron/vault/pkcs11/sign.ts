/** Signatures by a token, in the encodings that X.509 and DSSE want, each checked outside the token before it is given on. */
import { createHash } from 'node:crypto';
import type { Mechanism } from 'pkcs11js';
import { AppError } from '../../../shared/errors.ts';
import { concatBytes } from '../../../shared/bytes.ts';
import type { CredentialAlgorithm, KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { PROFILES, type HashName } from '../../../shared/keys/profiles.ts';
import { derNull, objectIdentifier, octetString, sequence, unsignedInteger } from '../../../shared/x509/der.ts';
import { CKG, CKM, RSA_PSS_PARAMS } from './constants.ts';
import type { Session } from './token.ts';

/** How a message becomes a signature: hash here or in the token, the mechanism, and what to do with the token's bytes. */
interface Recipe { readonly mechanism: Mechanism; readonly input: Buffer; readonly maxBytes: number; readonly finish: (raw: Buffer) => Buffer }

const asIs = (raw: Buffer): Buffer => raw;
const MAX_RSA_BYTES = 1024;
const HASH_OIDS: Readonly<Record<HashName, string>> = { sha256: '2.16.840.1.101.3.4.2.1', sha384: '2.16.840.1.101.3.4.2.2', sha512: '2.16.840.1.101.3.4.2.3' };

/** PKCS#11 gives r ‖ s; X.509 and OpenSSL want SEQUENCE { r, s }. */
export const ecdsaToDer = (raw: Buffer): Buffer => {
  if (raw.length === 0 || raw.length % 2 !== 0) throw new AppError('HSM_CALL_FAILED', { reason: 'ecdsa-length' });
  const half = raw.length / 2;
  return Buffer.from(sequence(unsignedInteger(raw.subarray(0, half)), unsignedInteger(raw.subarray(half))));
};

const digestOf = (hash: HashName, message: Uint8Array): Buffer => createHash(hash).update(message).digest();
const ecdsa = (hash: HashName, message: Uint8Array): Recipe =>
  ({ mechanism: { mechanism: CKM.ECDSA }, input: digestOf(hash, message), maxBytes: 2 * 66, finish: ecdsaToDer });
const eddsa = (message: Uint8Array): Recipe => ({ mechanism: { mechanism: CKM.EDDSA }, input: Buffer.from(message), maxBytes: 64, finish: asIs });

/** RFC 8017 §9.2: DigestInfo with NULL parameters. */
const digestInfo = (hash: HashName, message: Uint8Array): Buffer =>
  Buffer.from(sequence(sequence(objectIdentifier(HASH_OIDS[hash]), derNull()), octetString(digestOf(hash, message))));

const PKCS1 = { sha256: CKM.SHA256_RSA_PKCS, sha384: CKM.SHA384_RSA_PKCS, sha512: CKM.SHA512_RSA_PKCS } as const;
/** Modules without the hashing mechanism take a DigestInfo. */
const pkcs1 = (hash: HashName, message: Uint8Array, has: ReadonlySet<number>): Recipe =>
  has.has(PKCS1[hash])
    ? { mechanism: { mechanism: PKCS1[hash] }, input: Buffer.from(message), maxBytes: MAX_RSA_BYTES, finish: asIs }
    : { mechanism: { mechanism: CKM.RSA_PKCS }, input: digestInfo(hash, message), maxBytes: MAX_RSA_BYTES, finish: asIs };

const PSS = {
  sha256: { whole: CKM.SHA256_RSA_PKCS_PSS, hashAlg: CKM.SHA256, mgf: CKG.MGF1_SHA256, saltLen: 32 },
  sha384: { whole: CKM.SHA384_RSA_PKCS_PSS, hashAlg: CKM.SHA384, mgf: CKG.MGF1_SHA384, saltLen: 48 },
} as const;
const pss = (hash: 'sha256' | 'sha384', message: Uint8Array, has: ReadonlySet<number>): Recipe => {
  const { whole, ...parameter } = PSS[hash];
  const hashed = has.has(whole);
  return {
    mechanism: { mechanism: hashed ? whole : CKM.RSA_PKCS_PSS, parameter: { type: RSA_PSS_PARAMS, ...parameter } },
    input: hashed ? Buffer.from(message) : digestOf(hash, message), maxBytes: MAX_RSA_BYTES, finish: asIs,
  };
};

const runRecipe = async ({ p11, handle }: Session, privateKey: Buffer, recipe: Recipe): Promise<Buffer> => {
  p11.C_SignInit(handle, recipe.mechanism, privateKey);
  return recipe.finish(await p11.C_SignAsync(handle, recipe.input, Buffer.alloc(recipe.maxBytes)));
};

/** Signs `message` as keys of the profile do: ECDSA as DER, RSA by PKCS #1 v1.5, Ed25519 pure. Inside {@link Token.use}. */
export const signByProfile = (session: Session, privateKey: Buffer, profile: KeyProfile, message: Uint8Array): Promise<Buffer> => {
  const facts = PROFILES[profile];
  const recipe = facts.kind === 'ec' ? ecdsa(facts.hash, message) : facts.kind === 'rsa' ? pkcs1(facts.hash, message, session.token.mechanisms()) : eddsa(message);
  return runRecipe(session, privateKey, recipe);
};

/** Signs `message` with a credential's algorithm; PSS salt length = hash length. Inside {@link Token.use}. */
export const signByAlgorithm = (session: Session, privateKey: Buffer, algorithm: CredentialAlgorithm, message: Uint8Array): Promise<Buffer> => {
  const has = session.token.mechanisms();
  switch (algorithm) {
    case 'Ed25519': return runRecipe(session, privateKey, eddsa(message));
    case 'ECDSA-P256-SHA256': return runRecipe(session, privateKey, ecdsa('sha256', message));
    case 'ECDSA-P384-SHA384': return runRecipe(session, privateKey, ecdsa('sha384', message));
    case 'RSASSA-PSS-SHA256': return runRecipe(session, privateKey, pss('sha256', message, has));
    case 'RSASSA-PSS-SHA384': return runRecipe(session, privateKey, pss('sha384', message, has));
  }
};

/** A message whose signature means nothing anywhere: a fixed prefix that no certificate, request or PAE starts with. */
export const testMessage = (random: Uint8Array): Uint8Array => concatBytes(new TextEncoder().encode('quorate/test-signature/1\0'), random);
