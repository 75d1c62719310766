/** Archives that went two ways from a common past, and the merge that joins them. For tests. */
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { buildFolder, buildOn } from './ceremony-folder.ts';
import type { BuiltFolder, FolderOptions } from './ceremony-folder.ts';
import { samplePeople } from './sample-people.ts';
import { samplePlan } from './sample-plan.ts';

/** The plan of a merge in archives without a charter. */
export const mergePlan = (parents: readonly BuiltFolder[], overrides: Partial<Plan> = {}): Plan => ({
  format: 'quorate-plan/1', mode: 'rehearsal',
  ceremony: { kind: 'merge', title: 'Merge of the archives', organisation: 'Example Trust', place: 'Room 4, Harbour Street 12, Hamburg', date: '2026-12-01' },
  people: samplePeople(3), quorum: { threshold: 2, shares: 3 }, sheets: { paper: 'A4', printer: { kind: 'folder' } }, lastHead: 'from-paper',
  decision: { purpose: 'One archive again', authority: 'Board, decision 2026-19' }, parents: parents.map(({ link }) => link), ...overrides,
});
export const buildMerge = (number: number, parents: readonly BuiltFolder[], options: FolderOptions & { readonly overrides?: Partial<Plan> } = {}): BuiltFolder => {
  const { overrides, ...rest } = options, plan = mergePlan(parents, overrides);
  return buildFolder({ plan, number, previous: [...plan.parents!], slug: 'merge', ...rest });
};

/** A key with three shares; over here a check of them, over there a re-share; then the merge, and a check of the new set. */
export interface Merged { readonly first: BuiltFolder; readonly here: BuiltFolder; readonly there: BuiltFolder; readonly merge: BuiltFolder; readonly after: BuiltFolder; readonly all: readonly BuiltFolder[] }
export const buildMerged = (): Merged => {
  const first = buildFolder({ plan: samplePlan({ people: samplePeople(3), quorum: { threshold: 2, shares: 3 } }) });
  const here = buildOn('share-check', [first], { slug: 'check-here' });
  const there = buildOn('re-share', [first], { slug: 're-share-there', later: 90 });
  const merge = buildMerge(3, [here, there]);
  const after = buildOn('share-check', [first, here, there, merge], { number: 4, previous: merge.link, slug: 'check-after' });
  return { first, here, there, merge, after, all: [first, here, there, merge, after] };
};
