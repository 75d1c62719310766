/** Looks at the outer form of a credential's public key: is it a SubjectPublicKeyInfo of the algorithm that the roster names? Proves nothing about the point or modulus. */
import { fromBase64, fromHex } from '../bytes.ts';
import { when, type Offence } from './plan-rule.ts';
import type { Credential, CredentialAlgorithm } from './plan-schema.ts';

interface KeyForm { readonly prefix: string; readonly minBytes: number; readonly maxBytes: number }

/** DER up to where the key itself begins. RFC 8410 for Ed25519; RFC 5480 uncompressed points for P-256 and P-384. */
const FORMS: Readonly<Record<'Ed25519' | 'ECDSA-P256-SHA256' | 'ECDSA-P384-SHA384', KeyForm>> = {
  Ed25519: { prefix: '302a300506032b6570032100', minBytes: 44, maxBytes: 44 },
  'ECDSA-P256-SHA256': { prefix: '3059301306072a8648ce3d020106082a8648ce3d03010703420004', minBytes: 91, maxBytes: 91 },
  'ECDSA-P384-SHA384': { prefix: '3076301006072a8648ce3d020106052b8104002203620004', minBytes: 120, maxBytes: 120 },
};
/** AlgorithmIdentifier rsaEncryption with NULL parameters (RFC 3279), after a two-byte length. */
const RSA_ALGORITHM = fromHex('300d06092a864886f70d0101010500')!;

const startsWith = (bytes: Uint8Array, prefix: Uint8Array, at: number): boolean => prefix.every((byte, i) => bytes[at + i] === byte);

/** RSA keys of 2048 to 4096 bits; the whole DER is 294 to 550 bytes. */
const isRsa = (spki: Uint8Array): boolean =>
  spki[0] === 0x30 && spki[1] === 0x82 && ((spki[2]! << 8) | spki[3]!) === spki.length - 4 && startsWith(spki, RSA_ALGORITHM, 4) && spki.length >= 292 && spki.length <= 560;

/** @param spki DER bytes. */
export const fitsAlgorithm = (spki: Uint8Array, algorithm: CredentialAlgorithm): boolean => {
  if (algorithm === 'RSASSA-PSS-SHA256' || algorithm === 'RSASSA-PSS-SHA384') return isRsa(spki);
  const form = FORMS[algorithm];
  return spki.length >= form.minBytes && spki.length <= form.maxBytes && startsWith(spki, fromHex(form.prefix)!, 0);
};
/** @param where the path of who has the credential. @returns an offence where its public key has another form; ink and a key that is still to be made have none. */
export const keyFormOffence = (credential: Credential, where: string): readonly Offence[] => {
  const key = credential.kind === 'paper' || credential.publicKey === null ? null : fromBase64(credential.publicKey);
  return credential.kind === 'paper' || key === null ? [] : when(!fitsAlgorithm(key, credential.algorithm), `${where}.credential.publicKey`, `This is not a public key for ${credential.algorithm} (SubjectPublicKeyInfo in DER, uncompressed point, RSA of 2048 to 4096 bits).`);
};
