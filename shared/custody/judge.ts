/**
 * The table of faults: says of one presented share, before anything is combined, whether it may be used, and if not, whose it is as far
 * as that is known. A share that fails its own checks names its presenter; its number and name are only what it claims to be. Decides
 * nothing about the set: recovery without a manifest needs the set's fingerprint from paper.
 */
import { equalBytes, fromHex, toHex } from '../bytes.ts';
import { accept, refuse, type Details, type ErrorCode, type Refusal, type Result } from '../errors.ts';
import { coreCommitment, shareCommitment } from './digests.ts';
import { decodeShare, type DecodeFault, type Share } from './envelope.ts';
import type { Core } from './lines.ts';
import { hasPrefix, type Manifest, type ManifestCustodian } from './manifest.ts';
import { fingerprintMatches, setName } from './set-name.ts';

/** What makes a share one of the wanted set: its manifest, or the set's fingerprint as a person typed it from paper. */
export type Wanted =
  | { readonly by: 'manifest'; readonly manifest: Manifest; readonly drill: boolean; readonly known?: readonly KnownSet[] }
  | { readonly by: 'fingerprint'; readonly typed: string; readonly drill: boolean; readonly known?: readonly KnownSet[] };
/** A set of this archive that is not the wanted one. `supersededAt`: the instant of its replacement, null while it stands. */
export interface KnownSet { readonly setId: string; readonly setName: string; readonly epoch: number; readonly supersededAt: string | null }
export interface Presented {
  /** Who put it on the desk: the name of the person checked in. */
  readonly presenter: string;
  /** Their id; null when no person is expected. */
  readonly person: string | null;
}
/** A share that was accepted before. */
export interface Taken { readonly number: number; readonly x: number; readonly presenter: string }
/**
 * A share that may be combined. `number` and `person` are authenticated: by the manifest, or by the set key alone (`person` null). So are
 * the facts of its set: `kekCheck` is whole (32 bytes) from a manifest, and the 16 bytes of the share without one.
 */
export interface Accepted { readonly number: number; readonly x: number; readonly y: Uint8Array; readonly person: string | null; readonly name: string; readonly set: SetFacts }
/** What combining needs to know of a set. */
export interface SetFacts { readonly setId: Uint8Array; readonly threshold: number; readonly kekCheck: Uint8Array }
export const factsOf = (manifest: Manifest): SetFacts => ({ setId: fromHex(manifest.setId)!, threshold: manifest.threshold, kekCheck: fromHex(manifest.kekCheck)! });

const FAULTS: Record<DecodeFault, ErrorCode> = { damaged: 'SHARE_DAMAGED', version: 'SHARE_UNKNOWN_VERSION', illegal: 'SHARE_ILLEGAL_FIELD', forged: 'SHARE_FORGED' };

const claims = (share: Share): Details => ({ claimsNumber: share.number, claimsName: share.name, claimsSet: setName(share.setId), claimsEpoch: share.epoch });

const rightSet = (share: Share, wanted: Wanted): boolean =>
  wanted.by === 'manifest' ? wanted.manifest.setId === toHex(share.setId) : fingerprintMatches(share.setId, wanted.typed);

/** What is known of a set that is not wanted: names and dates of the archive, not of the share. */
const knownDetails = (set: KnownSet | undefined): Details =>
  (set === undefined ? {} : { claimsSet: set.setName, claimsEpoch: set.epoch, ...(set.supersededAt === null ? {} : { supersededAt: set.supersededAt }) });
/** A set is old when the wanted one names it as its predecessor, or when it is known to have been replaced. */
const otherSet = (isPrevious: boolean, set: KnownSet | undefined, details: Details): Refusal =>
  refuse(isPrevious || (set !== undefined && set.supersededAt !== null) ? 'SHARE_OLD_EPOCH' : 'SHARE_OTHER_SET', { ...details, ...knownDetails(set) });

const setFault = (share: Share, wanted: Wanted, who: Details): Refusal => {
  const setId = toHex(share.setId), isPrevious = wanted.by === 'manifest' && wanted.manifest.previous?.setId === setId;
  return otherSet(isPrevious, wanted.known?.find((set) => set.setId === setId), { ...who, ...claims(share) });
};

/** The manifest's row for a share whose set is right and whose whole is exactly what was issued. */
const issued = (bytes: Uint8Array, share: Share, manifest: Manifest): ManifestCustodian | null => {
  const row = manifest.custodians[share.number - 1];
  return row && row.commitment === shareCommitment(bytes) && row.x === share.x && row.shareName === share.name
    && share.threshold === manifest.threshold && share.shares === manifest.shares && share.epoch === manifest.epoch
    && equalBytes(share.kekCheck, fromHex(manifest.kekCheck)!.subarray(0, 16)) ? row : null;
};

const drillFault = (share: Share, wanted: Wanted, who: Details): Refusal | null =>
  share.drill === wanted.drill ? null : refuse(share.drill ? 'SHARE_DRILL' : 'SHARE_NOT_DRILL', { ...who, number: share.number, name: share.name });

const duplicate = (number: number, x: number, taken: readonly Taken[], who: Details): Refusal | null => {
  const first = taken.find((one) => one.number === number || one.x === x);
  return first ? refuse('SHARE_DUPLICATE', { ...who, number, firstPresenter: first.presenter, firstNumber: first.number }) : null;
};

const wrongPerson = (row: ManifestCustodian, presented: Presented, who: Details): Refusal | null =>
  presented.person === null || presented.person === row.person ? null : refuse('SHARE_WRONG_PERSON', { ...who, number: row.number, name: row.name, person: row.person });

/**
 * Judges a whole share, as a symbol or a card carries it. The order of the checks is fixed and part of the format.
 * @param bytes the share; the caller wipes it, and the `y` of what is accepted.
 */
export const judgeShare = (bytes: Uint8Array, wanted: Wanted, presented: Presented, taken: readonly Taken[]): Result<Accepted> => {
  const who: Details = { presenter: presented.presenter };
  const read = decodeShare(bytes);
  if (!read.ok) {
    read.claims?.y.fill(0);
    return refuse(FAULTS[read.fault], { ...who, ...(read.field === null ? {} : { field: read.field }), ...(read.claims ? claims(read.claims) : {}) });
  }
  const { share } = read;
  const judged = judgeRead(bytes, share, wanted, presented, taken, who);
  if (!judged.ok) share.y.fill(0);
  return judged;
};

const judgeRead = (bytes: Uint8Array, share: Share, wanted: Wanted, presented: Presented, taken: readonly Taken[], who: Details): Result<Accepted> => {
  if (!rightSet(share, wanted)) return setFault(share, wanted, who);
  const drill = drillFault(share, wanted, who);
  if (drill) return drill;
  const { number, x, y } = share;
  if (wanted.by === 'fingerprint') return duplicate(number, x, taken, who) ?? accept({ number, x, y, person: null, name: share.name, set: { setId: share.setId, threshold: share.threshold, kekCheck: share.kekCheck } });
  const row = issued(bytes, share, wanted.manifest);
  if (!row) return refuse('SHARE_NOT_IN_MANIFEST', { ...who, number, name: share.name });
  return duplicate(number, x, taken, who) ?? wrongPerson(row, presented, who) ?? accept({ number, x, y, person: row.person, name: row.name, set: factsOf(wanted.manifest) });
};

/**
 * Judges typed lines. They carry no signature and no number: the manifest's commitment is all that makes them a share, and it names
 * number and person. An x that the manifest knows but a y that it does not is a share changed after its issue.
 * @param drill whether a drill (rehearsal) set is wanted. @param known other sets, so that one of them is named by its prefix.
 */
export const judgeCore = (core: Core, manifest: Manifest, drill: boolean, presented: Presented, taken: readonly Taken[], known: readonly KnownSet[] = []): Result<Accepted> => {
  const who: Details = { presenter: presented.presenter };
  if (!hasPrefix(manifest, core.setPrefix)) {
    const prefix = toHex(core.setPrefix), isPrevious = manifest.previous?.setId.startsWith(prefix) === true;
    return otherSet(isPrevious, known.find((set) => set.setId.startsWith(prefix)), { ...who, claimsPrefix: prefix });
  }
  if (manifest.drill !== drill) return refuse(manifest.drill ? 'SHARE_DRILL' : 'SHARE_NOT_DRILL', who);
  const row = manifest.custodians.find(({ x }) => x === core.x);
  if (!row) return refuse('SHARE_NOT_IN_MANIFEST', who);
  if (row.core !== coreCommitment(core.x, core.y, fromHex(manifest.setId)!)) return refuse('SHARE_FORGED', { ...who, claimsNumber: row.number, claimsName: row.name });
  return duplicate(row.number, row.x, taken, who) ?? wrongPerson(row, presented, who)
    ?? accept({ number: row.number, x: row.x, y: core.y, person: row.person, name: row.name, set: factsOf(manifest) });
};

/** How many more shares are needed, as a refusal; null when there are enough. Below the threshold nothing is ever combined. */
export const needMore = (taken: readonly Taken[], threshold: number): Refusal | null =>
  taken.length >= threshold ? null : refuse('SHARE_NEED_MORE', { have: taken.length, need: threshold });
