/** Prepare, for a charter: what every later ceremony keeps to. */
import type { Charter, Policy } from '../../../shared/charter/charter-schema.ts';
import { DifferenceSections } from '../../components/charter-parts.tsx';
import { Field, Tick } from '../../components/field.tsx';
import { Caption, Code, Section, State } from '../../components/parts.tsx';
import { Stepper } from '../../components/stepper.tsx';
import { editPlan } from '../../stores/prepare-store.ts';
import { CREDENTIAL_NAMES } from '../../text/charter.ts';
import { inForce, withCharter, withExceptable, withPolicy } from './charter-form.ts';
import { exceptableRows } from './charter-view.ts';
import type { CharterPaneProps } from './charter-roster.tsx';
import styles from './charter.module.css';

type Kinds = keyof Policy['credentials'];
const KINDS = { holdPoint: ['file', 'token'], record: ['file', 'token', 'paper'] } as const;
const toggled = (policy: Policy, where: Kinds, kind: string, on: boolean): Policy['credentials'] => {
  const kept = KINDS[where].filter((one) => (one === kind ? on : (policy.credentials[where] as readonly string[]).includes(one)));
  return kept.length === 0 ? policy.credentials : { ...policy.credentials, [where]: kept };
};
const Enough = ({ policy, where, legend }: { readonly policy: Policy; readonly where: Kinds; readonly legend: string }) => (
  <fieldset>
    <legend>{legend}</legend>
    {KINDS[where].map((kind) => <Tick key={kind} checked={(policy.credentials[where] as readonly string[]).includes(kind)} onChange={(on) => editPlan((draft) => (draft.charter ? withPolicy(draft, { credentials: toggled(draft.charter.policy, where, kind, on) }) : draft))} testId={`enough-${where}-${kind}`}>{CREDENTIAL_NAMES[kind]}</Tick>)}
  </fieldset>
);

const MOST = 16;
/** Numbers that would contradict each other cannot be set: the steppers end where the other one stands. */
const Counts = ({ policy, was }: { readonly policy: Policy; readonly was: Policy | undefined }) => {
  const { quorum, headCount } = policy;
  const set = (part: Partial<Policy>): void => editPlan((draft) => withPolicy(draft, part));
  return (
    <>
      <Section title="Every ceremony about a key" level={3}>
        <div className={styles.steppers}>
          <Stepper label="Smallest threshold (M)" value={quorum.threshold} min={2} max={quorum.shares} onChange={(threshold) => set({ quorum: { ...quorum, threshold } })} was={was?.quorum.threshold} testId="policy-threshold" />
          <Stepper label="Smallest number of shares (N)" value={quorum.shares} min={quorum.threshold} max={MOST} onChange={(shares) => set({ quorum: { ...quorum, shares } })} was={was?.quorum.shares} testId="policy-shares" />
        </div>
      </Section>
      <Section title="People in the room, at least" level={3}>
        <div className={styles.steppers}>
          <Stepper label="At every step" value={headCount.always} min={2} max={headCount.irreversible} onChange={(always) => set({ headCount: { ...headCount, always } })} was={was?.headCount.always} testId="policy-always" />
          <Stepper label="Where a step cannot be undone" value={headCount.irreversible} min={headCount.always} max={MOST} onChange={(irreversible) => set({ headCount: { ...headCount, irreversible } })} was={was?.headCount.irreversible} testId="policy-irreversible" />
        </div>
      </Section>
    </>
  );
};

const Separation = ({ policy, was, problem }: { readonly policy: Policy; readonly was: Policy | undefined; readonly problem: CharterPaneProps['problem'] }) => {
  const rows = exceptableRows(policy), wrong = policy.exceptable.map((_, index) => problem(`charter.policy.exceptable.${index}`)).find((text) => text !== null) ?? problem('charter.policy.exceptable');
  return (
    <Section title="Separation of duties" end={`${policy.exceptable.length} of ${rows.length} may be excepted`} level={3}>
      <div className={styles.steppers}><Stepper label="People who except a rule" value={policy.exceptedBy} min={1} max={8} onChange={(exceptedBy) => editPlan((draft) => withPolicy(draft, { exceptedBy }))} was={was?.exceptedBy} testId="policy-excepted-by" /></div>
      <fieldset className={styles.rules}>
        <legend>Rules that named people may except, each time with a reason; every other rule refuses</legend>
        {rows.map(({ id, says, on }) => <Tick key={id} checked={on} onChange={(now) => editPlan((draft) => withExceptable(draft, id, now))} testId={`exceptable-${id}`}>{says}<br /><Code>{id}</Code></Tick>)}
      </fieldset>
      {wrong !== null && <State icon="check" tone="wait">{wrong}</State>}
    </Section>
  );
};

const policyAlone = (charter: Charter): Charter => ({ ...charter, members: [] });
export const PolicyPane = ({ plan, problem }: CharterPaneProps) => {
  const { charter } = plan, before = inForce(plan);
  const custodians = charter.members.filter(({ standing, roles }) => standing === 'active' && roles.includes('custodian')).length;
  return (
    <div className={styles.policy}>
      {before !== null && <Field label="Organisation of the archive" value={charter.organisation} onChange={(organisation) => editPlan((draft) => withCharter(draft, { organisation }))} problem={problem('charter.organisation')} testId="charter-organisation" maxLength={64} />}
      <Counts policy={charter.policy} was={before?.policy} />
      <Section title="Which signatures are enough" level={3}>
        <div className={styles.ticks}><Enough policy={charter.policy} where="holdPoint" legend="At a hold point" /><Enough policy={charter.policy} where="record" legend="On the record" /></div>
      </Section>
      <Separation policy={charter.policy} was={before?.policy} problem={problem} />
      <Section title="Changing this charter" level={3}>
        <div className={styles.steppers}><Stepper label="Custodians who approve a change" value={charter.approval} min={2} max={MOST} onChange={(approval) => editPlan((draft) => withCharter(draft, { approval }))} was={before?.approval} testId="policy-approval" /><Caption>The roster has {custodians} {custodians === 1 ? 'custodian' : 'custodians'}.{problem('charter.approval') === null ? '' : ` ${problem('charter.approval')!}`}</Caption></div>
      </Section>
      {plan.before && <DifferenceSections before={plan.before.map((one) => ({ ...one, charter: policyAlone(one.charter) }))} after={policyAlone(charter)} level={3} testId="policy-difference" />}
    </div>
  );
};
