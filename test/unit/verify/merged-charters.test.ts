/** A merge of archives with charters: it names the charter in force at each end, and the verifier holds it to that. */
import { describe, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/verify/node-ports.ts';
import type { Charter } from '../../../shared/charter/charter-schema.ts';
import { uniteCharters } from '../../../shared/charter/unite.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { charterInForce, chartersAtEnds } from '../../../shared/register/charter.ts';
import { treeOf } from '../../../shared/verify/tree.ts';
import { verifyFound } from '../../../shared/verify/verify-archive.ts';
import { buildFolder } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { buildMerge } from '../../support/merged-archive.ts';
import { foundingPlan, sampleCharter } from '../../support/sample-charter.ts';
import { samplePeople } from '../../support/sample-people.ts';

const base = sampleCharter();
const revoked: Charter = { ...base, members: base.members.map((member) => (member.id === 'emil' ? { ...member, standing: 'revoked' } : member)) };
const stricter: Charter = { ...base, policy: { ...base.policy, headCount: { always: 3, irreversible: 5 } } };
const founding = buildFolder({ plan: foundingPlan(), slug: 'founding' });
const amendment = (charter: Charter, slug: string, later: number): BuiltFolder => buildFolder({
  number: 2, previous: founding.link, slug, later,
  plan: foundingPlan({ ceremony: { ...foundingPlan().ceremony, kind: 'amendment', title: 'Change of people or policy' }, charter, before: [{ ceremony: 1, head: founding.head, charter: base }] }),
});
const here = amendment(revoked, 'here', 0), there = amendment(stricter, 'there', 30);
const before = (folder: BuiltFolder, charter: Charter): NonNullable<Plan['before']>[number] => ({ ceremony: folder.link.number, head: folder.head, charter });
const united = uniteCharters([revoked, stricter], base).charter;
const merge = (listed: Plan['before'], charter: Charter = united): BuiltFolder =>
  buildMerge(3, [here, there], { overrides: { people: samplePeople(4), quorum: { threshold: 3, shares: 4 }, charter, before: listed } });
const faults = (folders: readonly BuiltFolder[], anchor: string): readonly unknown[] =>
  verifyFound({ name: 'archive', path: 'archive' }, treeOf(folders.flatMap(({ name, files }) => [...files].map(([file, bytes]) => ({ path: `${name}/${file}`, bytes })))), anchor, nodePorts)
    .findings.filter(({ level }) => level === 'fault').map(({ code, file }) => [code, file]);
const told = (...folders: readonly BuiltFolder[]) => folders.map(({ teller }) => ({ number: teller.state.opening!.number, state: teller.state }));

describe('a merge of archives with charters', () => {
  const joined = merge([before(here, revoked), before(there, stricter)]);
  test('is sound when it names the charter at each end, each approved by its own quorum', () => {
    expect(faults([founding, here, there, joined], joined.head)).toEqual([]);
    const approvals = new Map<string, number>();
    for (const { step } of joined.teller.state.signoffs) approvals.set(step, (approvals.get(step) ?? 0) + 1);
    expect([...approvals.values()]).toEqual([3, 3]);
    expect(joined.teller.state.memberChanges.map(({ person, change }) => [person, change])).toEqual([['emil', 'revoked']]);
  });
  test('puts the united charter in force', () => {
    expect(chartersAtEnds(told(founding, here, there), [here, there])).toMatchObject([{ ceremony: 2, head: here.head }, { ceremony: 2, head: there.head }]);
    expect(charterInForce(told(there, joined, founding, here))).toMatchObject({ ceremony: 3, head: joined.head, charter: united });
  });
  test.each([
    ['leaves out the charter of one end', [before(here, revoked)]],
    ['names the charter of before as that of an end', [before(here, revoked), before(founding, base)]],
    ['names a charter by another ceremony', [before(here, revoked), { ...before(there, stricter), head: here.head }]],
  ])('%s: FOLDER_CHARTER', (_, listed) => {
    const wrong = merge(listed, listed.length === 1 ? revoked : united);
    expect(faults([founding, here, there, wrong], wrong.head)).toContainEqual(['FOLDER_CHARTER', `${wrong.name}/plan.json`]);
  });
  test('cannot be approved by one of them alone', () => {
    expect(() => buildMerge(3, [here, there], { overrides: { people: samplePeople(4), quorum: { threshold: 3, shares: 4 }, charter: united, before: [before(here, revoked), before(there, stricter)] }, play: (teller, step) => {
      if (step.kind !== 'sign' || !step.title.endsWith('0002') || teller.state.signoffs.length < 3) return false;
      teller.complete(teller.state.plan.people[0]!.id);
      return true;
    } })).toThrow('RULE_HOLD_POINT');
  });
});
