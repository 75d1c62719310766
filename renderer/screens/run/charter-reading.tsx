/** What is read aloud of a charter: its policy, its people, or what it changes, line by line. */
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { CharterDigest, DifferenceSections, MemberChanges, PolicyRows, RosterTable } from '../../components/charter-parts.tsx';
import { Section } from '../../components/parts.tsx';
import { WordGrid } from '../../components/word-grid.tsx';
import styles from './run.module.css';

const Difference = ({ plan: { charter, before = [] } }: { readonly plan: Plan }) => charter && (
  <div className={styles.stack}><DifferenceSections before={before} after={charter} testId="run-difference" /></div>
);

export const CharterReading = ({ plan, part }: { readonly plan: Plan; readonly part: 'policy' | 'roster' | 'difference' }) => {
  const { charter } = plan;
  if (!charter) return null;
  switch (part) {
    case 'policy': return <Section title="The policy" end={charter.organisation}><PolicyRows charter={charter} /><CharterDigest sha256={charterDigest(charter)} /></Section>;
    case 'roster': return <Section title="The roster" end={`${charter.members.length} people`}><RosterTable charter={charter} /></Section>;
    case 'difference': return <Difference plan={plan} />;
  }
};

/** What became entries, and the name of the charter that is in force from now on. */
export const EnactResult = ({ state: { charter, memberChanges, plan } }: { readonly state: CeremonyState }) => charter && plan.charter && (
  <div className={styles.stack}>
    <Section title="The charter that is in force from here on"><WordGrid hex={charter.sha256} label="Digest of the charter in words" /></Section>
    <Section title="What became of people" end={`${memberChanges.length} ${memberChanges.length === 1 ? 'entry' : 'entries'}`}>
      {memberChanges.length === 0 ? <p className={styles.small}>Nobody changes; the policy does.</p> : <MemberChanges charter={plan.charter} changes={memberChanges} />}
    </Section>
  </div>
);
