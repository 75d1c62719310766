/** Clauses of standards, before the plan is frozen: what is missing first, then every clause with its steps, folded away by standard. */
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { MAP_SENTENCE, UNVERIFIED_SENTENCE } from '../../../shared/clauses/clauses.ts';
import { Code, Disclosure, Section, State } from '../../components/parts.tsx';
import type { ClauseGroup, ClauseRow } from './clauses-view.ts';
import { clausesView } from './clauses-view.ts';
import styles from './prepare.module.css';

const Row = ({ row }: { readonly row: ClauseRow }) => (
  <tr>
    <th scope="row">{row.number}</th>
    <td>{row.says} <Code>{row.id}</Code>{row.gaps.map((gap) => <p key={gap}><b>{gap}</b></p>)}{row.outside !== null && <p className={styles.sub}>Stays with the organisation: {row.outside}</p>}</td>
    <td><State icon={row.icon} tone={row.tone}>{row.word}</State></td>
    <td>{row.steps === '' ? '–' : row.steps}</td>
  </tr>
);
const Table = ({ rows, label }: { readonly rows: readonly ClauseRow[]; readonly label: string }) => (
  <table className={styles.clauses} aria-label={label}>
    <thead><tr><th scope="col">Clause</th><th scope="col">Says, in our words</th><th scope="col">This plan</th><th scope="col">Steps</th></tr></thead>
    <tbody>{rows.map((row) => <Row key={row.id} row={row} />)}</tbody>
  </table>
);
const Group = ({ group }: { readonly group: ClauseGroup }) => (
  <Disclosure title={`${group.standard}: ${group.rows.length} clauses${group.unverified ? ', unverified' : ''}`}><Table rows={group.rows} label={group.standard} /></Disclosure>
);

export const ClausesPane = ({ plan }: { readonly plan: Plan }) => {
  const view = clausesView(plan);
  return (
    <div data-testid="clauses">
      <Section title="Clauses of standards" end={view.count} level={3}>
        <div className={styles.clauseIntro}>
          <p className={styles.sub}>{MAP_SENTENCE} {UNVERIFIED_SENTENCE}</p>
          {view.practice !== null && <p className={styles.software}>{view.practice}</p>}
        </div>
        {view.missing.length > 0 && <Table rows={view.missing} label="Clauses with something missing" />}
        {view.groups.map((group) => <Group key={group.standard} group={group} />)}
      </Section>
    </div>
  );
};
