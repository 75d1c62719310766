/** NIST SP 800-57 Part 1 (key management). Not read in the original: known from quotations; section numbers are to be checked. */
import { CEREMONY_KINDS, type CeremonyKind } from '../ceremony/plan-schema.ts';
import { forKinds } from './clause.ts';
import type { Clause } from './clause.ts';

const MADE: readonly CeremonyKind[] = ['root-key-generation'];
const TOKENS: readonly CeremonyKind[] = ['root-key-generation', 'recovery', 're-share'];
const nist = (id: string, number: string, says: string, rest: Omit<Clause, 'id' | 'standard' | 'number' | 'says' | 'verified'>): Clause => ({ id: `SP80057-${id}`, standard: 'NIST SP 800-57 Part 1', number, says, verified: false, ...rest });

export const sp80057: readonly Clause[] = [
  nist('PERIOD', '5.3', 'A key has a cryptoperiod, and stops being used to sign before it ends.', { steps: forKinds(MADE, ['machine:issue-certificate']), needs: [], rules: [], entries: [], outside: 'Why the period is right, and stopping in time. The certificate’s dates are in the plan.' }),
  nist('METADATA', '6.2.3', 'Owner, algorithm, length, use, dates, source and protection are bound to the key.', { steps: forKinds(MADE, ['machine:generate-key'], ['machine:issue-certificate']), needs: [], rules: ['THIS_KEY', 'PLAN_BOUND'], entries: ['opening'], outside: null }),
  nist('STATES', '7', 'Each change of a key’s state is recorded with date and time.', {
    steps: { 'root-key-generation': [['machine:generate-key'], ['machine:issue-certificate'], ['machine:lock']], recovery: [['machine:restore'], ['machine:lock']], 're-share': [['machine:supersede']] }, needs: [], rules: ['MADE_ONCE', 'ONE_EFFECT'], entries: ['result'], outside: 'Suspension, compromise and the end of use are not ceremonies of this kind.',
  }),
  nist('FIRST-USE', '7.1', 'Before it is activated a key is used only to prove possession and to confirm it.', { steps: forKinds(MADE, ['machine:issue-certificate']), needs: [], rules: ['SIGNED_BYTES', 'WORK_IN_ITS_STEP'], entries: [], outside: null }),
  nist('BACKUP', '8.2.2', 'Whether a key is backed up is decided, with the reason, and a backup can be recovered.', {
    steps: { 'root-key-generation': [['machine:rebuild'], ['machine:wrap'], ['machine:restore']], recovery: [['gather'], ['machine:combine'], ['machine:restore']], 're-share': [['machine:rebuild'], ['machine:rewrap'], ['machine:prove-restore']], 'share-check': [['prove']] },
    needs: ['split-backup', 'spare-shares'], rules: ['PROOF_ORDER', 'READ_BACK_FIRST', 'GATHERED_ENOUGH', 'PROVED_BEFORE_SUPERSEDED'], entries: ['read-back', 'share-read'], outside: null,
  }),
  nist('DESTROYED', '8.3.4', 'A key is destroyed in all its copies, so that it cannot be recovered.', { steps: { 're-share': [['account:superseded']], 'share-destruction': [['account:all']] }, needs: [], rules: ['COPIES_ACCOUNTED'], entries: ['copy-accounted'], outside: 'The key in the HSM itself, and copies that nobody knows of.' }),
  nist('ACCOUNT', '9', 'It can be told who did what with which key, and when.', { steps: forKinds(CEREMONY_KINDS, ['roll-call'], ['machine:close']), needs: [], rules: ['ACTOR_ACTS', 'OPENING_FIRST', 'CLOSED_IS_CLOSED'], entries: ['presence', 'signoff', 'login'], outside: null }),
  nist('DUAL', '9', 'Dual control and split knowledge are kept where keys are handled.', {
    steps: forKinds(TOKENS, ['login', 'machine:open-pin'], ['sign'], ['handover', 'gather']), needs: ['two-at-the-pin', 'split-backup'], rules: ['HOLD_POINT', 'CUSTODIAN_SIGNS_ONCE', 'SHARE_WANTED', 'HOLDER_HISTORY', 'ONE_SHEET_OUT'], entries: ['login', 'signoff'], outside: 'That people do not lend each other shares and PINs.',
  }),
];
