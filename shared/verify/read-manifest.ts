/** Reads a manifest with the verifier's own check of the set key's signature. */
import { fromUtf8 } from '../bytes.ts';
import { ed25519Spki, parseManifest } from '../custody/manifest.ts';
import type { Manifest } from '../custody/manifest.ts';
import type { Result } from '../errors.ts';
import type { VerifyPorts } from './ports.ts';

export const readManifest = (file: Uint8Array, { checkSignature }: VerifyPorts): Result<Manifest> =>
  parseManifest(fromUtf8(file) ?? '', (signature, message, publicKey) => checkSignature('Ed25519', ed25519Spki(publicKey), message, signature));
