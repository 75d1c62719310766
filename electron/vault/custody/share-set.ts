/**
 * The one share set a vault may hold, from its split to its wipe. A share is here as a whole only until its paper was read back; after that
 * only what was typed from the paper is here, so that what is rebuilt is what the papers say.
 */
import { timingSafeEqual } from 'node:crypto';
import { fromHex } from '../../../shared/bytes.ts';
import { AppError, type Result } from '../../../shared/errors.ts';
import { kekCheck } from '../../../shared/custody/digests.ts';
import { judgeCore, type Accepted } from '../../../shared/custody/judge.ts';
import { parseLines } from '../../../shared/custody/lines.ts';
import type { Manifest, ManifestCustodian } from '../../../shared/custody/manifest.ts';
import type { Point } from '../../../shared/custody/gf256.ts';
import type { Issued } from './issue.ts';
import { combinePoints } from './splitter.ts';

const state = (reason: string, details: Readonly<Record<string, string | number>> = {}): AppError => new AppError('VAULT_STATE', { reason, ...details });
const must = <T>(result: Result<T>): T => { if (!result.ok) throw new AppError(result.fault.code, result.fault.details); return result.value; };

export class ShareSet {
  readonly manifest: Manifest;
  readonly #envelopes = new Map<number, Buffer>();
  readonly #printed = new Set<number>();
  readonly #readBack = new Map<number, Point>();
  #wrappingKey: Buffer | null = null;

  constructor(issued: Issued) {
    this.manifest = issued.manifest;
    issued.envelopes.forEach((envelope, index) => { this.#envelopes.set(index + 1, envelope); });
  }

  /** The manifest's row. @throws VAULT_STATE (no-such-share) */
  custodian(share: number): ManifestCustodian {
    const row = this.manifest.custodians[share - 1];
    if (row === undefined) throw state('no-such-share', { share });
    return row;
  }

  /** The whole share, lent for printing: stays ours. @throws VAULT_STATE when it was read back already: then only its paper has it */
  envelope(share: number): Buffer {
    const envelope = this.#envelopes.get(this.custodian(share).number);
    if (envelope === undefined) throw state('read-back-already', { share });
    return envelope;
  }

  markPrinted(share: number): void { this.#printed.add(share); }

  get unprinted(): readonly number[] { return [...this.#envelopes.keys()].filter((number) => !this.#printed.has(number)); }
  get readBackNumbers(): readonly number[] { return [...this.#readBack.keys()].sort((a, b) => a - b); }
  get hasWrappingKey(): boolean { return this.#wrappingKey !== null; }

  /**
   * Judges what one person typed from the paper.
   * @param lines four lines, ASCII; the caller wipes them. @param person who typed
   * @throws SHARE_LINE_MISTYPED, SHARE_DAMAGED, SHARE_OTHER_SET, SHARE_FORGED, SHARE_NOT_IN_MANIFEST, SHARE_DUPLICATE, SHARE_WRONG_PERSON, VAULT_STATE
   */
  readBack(share: number, person: string, lines: readonly Buffer[]): ManifestCustodian {
    const row = this.custodian(share);
    if (row.person !== person) throw state('person', { share, person });
    if (this.#envelopes.has(share) && !this.#printed.has(share)) throw state('not-printed', { share });
    const core = must(parseLines(lines));
    try {
      const accepted = must(judgeCore(core, this.manifest, this.manifest.drill, { presenter: row.name, person }, this.#taken()));
      this.#keep(accepted);
      return row;
    } finally { core.y.fill(0); }
  }

  /** The paper counts from here on: the whole share is forgotten. */
  #keep(accepted: Accepted): void {
    const y = Buffer.allocUnsafeSlow(accepted.y.length);
    y.set(accepted.y);
    this.#readBack.set(accepted.number, { x: accepted.x, y });
    this.#envelopes.get(accepted.number)?.fill(0);
    this.#envelopes.delete(accepted.number);
  }

  #taken(): { number: number; x: number; presenter: string }[] {
    return [...this.#readBack].map(([number, { x }]) => ({ number, x, presenter: this.custodian(number).name }));
  }

  /**
   * Rebuilds the wrapping key from each subset, all of the same key, and keeps it.
   * @param subsets share numbers, each exactly `threshold` many; two or more different ones unless all shares are needed
   * @throws SHARE_NEED_MORE while a share was not read back, SHARE_KEK_CHECK_FAILED (`subset`), VAULT_STATE for subsets that prove too little
   */
  async rebuild(subsets: readonly (readonly number[])[]): Promise<void> {
    const { threshold, shares } = this.manifest;
    if (this.#readBack.size < shares) throw new AppError('SHARE_NEED_MORE', { have: this.#readBack.size, need: shares });
    const sorted = subsets.map((subset) => [...new Set(subset)].sort((a, b) => a - b));
    const different = new Set(sorted.map(String)).size;
    if (different !== subsets.length || different < (shares > threshold ? 2 : 1) || sorted.some((subset, i) => subset.length !== threshold || subsets[i]!.length !== threshold)) throw state('subsets');
    this.#forgetWrappingKey();
    for (const subset of sorted) {
      const key = await combinePoints(subset.map((number) => this.#point(number)), threshold);
      const first = this.#wrappingKey;
      this.#wrappingKey = key;
      first?.fill(0);
      if (!this.#fits(key)) { this.#forgetWrappingKey(); throw new AppError('SHARE_KEK_CHECK_FAILED', { stage: 'rebuild', subset }); }
    }
  }

  #point(number: number): Point {
    const point = this.#readBack.get(number);
    if (point === undefined) throw state('no-such-share', { share: number });
    return point;
  }

  #fits(key: Buffer): boolean {
    return timingSafeEqual(kekCheck(fromHex(this.manifest.setId)!, key), fromHex(this.manifest.kekCheck)!);
  }

  /** Lent: stays ours, and may be wiped by vault.wipe. @throws VAULT_STATE (not-rebuilt) */
  wrappingKey(): Buffer {
    if (this.#wrappingKey === null) throw state('not-rebuilt');
    return this.#wrappingKey;
  }

  #forgetWrappingKey(): void { this.#wrappingKey?.fill(0); this.#wrappingKey = null; }

  /** Fills every secret with zeros. Of no use afterwards. */
  wipe(): void {
    for (const envelope of this.#envelopes.values()) envelope.fill(0);
    for (const { y } of this.#readBack.values()) y.fill(0);
    this.#envelopes.clear();
    this.#readBack.clear();
    this.#forgetWrappingKey();
  }
}
