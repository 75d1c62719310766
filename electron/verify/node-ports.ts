/** What the verifier needs, by node:crypto. */
import { createHash, X509Certificate } from 'node:crypto';
import { equalBytes } from '../../shared/bytes.ts';
import type { Sha256Hex } from '../../shared/brand.ts';
import type { VerifyPorts } from '../../shared/verify/ports.ts';
import { checkKeySignature, checkSignature } from './check-signature.ts';

/** By OpenSSL's own reader: does it see the same key, a CA, and a self-signature? */
const secondReading = (der: Uint8Array, spki: Uint8Array): boolean => {
  try {
    const parsed = new X509Certificate(der);
    return parsed.ca && parsed.verify(parsed.publicKey) && equalBytes(new Uint8Array(parsed.publicKey.export({ format: 'der', type: 'spki' })), spki);
  } catch { return false; }
};

export const nodePorts: VerifyPorts = {
  checkSignature, checkKeySignature, secondReading,
  chain: {
    digest: (line) => createHash('sha256').update(line).digest('hex') as Sha256Hex,
    latin1: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
  },
};
