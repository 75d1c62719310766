/** Issues one set: split, shares, manifest; and judges all of it once more before it is given out. */
import { createHash } from 'node:crypto';
import { toHex } from '../../../shared/bytes.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { AppError } from '../../../shared/errors.ts';
import { minutesOf, monthsOf, monthText } from '../../../shared/custody/dates.ts';
import { coreCommitment, kekCheck, shareCommitment } from '../../../shared/custody/digests.ts';
import { encodeShare, type Share } from '../../../shared/custody/envelope.ts';
import { judgeCore, judgeShare } from '../../../shared/custody/judge.ts';
import { encodeManifest, parseManifest, type Manifest } from '../../../shared/custody/manifest.ts';
import { setFingerprint, setName } from '../../../shared/custody/set-name.ts';
import { shareName } from '../../../shared/custody/share-name.ts';
import type { SetPurpose, VaultRequest } from '../../../shared/vault/contract.ts';
import type { Point } from '../../../shared/custody/gf256.ts';
import { splitSecret } from './splitter.ts';
import { withSetKey } from './set-key.ts';

export type SplitRequest = VaultRequest<'custody.split'>;
/** A set as it was issued. `envelopes[i]` is share i + 1; whoever holds it wipes it. */
export interface Issued { readonly holds: SetPurpose; readonly manifest: Manifest; readonly text: string; readonly sha256: Sha256Hex; readonly envelopes: readonly Buffer[] }

const dates = (request: SplitRequest): { issuedMinutes: number; reviewMonths: number } => {
  const issuedMinutes = minutesOf(request.issuedAt), reviewMonths = monthsOf(request.reviewBy);
  if (issuedMinutes === null) throw new AppError('SHARE_ILLEGAL_FIELD', { field: 'issuedAt' });
  if (reviewMonths === null) throw new AppError('SHARE_ILLEGAL_FIELD', { field: 'reviewBy' });
  return { issuedMinutes, reviewMonths };
};

/** A set never follows itself, nor one of the same or a later epoch. */
const assertEpoch = ({ epoch, previous }: SplitRequest): void => {
  if (previous !== undefined && previous !== null && previous.epoch >= epoch) throw new AppError('SHARE_ILLEGAL_FIELD', { field: 'previous' });
};

const nameIn = ({ name, person }: SplitRequest['custodians'][number]): string => {
  const short = shareName(name, person);
  if (short === null) throw new AppError('SHARE_ILLEGAL_FIELD', { field: 'name', person });
  return short;
};

const sharesOf = (request: SplitRequest, points: readonly Point[], setId: Uint8Array, check: Uint8Array): readonly Share[] => request.custodians.map((custodian, index) => {
  if (custodian.number !== index + 1) throw new AppError('SHARE_ILLEGAL_FIELD', { field: 'number' });
  const { x, y } = points[index]!;
  return { drill: request.drill, threshold: request.threshold, shares: request.custodians.length, number: custodian.number, x, epoch: request.epoch, ...dates(request), setId, kekCheck: check.subarray(0, 16), y, name: nameIn(custodian) };
});

const manifestOf = (request: SplitRequest, shares: readonly Share[], envelopes: readonly Buffer[], setId: Uint8Array, check: Uint8Array): Manifest => ({
  format: 'quorate-manifest/1', ceremony: request.ceremony, nonce: request.nonce,
  setId: toHex(setId) as Sha256Hex, setName: setName(setId), setFingerprint: setFingerprint(setId), suite: request.drill ? '11' : '10', drill: request.drill,
  threshold: request.threshold, shares: shares.length, epoch: request.epoch, previous: request.previous ?? null, issuedAt: request.issuedAt, reviewBy: monthText(shares[0]!.reviewMonths), kekCheck: toHex(check) as Sha256Hex,
  custodians: shares.map((share, index) => ({
    number: share.number, x: share.x, person: request.custodians[index]!.person, name: request.custodians[index]!.name, shareName: share.name,
    commitment: shareCommitment(envelopes[index]!), core: coreCommitment(share.x, share.y, setId),
  })),
});

/** Reads everything back the way a recovery would. @throws SHARE_MANIFEST_INVALID and the codes of the table of faults: a fault of the program */
const assertGood = (text: string, envelopes: readonly Buffer[], shares: readonly Share[], drill: boolean): void => {
  const read = parseManifest(text);
  if (!read.ok) throw new AppError(read.fault.code, read.fault.details);
  envelopes.forEach((envelope, index) => {
    const { person } = read.value.custodians[index]!, presented = { presenter: 'self-check', person }, { x, y, setId } = shares[index]!;
    const whole = judgeShare(envelope, { by: 'manifest', manifest: read.value, drill }, presented, []);
    if (whole.ok) whole.value.y.fill(0);
    const typed = judgeCore({ x, y, setPrefix: setId.subarray(0, 8) }, read.value, drill, presented, []);
    const fault = whole.ok ? typed : whole;
    if (!fault.ok) throw new AppError(fault.fault.code, fault.fault.details);
  });
};

const ownBuffer = (bytes: Uint8Array): Buffer => { const out = Buffer.allocUnsafeSlow(bytes.length); out.set(bytes); bytes.fill(0); return out; };

/**
 * @param kek 32 fresh bytes, the wrapping key or the secret of PINs; stays the caller's, who wipes it right after.
 * @throws SHARE_ILLEGAL_FIELD, SHARE_KEK_CHECK_FAILED
 */
export const issueSet = async (request: SplitRequest, kek: Buffer): Promise<Issued> => {
  assertEpoch(request);
  const points = await splitSecret(kek, request.threshold, request.custodians.length);
  const envelopes: Buffer[] = [];
  try {
    return await withSetKey(async (setId, sign) => {
      const check = kekCheck(setId, kek), shares = sharesOf(request, points, setId, check);
      for (const share of shares) envelopes.push(ownBuffer(encodeShare(share, sign)));
      const manifest = manifestOf(request, shares, envelopes, setId, check), text = encodeManifest(manifest, sign);
      assertGood(text, envelopes, shares, request.drill);
      return { holds: request.holds ?? 'wrapping-key', manifest, text, sha256: createHash('sha256').update(text).digest('hex') as Sha256Hex, envelopes };
    });
  } catch (error) {
    for (const envelope of envelopes) envelope.fill(0);
    throw error;
  } finally { for (const { y } of points) y.fill(0); }
};
