/** Share sets with fixed keys and values, for vectors and tests. Never use these values for anything else. */
import { createPrivateKey, createPublicKey, sign as nodeSign, type KeyObject } from 'node:crypto';
import { toHex } from '../../shared/bytes.ts';
import type { PersonId, Sha256Hex } from '../../shared/brand.ts';
import { minutesOf, monthsOf } from '../../shared/custody/dates.ts';
import { coreCommitment, kekCheck, shareCommitment } from '../../shared/custody/digests.ts';
import { encodeShare, type Share } from '../../shared/custody/envelope.ts';
import { multiply } from '../../shared/custody/gf256.ts';
import { encodeManifest, type Manifest } from '../../shared/custody/manifest.ts';
import { setFingerprint, setName } from '../../shared/custody/set-name.ts';
import { shareName } from '../../shared/custody/share-name.ts';

export const PEOPLE = [
  ['ana', 'Ana Ilić'], ['bob', 'Bob Ng'], ['chi', 'Chiamaka Oluwaseun Nwachukwu'], ['dee', 'Dee Park'], ['eve', 'Eve Łuczak'],
] as const;

export interface FixedSet { readonly key: KeyObject; readonly kek: Uint8Array; readonly parsed: Manifest; readonly manifest: string; readonly shares: readonly Uint8Array[]; readonly fields: readonly Share[]; readonly sign: (message: Uint8Array) => Uint8Array }
export interface SetOptions { readonly seed: number; readonly threshold?: number; readonly count?: number; readonly drill?: boolean; readonly epoch?: number; readonly previous?: { setId: Sha256Hex; epoch: number } | null; readonly firstX?: number; /** The custodians' names, instead of the usual people. */ readonly names?: readonly string[] }

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Bytes that look random but are the same every time. */
export const stream = (seed: number, length: number): Uint8Array => {
  let state = (seed * 2654435761) >>> 0 || 1;
  return Uint8Array.from({ length }, () => { state ^= state << 13; state >>>= 0; state ^= state >>> 17; state ^= state << 5; state >>>= 0; return state & 255; });
};

/** y of every coordinate: polynomial with the key as its value at 0, by Horner's rule. */
const evaluate = (kek: Uint8Array, coefficients: readonly Uint8Array[], x: number): Uint8Array =>
  kek.map((byte, k) => [byte, ...coefficients.map((row) => row[k]!)].reduceRight((sum, coefficient) => multiply(sum, x) ^ coefficient, 0));

export const fixedSet = (options: SetOptions): FixedSet => {
  const { seed, threshold = 3, count = 5, drill = false, epoch = 1, previous = null, firstX = 11 } = options;
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, stream(seed, 32)]), format: 'der', type: 'pkcs8' });
  const setId = Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32));
  const sign = (message: Uint8Array): Uint8Array => Uint8Array.from(nodeSign(null, message, key));
  const kek = stream(seed + 1000, 32), check = kekCheck(setId, kek);
  const coefficients = Array.from({ length: threshold - 1 }, (_, i) => stream(seed + 2000 + i, 32));
  const issuedAt = '2026-11-24T09:30:00.000Z', reviewBy = '2028-11';
  const people = Array.from({ length: count }, (_, i) => (options.names ? ([`p${i + 1}`, options.names[i]!] as const) : PEOPLE[i] ?? ([`p${i + 1}`, `Person ${i + 1}`] as const)));
  const fields = people.map(([person, name], i): Share => ({
    drill, threshold, shares: count, number: i + 1, x: firstX + 7 * i, epoch, issuedMinutes: minutesOf(issuedAt)!, reviewMonths: monthsOf(reviewBy)!, setId,
    kekCheck: check.subarray(0, 16), y: evaluate(kek, coefficients, firstX + 7 * i), name: shareName(name, person)!,
  }));
  const shares = fields.map((one) => encodeShare(one, sign));
  const parsed: Manifest = {
    format: 'quorate-manifest/1', ceremony: '0007 Root 2027', nonce: toHex(stream(7, 32)) as Sha256Hex, setId: toHex(setId) as Sha256Hex, setName: setName(setId), setFingerprint: setFingerprint(setId),
    suite: drill ? '11' : '10', drill, threshold, shares: count, epoch, previous, issuedAt, reviewBy, kekCheck: toHex(check) as Sha256Hex,
    custodians: people.map(([person, name], i) => ({ number: i + 1, x: fields[i]!.x, person: person as PersonId, name, shareName: fields[i]!.name, commitment: shareCommitment(shares[i]!), core: coreCommitment(fields[i]!.x, fields[i]!.y, setId) })),
  };
  return { key, kek, parsed, manifest: encodeManifest(parsed, sign), shares, fields, sign };
};
