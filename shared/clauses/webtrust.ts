/** WebTrust Principles and Criteria for CAs, criterion 4.1. Not read in the original: known from certificate policies that repeat its list. */
import { ARCHIVE_KINDS, CEREMONY_KINDS, type CeremonyKind } from '../ceremony/plan-schema.ts';
import { forKinds } from './clause.ts';
import type { Clause } from './clause.ts';

const MADE: readonly CeremonyKind[] = ['root-key-generation'];
const TOKENS: readonly CeremonyKind[] = ['root-key-generation', 'recovery', 're-share'];
const wt = (id: string, says: string, rest: Omit<Clause, 'id' | 'standard' | 'number' | 'says' | 'verified'>): Clause => ({ id: `WT-4.1-${id}`, standard: 'WebTrust for CAs', number: '4.1', says, verified: false, ...rest });

export const webtrust: readonly Clause[] = [
  wt('ROLES', 'The script names roles and what participants answer for.', { steps: forKinds(CEREMONY_KINDS, ['roll-call']), needs: [], rules: ['ROLL_COMPLETE', 'ACTOR_ACTS'], entries: ['presence'], outside: 'What people answer for after the ceremony.' }),
  wt('APPROVAL', 'The ceremony is approved before it is held.', { steps: forKinds([...TOKENS, 'share-destruction', ...ARCHIVE_KINDS], ['check:plan-words'], ['sign']), needs: [], rules: ['PLAN_BOUND', 'HOLD_POINT'], entries: ['opening', 'signoff'], outside: 'Who in the organisation decided it. The plan of a later ceremony names that; the plan of a key generation does not.' }),
  wt('MATERIALS', 'The script lists the hardware and activation materials that are needed.', { steps: forKinds(TOKENS, ['check:hsm-serial'], ['machine:inventory-before']), needs: [], rules: ['TOKEN_OPEN'], entries: ['inventory'], outside: 'Spares, and what is needed to open safes.' }),
  wt('STEPS', 'The script has the specific steps.', { steps: forKinds(CEREMONY_KINDS, ['check:plan-words'], ['machine:close']), needs: [], rules: ['ONE_STEP_OPEN', 'STEP_KIND'], entries: ['step-completed'], outside: null }),
  wt('ROOM', 'The script says how the place is secured.', { steps: forKinds(CEREMONY_KINDS), needs: [], rules: [], entries: [], outside: 'The room. The plan names the place; nothing shows how it is secured.' }),
  wt('AFTER', 'The script says how hardware and activation materials are stored afterwards.', {
    steps: { 'root-key-generation': [['handover'], ['machine:lock']], recovery: [['machine:lock'], ['account:used']], 're-share': [['handover'], ['account:superseded']], 'share-check': [['prove']], 'share-destruction': [['account:all']] },
    needs: ['split-backup'], rules: ['READ_BACK_FIRST', 'COPIES_ACCOUNTED'], entries: ['sealed', 'copy-accounted'], outside: 'The safes, and where the HSM goes.',
  }),
  wt('SIGNED', 'Participants and witnesses sign whether the script was followed.', { steps: forKinds(CEREMONY_KINDS, ['machine:close']), needs: ['witness-signs', 'auditor-signs'], rules: ['CLOSING_COMPLETE'], entries: ['closing', 'objection'], outside: 'Signatures in ink on the printed record.' }),
  wt('DEVIATIONS', 'Deviations from the script are noted.', { steps: forKinds(CEREMONY_KINDS, ['machine:close']), needs: [], rules: ['EXCEPTIONS_IN_ORDER', 'AIR_GAP_ACCEPTED'], entries: ['exception', 'objection', 'paused', 'aborted'], outside: null }),
  wt('WITNESSED', 'Somebody independent watches or it is recorded, and it is logged.', { steps: forKinds(MADE, ['roll-call'], ['check:key-words'], ['machine:generate-key']), needs: ['auditor-of-another-organisation'], rules: ['ACTS_IN_THE_ROOM'], entries: ['presence', 'intent', 'result'], outside: 'That the witness is independent.' }),
  wt('BACKUP', 'Backups are accounted for, under the same control as the original, and one is off-site.', {
    steps: { 'root-key-generation': [['handover'], ['machine:rebuild'], ['machine:wrap'], ['machine:restore']], 're-share': [['handover'], ['machine:rebuild'], ['machine:rewrap'], ['machine:prove-restore']] },
    needs: ['split-backup', 'spare-shares', 'two-media'], rules: ['READ_BACK_FIRST', 'PROOF_ORDER', 'SHEET_ACCOUNTED', 'VOID_OPENS_NOTHING'], entries: ['read-back', 'sealed'], outside: 'Where the media and the shares are kept.',
  }),
  wt('DESTROYED', 'A destruction covers every copy, whatever it was kept for.', { steps: { 're-share': [['account:superseded']], 'share-destruction': [['account:all']] }, needs: [], rules: ['COPIES_ACCOUNTED', 'KEEP_A_QUORUM'], entries: ['copy-accounted', 'set-superseded'], outside: 'That no copy exists that nobody knows of.' }),
];
