/**
 * The one share set a vault may hold, from its split to its wipe. A share is here as a whole only until its paper was read back; after that
 * only what was read from paper or card is here, so that what is rebuilt is what the custodians hold.
 */
import { timingSafeEqual } from 'node:crypto';
import { fromHex } from '../../../shared/bytes.ts';
import { AppError } from '../../../shared/errors.ts';
import { kekCheck } from '../../../shared/custody/digests.ts';
import type { Accepted, Taken } from '../../../shared/custody/judge.ts';
import type { Manifest, ManifestCustodian } from '../../../shared/custody/manifest.ts';
import type { Point } from '../../../shared/custody/gf256.ts';
import type { SetPurpose } from '../../../shared/vault/contract.ts';
import type { Issued } from './issue.ts';
import { must, type Judge } from './presented.ts';
import { combinePoints } from './splitter.ts';

const state = (reason: string, details: Readonly<Record<string, string | number>> = {}): AppError => new AppError('VAULT_STATE', { reason, ...details });

export type Carrier = 'paper' | 'card';
interface ReadBack { readonly point: Point; readonly carriers: Set<Carrier> }

export class ShareSet {
  readonly manifest: Manifest;
  readonly holds: SetPurpose;
  readonly #envelopes = new Map<number, Buffer>();
  readonly #printed = new Set<number>();
  readonly #readBack = new Map<number, ReadBack>();
  #secret: Buffer | null = null;
  #wiped = false;

  constructor(issued: Issued) {
    this.manifest = issued.manifest;
    this.holds = issued.holds;
    issued.envelopes.forEach((envelope, index) => { this.#envelopes.set(index + 1, envelope); });
  }

  /** The manifest's row. @throws VAULT_STATE (no-such-share) */
  custodian(share: number): ManifestCustodian {
    const row = this.manifest.custodians[share - 1];
    if (row === undefined) throw state('no-such-share', { share });
    return row;
  }

  /** The whole share, lent for printing or writing: stays ours. @throws VAULT_STATE when it was read back already: then only its carrier has it */
  envelope(share: number): Buffer {
    const envelope = this.#envelopes.get(this.custodian(share).number);
    if (envelope === undefined) throw state('read-back-already', { share });
    return envelope;
  }

  /** It may be on paper or on a card from now on. */
  markPrinted(share: number): void { this.#printed.add(share); }

  get unprinted(): readonly number[] { return [...this.#envelopes.keys()].filter((number) => !this.#printed.has(number)); }
  get readBackNumbers(): readonly number[] { return [...this.#readBack.keys()].sort((a, b) => a - b); }
  get hasSecret(): boolean { return this.#secret !== null; }

  /**
   * Judges what one person read from the paper, or what their card holds. A share may be read back once from each carrier.
   * @param judge of the presented share. @param person who presented it
   * @throws the codes of the table of faults (FORMATS-custody), VAULT_STATE (person, not-printed, share)
   */
  readBack(share: number, person: string, carrier: Carrier, judge: Judge): ManifestCustodian {
    const row = this.custodian(share);
    if (row.person !== person) throw state('person', { share, person });
    if (this.#envelopes.has(share) && !this.#printed.has(share)) throw state('not-printed', { share });
    const { manifest } = this;
    const accepted = must(judge({ by: 'manifest', manifest, drill: manifest.drill }, { presenter: row.name, person }, this.#taken(share, carrier)));
    try {
      if (accepted.number !== share) throw state('share', { share });
      this.#keep(accepted, carrier);
      return row;
    } finally { accepted.y.fill(0); }
  }

  /** The paper counts from here on: the whole share is forgotten. A card may be written before its custodian's paper is printed. */
  #keep(accepted: Accepted, carrier: Carrier): void {
    const known = this.#readBack.get(accepted.number);
    if (known !== undefined) known.carriers.add(carrier);
    else {
      const y = Buffer.allocUnsafeSlow(accepted.y.length);
      y.set(accepted.y);
      this.#readBack.set(accepted.number, { point: { x: accepted.x, y }, carriers: new Set([carrier]) });
    }
    if (carrier === 'paper') this.#forgetEnvelope(accepted.number);
  }

  #forgetEnvelope(share: number): void {
    this.#envelopes.get(share)?.fill(0);
    this.#envelopes.delete(share);
  }

  /** What was read before; the same share on its other carrier is no duplicate. */
  #taken(share: number, carrier: Carrier): Taken[] {
    return [...this.#readBack].filter(([number, { carriers }]) => number !== share || carriers.has(carrier))
      .map(([number, { point }]) => ({ number, x: point.x, presenter: this.custodian(number).name }));
  }

  /**
   * Rebuilds the secret from each subset, all of the same, and keeps it. Whole shares that are still here are forgotten.
   * @param subsets share numbers, each exactly `threshold` many; two or more different ones unless all shares are needed
   * @throws SHARE_NEED_MORE while a share was not read back, SHARE_KEK_CHECK_FAILED (`subset`), VAULT_STATE for subsets that prove too little
   */
  async rebuild(subsets: readonly (readonly number[])[]): Promise<void> {
    const { threshold, shares } = this.manifest;
    if (this.#readBack.size < shares) throw new AppError('SHARE_NEED_MORE', { have: this.#readBack.size, need: shares });
    const sorted = subsets.map((subset) => [...new Set(subset)].sort((a, b) => a - b));
    const different = new Set(sorted.map(String)).size;
    if (different !== subsets.length || different < (shares > threshold ? 2 : 1) || sorted.some((subset, i) => subset.length !== threshold || subsets[i]!.length !== threshold)) throw state('subsets');
    this.#forgetSecret();
    for (const subset of sorted) {
      const secret = await combinePoints(subset.map((number) => this.#point(number)), threshold);
      this.#forgetSecret();
      this.#secret = secret;
      // A wipe may have come while the library worked.
      if (this.#wiped) { this.#forgetSecret(); throw state('wiped'); }
      if (!this.#fits(secret)) { this.#forgetSecret(); throw new AppError('SHARE_KEK_CHECK_FAILED', { stage: 'rebuild', subset }); }
    }
    for (const share of [...this.#envelopes.keys()]) this.#forgetEnvelope(share);
  }

  #point(number: number): Point {
    const read = this.#readBack.get(number);
    if (read === undefined) throw state('no-such-share', { share: number });
    return read.point;
  }

  #fits(secret: Buffer): boolean {
    return timingSafeEqual(kekCheck(fromHex(this.manifest.setId)!, secret), fromHex(this.manifest.kekCheck)!);
  }

  /** Lent: stays ours, and may be wiped by vault.wipe. @throws VAULT_STATE (not-rebuilt; holds: the set is for something else) */
  secret(purpose: SetPurpose): Buffer {
    if (this.holds !== purpose) throw state('holds', { holds: this.holds });
    if (this.#secret === null) throw state('not-rebuilt');
    return this.#secret;
  }

  #forgetSecret(): void { this.#secret?.fill(0); this.#secret = null; }

  /** Fills every secret with zeros. Of no use afterwards. */
  wipe(): void {
    this.#wiped = true;
    for (const share of [...this.#envelopes.keys()]) this.#forgetEnvelope(share);
    for (const { point } of this.#readBack.values()) point.y.fill(0);
    this.#readBack.clear();
    this.#forgetSecret();
  }
}
