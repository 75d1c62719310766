/** What became of a key, from its making on: every ceremony and every change of state, newest first. */
import { fourDigits } from '../../../shared/text/ceremony-number.ts';
import type { KeyState } from '../../../shared/register/custody-types.ts';
import type { KeyLife } from '../../../shared/register/key-life.ts';
import { Caption, Section, State } from '../../components/parts.tsx';
import { instantText } from '../../text/time.ts';
import { LIFE_LOOKS, lifeRows, nextLine } from './life-view.ts';
import styles from './home.module.css';

export const LifeOfKey = ({ item, life }: { readonly item: KeyState; readonly life: KeyLife }) => {
  const look = LIFE_LOOKS[life.state], rows = lifeRows(life);
  return (
    <Section title={`Life of ${item.label}`} end={<State icon={look.icon} tone={look.tone}>{look.word}</State>}>
      <table className={styles.life} data-testid="key-life" data-state={life.state}>
        <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Ceremony</th></tr></thead>
        <tbody>{rows.map(({ at, ceremony, text, isState }, index) => (
          <tr key={index} data-state-change={isState}><td className={styles.alg}>{instantText(at)}</td><td>{isState ? <b>{text}</b> : text}</td><td className={styles.alg}>{ceremony === null ? 'by its certificate' : fourDigits(ceremony)}</td></tr>
        ))}</tbody>
      </table>
      <Caption>{nextLine(life.next)} States as in NIST SP 800-57 Part 1, clause 7.</Caption>
    </Section>
  );
};
