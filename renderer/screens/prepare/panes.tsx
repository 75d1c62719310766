/** Prepare: ceremony, roster, quorum, key, certificate. */
import { DEPUTIES, hasRoomProtocol, isKeyPlan, keyPlan } from '../../../shared/ceremony/people.ts';
import { ROLES, type CeremonyKind, type KeyPlan, type Person, type Plan, type Role } from '../../../shared/ceremony/plan-schema.ts';
import { profileName } from '../../../shared/text/script.ts';
import { KEY_PROFILES } from '../../../shared/ceremony/plan-schema.ts';
import { Button } from '../../components/button.tsx';
import { Choices, Field, FieldRow, Select, type Option } from '../../components/field.tsx';
import { Caption, Section, State } from '../../components/parts.tsx';
import { Pips } from '../../components/pips.tsx';
import { Stepper } from '../../components/stepper.tsx';
import { sharesAreMade } from '../../../shared/ceremony/plan-rules-source.ts';
import { editPlan, keepPerson, usePrepare } from '../../stores/prepare-store.ts';
import { ROLE_NAMES } from '../../text/words.ts';
import { withCharter } from './charter-form.ts';
import { DutiesPart } from './duties-part.tsx';
import { stoodFor } from './duties-view.ts';
import { addCustodian, changePerson, removePerson, stayAway, withBackup, withDeputyOf, withPerson, withProfile, withReportsTo, withRole } from './plan-form.ts';
import { DecisionFields, DrillChoice, PaperChoice, PurposeFields, SourceKeyWords, SourceSummary } from './source-parts.tsx';
import { quorumSentences, whatIfRows } from './prepare-view.ts';
import styles from './prepare.module.css';

export interface PaneProps<Planned extends Plan = Plan> { readonly plan: Planned; readonly problem: (where: string) => string | null }

export const CeremonyPane = ({ plan, problem }: PaneProps) => {
  const set = (change: Partial<Plan['ceremony']>): void => editPlan((draft) => ({ ...draft, ceremony: { ...draft.ceremony, ...change } }));
  // A founding is of one organisation, which is typed once.
  const setOrganisation = (organisation: string): void => { set({ organisation }); if (plan.ceremony.kind === 'founding') editPlan((draft) => withCharter(draft, { organisation })); };
  const { title, organisation, place, date } = plan.ceremony;
  return (
    <div className={styles.form}>
      <Field label="Title" value={title} onChange={(value) => set({ title: value })} problem={problem('ceremony.title')} testId="ceremony-title" maxLength={64} />
      <Field label="Organisation" value={organisation} onChange={setOrganisation} problem={problem('ceremony.organisation')} testId="ceremony-organisation" maxLength={64} />
      <Field label="Place" value={place} onChange={(value) => set({ place: value })} problem={problem('ceremony.place')} testId="ceremony-place" maxLength={128} />
      <Field label="Date" hint="Year-month-day, such as 2027-03-02" value={date} onChange={(value) => set({ date: value })} problem={problem('ceremony.date')} testId="ceremony-date" maxLength={10} />
      {plan.source && <PurposeFields source={plan.source} problem={problem} />}
      {plan.decision && <DecisionFields decision={plan.decision} problem={problem} />}
      {!isKeyPlan(plan) && <PaperChoice plan={plan} />}
      {isKeyPlan(plan) && !plan.source && plan.mode === 'production' && <DrillChoice plan={plan} />}
      {isKeyPlan(plan) && plan.source && <><SourceSummary plan={plan} source={plan.source} /><SourceKeyWords source={plan.source} /></>}
    </div>
  );
};

const rolesOf = (plan: Plan): readonly Option[] => ROLES
  .filter((role) => role !== 'holder' || plan.ceremony.kind === 're-share' || plan.ceremony.kind === 'share-destruction')
  .map((role) => [role, role === 'holder' ? 'Holder: brings an old share, gets none' : ROLE_NAMES[role]]);
/** Without these no ceremony is held. */
const STAY: ReadonlySet<Role> = new Set(['administrator', 'internal-witness', 'external-auditor']);
/** What the separation of duties asks of a person beside name and role. */
const Standing = ({ plan, person }: { readonly plan: Plan; readonly person: Person }) => {
  const others = stoodFor(plan, person);
  return (
    <div className={styles.standing}>
      <Field label={`${person.name || person.id} reports to`} hint="A name, or empty: nobody who could come" value={person.reportsTo ?? ''} onChange={(name) => editPlan((draft) => withReportsTo(draft, person.id, name))} testId={`reports-${person.id}`} maxLength={64} />
      {DEPUTIES[person.role] !== undefined && <Select label={`${person.name || person.id} stands in for`} value={person.deputyOf ?? ''} options={[...(others.some(({ id }) => id === person.deputyOf) ? [] : [['', 'Choose a person'] as const]), ...others.map(({ id, name }) => [id, name] as const)]} onChange={(id) => editPlan((draft) => withDeputyOf(draft, person.id, id as Person['id']))} testId={`deputy-of-${person.id}`} />}
    </div>
  );
};
const PersonRow = ({ plan, person, index, problem }: { readonly plan: Plan; readonly person: Person; readonly index: number; readonly problem: PaneProps['problem'] }) => {
  const change = (part: Partial<Person>): void => editPlan((draft) => changePerson(draft, person.id, part));
  const wrong = problem(`people.${index}`) ?? problem(`people.${index}.name`) ?? problem(`people.${index}.organisation`) ?? problem(`people.${index}.role`) ?? problem(`people.${index}.id`) ?? problem(`people.${index}.reportsTo`) ?? problem(`people.${index}.deputyOf`);
  const share = plan.source?.set.holders.find((holder) => holder.person === person.id);
  return (
    <li className={styles.personRow}><div className={styles.person}>
      <Field label={`Name of person ${index + 1}${share ? `, share ${share.number}` : ''}`} value={person.name} onChange={(name) => change({ name })} problem={wrong} testId={`name-${person.id}`} maxLength={64} />
      <Field label="Organisation" value={person.organisation} onChange={(organisation) => change({ organisation })} testId={`organisation-${person.id}`} maxLength={64} />
      <Select label="Role" value={person.role} options={rolesOf(plan)} onChange={(role) => editPlan((draft) => withRole(draft, person.id, role as Role))} testId={`role-${person.id}`} />
      <Button small onPress={() => { keepPerson(person); editPlan((draft) => removePerson(draft, person.id)); }} disabled={STAY.has(person.role)} testId={`remove-${person.id}`}>{share ? 'Does not come' : 'Remove'}<span className="visually-hidden"> {person.name}</span></Button>
    </div>{hasRoomProtocol(plan) && <Standing plan={plan} person={person} />}</li>
  );
};

const ROSTER_NOTES: Readonly<Record<CeremonyKind, string>> = {
  'root-key-generation': 'One administrator, one internal witness, at least one external auditor. One person has one role. Each custodian holds one share; the number of custodians is N.',
  recovery: 'The holders of the set, and the officers. As many holders as the threshold asks for must come; more are better.',
  're-share': 'Custodians get a share of the new set. Who leaves becomes a holder: brings the old share and gets none. Add new custodians. The old quorum must be among those who come.',
  'share-check': 'Who comes today. Any number of holders, on any day; each proves their own share, alone.',
  'share-destruction': 'Who brings copies to be destroyed, and the officers who watch.',
  founding: 'The officers of the archive, and the people who agree to its founding. One person has one role.',
  amendment: 'The officers, and the people who agree to the change. One person has one role.',
  merge: 'The officers, and the people who agree to the joining. One person has one role.',
};
/** Holders of the set who are not in the plan: they can be called after all. */
const Away = ({ plan }: { readonly plan: Plan }) => {
  const away = stayAway(plan);
  const kept = usePrepare((state) => state.kept);
  if (away.length === 0) return null;
  const bring = (id: string, name: string): void => editPlan((draft) => withPerson(draft, kept.find((person) => person.id === id)
    ?? { id: id as Person['id'], name, organisation: draft.ceremony.organisation, role: draft.ceremony.kind === 're-share' ? 'holder' : 'custodian', credential: { kind: 'file', algorithm: 'Ed25519', publicKey: null } }));
  return (
    <Section title="Holders who stay away" end={String(away.length)} level={3}>
      <ul className={styles.others}>{away.map(({ person, name, number }) => <li key={person} className={styles.inline}><span>{name}, share {number}</span><Button small testId={`roster-bring-${person}`} onPress={() => bring(person, name)}>Comes after all<span className="visually-hidden">: {name}</span></Button></li>)}</ul>
    </Section>
  );
};
export const RosterPane = ({ plan, problem }: PaneProps) => (
  <>
    {problem('people') && <p className={styles.problem}>{problem('people')}</p>}
    <ol className={styles.people}>{plan.people.map((person, index) => <PersonRow key={person.id} plan={plan} person={person} index={index} problem={problem} />)}</ol>
    {sharesAreMade(plan) && plan.ceremony.kind !== 'recovery' && <div className={styles.bar}><Button small onPress={() => editPlan(addCustodian)} testId="roster-add">Add a custodian</Button></div>}
    <Caption>{ROSTER_NOTES[plan.ceremony.kind]}</Caption>
    <Away plan={plan} />
    <DutiesPart plan={plan} />
  </>
);

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
  if (!sharesAreMade(plan)) return <FixedQuorum plan={plan} />;
  const { threshold, shares } = plan.quorum;
  const fixed = plan.ceremony.kind === 'recovery';
  const [first, rest] = quorumSentences(threshold, shares);
  const set = (value: number): void => editPlan((draft) => ({ ...draft, quorum: { ...draft.quorum, threshold: value } }));
  const resize = (value: number): void => editPlan((draft) => (value > shares ? addCustodian(draft) : removePerson(draft, draft.people.filter((person) => person.role === 'custodian').at(-1)?.id ?? '')));
  return (
    <>
      {!fixed && (
        <div className={styles.steppers}>
          <Stepper label="Needed to act or recover (M)" value={threshold} min={2} max={shares} onChange={set} testId="quorum-threshold" /><span className={styles.of}>of</span>
          <Stepper label="Custodians with a share (N)" value={shares} min={2} max={16} onChange={resize} testId="quorum-shares" />
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
