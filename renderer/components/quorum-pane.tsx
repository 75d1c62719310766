/** Ring, list and what-if line. */
import { lastHoldPoint, quorumOf, whatIf } from '../../shared/ceremony/select.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { Section, State } from './parts.tsx';
import { QuorumRing } from './quorum-ring.tsx';
import { MEMBER_STATES, ringSentence } from './quorum-view.ts';
import styles from './people.module.css';

export const QuorumPane = ({ state, acting }: { readonly state: CeremonyState; readonly acting: string | null }) => {
  const hold = lastHoldPoint(state);
  const quorum = quorumOf(state, hold?.id ?? null);
  const here = quorum.members.filter((member) => member.status !== 'absent').length;
  const missing = Math.max(0, quorum.threshold - quorum.signed);
  const centre = hold ? [`${quorum.signed} of ${quorum.threshold}`, 'signed'] as const : [`${here} here`, `${quorum.threshold} needed`] as const;
  const end = hold ? (missing === 0 ? 'reached' : `${missing} missing`) : undefined;
  return (
    <Section title={hold ? `Quorum for hold point ${hold.id}` : 'Custodians in the room'} {...(end === undefined ? {} : { end })}>
      <div className={styles.quorum}>
        <QuorumRing quorum={quorum} order={state.signoffs.filter((one) => one.step === hold?.id).map((one) => one.person)} acting={acting} sentence={hold ? ringSentence(quorum, 'signed', quorum.signed) : ringSentence(quorum, 'here', here)} centre={centre} />
        <ol className={styles.members}>
          {quorum.members.map(({ person, status }, index) => {
            const shown = MEMBER_STATES[status !== 'signed' && person.id === acting ? 'acts' : status];
            return <li key={person.id}><span className={styles.number}>{index + 1}</span><span className={styles.name}>{person.name}</span><State icon={shown.icon} tone={shown.tone}>{shown.word}</State></li>;
          })}
        </ol>
      </div>
      <p className={styles.whatIf}>{whatIf(state)}</p>
    </Section>
  );
};
