/** The plan that the documents show can be read, and lacks only what the day fills in. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parsePlan } from '../../../shared/ceremony/parse-plan.ts';

const text = readFileSync(new URL('../../../docs/example-plan.json', import.meta.url), 'utf8');

it('docs/example-plan.json is a sound draft', () => {
  const { plan, findings } = parsePlan(text, { draft: true });
  expect(findings).toEqual([]);
  expect(plan?.quorum).toEqual({ threshold: 2, shares: 3 });
});
it('it is not frozen before keys, serials and the digest of the module are there', () => {
  const { findings } = parsePlan(text, { draft: false });
  expect(new Set(findings.map((finding) => finding.code))).toEqual(new Set(['PLAN_INCOMPLETE']));
  expect(findings.map((finding) => finding.where)).toContain('hsm.module.sha256');
});

it('docs/example-plan-custody.json is a sound draft with cards, a blind sheet and a PIN that goes to a quorum', () => {
  const custody = readFileSync(new URL('../../../docs/example-plan-custody.json', import.meta.url), 'utf8');
  const { plan, findings } = parsePlan(custody, { draft: true });
  expect(findings).toEqual([]);
  expect(plan?.people.flatMap((person) => person.custody?.carrier ?? [])).toEqual(['paper', 'card', 'both']);
  expect(plan?.pin?.control).toBe('quorum');
  expect(parsePlan(custody, { draft: false }).findings.map(({ where }) => where)).toContain('people.2.custody.card.serial');
});
