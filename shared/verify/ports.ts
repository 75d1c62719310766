/** What the verifier needs from outside: signatures, and a fast digest where there is one. It reads no file and asks no clock. */
import type { CredentialAlgorithm, KeyProfile } from '../ceremony/plan-schema.ts';
import type { ChainTools } from '../transcript/chain.ts';

export interface VerifyPorts {
  /** Of a person's credential. False for anything that does not verify, including a key of another kind than the algorithm's. */
  readonly checkSignature: (algorithm: CredentialAlgorithm, spki: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
  /** Of the ceremony's key: hash and padding by its profile (RSA is PKCS #1 v1.5 there). ECDSA signatures are DER. */
  readonly checkKeySignature: (profile: KeyProfile, spki: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
  /** A reading of the certificate by another library: a CA, self-signed, with this key. Null where there is no other library. */
  readonly secondReading: ((der: Uint8Array, spki: Uint8Array) => boolean) | null;
  /** `digest` is also that of whole files. */
  readonly chain: ChainTools;
}
