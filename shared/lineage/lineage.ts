/**
 * The ceremonies of an archive as a graph: each names by their heads those that went before it. Order is proved by the links; clocks only
 * order what no link orders. Judges nothing: a head that nobody here has is left out.
 */

/** One ceremony. `head`: its closing head, or null where it cannot be told. `openedAt`: the instant of line 0. */
export interface Kin { readonly head: string | null; readonly number: number; readonly openedAt: string | null; /** Heads of the ceremonies that line 0 names. */ readonly parents: readonly string[] }
/** Ceremonies by their index in the list that was given. */
export interface Lineage {
  /** What went before comes first; else the earlier opening, the lower number, the lower head. */
  readonly order: readonly number[];
  /** Ceremonies that no other names: one in an archive that is whole, more where it forks and no merge joins the branches. */
  readonly tips: readonly number[];
  /** Direct predecessors that are here. */
  readonly parents: readonly (readonly number[])[];
  /** Whether `a` went before `b` by links. Never true of a ceremony and itself. */
  precedes(a: number, b: number): boolean;
  /** Whether neither went before the other: they happened in archives that did not know of each other. */
  concurrent(a: number, b: number): boolean;
}

const compare = (a: Kin, b: Kin): number => {
  const by = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
  return by(a.openedAt ?? '', b.openedAt ?? '') || a.number - b.number || by(a.head ?? '', b.head ?? '');
};

/** @returns for each ceremony the indices of its predecessors; of two with one head the first counts. */
const resolve = (kin: readonly Kin[]): readonly (readonly number[])[] => {
  const byHead = new Map<string, number>();
  for (const [index, { head }] of kin.entries()) if (head !== null && !byHead.has(head)) byHead.set(head, index);
  return kin.map(({ parents }, index) => [...new Set(parents)].flatMap((head) => { const at = byHead.get(head); return at === undefined || at === index ? [] : [at]; }));
};

const firstWhere = (all: Iterable<number>, fits: (one: number) => boolean): number | null => { for (const one of all) if (fits(one)) return one; return null; };

/** A head is the digest of what names its predecessors, so that no circle can be made; if heads are claimed falsely, a circle is left in the order of its clocks. */
const sortByLinks = (kin: readonly Kin[], parents: readonly (readonly number[])[]): readonly number[] => {
  const byClock = kin.map((_, index) => index).sort((a, b) => compare(kin[a]!, kin[b]!));
  const done = new Set<number>(), left = new Set(byClock);
  while (left.size > 0) {
    const next = firstWhere(left, (index) => parents[index]!.every((parent) => done.has(parent))) ?? firstWhere(left, () => true)!;
    done.add(next);
    left.delete(next);
  }
  return [...done];
};

/** Of each ceremony the bits of all that went before it. */
const ancestorsOf = (order: readonly number[], parents: readonly (readonly number[])[]): readonly Uint32Array[] => {
  const words = Math.ceil(order.length / 32), sets = order.map(() => new Uint32Array(words));
  for (const index of order) {
    const own = sets[index]!;
    for (const parent of parents[index]!) {
      for (let word = 0; word < words; word++) own[word]! |= sets[parent]![word]!;
      own[parent >>> 5]! |= 1 << (parent & 31);
    }
  }
  return sets;
};

/** @param kin in any order; the answer does not depend on it, but for the indices. */
export const lineageOf = (kin: readonly Kin[]): Lineage => {
  const parents = resolve(kin), order = sortByLinks(kin, parents), before = ancestorsOf(order, parents);
  const named = new Set(parents.flat());
  const precedes = (a: number, b: number): boolean => a !== b && (before[b]![a >>> 5]! & (1 << (a & 31))) !== 0;
  return { order, parents, tips: order.filter((index) => !named.has(index)), precedes, concurrent: (a, b) => a !== b && !precedes(a, b) && !precedes(b, a) };
};
