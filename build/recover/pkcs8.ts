/** Reads an unwrapped PKCS#8 private key just far enough to name its public key, and the public key of a certificate to compare with. */
import { join, same, toBase64, toHex } from './bytes.ts';
import { ecPublicPoint, ed25519PublicKey, type CurveName } from './curves.ts';

interface Item { readonly tag: number; readonly content: Uint8Array; /** Tag, length and content. */ readonly whole: Uint8Array; readonly rest: Uint8Array }

/** The first DER item; null when its length is not in its shortest form or runs past the end. */
const first = (bytes: Uint8Array): Item | null => {
  const [tag, short] = bytes;
  if (tag === undefined || short === undefined) return null;
  const count = short & 0x7f, long = short > 0x7f;
  if (long && (count === 0 || count > 3 || bytes.length < 2 + count)) return null;
  const head = long ? 2 + count : 2, length = long ? bytes.subarray(2, head).reduce((sum, byte) => sum * 256 + byte, 0) : short;
  const shortest = !long || (length > 127 && bytes[2] !== 0);
  return shortest && bytes.length >= head + length ? { tag, content: bytes.subarray(head, head + length), whole: bytes.subarray(0, head + length), rest: bytes.subarray(head + length) } : null;
};
/** All items of a sequence's content; null when there is anything else. */
const items = (bytes: Uint8Array): Item[] | null => {
  const found: Item[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const item = first(rest);
    if (item === null) return null;
    found.push(item);
    ({ rest } = item);
  }
  return found;
};
const inside = (item: Item | null | undefined, tag: number): Item[] | null => (item?.tag === tag ? items(item.content) : null);

const item = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array => {
  const content = join(...contents), { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return join(Uint8Array.of(tag, ...size), content);
};
const SEQUENCE = 0x30, INTEGER = 0x02, OCTETS = 0x04, BITS = 0x03, OID = 0x06, SET = 0x31;
const EC = '2a8648ce3d0201', RSA = '2a864886f70d010101', ED25519 = '2b6570';
const CURVE_OIDS: Readonly<Record<string, CurveName>> = { '2a8648ce3d030107': 'p256', '2b81040022': 'p384', '2b81040023': 'p521' };
const KINDS: Readonly<Record<CurveName, string>> = { p256: 'EC P-256', p384: 'EC P-384', p521: 'EC P-521' };

/** SubjectPublicKeyInfo. */
const spki = (algorithm: Uint8Array, key: Uint8Array): Uint8Array => item(SEQUENCE, algorithm, item(BITS, Uint8Array.of(0), key));

export interface OpenedKey { /** Such as "EC P-256". */ readonly kind: string; /** The PKCS#8 without what was put after it; to be wiped. */ readonly pkcs8: Uint8Array; readonly spki: Uint8Array }

const ecKey = (algorithm: Item, curveOid: Item | undefined, octets: Item, pkcs8: Uint8Array): OpenedKey | null => {
  const curve = curveOid?.tag === OID ? CURVE_OIDS[toHex(curveOid.content)] : undefined;
  const fields = inside(first(octets.content), SEQUENCE), scalar = fields?.[1];
  if (curve === undefined || scalar?.tag !== OCTETS) return null;
  const point = ecPublicPoint(curve, scalar.content);
  const written = fields?.find(({ tag }) => tag === 0xa1), bits = written === undefined ? undefined : first(written.content);
  // A public key beside the private one must be its own.
  if (point === null || (bits !== undefined && !(bits?.tag === BITS && same(bits.content.subarray(1), point)))) return null;
  return { kind: KINDS[curve], pkcs8, spki: spki(algorithm.whole, point) };
};
const rsaKey = (algorithm: Item, octets: Item, pkcs8: Uint8Array): OpenedKey | null => {
  const fields = inside(first(octets.content), SEQUENCE), modulus = fields?.[1], exponent = fields?.[2];
  if (modulus?.tag !== INTEGER || exponent?.tag !== INTEGER || fields?.length !== 9) return null;
  const bits = (modulus.content.length - (modulus.content[0] === 0 ? 1 : 0)) * 8;
  return { kind: `RSA ${bits}`, pkcs8, spki: spki(algorithm.whole, item(SEQUENCE, modulus.whole, exponent.whole)) };
};
const ed25519Key = (algorithm: Item, octets: Item, pkcs8: Uint8Array): OpenedKey | null => {
  const seed = first(octets.content);
  return seed?.tag === OCTETS && seed.content.length === 32 ? { kind: 'Ed25519', pkcs8, spki: spki(algorithm.whole, ed25519PublicKey(seed.content)) } : null;
};

/**
 * @param bytes what was wrapped: PKCS#8, then at most seven zero bytes. @returns null for whatever is not a key of a kind that Quorate
 * makes. The result's `pkcs8` is a part of `bytes`.
 */
export const openKey = (bytes: Uint8Array): OpenedKey | null => {
  const outer = first(bytes);
  if (outer?.tag !== SEQUENCE || outer.rest.length > 7 || outer.rest.some((byte) => byte !== 0)) return null;
  const fields = items(outer.content), version = fields?.[0], algorithm = fields?.[1], octets = fields?.[2];
  const [oid, parameters] = inside(algorithm, SEQUENCE) ?? [];
  if (version?.tag !== INTEGER || oid?.tag !== OID || octets?.tag !== OCTETS || algorithm === undefined) return null;
  switch (toHex(oid.content)) {
    case EC: return ecKey(algorithm, parameters, octets, outer.whole);
    case RSA: return rsaKey(algorithm, octets, outer.whole);
    case ED25519: return ed25519Key(algorithm, octets, outer.whole);
    default: return null;
  }
};

/** The SubjectPublicKeyInfo of an X.509 certificate in DER (RFC 5280, 4.1); null when it is none. Checks no signature. */
export const certificateSpki = (der: Uint8Array): Uint8Array | null => {
  const outer = inside(first(der), SEQUENCE), tbs = inside(outer?.[0], SEQUENCE);
  if (outer?.length !== 3 || tbs === null) return null;
  // After the version, which is left out in version 1: serial number, algorithm, issuer, validity, subject, key.
  const key = tbs[tbs[0]?.tag === 0xa0 ? 6 : 5];
  return key?.tag === SEQUENCE && inside(key, SEQUENCE)?.[1]?.tag === BITS && inside(tbs[tbs[0]?.tag === 0xa0 ? 3 : 2], SEQUENCE)?.every(({ tag }) => tag === SET) === true ? key.whole : null;
};

/** RFC 7468: 64 characters a line, one newline at the end. */
export const pem = (label: string, der: Uint8Array): string => `-----BEGIN ${label}-----\n${(toBase64(der).match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;
