/** What Prepare says of clauses before a plan is approved. */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { CLAUSES } from '../../../shared/clauses/clauses.ts';
import { clausesView } from '../../../renderer/screens/prepare/clauses-view.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const plan = samplePlan();
const withoutBackup: Plan = { ...plan, key: { ...plan.key, backup: { kind: 'none', reason: 'Short-lived.', approvedBy: 'Board' } } };

describe('clauses in Prepare', () => {
  it('puts what is missing first, with the sentence', () => {
    const view = clausesView(plan);
    expect(view.missing.map(({ id }) => id)).toEqual(['BR-6.1.1.1-MODULE', 'BR-6.1.1.1-CONTROLS', 'ETSI-GEN-6.5.1-13']);
    expect(new Set(view.missing.flatMap(({ gaps }) => gaps))).toEqual(new Set(['The HSM is a software token.']));
    expect(view.count).toMatch(/^3 of \d+ with something missing$/);
  });
  it('shows nothing missing for a hardware HSM, and says nothing of practice in production', () => {
    const view = clausesView({ ...plan, mode: 'production', hsm: { ...plan.hsm, software: false } });
    expect([view.missing, view.practice]).toEqual([[], null]);
    expect(view.groups.flatMap(({ rows }) => rows).map(({ word }) => word)).not.toContain('Not covered');
  });
  it('says which steps are not there, and calls a clause without any not covered', () => {
    const row = clausesView(withoutBackup).missing.find(({ id }) => id === 'SP80057-BACKUP')!;
    expect(row).toMatchObject({ word: 'Not covered', tone: 'stop', steps: '' });
    expect(row.gaps).toContain('No step of this ceremony is the restore.');
  });
  it('marks every clause that could not be read', () => {
    const { groups } = clausesView(plan);
    for (const row of groups.flatMap(({ rows }) => rows)) expect(row.number.endsWith('(unverified)'), row.id).toBe(!CLAUSES.find(({ id }) => id === row.id)!.verified);
    expect(groups.map(({ standard, unverified }) => [standard, unverified])).toEqual([['CA/B TLS BR', false], ['WebTrust for CAs', true], ['ETSI EN 319 411-1', true], ['NIST SP 800-57 Part 1', true]]);
  });
  it('says that a rehearsal is evidence for nothing', () => { expect(clausesView(plan).practice).toMatch(/^A rehearsal is evidence for no clause/); });
});
