/** Who acts now: the one solid block of colour beside the primary action. */
import type { Person } from '../../shared/ceremony/plan-schema.ts';
import { custodiansOf } from '../../shared/ceremony/people.ts';
import { actsNow } from '../../shared/ceremony/select.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { ROLE_NAMES } from '../text/words.ts';
import styles from './people.module.css';

export const roleLine = (state: CeremonyState, person: Person): string => {
  if (person.role !== 'custodian') return ROLE_NAMES[person.role];
  return `Custodian ${custodiansOf(state.plan).findIndex((one) => one.id === person.id) + 1}`;
};

const Several = ({ people }: { readonly people: readonly Person[] }) => (
  <><p className={styles.actor}>{people.length} {people.every((person) => person.role === 'custodian') ? 'custodians' : 'people'}</p><p className={styles.role}>{people.map((person) => person.name).join(', ')}</p></>
);

export const WhoActs = ({ state, override }: { readonly state: CeremonyState; readonly override?: Person | null }) => {
  const { people, then } = actsNow(state);
  const acting = override ? [override] : people;
  const one = acting.length === 1 ? acting[0]! : null;
  return (
    <section className={styles.who} aria-label="Acts now" data-testid="acts-now">
      <h2>{acting.length === 0 ? 'Nobody acts now' : 'Acts now'}</h2>
      {one && <><p className={styles.actor}>{one.name}</p><p className={styles.role}>{roleLine(state, one)}</p></>}
      {acting.length > 1 && <Several people={acting} />}
      {then && then.id !== one?.id && <p className={styles.then}>Then {then.name}, {roleLine(state, then).toLowerCase()}</p>}
    </section>
  );
};
