import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { encodePlan, parsePlan } from '../../../shared/ceremony/parse-plan.ts';
import type { PlanFinding } from '../../../shared/ceremony/plan-findings.ts';
import { addCustodian, changePerson, formFromText, removePerson, textOfForm, withBackup, withProfile } from '../../../renderer/screens/prepare/plan-form.ts';
import { openTasks, quorumSentences, summaryOf, taskStatus, whatIfRows } from '../../../renderer/screens/prepare/prepare-view.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const finding = (code: PlanFinding['code'], task: PlanFinding['task']): PlanFinding => ({ code, task, where: '', text: 'x' });

describe('the plan as a form', () => {
  it('gives a sound plan back byte for byte', () => {
    const text = encodePlan(samplePlan());
    expect(textOfForm(formFromText(text)!)).toBe(text);
  });
  it('shows a plan whose values are not right yet, and saves what was typed', () => {
    const plan = changePerson(samplePlan(), 'ada', { name: '' });
    const text = textOfForm(plan);
    expect(parsePlan(text, { draft: true }).plan).toBeNull();
    expect(formFromText(text)?.people.find((person) => person.id === 'ada')?.name).toBe('');
  });
  it('trims values and writes letters in one form', () => {
    const plan = changePerson(samplePlan(), 'ada', { name: ' Zoe\u0301 Adams ' });
    expect(formFromText(textOfForm(plan))?.people.find((person) => person.id === 'ada')?.name).toBe('Zo\u00e9 Adams');
  });
  it.each(['', '[]', '{"format":"quorate-plan/1"}', JSON.stringify({ ...samplePlan(), extra: 1 }), 'null'])('does not show %s as a form', (text) => {
    expect(formFromText(text)).toBeNull();
  });
  it('keeps N equal to the number of custodians, and M within it', () => {
    const more = addCustodian(samplePlan());
    expect(more.quorum).toEqual({ threshold: 3, shares: 6 });
    expect(new Set(more.people.map((person) => person.id)).size).toBe(more.people.length);
    const fewer = ['ada', 'bruno', 'chen'].reduce(removePerson, samplePlan());
    expect(fewer.quorum).toEqual({ threshold: 2, shares: 2 });
  });
  it('takes the backup, the media and the second token away with Ed25519', () => {
    const plan = withProfile(samplePlan(), 'ed25519');
    expect([plan.key.backup.kind, plan.media, plan.hsm.secondSerial]).toEqual(['none', 0, null]);
    expect(withBackup(plan, 'split').media).toBe(2);
  });
});

describe('the state of a task', () => {
  it('is completed without findings, unfinished with gaps only, and a problem otherwise', () => {
    expect(taskStatus([], 'hsm').word).toBe('Completed');
    expect(taskStatus([finding('PLAN_INCOMPLETE', 'hsm')], 'hsm').word).toBe('Not finished');
    expect(taskStatus([finding('PLAN_INCOMPLETE', 'hsm'), finding('PLAN_RULE', 'hsm')], 'hsm').word).toBe('There is a problem');
    expect(openTasks([finding('PLAN_RULE', 'key'), finding('PLAN_FIELD', 'key'), finding('PLAN_INCOMPLETE', 'hsm')])).toBe(2);
  });
  it('is summed up from the plan', () => {
    expect(summaryOf(samplePlan(), 'roster')).toBe('5 custodians, 3 others');
    expect(summaryOf(samplePlan(), 'certificate')).toBe('Example Root CA 2026, 20 years');
  });
});

describe('the quorum in words', () => {
  it('says who can act and what may be lost', () => {
    expect(quorumSentences(3, 5)).toEqual(['Any 3 of 5 can recover the key.', '3 acting together could use it without the others. You can lose 2 shares and still recover.']);
    expect(quorumSentences(3, 3)[1]).toMatch(/No share may be lost/);
    expect(quorumSentences(2, 5)[1]).toMatch(/Two separate groups/);
  });
  it('goes from nobody absent to the first number that stops everything', () => {
    expect(whatIfRows(3, 5).map((row) => [row.absent, row.verdict, row.margin])).toEqual([[0, 'can', '2'], [1, 'can', '1'], [2, 'just', 'zero'], [3, 'cannot', '–']]);
    expect(whatIfRows(3, 3).map((row) => row.verdict)).toEqual(['just', 'cannot']);
  });
  it('holds for every quorum: the last row cannot, the one before just can, no row twice', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 16 }), fc.integer({ min: 0, max: 14 }), (threshold, spare) => {
      const rows = whatIfRows(threshold, threshold + spare);
      expect(rows.at(-1)!.verdict).toBe('cannot');
      expect(rows.at(-2)!.verdict).toBe('just');
      expect(new Set(rows.map((row) => row.absent)).size).toBe(rows.length);
    }));
  });
});
