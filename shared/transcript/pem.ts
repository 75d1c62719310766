/** PEM (RFC 7468) in one form: 64 characters a line, newline at the end, nothing around it. */
import { fromBase64, fromUtf8, toBase64 } from '../bytes.ts';

export type PemLabel = 'PUBLIC KEY' | 'CERTIFICATE' | 'CERTIFICATE REQUEST';

/** @param label what stands after BEGIN and END. */
export const encodePem = (label: PemLabel, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${toBase64(der).replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;

/** @returns the DER of a file that is exactly what {@link encodePem} writes; null for any other form. */
export const decodePem = (label: PemLabel, file: Uint8Array): Uint8Array | null => {
  const text = fromUtf8(file);
  const body = text?.startsWith(`-----BEGIN ${label}-----\n`) ? text.slice(`-----BEGIN ${label}-----\n`.length, -`-----END ${label}-----\n`.length) : null;
  const der = body === null ? null : fromBase64(body.replaceAll('\n', ''));
  return der !== null && encodePem(label, der) === text ? der : null;
};
