/** What the home screen says of a join. */
import { describe, expect, it } from 'vitest';
import { joinRows, joinSentence } from '../../../renderer/screens/home/join-view.ts';
import { forkLine } from '../../../renderer/screens/home/fork-view.ts';
import { custodyRegister } from '../../../shared/register/custody.ts';
import { buildFolder, buildOn } from '../../support/ceremony-folder.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import type { JoinLook } from '../../../shared/lineage/join-look.ts';

const look: JoinLook = {
  mode: 'rehearsal', both: [{ name: '0001-root', differs: [] }], onlyHere: ['0002-check'], notBegun: [], partAfter: '0001-root', ends: 2,
  brings: [{ name: '0002-check', as: '0002-check-1f2e3d4c', number: 2, head: '1f'.repeat(32) }],
};
describe('a join on the screen', () => {
  it('says what is brought, under which name, and what comes next', () => {
    expect(joinSentence(look, false)).toBe('1 ceremony is copied, byte for byte. The archive then has 2 ends, and the next ceremony here is their merge.');
    expect(joinSentence(look, true)).toBe('1 ceremony was copied, byte for byte. The archive has 2 ends, and the next ceremony here is their merge.');
    expect(joinRows(look)).toEqual([['In both archives', '1 ceremony'], ['Only here', '0002-check'], ['Brought here', '0002-check, here 0002-check-1f2e3d4c'], ['They part after', '0001-root']]);
  });
  it('says when there is nothing to bring, when the archive stays one chain, and when nothing is in common', () => {
    expect(joinSentence({ ...look, brings: [] }, false)).toBe('Everything that is over there is here already.');
    expect(joinSentence({ ...look, ends: 1, brings: [...look.brings, ...look.brings] }, true)).toBe('2 ceremonies were copied, byte for byte. The archive is one chain.');
    expect(joinRows({ ...look, partAfter: null }).at(-1)).toEqual(['They part after', 'nothing: they have no ceremony in common']);
  });
  it('names files that are not the same, and plans that stay there', () => {
    const rows = joinRows({ ...look, both: [{ name: '0001-root', differs: ['openings.jsonl'] }], notBegun: ['0003-waits'] });
    expect(rows).toContainEqual(['Not the same', '0001-root (openings.jsonl): what is here stays']);
    expect(rows).toContainEqual(['Plans that stay there', '0003-waits']);
  });
});

describe('a set that two archives replaced', () => {
  const first = buildFolder({ plan: samplePlan({ people: samplePeople(3), quorum: { threshold: 2, shares: 3 } }) });
  const key = (...slugs: readonly string[]) => custodyRegister([first, ...slugs.map((slug) => buildOn('re-share', [first], { slug }))].map(({ teller }) => ({ number: teller.state.opening!.number, state: teller.state }))).keys[0]!;
  it('names both sets that replaced it', () => {
    const forked = key('here', 'there'), [, one, other] = forked.sets;
    expect(forkLine(forked, forked.sets[0]!)).toBe(`Replaced more than once, in archives that did not know of each other: by ${one!.setName} and by ${other!.setName}. Each of them stands; destroy what is not used.`);
    expect(forkLine(forked, one!)).toBeNull();
  });
  it('is no fork where one did', () => { const one = key('here'); expect(forkLine(one, one.sets[0]!)).toBeNull(); });
});
