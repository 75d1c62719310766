/** What the verifier needs, without any program's cryptography: runs in every browser, and is a second opinion on node:crypto. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, latin1Text } from '../bytes.ts';
import type { CredentialAlgorithm, KeyProfile } from '../ceremony/plan-schema.ts';
import { PROFILES } from '../keys/profiles.ts';
import type { HashName } from '../keys/profiles.ts';
import { parseSpki } from '../keys/spki.ts';
import { sha256Of } from '../transcript/digest.ts';
import { readSequence, unsignedOf } from '../x509/der.ts';
import type { Der } from '../x509/der.ts';
import { OID } from '../x509/oids.ts';
import type { VerifyPorts } from './ports.ts';
import { verifyPkcs1, verifyPss } from './rsa.ts';

type Check = (spki: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
const CURVES = {
  p256: { curve: p256, oid: OID.p256, bytes: 32 }, p384: { curve: p384, oid: OID.p384, bytes: 48 }, p521: { curve: p521, oid: OID.p521, bytes: 66 },
} as const;
const HASHES = { sha256, sha384, sha512 } as const;

const padded = (value: Der | undefined, length: number): Uint8Array | null => {
  const bytes = unsignedOf(value);
  return bytes === null || bytes.length > length ? null : concatBytes(new Uint8Array(length - bytes.length), bytes);
};
/** r and s of a signature in strict DER, one after the other. */
const compactOf = (signature: Uint8Array, length: number): Uint8Array | null => {
  const numbers = readSequence(signature), r = padded(numbers?.[0], length), s = padded(numbers?.[1], length);
  return numbers?.length === 2 && r !== null && s !== null ? concatBytes(r, s) : null;
};

const ecdsa = (name: keyof typeof CURVES, hash: HashName): Check => (spki, message, signature) => {
  const { curve, oid, bytes } = CURVES[name], key = parseSpki(spki), compact = compactOf(signature, bytes);
  return key?.kind === 'ec' && key.curveOid === oid && compact !== null && curve.verify(compact, HASHES[hash](message), key.point, { prehash: false, lowS: false, format: 'compact' });
};
const eddsa: Check = (spki, message, signature) => {
  const key = parseSpki(spki);
  return key?.kind === 'ed25519' && signature.length === 64 && ed25519.verify(signature, message, key.point, { zip215: false });
};
const rsa = (verify: typeof verifyPss, hash: HashName): Check => (spki, message, signature) => {
  const key = parseSpki(spki);
  return key?.kind === 'rsa' && verify(key, hash, message, signature);
};
/** Bytes that are no key or no signature do not verify; there is nothing else to tell. */
const safely = (check: Check): Check => (spki, message, signature) => { try { return check(spki, message, signature); } catch { return false; } };

const CREDENTIALS: Readonly<Record<CredentialAlgorithm, Check>> = {
  Ed25519: safely(eddsa), 'ECDSA-P256-SHA256': safely(ecdsa('p256', 'sha256')), 'ECDSA-P384-SHA384': safely(ecdsa('p384', 'sha384')),
  'RSASSA-PSS-SHA256': safely(rsa(verifyPss, 'sha256')), 'RSASSA-PSS-SHA384': safely(rsa(verifyPss, 'sha384')),
};
const profileCheck = (profile: KeyProfile): Check => {
  const facts = PROFILES[profile];
  switch (facts.kind) {
    case 'rsa': return safely(rsa(verifyPkcs1, facts.hash));
    case 'ec': return safely(ecdsa(facts.curve, facts.hash));
    case 'ed25519': return CREDENTIALS.Ed25519;
  }
};

export const purePorts: VerifyPorts = {
  checkSignature: (algorithm, spki, message, signature) => CREDENTIALS[algorithm](spki, message, signature),
  checkKeySignature: (profile, spki, message, signature) => profileCheck(profile)(spki, message, signature),
  secondReading: null,
  chain: { digest: sha256Of, latin1: latin1Text },
};
