/** What is in a wrapped key: PKCS#8, with up to seven zero bytes after it from modules that pad before they wrap. */
import { createPrivateKey, createPublicKey } from 'node:crypto';

/** Length of the DER value at the start, header included; null when it is not a SEQUENCE that fits. */
const derLength = (bytes: Uint8Array): number | null => {
  const first = bytes[1];
  if (bytes[0] !== 0x30 || first === undefined) return null;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count < 1 || count > 3 || bytes.length < 2 + count) return null;
  return 2 + count + bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
};

/** The PKCS#8 without the padding, as a view of the same memory; null when it is not one. */
export const trimPkcs8 = (content: Buffer): Buffer | null => {
  const length = derLength(content);
  if (length === null || length > content.length || content.length - length >= 8) return null;
  return content.subarray(length).every((byte) => byte === 0) ? content.subarray(0, length) : null;
};

/**
 * SubjectPublicKeyInfo of the private key in `content`, computed here and not by a token.
 * @returns null when it is no private key. The runtime's key object holds a copy that only it can free.
 */
export const publicKeyIn = (content: Buffer): Buffer | null => {
  const pkcs8 = trimPkcs8(content);
  if (pkcs8 === null) return null;
  try { return createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })).export({ format: 'der', type: 'spki' }); } catch { return null; }
};
