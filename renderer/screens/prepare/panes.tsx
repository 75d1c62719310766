/** Prepare: ceremony, roster, quorum, key, certificate. */
import { isKeyPlan, keyPlan } from '../../../shared/ceremony/people.ts';
import type { KeyPlan, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { profileName } from '../../../shared/text/script.ts';
import { KEY_PROFILES } from '../../../shared/ceremony/plan-schema.ts';
import { Choices, Field, FieldRow, Select } from '../../components/field.tsx';
import { Caption, Section, State } from '../../components/parts.tsx';
import { Pips } from '../../components/pips.tsx';
import { Stepper } from '../../components/stepper.tsx';
import { sharesAreMade } from '../../../shared/ceremony/plan-rules-source.ts';
import { editPlan, usePrepare } from '../../stores/prepare-store.ts';
import { addCustodian, removePerson, withBackup, withProfile, withTimeZone } from './plan-form.ts';
import { bring, nextCustodian, rosterOf } from './roster-form.ts';
import { withOrganisation } from './charter-form.ts';
import { DecisionFields, DrillChoice, PaperChoice, PurposeFields, SourceKeyWords, SourceSummary } from './source-parts.tsx';
import { quorumSentences, whatIfRows } from './prepare-view.ts';
import styles from './prepare.module.css';

export interface PaneProps<Planned extends Plan = Plan> { readonly plan: Planned; readonly problem: (where: string) => string | null }

export const CeremonyPane = ({ plan, problem }: PaneProps) => {
  const set = (change: Partial<Plan['ceremony']>): void => editPlan((draft) => ({ ...draft, ceremony: { ...draft.ceremony, ...change } }));
  const { title, organisation, place, date, timeZone } = plan.ceremony;
  return (
    <div className={styles.form}>
      <Field label="Title" value={title} onChange={(value) => set({ title: value })} problem={problem('ceremony.title')} testId="ceremony-title" maxLength={64} />
      <Field label="Organisation" value={organisation} onChange={(value) => editPlan((draft) => withOrganisation(draft, value))} problem={problem('ceremony.organisation')} testId="ceremony-organisation" maxLength={64} />
      <Field label="Place" value={place} onChange={(value) => set({ place: value })} problem={problem('ceremony.place')} testId="ceremony-place" maxLength={128} />
      <Field label="Date" hint="Year-month-day, such as 2027-03-02" value={date} onChange={(value) => set({ date: value })} problem={problem('ceremony.date')} testId="ceremony-date" maxLength={10} />
      <Field label="Time zone of the room" hint="Such as Europe/Berlin; empty: times are shown in UTC only" value={timeZone ?? ''} onChange={(value) => editPlan((draft) => withTimeZone(draft, value.trim()))} problem={problem('ceremony.timeZone')} testId="ceremony-zone" maxLength={64} />
      {plan.source && <PurposeFields source={plan.source} problem={problem} />}
      {plan.decision && <DecisionFields decision={plan.decision} problem={problem} />}
      {!isKeyPlan(plan) && <PaperChoice plan={plan} legend="Paper of the script and the record" />}
      {isKeyPlan(plan) && !plan.source && plan.mode === 'production' && <DrillChoice plan={plan} />}
      {isKeyPlan(plan) && plan.source && <><SourceSummary plan={plan} source={plan.source} /><SourceKeyWords source={plan.source} /></>}
    </div>
  );
};

const SIGN = { can: ['done', 'done', 'Can sign'], just: ['check', 'wait', 'All must sign'], cannot: ['x', 'stop', 'Cannot'] } as const;
const RECOVER = { can: ['done', 'done', 'Can'], just: ['check', 'wait', 'Just'], cannot: ['x', 'stop', 'Cannot'] } as const;
const WhatIf = ({ threshold, shares }: { readonly threshold: number; readonly shares: number }) => (
  <table>
    <thead><tr><th scope="col">Absent or lost</th><th scope="col">Left</th><th scope="col">Hold points</th><th scope="col">Recovery</th><th scope="col" className={styles.num}>Margin</th></tr></thead>
    <tbody>{whatIfRows(threshold, shares).map((row) => {
      const [sign, recover] = [SIGN[row.verdict], RECOVER[row.verdict]];
      return <tr key={row.absent}><td><b>{row.absent}</b> {row.who}</td><td><Pips pips={row.pips} threshold={threshold} /></td><td><State icon={sign[0]} tone={sign[1]}>{sign[2]}</State></td><td><State icon={recover[0]} tone={recover[1]}>{recover[2]}</State></td><td className={styles.num}>{row.margin}</td></tr>;
    })}</tbody>
  </table>
);
/** Where no share is made, the quorum is that of the set; a destruction says how many people must agree. */
const FixedQuorum = ({ plan }: { readonly plan: Plan }) => (
  <>
    {plan.ceremony.kind === 'share-destruction' && <div className={styles.steppers}><Stepper label="People who must agree to the destruction" value={plan.quorum.threshold} min={2} max={Math.max(2, plan.quorum.shares)} onChange={(threshold) => editPlan((draft) => ({ ...draft, quorum: { ...draft.quorum, threshold } }))} testId="quorum-threshold" /></div>}
    <p className={styles.sentence} data-testid="quorum-sentence">Any <b>{plan.source?.set.threshold ?? plan.quorum.threshold} of {plan.source?.set.shares ?? plan.quorum.shares}</b> shares of set {plan.source?.set.setName ?? ''} rebuild what it holds. This ceremony does not change that.</p>
  </>
);
export const QuorumPane = ({ plan }: PaneProps) => {
  const members = rosterOf(plan, usePrepare((state) => state.inForce)), next = members && nextCustodian(plan, members);
  if (!sharesAreMade(plan)) return <FixedQuorum plan={plan} />;
  const { threshold, shares } = plan.quorum;
  const fixed = plan.ceremony.kind === 'recovery';
  const [first, rest] = quorumSentences(threshold, shares);
  const set = (value: number): void => editPlan((draft) => ({ ...draft, quorum: { ...draft.quorum, threshold: value } }));
  const resize = (value: number): void => editPlan((draft) => (value > shares ? (next ? bring(draft, next, 'custodian') : addCustodian(draft)) : removePerson(draft, draft.people.filter((person) => person.role === 'custodian').at(-1)?.id ?? '')));
  return (
    <>
      {!fixed && (
        <div className={styles.steppers}>
          <Stepper label="Needed to act or recover (M)" value={threshold} min={2} max={shares} onChange={set} testId="quorum-threshold" /><span className={styles.of}>of</span>
          <Stepper label="Custodians with a share (N)" value={shares} min={2} max={members !== null && next === null ? shares : 16} onChange={resize} testId="quorum-shares" />
        </div>
      )}
      {plan.ceremony.kind === 're-share' && plan.source && <Caption>The old set {plan.source.set.setName} was any {plan.source.set.threshold} of {plan.source.set.shares}.</Caption>}
      <p className={styles.sentence} data-testid="quorum-sentence"><b>{first}</b> {rest}</p>
      <Section title="What if people are absent on the day, or shares are lost?" level={3}><WhatIf threshold={threshold} shares={shares} /></Section>
    </>
  );
};

const PROFILE_NOTES: Readonly<Record<KeyPlan['key']['profile'], string>> = {
  'rsa-3072': 'wide support', 'rsa-4096': 'wide support, slow to make', 'ec-p256': 'small and fast', 'ec-p384': 'usual for roots', 'ec-p521': 'largest curve', ed25519: 'no backup possible',
};
export const KeyPane = ({ plan, problem }: PaneProps<KeyPlan>) => {
  const { backup } = plan.key;
  const setNone = (change: Partial<Extract<KeyPlan['key']['backup'], { kind: 'none' }>>): void => editPlan((draft) => {
    const { key } = keyPlan(draft);
    return key.backup.kind === 'none' ? { ...draft, key: { ...key, backup: { ...key.backup, ...change } } } : draft;
  });
  return (
    <div className={styles.form}>
      <Field label="Key label" hint="As it stands on the token; it cannot be changed later" value={plan.key.label} onChange={(label) => editPlan((draft) => ({ ...draft, key: { ...keyPlan(draft).key, label } }))} problem={problem('key.label')} testId="key-label" maxLength={32} />
      <Select label="Key profile (cannot be changed later)" value={plan.key.profile} options={KEY_PROFILES.map((profile) => [profile, `${profileName(profile)}, ${PROFILE_NOTES[profile]}`])} onChange={(value) => editPlan((draft) => withProfile(keyPlan(draft), value as KeyPlan['key']['profile']))} testId="key-profile" />
      {plan.key.profile !== 'ed25519' && <Choices legend="Backup" value={backup.kind} options={[['split', `Split: any ${plan.quorum.threshold} of ${plan.quorum.shares} custodians recover the key`], ['none', 'None: if the HSM is lost, the key is lost']]} onChange={(kind) => editPlan((draft) => withBackup(keyPlan(draft), kind === 'none' ? 'none' : 'split'))} testId={(kind) => `backup-${kind}`} />}
      {backup.kind === 'none' && (
        <Section title="No backup: needs an approval" level={3}>
          <div className={styles.form}>
            {plan.key.profile === 'ed25519' && <Caption>An Ed25519 key cannot be wrapped here. If the HSM is lost, the key is lost. The record says so on its first page.</Caption>}
            <Field label="Why there is no backup" value={backup.reason} onChange={(reason) => setNone({ reason })} problem={problem('key.backup.reason')} testId="backup-reason" maxLength={256} />
            <Field label="Approved by" value={backup.approvedBy} onChange={(approvedBy) => setNone({ approvedBy })} problem={problem('key.backup.approvedBy')} testId="backup-approved" maxLength={64} />
          </div>
        </Section>
      )}
    </div>
  );
};

export const CertificatePane = ({ plan, problem }: PaneProps<KeyPlan>) => {
  const set = (change: Partial<KeyPlan['certificate']>): void => editPlan((draft) => ({ ...draft, certificate: { ...keyPlan(draft).certificate, ...change } }));
  const subject = (change: Partial<KeyPlan['certificate']['subject']>): void => set({ subject: { ...plan.certificate.subject, ...change } });
  const { commonName, organization, country } = plan.certificate.subject;
  return (
    <div className={styles.form}>
      <Field label="Common name (CN)" hint={plan.mode === 'rehearsal' ? 'The app writes REHEARSAL before it' : undefined} value={commonName} onChange={(value) => subject({ commonName: value })} problem={problem('certificate.subject.commonName')} testId="certificate-cn" maxLength={64} />
      <FieldRow>
        <Field label="Organisation (O)" value={organization} onChange={(value) => subject({ organization: value })} problem={problem('certificate.subject.organization')} testId="certificate-o" maxLength={64} />
        <Field label="Country (C)" hint="Two letters, or empty" value={country ?? ''} onChange={(value) => subject({ country: value.trim() === '' ? null : value.trim().toUpperCase() })} problem={problem('certificate.subject.country')} testId="certificate-c" maxLength={2} />
      </FieldRow>
      <FieldRow>
        <Field label="Not before (UTC)" hint="2027-03-02T00:00:00Z" value={plan.certificate.notBefore} onChange={(notBefore) => set({ notBefore })} problem={problem('certificate.notBefore')} testId="certificate-not-before" code maxLength={20} />
        <Field label="Not after (UTC)" hint="At most 25 years later" value={plan.certificate.notAfter} onChange={(notAfter) => set({ notAfter })} problem={problem('certificate.notAfter')} testId="certificate-not-after" code maxLength={20} />
      </FieldRow>
      <Caption>A root CA certificate: basicConstraints CA, keyUsage keyCertSign and cRLSign, subject key identifier, serial number from the HSM’s generator.</Caption>
    </div>
  );
};
