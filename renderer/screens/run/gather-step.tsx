/** S8: shares of an existing set come in one by one, each judged at once. Nothing of a share is ever shown. */
import { useEffect, useRef } from 'react';
import { gatheredSetOf, keyPlan } from '../../../shared/ceremony/people.ts';
import type { SetRef } from '../../../shared/ceremony/plan-schema.ts';
import type { GatherStep } from '../../../shared/ceremony/script-types.ts';
import { gatheringOf } from '../../../shared/ceremony/select.ts';
import type { CeremonyState, RefusedShare } from '../../../shared/ceremony/state.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { errorText } from '../../../shared/text/errors.ts';
import { Icon } from '../../components/icon.tsx';
import { Code, Pairs, Section, State } from '../../components/parts.tsx';
import { typeInStep } from '../../stores/step-store.ts';
import { HOLDS_NAMES, HOW_NAMES, refusalWord } from '../../text/custody.ts';
import { secondsOf } from '../../text/time.ts';
import { holderName, holderRows, refusalFacts, refusedAt, type HolderRow } from './gather-view.ts';
import run from './run.module.css';
import styles from './custody.module.css';

/** "2 of 3 shares of set OPAL-2210": the largest thing on the screen, and the heading of the step. */
export const GatherHead = ({ snapshot, step, set }: { readonly snapshot: Snapshot; readonly step: GatherStep; readonly set: SetRef }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  const came = gatheringOf(snapshot.state, step)?.shares.length ?? 0;
  const missing = Math.max(0, step.threshold - came);
  useEffect(() => { heading.current?.focus(); }, [step.id]);
  return (
    <div className={styles.head}>
      <h1 ref={heading} tabIndex={-1} className={styles.count} data-testid="gather-count" aria-label={`Step ${step.id}, ${step.title}: ${came} of ${step.threshold} ${HOLDS_NAMES[step.holds]} received`}>{came} of {step.threshold}</h1>
      <p className={styles.countText}>{HOLDS_NAMES[step.holds]} of set {set.setName}, epoch {set.epoch}<br />are accepted. {missing === 0 ? 'That is enough.' : `${missing} more ${missing === 1 ? 'is' : 'are'} needed.`}</p>
      <span className={run.kind}><Icon name={snapshot.state.pause ? 'pause' : 'sheet'} />{snapshot.state.pause ? 'Paused' : `${step.id} Gather`}</span>
    </div>
  );
};

const StateOf = ({ row }: { readonly row: HolderRow }) => {
  if (row.share) return <State icon="done" tone="done">Accepted</State>;
  if (row.refused) return <State icon="x" tone="stop">Refused: {refusalWord(row.refused.code)}</State>;
  return row.here ? <State icon="wait">Not yet</State> : <State icon="notyet">Absent</State>;
};
const broughtBy = (state: CeremonyState, row: HolderRow): string => (row.share && row.share.presenter !== row.person ? `, brought by ${holderName(state, null, row.share.presenter)}` : '');
const howOf = (state: CeremonyState, row: HolderRow): string => (row.share ? `${HOW_NAMES[row.share.how]}${broughtBy(state, row)}` : row.refused ? (row.refused.carrier === 'card' ? 'Card' : 'Paper') : '–');

const Holders = ({ state, step }: { readonly state: CeremonyState; readonly step: GatherStep }) => (
  <table className={styles.holders}>
    <thead><tr><th scope="col">Share</th><th scope="col">Custodian</th><th scope="col">State</th><th scope="col">How it came</th><th scope="col">UTC</th></tr></thead>
    <tbody>{holderRows(state, step).map((row) => {
      const at = row.share?.at ?? row.refused?.at ?? null;
      return <tr key={row.number} data-testid={`gather-row-${row.number}`}><td className={styles.big}>{row.number}</td><td><b>{row.name}</b></td><td><StateOf row={row} /></td><td>{howOf(state, row)}</td><td>{at ? secondsOf(at) : '–'}</td></tr>;
    })}</tbody>
  </table>
);

/** The title says what is provable; what the share only says of itself is called a claim. */
const Refused = ({ state, one }: { readonly state: CeremonyState; readonly one: RefusedShare }) => {
  const facts = refusalFacts(one);
  return (
    <li className={styles.refused}>
      <State icon="x" tone="stop">{errorText(one.code, one.details).title}</State>
      <p>Presented by <b>{holderName(state, null, one.presenter)}</b> at {secondsOf(one.at)}, on {one.carrier === 'card' ? 'a card' : 'paper'}.{facts.shown && <> Shown to be {facts.shown}.</>}{facts.claims && <> It claims to be {facts.claims}; that is not proved.</>} <span className={run.cap}>{one.code}</span></p>
    </li>
  );
};

const targetOf = (state: CeremonyState, step: GatherStep): string => {
  const { ceremony, hsm } = keyPlan(state.plan);
  const serials = [hsm.serial, hsm.secondSerial].filter((serial) => serial !== null).join(' and ');
  if (step.holds === 'pin') return `Opens HSM ${serials}`;
  return ceremony.kind === 'recovery' ? `HSM ${hsm.serial ?? ''}` : `HSM ${hsm.serial ?? ''}, for one moment: the key is wrapped anew there`;
};

export const GatherBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: GatherStep }) => {
  const { state } = snapshot;
  const set = gatheredSetOf(state.plan, step.holds);
  const came = gatheringOf(state, step)?.shares.length ?? 0;
  const refused = refusedAt(state, step.id);
  useEffect(() => typeInStep({ presenter: '', holder: '' }), [came]);
  if (!set) return null;
  const { source } = state.plan;
  return (
    <>
      <Holders state={state} step={step} />
      <div className={styles.purpose}><Pairs rows={[
        ...(source ? [['Purpose', source.purpose] as const, ['Decided by', source.authority] as const] : []), ['Target', targetOf(state, step)],
        ['Set fingerprint', <Code key="f" wrap>{set.setFingerprint}</Code>], ['Combining', `Starts only after ${step.threshold} shares are accepted; nothing is shown`],
      ]} /></div>
      {refused.length > 0 && <Section title="Refused in this step" end={String(refused.length)}><ul>{refused.toReversed().map((one) => <Refused key={one.seq} state={state} one={one} />)}</ul></Section>}
    </>
  );
};
