/** The verifier on a ceremony with an exception from the duties and a deputy. */
import { expect, it } from 'vitest';
import { purePorts } from '../../../shared/verify/pure-ports.ts';
import { verifyFolder } from '../../../shared/verify/verify-folder.ts';
import { encodePlan } from '../../../shared/ceremony/parse-plan.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { replay } from '../../../shared/verify/replay.ts';
import { readChain } from '../../../shared/transcript/chain.ts';
import { dutiesFolder } from '../../support/duties-folder.ts';

const built = dutiesFolder();
const verdict = () => verifyFolder({ name: built.name, files: built.files, findings: [] }, built.head, purePorts);
const { lines } = readChain(built.files.get('transcript.jsonl')!);

it('accepts a deputy whom the plan names, with the share and signature in their place', () => {
  const { findings, state } = verdict();
  expect(findings.filter(({ level }) => level === 'fault')).toEqual([]);
  expect(state?.set?.shares.map(({ custodian }) => custodian)).toEqual(['goran', 'bruno', 'chen', 'dalia', 'emil']);
});

it('misses no signature of the person in whose place a deputy acted', () => {
  expect(verdict().findings.filter(({ code }) => code === 'LIMIT_RECORD_NOT_SIGNED')).toEqual([]);
  expect(verdict().report.checks.find(({ name }) => name === 'record')?.text).toBe('All 9 participants with a credential signed the record.');
});

it('names each exception with its rule, people and reason, and each deputy', () => {
  const text = (code: string): string | undefined => verdict().findings.find((finding) => finding.code === code)?.text;
  expect(text('NOTE_DUTY_EXCEPTED')).toBe('Exception 1 from the separation of duties, by Walter Brandt and Xenia Petrou: “No custodian reaches the threshold together with those who report to them, directly or through others.” It is about Ada Okafor, Bruno Keller and Chen Wei. Their reason: The team has no other members.');
  expect(text('NOTE_DEPUTISED')).toMatch(/^Goran Ilić stood in for Ada Okafor from entry \d+ on, as the plan allows\.$/);
});

it('refuses a deputy whom the plan does not name as such', () => {
  const plan = JSON.parse(encodePlan(built.teller.told[0]!.before.plan)) as Plan;
  const other: Plan = { ...plan, people: plan.people.map((person) => (person.id === 'goran' ? { ...person, deputyOf: 'bruno' as never } : person)) };
  expect(replay(plan, lines, new Set()).refused).toBeNull();
  expect(replay(other, lines, new Set()).refused).toMatchObject({ rule: 'RULE_DEPUTY_STANDS_IN', seq: built.teller.told.find(({ entry }) => entry.type === 'deputised')!.entry.seq });
});
