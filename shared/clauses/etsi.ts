/** ETSI EN 319 411-1, clause 6.5.1. Not read in the original: known from a certificate policy that compares itself with it. */
import type { CeremonyKind } from '../ceremony/plan-schema.ts';
import { forKinds } from './clause.ts';
import type { Clause } from './clause.ts';

const MADE: readonly CeremonyKind[] = ['root-key-generation'];
const etsi = (number: string, says: string, rest: Omit<Clause, 'id' | 'standard' | 'number' | 'says' | 'verified'>): Clause => ({ id: `ETSI-${number}`, standard: 'ETSI EN 319 411-1', number, says, verified: false, ...rest });

export const etsi411: readonly Clause[] = [
  etsi('GEN-6.5.1-08', 'A new CA certificate is made in time before the old one ends.', { steps: forKinds(MADE, ['machine:issue-certificate']), needs: [], rules: [], entries: [], outside: 'When the next one is due: the home screen shows the end of each certificate.' }),
  etsi('GEN-6.5.1-11', 'There is a documented procedure for generating CA keys.', { steps: forKinds(MADE, ['check:plan-words'], ['machine:close']), needs: [], rules: ['PLAN_BOUND', 'ONE_STEP_OPEN'], entries: ['opening', 'closing'], outside: null }),
  etsi('GEN-6.5.1-12', 'It names roles inside and outside, who does what in which phase, duties during and after, and the evidence to be kept.', { steps: forKinds(MADE, ['roll-call'], ['sign'], ['machine:close']), needs: ['auditor-of-another-organisation'], rules: ['ROLL_COMPLETE', 'ACTOR_ACTS', 'HOLD_POINT'], entries: ['presence', 'signoff'], outside: 'Duties after the ceremony.' }),
  etsi('GEN-6.5.1-13', 'A report shows that the procedure was followed and that the pair’s integrity and confidentiality were kept.', {
    steps: forKinds(MADE, ['machine:generate-key'], ['machine:inventory-after'], ['machine:lock'], ['machine:close']), needs: ['hardware'], rules: ['INVENTORY_EXPLAINED', 'PROOF_ORDER', 'CLOSING_COMPLETE'], entries: ['intent', 'result', 'exception', 'closing'], outside: null,
  }),
  etsi('GEN-6.5.1-14', 'For a root, the report is signed by who answers for the ceremony’s security and by an independent person.', { steps: forKinds(MADE, ['check:key-words'], ['machine:close']), needs: ['witness-signs', 'auditor-signs', 'auditor-of-another-organisation'], rules: [], entries: ['closing'], outside: 'That these are the right two people. Their signatures are on record.dsse.json, after the last entry.' }),
  etsi('DIS-6.5.1-16', 'The public key is given out so that its integrity and origin can be relied on.', { steps: forKinds(MADE, ['check:key-words'], ['machine:issue-certificate']), needs: [], rules: ['THIS_KEY', 'SIGNED_BYTES'], entries: [], outside: 'Publication: a fingerprint from paper or another trusted source goes with the certificate.' }),
];
