/** CA/Browser Forum TLS Baseline Requirements: 6.1.1.1 and 5.4. Read in the Forum's own docs/BR.md, as it was in May 2026. */
import { CEREMONY_KINDS, type CeremonyKind } from '../ceremony/plan-schema.ts';
import { forKinds } from './clause.ts';
import type { Clause } from './clause.ts';

const MADE: readonly CeremonyKind[] = ['root-key-generation'];
const TOKENS: readonly CeremonyKind[] = ['root-key-generation', 'recovery', 're-share'];
const br = (id: string, number: string, says: string, rest: Omit<Clause, 'id' | 'standard' | 'number' | 'says' | 'verified'>): Clause => ({ id: `BR-${id}`, standard: 'CA/B TLS BR', number, says, verified: true, ...rest });

export const baselineRequirements: readonly Clause[] = [
  br('6.1.1.1-SCRIPT', '6.1.1.1', 'A key generation script is prepared, and followed.', {
    steps: forKinds(MADE, ['check:plan-words'], ['machine:close']), needs: [], rules: ['PLAN_BOUND', 'ONE_STEP_OPEN', 'STEP_KIND', 'WORK_DONE', 'EXCEPTIONS_IN_ORDER'], entries: ['opening', 'step-completed', 'exception', 'closing'], outside: null,
  }),
  br('6.1.1.1-WITNESS', '6.1.1.1', 'A qualified auditor watches the whole generation, or all of it is on video.', {
    steps: forKinds(MADE, ['roll-call'], ['check:key-words']), needs: ['auditor-of-another-organisation'], rules: ['ROLL_COMPLETE', 'ACTS_IN_THE_ROOM'], entries: ['presence', 'paused', 'resumed'],
    outside: 'That the external auditor is a qualified one. A video is not part of the transcript.',
  }),
  br('6.1.1.1-REPORT', '6.1.1.1', 'The auditor reports on whether the ceremony was followed, and on the controls.', {
    steps: forKinds(MADE), needs: [], rules: [], entries: ['closing', 'exception', 'objection'], outside: 'The report is the auditor’s own. The bundle is what it can be written from.',
  }),
  br('6.1.1.1-ROOM', '6.1.1.1', 'The place is physically secured, as the CPS says.', {
    steps: forKinds(MADE), needs: [], rules: [], entries: [], outside: 'The room. The plan names the place; nothing shows how it is secured.',
  }),
  br('6.1.1.1-PEOPLE', '6.1.1.1', 'Trusted roles act, under control of several people and with split knowledge.', {
    steps: forKinds(MADE, ['roll-call'], ['login', 'machine:open-pin'], ['sign'], ['handover']), needs: ['two-at-the-pin', 'split-backup'],
    rules: ['HOLD_POINT', 'CUSTODIAN_SIGNS_ONCE', 'ACTOR_ACTS', 'PIN_TYPED_AS_PLANNED', 'ONE_SHEET_OUT', 'TWO_STAY'], entries: ['login', 'signoff'], outside: 'That the roles are trusted roles of the CA, and that the people were examined.',
  }),
  br('6.1.1.1-MODULE', '6.1.1.1', 'The key pair is made in a cryptographic module of the kind that the CPS discloses.', {
    steps: forKinds(MADE, ['check:hsm-serial'], ['machine:inventory-before'], ['machine:generate-key']), needs: ['hardware'], rules: ['THIS_KEY', 'TOKEN_OPEN', 'NAME_UNUSED'], entries: ['inventory'],
    outside: 'The certificate of the module, and its mode. What a module says of its key is its claim.',
  }),
  br('6.1.1.1-LOG', '6.1.1.1', 'What is done to generate the key is logged.', {
    steps: forKinds(MADE, ['machine:generate-key'], ['machine:issue-certificate'], ['machine:inventory-after']), needs: [], rules: ['ONE_EFFECT', 'RESULT_AGREES', 'WORK_IN_ITS_STEP'], entries: ['intent', 'result', 'failed'], outside: null,
  }),
  br('6.1.1.1-CONTROLS', '6.1.1.1', 'Controls give assurance that the key was made and protected as the procedures say.', {
    steps: forKinds(MADE, ['machine:preflight'], ['machine:inventory-after'], ['machine:lock'], ['machine:wipe']), needs: ['hardware'], rules: ['INVENTORY_EXPLAINED', 'SAME_TOKENS', 'AIR_GAP_ACCEPTED', 'PROOF_ORDER', 'MADE_ONCE'], entries: ['preflight', 'exception'],
    outside: 'What is done to the HSM, the shares and the machine before and after the ceremony.',
  }),
  br('5.4.1-KEY', '5.4.1', 'Generation, backup, storage, recovery, archival and destruction of CA keys are recorded.', {
    steps: {
      'root-key-generation': [['machine:generate-key'], ['handover'], ['machine:wrap'], ['machine:restore']], recovery: [['gather'], ['machine:combine'], ['machine:restore'], ['account:used']],
      're-share': [['gather'], ['machine:rewrap'], ['machine:prove-restore'], ['machine:supersede'], ['account:superseded']], 'share-check': [['prove']], 'share-destruction': [['account:all']],
    },
    needs: ['split-backup'], rules: ['SHEET_ACCOUNTED', 'COPIES_ACCOUNTED', 'KEEP_A_QUORUM'], entries: ['sealed', 'share-read', 'share-refused', 'share-unproved', 'copy-accounted', 'sheet-destroyed', 'set-voided', 'set-superseded'], outside: 'What is done with keys outside ceremonies.',
  }),
  br('5.4.1-DEVICE', '5.4.1', 'What happens to cryptographic devices over their life is recorded.', {
    steps: forKinds(TOKENS, ['check:hsm-serial'], ['machine:inventory-before'], ['machine:inventory-after']), needs: [], rules: ['SAME_TOKENS'], entries: ['inventory', 'login', 'login-failed'], outside: 'Delivery, service and retirement of a device.',
  }),
  br('5.4.1-FAULTS', '5.4.1', 'Crashes, failures of hardware and other anomalies are recorded.', {
    steps: forKinds(CEREMONY_KINDS, ['machine:close']), needs: [], rules: ['EXCEPTIONS_IN_ORDER', 'OBJECTION_HEARD', 'PAUSED_WAITS', 'ABORTED_CLOSES'], entries: ['restarted', 'repair', 'failed', 'exception', 'objection', 'paused', 'resumed', 'aborted'], outside: null,
  }),
  br('5.4.1-FACILITY', '5.4.1', 'Entries to and exits from the facility are recorded.', {
    steps: forKinds(CEREMONY_KINDS, ['roll-call']), needs: [], rules: ['ROLL_COMPLETE', 'TWO_STAY'], entries: ['presence', 'paused', 'resumed'], outside: 'The log at the door. The transcript says who was in the room, not when the door opened.',
  }),
  br('5.4.1-ELEMENTS', '5.4.1', 'Each entry has its date and time, who made it, and a description.', {
    steps: forKinds(CEREMONY_KINDS, ['check:wall-clock']), needs: [], rules: ['ANSWER_RIGHT'], entries: ['opening'], outside: 'Times are those of the machine, compared with a wall clock by two people.',
  }),
  br('5.4.3-KEPT', '5.4.3', 'Audit logs are kept for the time asked and given to the auditor.', {
    steps: forKinds(CEREMONY_KINDS, ['machine:close']), needs: [], rules: ['CLOSED_IS_CLOSED'], entries: ['closing'], outside: 'Keeping the archive, and copies of it. Nothing in it is ever deleted by the program.',
  }),
];
