/** Attribute templates of key pairs. Every attribute is there for a reason, and nothing is left to a module's default that matters. */
import type { Attribute } from 'pkcs11js';
import type { KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { PROFILES, PUBLIC_EXPONENT } from '../../../shared/keys/profiles.ts';
import { objectIdentifier } from '../../../shared/x509/der.ts';
import { OID } from '../../../shared/x509/oids.ts';
import { CKA, CKK, CKM, CKO } from './constants.ts';

export interface KeyPairTemplate { readonly mechanism: number; readonly publicKey: Attribute[]; readonly privateKey: Attribute[] }
export interface KeyNames { readonly label: string; readonly keyId: Buffer; readonly extractable: boolean }

const keyTypeOf = (profile: KeyProfile): number => ({ rsa: CKK.RSA, ec: CKK.EC, ed25519: CKK.EC_EDWARDS })[PROFILES[profile].kind];
const mechanismOf = (profile: KeyProfile): number =>
  ({ rsa: CKM.RSA_PKCS_KEY_PAIR_GEN, ec: CKM.EC_KEY_PAIR_GEN, ed25519: CKM.EC_EDWARDS_KEY_PAIR_GEN })[PROFILES[profile].kind];

/** What decides the kind of key: size and exponent, or the curve by its OID. */
const parameters = (profile: KeyProfile): Attribute[] => {
  const facts = PROFILES[profile];
  return facts.kind === 'rsa'
    ? [{ type: CKA.MODULUS_BITS, value: facts.modulusBits }, { type: CKA.PUBLIC_EXPONENT, value: Buffer.from(PUBLIC_EXPONENT) }]
    : [{ type: CKA.EC_PARAMS, value: Buffer.from(objectIdentifier(facts.kind === 'ec' ? facts.curveOid : OID.ed25519)) }];
};

const publicTemplate = (profile: KeyProfile, { label, keyId }: KeyNames): Attribute[] => [
  { type: CKA.CLASS, value: CKO.PUBLIC_KEY },
  { type: CKA.KEY_TYPE, value: keyTypeOf(profile) },
  { type: CKA.TOKEN, value: true }, // lasts beyond the session
  { type: CKA.PRIVATE, value: false }, // readable without a login: the key is public
  { type: CKA.LABEL, value: Buffer.from(label, 'utf8') },
  { type: CKA.ID, value: keyId }, // ties both halves together
  { type: CKA.VERIFY, value: true },
  { type: CKA.ENCRYPT, value: false }, // a signing key does one thing
  { type: CKA.WRAP, value: false },
  ...parameters(profile),
];

const privateTemplate = (profile: KeyProfile, names: KeyNames): Attribute[] => [
  { type: CKA.CLASS, value: CKO.PRIVATE_KEY },
  { type: CKA.KEY_TYPE, value: keyTypeOf(profile) },
  { type: CKA.TOKEN, value: true },
  { type: CKA.LABEL, value: Buffer.from(names.label, 'utf8') },
  { type: CKA.ID, value: names.keyId },
  ...privateUse(names.extractable),
];

/** Protection and use of a private key of ours, whether it is made or restored. */
export const privateUse = (extractable: boolean): Attribute[] => [
  { type: CKA.PRIVATE, value: true }, // of use only after a login
  { type: CKA.SENSITIVE, value: true }, // never leaves in the clear
  { type: CKA.EXTRACTABLE, value: extractable }, // true only with a backup, until it is locked
  { type: CKA.SIGN, value: true },
  { type: CKA.DECRYPT, value: false }, // a signing key does one thing
  { type: CKA.UNWRAP, value: false },
  { type: CKA.DERIVE, value: false },
];

export const keyPairTemplate = (profile: KeyProfile, names: KeyNames): KeyPairTemplate =>
  ({ mechanism: mechanismOf(profile), publicKey: publicTemplate(profile, names), privateKey: privateTemplate(profile, names) });
/** For a second token's copy of the public half. */
export const publicKeyTemplate = (profile: KeyProfile, label: string, keyId: Buffer): Attribute[] => publicTemplate(profile, { label, keyId, extractable: false });
/** What C_UnwrapKey needs to make a private key of this profile again. */
export const restoredKeyTemplate = (profile: KeyProfile, label: string, keyId: Buffer): Attribute[] => privateTemplate(profile, { label, keyId, extractable: false });
