/**
 * The manifest of a share set: public, exact bytes in a DSSE envelope signed by the set key, which exists for that signature and those
 * of the shares only. Tells which shares were issued, to whom, by commitment. Holds no secret. docs/FORMATS.md, "Manifest".
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import * as v from 'valibot';
import { concatBytes, fromHex, toHex, utf8 } from '../bytes.ts';
import { accept, refuse, type Result } from '../errors.ts';
import { between, line, personId, sha256Hex, utcInstant } from '../schema.ts';
import { encodeEnvelope, pae, parseEnvelope } from '../transcript/dsse.ts';
import { keyIdOf } from '../transcript/key-id.ts';
import { compactJson, readExact } from '../transcript/strict-json.ts';
import { setFingerprint, setName } from './set-name.ts';
import { SHARE_NAME_BYTES, shareName } from './share-name.ts';

export const MANIFEST_TYPE = 'application/vnd.quorate.manifest+json';

const custodian = v.strictObject({
  number: between(1, 255), x: between(1, 255), person: personId, name: line(64),
  /** The name inside the share; differs from `name` only where that is too long. */
  shareName: line(SHARE_NAME_BYTES),
  /** SHA-256 over the whole share, labelled KCS1/commit. */
  commitment: sha256Hex,
  /** SHA-256 over x, y and set id, labelled KCS1/core: what typed lines are judged by. */
  core: sha256Hex,
});

const manifestSchema = v.strictObject({
  format: v.literal('quorate-manifest/1'),
  ceremony: line(64),
  /** The session nonce of the ceremony's opening. */
  nonce: sha256Hex,
  /** The set's public key, Ed25519, raw, in hex. */
  setId: sha256Hex, setName: line(16), setFingerprint: line(64),
  suite: v.picklist(['10', '11']), drill: v.boolean(),
  threshold: between(2, 255), shares: between(2, 255), epoch: between(1, 65_535),
  /** The set that this one supersedes. */
  previous: v.nullable(v.strictObject({ setId: sha256Hex, epoch: between(1, 65_535) })),
  issuedAt: utcInstant, reviewBy: v.nullable(v.pipe(v.string(), v.regex(/^20\d\d-(0[1-9]|1[0-2])$/))),
  kekCheck: sha256Hex,
  custodians: v.pipe(v.array(custodian), v.minLength(2), v.maxLength(255)),
});
export type Manifest = v.InferOutput<typeof manifestSchema>;
export type ManifestCustodian = v.InferOutput<typeof custodian>;

/** SubjectPublicKeyInfo of an Ed25519 public key. */
export const ed25519Spki = (publicKey: Uint8Array): Uint8Array => concatBytes(Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00), publicKey);

/** What a schema cannot say; the word names the rule that is broken. */
const brokenRule = (manifest: Manifest): string | null => {
  const { custodians, shares, threshold } = manifest, setId = fromHex(manifest.setId)!;
  const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
  if (threshold > shares || custodians.length !== shares) return 'shares';
  if (custodians.some(({ number }, index) => number !== index + 1)) return 'number';
  if (!distinct(custodians.map(({ x }) => x))) return 'x';
  if (!distinct(custodians.map(({ person }) => person))) return 'person';
  if (custodians.some((one) => one.shareName !== shareName(one.name, one.person))) return 'shareName';
  if ((manifest.suite === '11') !== manifest.drill) return 'drill';
  if (manifest.setName !== setName(setId) || manifest.setFingerprint !== setFingerprint(setId)) return 'setName';
  return manifest.previous !== null && (manifest.previous.epoch >= manifest.epoch || manifest.previous.setId === manifest.setId) ? 'previous' : null;
};

const payloadOf = (manifest: Manifest): Uint8Array => {
  const json = compactJson(v.parse(manifestSchema, manifest));
  if (json === null) throw new RangeError('manifest: text');
  return utf8(json);
};

/**
 * @param sign Ed25519 with the set key. @returns the text of manifest.dsse.json: one line, no newline at its end.
 * @throws RangeError or ValiError when the manifest breaks a rule: a fault of the program.
 */
export const encodeManifest = (manifest: Manifest, sign: (message: Uint8Array) => Uint8Array): string => {
  const broken = brokenRule(manifest);
  if (broken !== null) throw new RangeError(`manifest: ${broken}`);
  const payload = payloadOf(manifest), setId = fromHex(manifest.setId)!;
  return encodeEnvelope({ payloadType: MANIFEST_TYPE, payload, signatures: [{ keyid: keyIdOf(ed25519Spki(setId)), sig: sign(pae(MANIFEST_TYPE, payload)) }] });
};

/** `publicKey` is the 32 bytes of the key. */
type Verify = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean;

/**
 * Reads a manifest and checks the set key's signature. That proves that one set key made all of it, not whose set it is: compare the
 * set's fingerprint, or the file's digest, with the ceremony's record.
 * @param verify Ed25519; another implementation may be faster.
 * @returns SHARE_MANIFEST_INVALID with `why`: envelope, type, schema…, a rule, keyid or signature.
 */
export const parseManifest = (text: string, verify: Verify = verifies): Result<Manifest> => {
  const invalid = (why: string): Result<Manifest> => refuse('SHARE_MANIFEST_INVALID', { why });
  const envelope = parseEnvelope(text);
  if (envelope === null) return invalid('envelope');
  if (envelope.payloadType !== MANIFEST_TYPE || envelope.signatures.length !== 1) return invalid('type');
  const read = readExact(manifestSchema, envelope.payload);
  if (!read.ok) return invalid(read.where === '' ? read.reason : `${read.reason} ${read.where}`);
  const broken = brokenRule(read.value);
  if (broken !== null) return invalid(broken);
  const setId = fromHex(read.value.setId)!, [signature] = envelope.signatures;
  if (signature!.keyid !== keyIdOf(ed25519Spki(setId))) return invalid('keyid');
  return verify(signature!.sig, pae(MANIFEST_TYPE, envelope.payload), setId) ? accept(read.value) : invalid('signature');
};

const verifies = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean => {
  try { return ed25519.verify(signature, message, publicKey, { zip215: false }); } catch { return false; }
};

/** The set that the first 8 bytes of typed lines name. */
export const hasPrefix = (manifest: Manifest, prefix: Uint8Array): boolean => manifest.setId.startsWith(toHex(prefix)) && prefix.length === 8;
