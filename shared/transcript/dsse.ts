/**
 * DSSE envelopes (Dead Simple Signing Envelope, v1) in one exact form, so that an envelope has one byte string and no other.
 * Checks no signature: that needs a port. Form: docs/FORMATS.md, "DSSE envelope".
 */
import { concatBytes, fromBase64, toBase64, utf8 } from '../bytes.ts';

export interface EnvelopeSignature { readonly keyid: string; readonly sig: Uint8Array }
export interface Envelope { readonly payloadType: string; readonly payload: Uint8Array; readonly signatures: readonly EnvelopeSignature[] }

/** A record names every exception and break of its ceremony: longer than any other base64 of ours. */
const MAX_PAYLOAD_CHARACTERS = 4_194_304, MAX_SIG_CHARACTERS = 65_536, MAX_SIGNATURES = 64;
/** Media types of payloads are lower case and have no parameters. Nothing in an envelope ever needs an escape, so that its one form is plain text. */
const ENVELOPE = /^\{"payloadType":"(application\/[a-z0-9][a-z0-9.+-]{0,100})","payload":"([A-Za-z0-9+/=]*)","signatures":\[(\{[^\]]*\})\]\}$/;
const SIGNATURE = /^"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/=]*)"$/;

/** The bytes that are signed: `DSSEv1 <length> <type> <length> <payload>`, lengths in decimal bytes. */
export const pae = (type: string, payload: Uint8Array): Uint8Array =>
  concatBytes(utf8(`DSSEv1 ${utf8(type).length} ${type} ${payload.length} `), payload);

/** One line of JSON without spaces and without a newline; keys in the order payloadType, payload, signatures, keyid, sig. */
export const encodeEnvelope = (envelope: Envelope): string => JSON.stringify({
  payloadType: envelope.payloadType,
  payload: toBase64(envelope.payload),
  signatures: envelope.signatures.map(({ keyid, sig }) => ({ keyid, sig: toBase64(sig) })),
});

const decoded = (text: string, most: number): Uint8Array | null => (text.length > most ? null : fromBase64(text));
const parseSignature = (text: string): EnvelopeSignature | null => {
  const found = SIGNATURE.exec(text), sig = found && decoded(found[2]!, MAX_SIG_CHARACTERS);
  return found && sig && { keyid: found[1]!, sig };
};

/**
 * Strict: encoding the result again gives the same text, so that spaces, other key orders, duplicate and unknown keys, escapes and
 * non-canonical base64 are refused. A key may sign once. At least one signature, at most 64.
 * @returns null when the text is not an envelope in this form.
 */
export const parseEnvelope = (text: string): Envelope | null => {
  const found = ENVELOPE.exec(text), payload = found && decoded(found[2]!, MAX_PAYLOAD_CHARACTERS);
  if (!found || !payload) return null;
  const signatures = found[3]!.slice(1, -1).split('},{').map(parseSignature);
  if (signatures.length > MAX_SIGNATURES || new Set(signatures.map((one) => one?.keyid)).size !== signatures.length) return null;
  return signatures.every((one) => one !== null) ? { payloadType: found[1]!, payload, signatures } : null;
};
