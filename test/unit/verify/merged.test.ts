/** Archives that were joined: what the verifier accepts, what it tells, and what it names as a fault. */
import { describe, expect, test } from 'vitest';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { purePorts } from '../../../shared/verify/pure-ports.ts';
import { treeOf } from '../../../shared/verify/tree.ts';
import { verifyFound } from '../../../shared/verify/verify-archive.ts';
import { nodePorts } from '../../../electron/verify/node-ports.ts';
import type { VerifyReport } from '../../../shared/transcript/report.ts';
import { buildFolder, buildOn } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { buildMerge, buildMerged, mergePlan } from '../../support/merged-archive.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';

type Named = Pick<BuiltFolder, 'name' | 'files'>;
const verify = (folders: readonly Named[], anchor: string | null, ports = nodePorts): VerifyReport =>
  verifyFound({ name: 'archive', path: 'archive' }, treeOf(folders.flatMap(({ name, files }) => [...files].map(([file, bytes]) => ({ path: `${name}/${file}`, bytes })))), anchor, ports);
const faults = (folders: readonly Named[], anchor: string | null): readonly (readonly [string, string | null, number | null])[] =>
  verify(folders, anchor).findings.filter(({ level }) => level === 'fault').map(({ code, file, seq }) => [code, file, seq]);
const codes = (report: VerifyReport): readonly string[] => report.findings.map(({ code }) => code);

const { first, here, there, merge, after, all } = buildMerged();
const twin = buildOn('re-share', [first], { slug: 'check-here', later: 30 });

describe('a merged archive', () => {
  test('is anchored as a whole by the head of its newest ceremony, by both verifiers', () => {
    for (const ports of [nodePorts, purePorts]) {
      const report = verify(all, after.head, ports);
      expect(report).toMatchObject({ exitStatus: 0, headline: 'Sound, and anchored.' });
      expect(report.folders.map(({ checks }) => checks.filter(({ name }) => name === 'anchor' || name === 'previous').map(({ result }) => result))).toEqual(all.map(() => ['sound', 'sound']));
    }
  });
  test('shows the fork that was joined, and where it parted', () => {
    expect(verify(all, after.head).findings.find(({ code }) => code === 'NOTE_FORK')).toMatchObject({ file: '0003-merge', seq: 0, text: 'This ceremony joins 0002-check-here and 0002-re-share-there. They part after 0001-example-root-2026.' });
    expect(codes(verify([first, here], here.head))).not.toContain('NOTE_FORK');
  });
  test('is not anchored by a head before the merge, which covers its own branch only', () => {
    const report = verify(all, here.head);
    expect(report).toMatchObject({ exitStatus: 3, anchored: false });
    expect(report.folders.map(({ name, checks }) => [name, checks.find((row) => row.name === 'anchor')?.result])).toEqual([
      [first.name, 'sound'], [here.name, 'sound'], [there.name, 'not-done'], [merge.name, 'not-done'], [after.name, 'not-done']]);
  });
  test('names both ceremonies where two replaced one set', () => {
    const other = buildOn('re-share', [first], { slug: 're-share-here' }), joined = buildMerge(3, [other, there]);
    expect(verify([first, other, there, joined], joined.head).findings.filter(({ code }) => code === 'NOTE_FORK').at(-1)?.text)
      .toMatch(/^Set \S+ was replaced more than once, .* by \S+ in 0002-re-share-here and by \S+ in 0002-re-share-there\. Each of them stands\.$/);
  });
  test('may join archives with nothing in common', () => {
    const strange = buildFolder({ slug: 'other-root', later: 5, plan: samplePlan({ people: samplePeople(3), quorum: { threshold: 2, shares: 3 } }) }), joined = buildMerge(2, [first, strange]);
    const report = verify([first, strange, joined], joined.head);
    expect(report.exitStatus).toBe(0);
    expect(report.findings.find(({ code }) => code === 'NOTE_FORK')?.text).toMatch(/They have no ceremony in common\.$/);
  });
  test('takes a folder whose name was taken with the first digits of its head after it, and says so of no other name', () => {
    const named = { name: `${twin.name}-${twin.head.slice(0, 8)}`, files: twin.files }, joined = buildMerge(3, [here, twin]);
    expect(codes(verify([first, here, named, joined], joined.head))).not.toContain('NOTE_FOLDER_NAME');
    expect(verify([first, here, named, joined], joined.head).exitStatus).toBe(0);
    expect(codes(verify([first, here, { ...named, name: `${twin.name}-2` }, joined], joined.head))).toContain('NOTE_FOLDER_NAME');
  });
});

describe('archives that were joined and not merged', () => {
  test('are told as a fork, and an anchor covers its branch and names the other', () => {
    const report = verify([first, here, there], here.head);
    expect(report).toMatchObject({ exitStatus: 3, holds: true, anchored: false });
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'LIMIT_FORK', text: expect.stringContaining('has 2 ends that no merge joins: 0002-check-here, 0002-re-share-there. They part after 0001-example-root-2026.') }));
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'LIMIT_NOT_ANCHORED', text: `The anchor is the head of ${here.name}. It does not cover ${there.name}: no link leads there.` }));
  });
  test('are consistent at most without an anchor', () => {
    expect(verify([first, here, there], null)).toMatchObject({ exitStatus: 3, headline: 'Consistent, but not anchored.' });
  });
  test('show no fork where only a folder is missing between', () => {
    const third = buildOn('share-check', [first, here], { slug: 'later' });
    expect(codes(verify([first, third], third.head))).not.toContain('LIMIT_FORK');
    expect(codes(verify([first, third], third.head))).toContain('LIMIT_PREDECESSOR_NOT_SEEN');
  });
});

describe('a merge that was tampered with', () => {
  const transcript = `${merge.name}/transcript.jsonl`;
  test.each([['here', here], ['there', there]] as const)('lacks the parent %s', (_, gone) => {
    expect(faults(all.filter((one) => one !== gone), after.head)[0]).toEqual(['FOLDER_PREVIOUS', transcript, 0]);
  });
  test('has another ceremony in the place of a parent', () => {
    const other = buildOn('share-check', [first], { slug: 'check-here', later: 1 });
    expect(faults(all.map((one) => (one === here ? other : one)), after.head)).toContainEqual(['FOLDER_PREVIOUS', transcript, 0]);
  });
  test.each([
    ['has its parents in another order than the plan', () => buildMerge(3, [here, there], { previous: [there.link, here.link] })],
    ['has fewer parents than the plan', () => buildMerge(3, [here, there, twin], { previous: [here.link, there.link] })],
    ['has another record of a parent than the plan', () => buildMerge(3, [here, there], { previous: [here.link, { ...there.link, record: 'ab'.repeat(32) as Sha256Hex }] })],
    ['names one ceremony only', () => buildMerge(3, [here, there], { previous: here.link })],
    ['is no merge by its plan', () => buildFolder({ number: 3, previous: [here.link, there.link] })],
  ])('%s', (_, build) => { expect(build).toThrow('RULE_PLAN_BOUND'); });
  test('joins a ceremony with one that went before it', () => {
    const nested = buildMerge(3, [first, here]);
    expect(faults([first, here, nested], nested.head)).toEqual([['FOLDER_PREVIOUS', `${nested.name}/transcript.jsonl`, 0]]);
  });
  test('has another plan, or a changed line 0', () => {
    const files = new Map(merge.files).set('plan.json', new TextEncoder().encode(JSON.stringify(mergePlan([there, here]))));
    expect(faults([first, here, there, { name: merge.name, files }], null)[0]).toEqual(['FOLDER_FILE_DIGEST', `${merge.name}/plan.json`, 0]);
    const swapped = new TextDecoder().decode(merge.files.get('transcript.jsonl')).replace(JSON.stringify(merge.teller.state.opening!.previous), JSON.stringify([there.link, here.link]));
    expect(faults([first, here, there, { name: merge.name, files: new Map(merge.files).set('transcript.jsonl', new TextEncoder().encode(swapped)) }], merge.head)[0]?.slice(1)).toEqual([`${merge.name}/transcript.jsonl`, 0]);
  });
  test('brings the same ceremony twice', () => {
    expect(faults([...all, { name: `${here.name}-${here.head.slice(0, 8)}`, files: here.files }], after.head)).toContainEqual(['FOLDER_PREVIOUS', `${here.name}-${here.head.slice(0, 8)}`, null]);
  });
  test('stands beside a ceremony of its own number in the same line', () => {
    const again = buildMerge(3, [after, twin], { slug: 'again' });
    expect(faults([...all, { name: `${twin.name}-${twin.head.slice(0, 8)}`, files: twin.files }, again], again.head)).toEqual([['FOLDER_PREVIOUS', again.name, null]]);
  });
});
