/** The credential file `quorate-credential/1`: an Ed25519 seed under a passphrase (scrypt, AES-256-GCM). Strict: unknown fields and other parameters are refused. */
import * as v from 'valibot';
import { base64, line, personId } from '../../../shared/schema.ts';
import { fromBase64, utf8 } from '../../../shared/bytes.ts';
import type { Base64 } from '../../../shared/brand.ts';
import { accept, refuse, type Result } from '../../../shared/errors.ts';

/** RFC 7914 parameters: 128 MiB of memory for each try. */
export const SCRYPT = { n: 131_072, r: 8, p: 1, saltBytes: 32 } as const;
export const GCM = { nonceBytes: 12, tagBytes: 16 } as const;
export const SEED_BYTES = 32;
const MAX_FILE_BYTES = 8192;

const bytes = (length: number) => v.pipe(base64, v.check((text) => fromBase64(text)?.length === length));
const schema = v.strictObject({
  format: v.literal('quorate-credential/1'), person: personId, name: line(64), algorithm: v.literal('Ed25519'), publicKey: base64,
  kdf: v.strictObject({ name: v.literal('scrypt'), n: v.literal(SCRYPT.n), r: v.literal(SCRYPT.r), p: v.literal(SCRYPT.p), salt: bytes(SCRYPT.saltBytes) }),
  cipher: v.strictObject({ name: v.literal('aes-256-gcm'), nonce: bytes(GCM.nonceBytes), ciphertext: bytes(SEED_BYTES + GCM.tagBytes) }),
});
export type CredentialFile = v.InferOutput<typeof schema>;
type Header = Pick<CredentialFile, 'person' | 'name' | 'publicKey'> & { readonly salt: Base64; readonly nonce: Base64 };

export const encodeCredentialFile = ({ person, name, publicKey, salt, nonce }: Header, ciphertext: Base64): string =>
  `${JSON.stringify({
    format: 'quorate-credential/1', person, name, algorithm: 'Ed25519', publicKey,
    kdf: { name: 'scrypt', n: SCRYPT.n, r: SCRYPT.r, p: SCRYPT.p, salt }, cipher: { name: 'aes-256-gcm', nonce, ciphertext },
  }, null, 2)}\n`;

/** Additional authenticated data: everything of the file but the ciphertext, so that no field can be changed. */
export const credentialAad = (header: Header): Uint8Array => utf8(encodeCredentialFile(header, '' as Base64));

/** Canonical only: the text must be exactly what {@link encodeCredentialFile} writes, which also refuses duplicate keys. */
export const parseCredentialFile = (content: Uint8Array): Result<CredentialFile> => {
  const invalid = refuse('CREDENTIAL_FILE_INVALID');
  if (content.length > MAX_FILE_BYTES) return invalid;
  const text = Buffer.from(content).toString('utf8');
  let json: unknown;
  try { json = JSON.parse(text); } catch { return invalid; }
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) return invalid;
  const { person, name, publicKey, kdf, cipher } = parsed.output;
  const again = encodeCredentialFile({ person, name, publicKey, salt: kdf.salt, nonce: cipher.nonce }, cipher.ciphertext);
  return again === text ? accept(parsed.output) : invalid;
};
