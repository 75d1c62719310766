/**
 * Every secret of a rehearsal's share sets, got as only their holders could: from the sheets, with the dice codes, and from the cards with
 * their PINs. From a threshold of them the secret of the set is rebuilt, and the PINs that come of it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readShareFromCard } from '../../electron/vault/cards/read.ts';
import { combinePoints } from '../../electron/vault/custody/splitter.ts';
import { soPinOf, userPinOf } from '../../electron/vault/pins/derive.ts';
import type { People } from '../../scripts/rehearse/people.ts';
import { linesOnSheet } from '../../scripts/rehearse/people.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { tokensOf } from '../../shared/ceremony/people.ts';
import { toHex } from '../../shared/bytes.ts';
import { unblindShare } from '../../shared/custody/blind.ts';
import { decodeShare, type Share } from '../../shared/custody/envelope.ts';
import { parseManifest, type Manifest } from '../../shared/custody/manifest.ts';
import { parseShareSymbol } from '../../shared/custody/qr-text.ts';
import { bareContext } from './bare-context.ts';
import type { Secret } from './secrets-search.ts';
import { sheetSymbols } from './sheet-text.ts';
import { SOFTHSM_MODULE } from './softhsm.ts';
import { pinSpec, typeInto } from './typing.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
interface Held { readonly share: Share; readonly bytes: Uint8Array; readonly where: string; /** What stands on paper beside it. */ readonly texts: readonly string[]; readonly blinded: Uint8Array | null }

const decoded = (bytes: Uint8Array, where: string): Share => {
  const read = decodeShare(bytes);
  if (!read.ok) throw new Error(`${where}: ${read.fault}`);
  return read.share;
};

/** @param codes dice codes of everybody: the right one opens a blind sheet */
const onSheet = (pdf: string, codes: readonly string[]): Held => {
  const [symbol, ...others] = new Set(sheetSymbols(pdf, 200)), read = parseShareSymbol(symbol ?? '');
  if (read === null || others.length > 0) throw new Error(`${pdf}: the symbols say ${others.length + 1} different things`);
  const texts = [symbol!, ...linesOnSheet(pdf)];
  if (read.kind === 'plain') return { share: decoded(read.bytes, pdf), bytes: read.bytes, where: pdf, texts, blinded: null };
  const open = codes.map((code) => unblindShare(read.bytes, utf8(code))).find((one) => one.ok);
  if (open?.ok !== true) throw new Error(`${pdf}: nobody's dice code opens it`);
  return { share: decoded(open.value, pdf), bytes: open.value, where: pdf, texts, blinded: read.bytes };
};

const manifestsIn = (folder: string): readonly Manifest[] => readdirSync(folder).filter((name) => name === 'manifest.dsse.json' || name === 'pin-manifest.dsse.json').map((name) => {
  const read = parseManifest(readFileSync(path.join(folder, name), 'utf8'));
  if (!read.ok) throw new Error(`${name}: ${read.fault.code}`);
  return read.value;
});

/** Runs with the rehearsal's tokens in the readers. */
const withTokens = async <T>(out: string, work: () => Promise<T>): Promise<T> => {
  const before = process.env['SOFTHSM2_CONF'], conf = path.join(os.tmpdir(), `quorate-read-${process.pid}.conf`);
  writeFileSync(conf, `directories.tokendir = ${path.join(out, 'tokens', 'store')}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n`);
  process.env['SOFTHSM2_CONF'] = conf;
  try { return await work(); } finally { if (before === undefined) delete process.env['SOFTHSM2_CONF']; else process.env['SOFTHSM2_CONF'] = before; }
};

/** Shares that the ceremony in `folder` put on cards. */
const onCards = async (out: string, folder: string, plan: Plan, people: People): Promise<readonly Held[]> => await withTokens(out, async () => {
  const context = bareContext(), held: Held[] = [];
  try {
    for (const manifest of manifestsIn(folder)) for (const { number, person } of manifest.custodians) {
      const serial = plan.people.find(({ id }) => id === person)?.custody?.card?.serial;
      if (serial === null || serial === undefined) continue;
      const [pin] = await people.answer({ kind: 'pin', person, token: serial, half: '', share: '', of: 'card' });
      const bytes = await readShareFromCard(context, { module: SOFTHSM_MODULE, serial, pinEntries: [await typeInto(context, pinSpec(serial), pin!)], expect: { setId: manifest.setId, share: number } });
      held.push({ share: decoded(bytes, serial), bytes, where: `card of ${person}`, texts: [], blinded: null });
    }
  } finally { context.modules.close(); }
  return held;
});

const named = ({ share, bytes, where, texts, blinded }: Held): readonly Secret[] => {
  const name = `share ${share.number} of set ${toHex(share.setId).slice(0, 8)}, ${path.basename(where)}`;
  return [
    { name: `value of ${name}`, bytes: share.y }, { name: `whole ${name}`, bytes },
    ...(blinded === null ? [] : [{ name: `blind ${name}`, bytes: blinded }]), ...texts.map((text, index) => ({ name: `text ${index} of ${name}`, bytes: utf8(text) })),
  ];
};

const LIMITS = { minPinLength: 4, maxPinLength: 255 };
export interface SetSecret { readonly setId: string; readonly secret: Buffer }
/** Secrets of the sets whose shares are at hand in sufficient number, rebuilt. */
const rebuilt = async (held: readonly Held[]): Promise<readonly SetSecret[]> => {
  const out: SetSecret[] = [];
  for (const setId of new Set(held.map(({ share }) => toHex(share.setId)))) {
    const all = held.filter(({ share }) => toHex(share.setId) === setId), points = [...new Map(all.map(({ share }) => [share.x, { x: share.x, y: share.y }])).values()], { threshold } = all[0]!.share;
    if (points.length < threshold) throw new Error(`only ${points.length} shares of set ${setId} are at hand`);
    out.push({ setId, secret: await combinePoints(points.slice(0, threshold), threshold) });
  }
  return out;
};

/** User PIN and SO PIN that a PIN set would give each token. */
export const pinsOf = ({ setId, secret }: SetSecret, serials: readonly string[]): readonly string[] => {
  const source = { secret, setId: Buffer.from(setId, 'hex') };
  return serials.flatMap((serial) => [userPinOf(source, { serial, ...LIMITS }), soPinOf(source, { serial, ...LIMITS })]).map((pin) => pin.toString('ascii'));
};

const planOf = (folder: string): Plan => JSON.parse(readFileSync(path.join(folder, 'plan.json'), 'utf8')) as Plan;
export interface Secrets { readonly secrets: readonly Secret[]; readonly sets: readonly SetSecret[] }
/**
 * Of the sets that the ceremony in `folder` issued; to be called before their cards are erased.
 * @param since sheets printed into this folder below `shares`; '' for the first ceremony of an archive
 */
export const secretsOfCeremony = async (out: string, folder: string, people: People, since: string): Promise<Secrets> => {
  const plan = planOf(folder), dir = path.join(out, 'shares', since), codes = plan.people.map(({ id }) => people.diceCode(id));
  const sheets = (existsSync(dir) ? readdirSync(dir) : []).filter((name) => /^(pin-)?share-.*\.pdf$/.test(name)).map((name) => onSheet(path.join(dir, name), codes));
  const held = [...sheets, ...await onCards(out, folder, plan, people)], sets = await rebuilt(held);
  return { sets, secrets: [
    ...held.flatMap(named),
    ...sets.flatMap((set) => [{ name: `secret of set ${set.setId.slice(0, 8)}`, bytes: set.secret }, ...pinsOf(set, tokensOf(plan)).map((pin, index) => ({ name: `PIN ${index} of set ${set.setId.slice(0, 8)}`, bytes: utf8(pin) }))]),
    ...people.planted().map((text, index) => ({ name: `made up ${index}`, bytes: utf8(text) })),
  ] };
};
