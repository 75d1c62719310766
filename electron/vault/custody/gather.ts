/**
 * Shares of one existing set, gathered until there are enough, and the secret that they rebuild. A share is kept only after the table of
 * faults has passed it; nothing is computed from fewer than the threshold.
 */
import { timingSafeEqual } from 'node:crypto';
import { AppError, refuse, type Refusal } from '../../../shared/errors.ts';
import { kekCheck } from '../../../shared/custody/digests.ts';
import type { Point } from '../../../shared/custody/gf256.ts';
import { factsOf, type Accepted, type Presented, type SetFacts, type Taken, type Wanted } from '../../../shared/custody/judge.ts';
import { must, type Judge } from './presented.ts';
import { combinePoints } from './splitter.ts';

const state = (reason: string, details: Readonly<Record<string, string | number>> = {}): AppError => new AppError('VAULT_STATE', { reason, ...details });
const copyOf = (bytes: Uint8Array): Buffer => { const out = Buffer.allocUnsafeSlow(bytes.length); out.set(bytes); return out; };
const sameFacts = (a: SetFacts, b: SetFacts): boolean => a.threshold === b.threshold && Buffer.from(a.kekCheck).equals(b.kekCheck);

interface Gathered { readonly point: Point; readonly presenter: string }

export class Gather {
  readonly wanted: Wanted;
  /** Known from the manifest; without one, from the first share that the fingerprint passes. */
  #facts: SetFacts | null;
  readonly #shares = new Map<number, Gathered>();
  #secret: Buffer | null = null;
  #wiped = false;

  /** @param wanted by manifest, or by the fingerprint that a person typed from paper */
  constructor(wanted: Wanted) {
    this.wanted = wanted;
    this.#facts = wanted.by === 'manifest' ? factsOf(wanted.manifest) : null;
  }

  get numbers(): readonly number[] { return [...this.#shares.keys()].sort((a, b) => a - b); }

  /**
   * Judges one share and keeps its value.
   * @throws the codes of the table of faults, VAULT_STATE (combined: the gather is over)
   */
  read(presented: Presented, judge: Judge): Omit<Accepted, 'y'> {
    if (this.#wiped || this.#secret !== null) throw state('combined');
    const { y, ...accepted } = must(judge(this.wanted, presented, this.#taken()));
    try {
      const fault = this.#otherFacts(accepted, presented);
      if (fault !== null) must(fault);
      this.#shares.set(accepted.number, { point: { x: accepted.x, y: copyOf(y) }, presenter: presented.presenter });
      return accepted;
    } finally { y.fill(0); }
  }

  #taken(): Taken[] { return [...this.#shares].map(([number, { point, presenter }]) => ({ number, x: point.x, presenter })); }

  /** Without a manifest a set key that signed two different thresholds or checks is no reason to trust either. */
  #otherFacts({ set, number, name }: Omit<Accepted, 'y'>, { presenter }: Presented): Refusal | null {
    this.#facts ??= set;
    return sameFacts(this.#facts, set) ? null : refuse('SHARE_NOT_IN_MANIFEST', { presenter, number, name });
  }

  /**
   * Rebuilds the secret from exactly the shares named, checks it, and checks with every share beyond them that another subset gives the
   * same. The shares are wiped whatever comes of it once something was computed; the secret stays.
   * @param shares numbers of gathered shares, `threshold` many
   * @throws SHARE_NEED_MORE (nothing was computed), SHARE_KEK_CHECK_FAILED (`stage`: gather or cross-check; `subset`), VAULT_STATE
   */
  async combine(shares: readonly number[]): Promise<void> {
    const facts = this.#assertEnough(shares);
    const chosen = shares.map((number) => this.#point(number)), spare = [...this.#shares].filter(([number]) => !shares.includes(number));
    try {
      const secret = await combinePoints(chosen, facts.threshold);
      try {
        if (!timingSafeEqual(kekCheck(facts.setId, secret).subarray(0, facts.kekCheck.length), facts.kekCheck)) throw new AppError('SHARE_KEK_CHECK_FAILED', { stage: 'gather', subset: shares });
        for (const [number, { point }] of spare) await assertSame(secret, [point, ...chosen.slice(1)], [number, ...shares.slice(1)]);
        // A wipe may have come while the library worked.
        if (this.#wiped) throw state('wiped');
        this.#secret = copyOf(secret);
      } finally { secret.fill(0); }
    } finally { this.#forgetShares(); }
  }

  #assertEnough(shares: readonly number[]): SetFacts {
    if (this.#wiped || this.#secret !== null) throw state('combined');
    const facts = this.#facts, have = this.#shares.size;
    if (facts === null) throw new AppError('SHARE_NEED_MORE', { have });
    const distinct = new Set(shares).size;
    if (have < facts.threshold || distinct < facts.threshold) throw new AppError('SHARE_NEED_MORE', { have: Math.min(have, distinct), need: facts.threshold });
    if (distinct !== shares.length || distinct !== facts.threshold) throw state('subsets');
    return facts;
  }

  #point(number: number): Point {
    const gathered = this.#shares.get(number);
    if (gathered === undefined) throw state('no-such-share', { share: number });
    return gathered.point;
  }

  /** Lent: stays ours, and may be wiped. @throws VAULT_STATE (not-combined) */
  secret(): Buffer {
    if (this.#secret === null) throw state('not-combined');
    return this.#secret;
  }

  #forgetShares(): void {
    for (const { point } of this.#shares.values()) point.y.fill(0);
    this.#shares.clear();
  }

  /** Fills every secret with zeros. Of no use afterwards. */
  wipe(): void {
    this.#wiped = true;
    this.#forgetShares();
    this.#secret?.fill(0);
    this.#secret = null;
  }
}

const assertSame = async (secret: Buffer, points: readonly Point[], subset: readonly number[]): Promise<void> => {
  const other = await combinePoints(points, points.length);
  try {
    if (!timingSafeEqual(other, secret)) throw new AppError('SHARE_KEK_CHECK_FAILED', { stage: 'cross-check', subset });
  } finally { other.fill(0); }
};
