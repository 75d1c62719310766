/** Reads `manifest.dsse.json` (FORMATS-custody.md, 4; FORMATS.md, 1 and 4) and checks that one set key made all of it. Not whose set it is: people compare that. */
import { fromBase64, fromHex, join, same, textOf, toBase32, toHex, utf8 } from './bytes.ts';
import { verifyEd25519 } from './curves.ts';
import { labelledDigest, sha256 } from './sha2.ts';
import { isLineText } from './share.ts';

export interface Row { readonly number: number; readonly x: number; readonly person: string; readonly name: string; readonly shareName: string; readonly commitment: string; readonly core: string }
export interface Manifest {
  readonly ceremony: string; readonly setId: string; readonly setName: string; readonly setFingerprint: string; readonly drill: boolean;
  readonly threshold: number; readonly shares: number; readonly epoch: number; readonly previous: { readonly setId: string; readonly epoch: number } | null;
  readonly issuedAt: string; readonly kekCheck: string; readonly custodians: readonly Row[];
  /** SHA-256 of the file. */
  readonly fileSha256: string;
}

const STONES = ('AGATE AMBER BASALT BERYL CHALK CORAL FLINT GARNET GNEISS JADE JASPER JET LAVA MARBLE MARL MICA ONYX OPAL PEARL PERIDOT PUMICE '
  + 'PYRITE QUARTZ RUBY SAPPHIRE SCHIST SHALE SLATE SPINEL TALC TOPAZ ZIRCON').split(' ');
export const setName = (setId: Uint8Array): string => {
  const [stone, high, middle, low] = labelledDigest('KCS1/name', setId) as unknown as [number, number, number, number];
  return `${STONES[stone & 31]!}-${String((high * 65_536 + middle * 256 + low) % 10_000).padStart(4, '0')}`;
};
/** 26 characters in groups of four. */
export const setFingerprint = (setId: Uint8Array): string => (toBase32(sha256(setId)).slice(0, 26).match(/.{1,4}/g) ?? []).join(' ');
/** A fingerprint as a person typed it, ready to compare; null unless it is whole. */
export const readFingerprint = (typed: string): string | null => {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(letters) ? (letters.match(/.{1,4}/g) ?? []).join(' ') : null;
};

type Check = (value: unknown) => boolean;
const text = (most: number): Check => (value) => typeof value === 'string' && isLineText(value, most);
const matches = (pattern: RegExp): Check => (value) => typeof value === 'string' && pattern.test(value);
const between = (least: number, most: number): Check => (value) => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
const HEX = matches(/^[0-9a-f]{64}$/);
/** Keys in their order, each with its check. */
const shaped = (checks: Readonly<Record<string, Check>>): Check => (value) =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === Object.keys(checks).join()
  && Object.entries(checks).every(([key, check]) => check((value as Record<string, unknown>)[key]));
const orNull = (check: Check): Check => (value) => value === null || check(value);

const row = shaped({
  number: between(1, 255), x: between(1, 255), person: matches(/^[a-z][a-z0-9-]{0,31}$/), name: text(64),
  shareName: (value) => text(24)(value) && utf8(value as string).length <= 24, commitment: HEX, core: HEX,
});
const whole = shaped({
  format: (value) => value === 'quorate-manifest/1', ceremony: text(64), nonce: HEX, setId: HEX, setName: text(16), setFingerprint: text(64),
  suite: matches(/^1[01]$/), drill: (value) => typeof value === 'boolean', threshold: between(2, 255), shares: between(2, 255), epoch: between(1, 65_535),
  previous: orNull(shaped({ setId: HEX, epoch: between(1, 65_535) })), issuedAt: matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  reviewBy: orNull(matches(/^20\d\d-(0[1-9]|1[0-2])$/)), kekCheck: HEX, custodians: (value) => Array.isArray(value) && value.every((one) => row(one)),
});

const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
/** What the form of the fields cannot say. */
const consistent = (manifest: Manifest & { readonly suite: string }): boolean => {
  const { custodians, previous } = manifest, setId = fromHex(manifest.setId)!;
  return manifest.threshold <= manifest.shares && custodians.length === manifest.shares && custodians.every(({ number }, index) => number === index + 1)
    && distinct(custodians.map(({ x }) => x)) && distinct(custodians.map(({ person }) => person)) && (manifest.suite === '11') === manifest.drill
    && manifest.setName === setName(setId) && manifest.setFingerprint === setFingerprint(setId)
    && (previous === null || (previous.epoch < manifest.epoch && previous.setId !== manifest.setId));
};

/** JSON in its one byte form: null when writing it again gives other bytes. */
const exactJson = (source: string): unknown => {
  try { const value: unknown = JSON.parse(source); return JSON.stringify(value) === source ? value : null; } catch { return null; }
};

const TYPE = 'application/vnd.quorate.manifest+json';
const signature = shaped({ keyid: HEX, sig: (value) => typeof value === 'string' });
const envelope = shaped({
  payloadType: (value) => value === TYPE, payload: (value) => typeof value === 'string', signatures: (value) => Array.isArray(value) && value.length === 1 && signature(value[0]),
});

export const MAX_MANIFEST = 262_144;

/** @param file the bytes of the file. @returns null for whatever is not a whole and rightly signed manifest. */
export const readManifest = (file: Uint8Array): Manifest | null => {
  const source = file.length > MAX_MANIFEST ? null : textOf(file), outer = source === null ? null : exactJson(source);
  if (!envelope(outer)) return null;
  const { payload: encoded, signatures: [only] } = outer as { payload: string; signatures: [{ keyid: string; sig: string }] };
  const payload = fromBase64(encoded), sig = fromBase64(only.sig), inner = payload === null ? null : textOf(payload), value = inner === null ? null : exactJson(inner);
  if (payload === null || sig === null || !whole(value) || !consistent(value as Manifest & { suite: string })) return null;
  const manifest = value as Manifest, setId = fromHex(manifest.setId)!;
  const keyId = sha256(fromHex('302a300506032b6570032100')!, setId);
  const message = join(utf8(`DSSEv1 ${TYPE.length} ${TYPE} ${payload.length} `), payload);
  if (!same(keyId, fromHex(only.keyid)!) || !verifyEd25519(sig, message, setId)) return null;
  return { ...manifest, fileSha256: toHex(sha256(file)) };
};
