/**
 * DSSE envelopes (Dead Simple Signing Envelope, v1) in one exact form, so that an envelope has one byte string and no other.
 * Checks no signature: that needs a port. Form: docs/FORMATS.md, "DSSE envelope".
 */
import * as v from 'valibot';
import { concatBytes, fromBase64, toBase64, utf8 } from '../bytes.ts';
import { base64, sha256Hex } from '../schema.ts';

export interface EnvelopeSignature { readonly keyid: string; readonly sig: Uint8Array }
export interface Envelope { readonly payloadType: string; readonly payload: Uint8Array; readonly signatures: readonly EnvelopeSignature[] }

/** Media type of payloads: lower case, no parameters. */
const payloadType = v.pipe(v.string(), v.regex(/^application\/[a-z0-9][a-z0-9.+-]{0,100}$/));
/** A record names every exception and break of its ceremony: longer than any other base64 of ours. */
const MAX_PAYLOAD_CHARACTERS = 4_194_304;
const payload = v.custom<string>((value) => typeof value === 'string' && value.length <= MAX_PAYLOAD_CHARACTERS && fromBase64(value) !== null);
const envelopeSchema = v.strictObject({
  payloadType, payload,
  signatures: v.pipe(v.array(v.strictObject({ keyid: sha256Hex, sig: base64 })), v.minLength(1), v.maxLength(64)),
});

/** The bytes that are signed: `DSSEv1 <length> <type> <length> <payload>`, lengths in decimal bytes. */
export const pae = (type: string, payload: Uint8Array): Uint8Array =>
  concatBytes(utf8(`DSSEv1 ${utf8(type).length} ${type} ${payload.length} `), payload);

/** One line of JSON without spaces and without a newline; keys in the order payloadType, payload, signatures, keyid, sig. */
export const encodeEnvelope = (envelope: Envelope): string => JSON.stringify({
  payloadType: envelope.payloadType,
  payload: toBase64(envelope.payload),
  signatures: envelope.signatures.map(({ keyid, sig }) => ({ keyid, sig: toBase64(sig) })),
});

const asJson = (text: string): unknown => {
  try { return JSON.parse(text) as unknown; } catch { return null; }
};

/**
 * Strict: encoding the result again must give the same text, which refuses spaces, other key orders, duplicate and unknown keys
 * and non-canonical base64. A key may sign once. At least one signature, at most 64.
 * @returns null when the text is not an envelope in this form.
 */
export const parseEnvelope = (text: string): Envelope | null => {
  const read = v.safeParse(envelopeSchema, asJson(text));
  if (!read.success) return null;
  const { payloadType: type, payload, signatures } = read.output;
  if (new Set(signatures.map(({ keyid }) => keyid)).size !== signatures.length) return null;
  // Base64 that was read has one spelling, so that it need not be written again to be compared.
  if (JSON.stringify({ payloadType: type, payload, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) }) !== text) return null;
  return { payloadType: type, payload: fromBase64(payload)!, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig: fromBase64(sig)! })) };
};
