/** The cases of test/vectors/custody/refusals.json: what a reader refuses besides shares. A test proves that the committed file is exactly this. */
import { createCipheriv } from 'node:crypto';
import { toHex, utf8 } from '../../shared/bytes.ts';
import { blindQrText, qrText } from '../../shared/custody/qr-text.ts';
import { blindShare } from '../../shared/custody/blind.ts';
import { crc32 } from '../../shared/custody/crc32.ts';
import { current, drill } from './custody-vectors.ts';
import { stream } from './custody-sets.ts';

export const DICE = '53116425436124315266341523641162354162534136425315';
const OTHER_DICE = `${DICE.slice(0, -1)}4`;

export interface SymbolCase { readonly name: string; readonly text: string; readonly code: string | null; readonly expect: 'accepted' | 'SHARE_NOT_A_SHARE' | 'SHARE_DAMAGED' | 'SHARE_BLIND_CODE' }
export interface ManifestCase { readonly name: string; readonly manifest: string; readonly accepted: boolean }
export interface WrappedCase { readonly name: string; readonly algorithm: 'RFC5649' | 'AES-256-CBC-PAD'; readonly wrappingKey: string; readonly wrapped: string; readonly opened: string | null }
export interface CombineCase { readonly name: string; readonly set: 'current' | 'drill'; readonly shares: readonly number[]; readonly expect: 'wrappingKey' | 'SHARE_NEED_MORE' }
export interface Refusals { readonly symbols: readonly SymbolCase[]; readonly manifests: readonly ManifestCase[]; readonly wrapped: readonly WrappedCase[]; readonly combine: readonly CombineCase[] }

const bob = current.shares[1]!, text = qrText(bob);
const blind = blindShare(bob, utf8(DICE)), spoilt = (bytes: Uint8Array, at: number): Uint8Array => { const out = Uint8Array.from(bytes); out[at]! ^= 1; return out; };
const repaired = (bytes: Uint8Array): Uint8Array => { const out = bytes.slice(); out.set(crc32(out.subarray(0, -4)), out.length - 4); return out; };
/** The text of other bits than zero after the last byte: the same share in another spelling. */
const otherSpelling = (): string => { const five = '0123456789ABCDEFGHJKMNPQRSTVWXYZ', last = five.indexOf(text.at(-1)!); return text.slice(0, -1) + five[last | 1]!; };

const symbols = (): readonly SymbolCase[] => [
  { name: 'the share', text, code: null, expect: 'accepted' },
  { name: 'the blind share with its code', text: blindQrText(blind), code: DICE, expect: 'accepted' },
  { name: 'the blind share with another code', text: blindQrText(blind), code: OTHER_DICE, expect: 'SHARE_BLIND_CODE' },
  { name: 'the blind share altered, its checksum repaired', text: blindQrText(repaired(spoilt(blind, 70))), code: DICE, expect: 'SHARE_BLIND_CODE' },
  { name: 'the blind share altered', text: blindQrText(spoilt(blind, 70)), code: DICE, expect: 'SHARE_DAMAGED' },
  { name: 'an address', text: 'HTTPS://EXAMPLE.ORG/', code: null, expect: 'SHARE_NOT_A_SHARE' },
  { name: 'empty', text: '', code: null, expect: 'SHARE_NOT_A_SHARE' },
  { name: 'another prefix', text: text.replace('KCS1', 'KCS2'), code: null, expect: 'SHARE_NOT_A_SHARE' },
  { name: 'lower case', text: text.toLowerCase(), code: null, expect: 'SHARE_NOT_A_SHARE' },
  { name: 'a blank in it', text: `${text.slice(0, 20)} ${text.slice(20)}`, code: null, expect: 'SHARE_NOT_A_SHARE' },
  { name: 'a letter that base32 has not', text: `${text.slice(0, -1)}U`, code: null, expect: 'SHARE_NOT_A_SHARE' },
  { name: 'the same bytes in another spelling', text: otherSpelling(), code: null, expect: 'SHARE_NOT_A_SHARE' },
  { name: 'a whole character too many', text: `${text}00`, code: null, expect: 'SHARE_NOT_A_SHARE' },
  { name: '401 characters', text: `KCS1:${'0'.repeat(396)}`, code: null, expect: 'SHARE_NOT_A_SHARE' },
];

const envelope = JSON.parse(current.manifest) as { payloadType: string; payload: string; signatures: { keyid: string; sig: string }[] };
const payload = Buffer.from(envelope.payload, 'base64').toString();
const withPayload = (source: string): string => JSON.stringify({ ...envelope, payload: Buffer.from(source).toString('base64') });
const manifests = (): readonly ManifestCase[] => [
  { name: 'the manifest', manifest: current.manifest, accepted: true },
  { name: 'the manifest of a drill', manifest: drill.manifest, accepted: true },
  { name: 'a newline at its end', manifest: `${current.manifest}\n`, accepted: false },
  { name: 'a blank in it', manifest: current.manifest.replace('","', '", "'), accepted: false },
  { name: 'another threshold under the same signature', manifest: withPayload(payload.replace('"threshold":3', '"threshold":2')), accepted: false },
  { name: 'another custodian under the same signature', manifest: withPayload(payload.replace('Bob Ng', 'Bob Nh')), accepted: false },
  { name: 'the payload of another set', manifest: withPayload(Buffer.from((JSON.parse(drill.manifest) as typeof envelope).payload, 'base64').toString()), accepted: false },
  { name: 'the signature of another set', manifest: JSON.stringify({ ...envelope, signatures: (JSON.parse(drill.manifest) as typeof envelope).signatures }), accepted: false },
  { name: 'two signatures', manifest: JSON.stringify({ ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] }), accepted: false },
  { name: 'no signature', manifest: JSON.stringify({ ...envelope, signatures: [] }), accepted: false },
  { name: 'another type', manifest: JSON.stringify({ ...envelope, payloadType: 'application/vnd.quorate.record+json' }), accepted: false },
  { name: 'a field more', manifest: JSON.stringify({ ...envelope, note: '' }), accepted: false },
  { name: 'keys in another order', manifest: JSON.stringify({ payload: envelope.payload, payloadType: envelope.payloadType, signatures: envelope.signatures }), accepted: false },
  { name: 'empty', manifest: '', accepted: false },
];

const PKCS8 = Buffer.from('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721', 'hex');
const KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
const kwp = (plain: Uint8Array): Uint8Array => { const cipher = createCipheriv('id-aes256-wrap-pad', KEY, Buffer.from('a65959a6', 'hex')); return Buffer.concat([cipher.update(plain), cipher.final()]); };
const kw = (plain: Uint8Array): Uint8Array => { const cipher = createCipheriv('id-aes256-wrap', KEY, Buffer.alloc(8, 0xa6)); return Buffer.concat([cipher.update(plain), cipher.final()]); };
const cbc = (plain: Uint8Array): Uint8Array => { const iv = stream(31, 16), cipher = createCipheriv('aes-256-cbc', KEY, iv); return Buffer.concat([iv, cipher.update(plain), cipher.final()]); };
const after = (...tail: readonly number[]): Uint8Array => Buffer.concat([PKCS8, Buffer.from(tail)]);
const wrapped = (): readonly WrappedCase[] => {
  const one = (name: string, algorithm: WrappedCase['algorithm'], blob: Uint8Array, opens: boolean, key: Uint8Array = KEY): WrappedCase =>
    ({ name, algorithm, wrappingKey: toHex(key), wrapped: toHex(blob), opened: opens ? PKCS8.toString('hex') : null });
  return [
    one('RFC 5649', 'RFC5649', kwp(PKCS8), true),
    one('RFC 5649, seven zero bytes after the key', 'RFC5649', kwp(after(0, 0, 0, 0, 0, 0, 0)), true),
    one('RFC 5649, eight zero bytes after the key', 'RFC5649', kwp(after(0, 0, 0, 0, 0, 0, 0, 0)), false),
    one('RFC 5649, another byte after the key', 'RFC5649', kwp(after(0, 1)), false),
    one('RFC 5649, one bit changed', 'RFC5649', spoilt(kwp(PKCS8), 20), false),
    one('RFC 5649, another wrapping key', 'RFC5649', kwp(PKCS8), false, spoilt(KEY, 31)),
    one('RFC 5649, the last block missing', 'RFC5649', kwp(PKCS8).subarray(0, -8), false),
    one('RFC 3394 in place of RFC 5649', 'RFC5649', kw(after(0, 0, 0, 0, 0)), false),
    one('what was wrapped is no key', 'RFC5649', kwp(utf8('no key')), false),
    one('CBC', 'AES-256-CBC-PAD', cbc(PKCS8), true),
    one('CBC, wrong padding', 'AES-256-CBC-PAD', cbc(PKCS8).subarray(0, -16), false),
    one('CBC read as RFC 5649', 'RFC5649', cbc(PKCS8), false),
  ];
};

const combine = (): readonly CombineCase[] => [
  { name: 'three of three needed', set: 'current', shares: [1, 3, 5], expect: 'wrappingKey' },
  { name: 'all five', set: 'current', shares: [5, 4, 3, 2, 1], expect: 'wrappingKey' },
  { name: 'a drill', set: 'drill', shares: [2, 3, 4], expect: 'wrappingKey' },
  { name: 'one fewer than needed', set: 'current', shares: [1, 5], expect: 'SHARE_NEED_MORE' },
  { name: 'none', set: 'current', shares: [], expect: 'SHARE_NEED_MORE' },
];

export const refusals = (): Refusals => ({ symbols: symbols(), manifests: manifests(), wrapped: wrapped(), combine: combine() });
export const refusalsFile = (): string => `${JSON.stringify(refusals(), null, 1)}\n`;
