/** Which shares may be combined: the table of FORMATS-custody.md, 2.1, and what is made of those that pass. */
import { fromHex, same, toHex, wipe } from './bytes.ts';
import { combine } from './gf256.ts';
import { setFingerprint, setName, type Manifest } from './manifest.ts';
import { labelledDigest } from './sha2.ts';
import { blindPad, uncover, type Core, type Share } from './share.ts';
import { fault, type Fault } from './text.ts';

/** The right set: its manifest, or its whole fingerprint from paper. Nothing else makes a set the right one, the first share least of all. */
export type Wanted =
  | { readonly by: 'manifest'; readonly manifest: Manifest; readonly drill: boolean }
  | { readonly by: 'fingerprint'; readonly fingerprint: string; readonly drill: boolean };

/** A share that passed. `policy` is what shares of one set agree in. */
export interface Taken {
  readonly number: number; readonly x: number; readonly y: Uint8Array; readonly name: string; readonly setId: Uint8Array;
  readonly policy: { readonly threshold: number; readonly shares: number; readonly epoch: number; readonly check: string };
}

const policyOf = (manifest: Manifest): Taken['policy'] => ({ threshold: manifest.threshold, shares: manifest.shares, epoch: manifest.epoch, check: manifest.kekCheck.slice(0, 32) });
const samePolicy = (a: Taken['policy'], b: Taken['policy']): boolean => a.threshold === b.threshold && a.shares === b.shares && a.epoch === b.epoch && a.check === b.check;

const repeated = (number: number, x: number, taken: readonly Taken[]): Fault | null =>
  taken.some((one) => one.number === number || one.x === x) ? fault('SHARE_DUPLICATE', { number: String(number) }) : null;
const drillFault = (is: boolean, wanted: boolean): Fault | null => (is === wanted ? null : fault(is ? 'SHARE_DRILL' : 'SHARE_NOT_DRILL'));
const claims = (share: Share): Readonly<Record<string, string>> => ({ number: String(share.number), name: share.name, set: setName(share.setId), epoch: String(share.epoch) });

const setFault = (share: Share, wanted: Wanted): Fault | null => {
  const id = toHex(share.setId);
  if (wanted.by === 'fingerprint') return wanted.fingerprint === setFingerprint(share.setId) ? null : fault('SHARE_OTHER_SET', claims(share));
  if (wanted.manifest.previous?.setId === id) return fault('SHARE_OLD_EPOCH', claims(share));
  return wanted.manifest.setId === id ? null : fault('SHARE_OTHER_SET', claims(share));
};

const judged = (share: Share, wanted: Wanted, taken: readonly Taken[]): Taken | Fault => {
  const early = setFault(share, wanted) ?? drillFault(share.drill, wanted.drill);
  if (early !== null) return early;
  const { number, x, name } = share;
  const policy = { threshold: share.threshold, shares: share.shares, epoch: share.epoch, check: toHex(share.check) };
  if (wanted.by === 'manifest') {
    const row = wanted.manifest.custodians[number - 1];
    const commitment = toHex(labelledDigest('KCS1/commit', share.bytes));
    if (row?.commitment !== commitment || row.x !== x || row.shareName !== name || !samePolicy(policy, policyOf(wanted.manifest))) return fault('SHARE_NOT_IN_MANIFEST', { number: String(number), name });
  } else if (taken.some((one) => !samePolicy(one.policy, policy))) return fault('SHARE_SET_DISAGREES', { number: String(number), name });
  return repeated(number, x, taken) ?? { number, x, y: share.y.slice(), name, setId: share.setId, policy };
};

/** Judges the share of a symbol. What it holds is wiped; what is taken is a copy. */
export const judgeShare = (share: Share, wanted: Wanted, taken: readonly Taken[]): Taken | Fault => {
  try { return judged(share, wanted, taken); } finally { wipe(share.bytes, share.y); }
};

/**
 * Judges typed lines, which need the manifest.
 * @param code the dice code of a sheet that is printed blind, else null. The caller wipes it.
 */
export const judgeLines = (core: Core, code: Uint8Array | null, wanted: Wanted, taken: readonly Taken[]): Taken | Fault => {
  if (wanted.by !== 'manifest') return fault('SHARE_LINES_NEED_MANIFEST');
  const { manifest } = wanted, prefix = toHex(core.setPrefix);
  if (!manifest.setId.startsWith(prefix)) return fault(manifest.previous?.setId.startsWith(prefix) === true ? 'SHARE_OLD_EPOCH' : 'SHARE_OTHER_SET');
  const drill = drillFault(manifest.drill, wanted.drill), row = manifest.custodians.find(({ x }) => x === core.x);
  if (drill !== null) return drill;
  if (row === undefined) return fault('SHARE_NOT_IN_MANIFEST');
  const setId = fromHex(manifest.setId)!, pad = code === null ? new Uint8Array(32) : blindPad(code, setId, row.number, row.x), y = uncover(core.y, pad);
  wipe(pad, core.y);
  const early = toHex(labelledDigest('KCS1/core', Uint8Array.of(core.x), y, setId)) === row.core
    ? repeated(row.number, row.x, taken) : fault(code === null ? 'SHARE_FORGED' : 'SHARE_BLIND_CODE', { number: String(row.number), name: row.name });
  if (early === null) return { number: row.number, x: row.x, y, name: row.name, setId, policy: policyOf(manifest) };
  wipe(y);
  return early;
};

/** How many shares are needed; null while nothing says so. */
export const threshold = (wanted: Wanted, taken: readonly Taken[]): number | null =>
  wanted.by === 'manifest' ? wanted.manifest.threshold : taken[0]?.policy.threshold ?? null;

/**
 * Rebuilds what was split, from exactly M shares; when more are there, the last M must give the same.
 * @returns 32 bytes that passed their check, to be wiped; or the fault. Below the threshold nothing is combined.
 */
export const rebuild = (wanted: Wanted, taken: readonly Taken[]): Uint8Array | Fault => {
  const need = threshold(wanted, taken);
  if (need === null || taken.length < need) return fault('SHARE_NEED_MORE', { have: String(taken.length), need: need === null ? 'more' : String(need) });
  const key = combine(taken.slice(0, need)), again = combine(taken.slice(-need));
  const check = toHex(labelledDigest('KCS1/kek', taken[0]!.setId, key));
  const right = wanted.by === 'manifest' ? wanted.manifest.kekCheck === check : taken[0]!.policy.check === check.slice(0, 32);
  const sound = right && same(key, again);
  wipe(again);
  if (sound) return key;
  wipe(key);
  return fault('SHARE_KEK_CHECK_FAILED');
};
