/** Ceremonies as a graph: their order, which went before which, and the ends. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonPast, isJoined } from '../../../shared/lineage/common-past.ts';
import { lineageOf, type Kin } from '../../../shared/lineage/lineage.ts';

const kin = (head: string, parents: readonly string[], minute: number, number = 1): Kin => ({ head, number, parents, openedAt: `2026-11-24T09:${String(minute).padStart(2, '0')}:00.000Z` });
/** a ← b ← d, a ← c; m joins c and d. */
const FORK = [kin('a', [], 0), kin('b', ['a'], 1, 2), kin('c', ['a'], 5, 2), kin('d', ['b'], 9, 3)];
const MERGED = [...FORK, kin('m', ['c', 'd'], 12, 4)];
const names = (list: readonly Kin[], indices: readonly number[]): readonly (string | null)[] => indices.map((index) => list[index]!.head);

/** A random graph: each ceremony names earlier ones of the list. */
const graph = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 59 })), { minLength: 1, maxLength: 14 }).map((rows) => rows.map(([a, b, minute], index): Kin =>
  kin(`h${index}`, index === 0 ? [] : [...new Set([`h${a % index}`, ...(b % 3 === 0 ? [`h${b % index}`] : [])])], minute)));

describe('the lineage of an archive', () => {
  it('puts what went before first, then the earlier opening', () => {
    expect(names(MERGED, lineageOf(MERGED).order)).toEqual(['a', 'b', 'c', 'd', 'm']);
    const late = [kin('a', [], 30), kin('b', ['a'], 10), kin('c', ['b'], 5)];
    expect(names(late, lineageOf(late).order)).toEqual(['a', 'b', 'c']);
  });
  it('tells what went before what, and what did not know of each other', () => {
    const { precedes, concurrent } = lineageOf(MERGED);
    expect([precedes(0, 3), precedes(3, 0), precedes(2, 3), precedes(2, 4), precedes(1, 1)]).toEqual([true, false, false, true, false]);
    expect([concurrent(2, 3), concurrent(0, 3), concurrent(2, 2)]).toEqual([true, false, false]);
  });
  it('has one end where a merge is over all, and more where none is', () => {
    expect(names(FORK, lineageOf(FORK).tips)).toEqual(['c', 'd']);
    expect(names(MERGED, lineageOf(MERGED).tips)).toEqual(['m']);
  });
  it('finds where branches part, and whether anything joins them', () => {
    const open = lineageOf(FORK), joined = lineageOf(MERGED), apart = lineageOf([kin('x', [], 0), kin('y', [], 1)]);
    expect([commonPast(open, open.tips), commonPast(joined, joined.tips), commonPast(apart, apart.tips)]).toEqual([0, 4, null]);
    expect([isJoined(open, 2, 3), isJoined(joined, 2, 3), isJoined(open, 0, 3)]).toEqual([false, true, true]);
  });
  it('leaves out heads that nobody here has, and ends on circles that nobody can make', () => {
    const part = [kin('b', ['a'], 1), kin('c', ['b'], 2)], circle = [kin('x', ['y'], 2), kin('y', ['x'], 1)];
    expect(lineageOf(part).parents).toEqual([[], [0]]);
    expect(names(circle, lineageOf(circle).order)).toEqual(['y', 'x']);
  });
  it('does not depend on the order in which the folders are read', () => {
    fc.assert(fc.property(graph, fc.nat(), (list, seed) => {
      const turned = list.map((_, index) => list[(index + seed) % list.length]!).reverse();
      const one = lineageOf(list), other = lineageOf(turned);
      expect(names(list, one.order)).toEqual(names(turned, other.order));
      expect(names(list, one.tips)).toEqual(names(turned, other.tips));
      for (const [a] of list.entries()) for (const [b] of list.entries()) expect(one.precedes(a, b)).toBe(other.precedes(turned.indexOf(list[a]!), turned.indexOf(list[b]!)));
    }));
  });
  it('orders every ceremony after all that went before it', () => {
    fc.assert(fc.property(graph, (list) => {
      const { order, precedes, parents } = lineageOf(list);
      expect(order.toSorted((a, b) => a - b)).toEqual([...list.keys()]);
      for (const [at, index] of order.entries()) for (const later of order.slice(at)) expect(precedes(later, index)).toBe(false);
      for (const [index, own] of parents.entries()) for (const parent of own) expect(precedes(parent, index)).toBe(true);
    }));
  });
});
