/** What came of machine work on existing sets, PINs and the printer. */
import { sourceOf, tokensOf } from '../../../shared/ceremony/people.ts';
import { lastGathering } from '../../../shared/ceremony/select.ts';
import type { SetRef } from '../../../shared/ceremony/plan-schema.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { Caption, Code, Pairs, State } from '../../components/parts.tsx';
import { HOW_NAMES } from '../../text/custody.ts';
import { holderName } from './gather-view.ts';
import styles from './run.module.css';

export const PrinterResult = ({ state }: { readonly state: CeremonyState }) => state.printerTested && (
  <ul className={styles.checks}><li><State icon="done" tone="done">The symbol of the test page was read back: {state.printerTested.how === 'scanned' ? 'by camera' : 'from a picture file'}</State></li></ul>
);

export const CombineResult = ({ state, holds }: { readonly state: CeremonyState; readonly holds: SetRef['holds'] }) => {
  const gathering = lastGathering(state, holds);
  if (!gathering?.combined) return null;
  const used = gathering.shares.filter((share) => gathering.combined?.includes(share.share));
  return (
    <div className={styles.stack}>
      <ul className={styles.checks}>{used.map((share) => <li key={share.share}><State icon="done" tone="done">Share {share.share}, {holderName(state, null, share.person)}: {HOW_NAMES[share.how].toLowerCase()}</State></li>)}
        <li><State icon="done" tone="done">What they rebuild is what the set’s manifest names</State></li></ul>
      <Caption>It is in the vault only, and it is not shown.</Caption>
    </div>
  );
};

export const OpenPinResult = ({ state }: { readonly state: CeremonyState }) => (
  <div className={styles.stack}>
    <CombineResult state={state} holds="pin" />
    <ul className={styles.checks}>{tokensOf(state.plan).map((serial) => <li key={serial}><State icon="done" tone="done">HSM {serial} is open. Nobody saw its PIN.</State></li>)}</ul>
  </div>
);

export const SupersedeResult = ({ state }: { readonly state: CeremonyState }) => {
  const { set } = sourceOf(state.plan);
  return state.superseded && <Pairs rows={[['Superseded', `Set ${set.setName}, epoch ${set.epoch}`], ['Replaced by', `Set ${state.set?.setName ?? ''}, epoch ${state.set?.epoch ?? ''}`], ['From now on', 'A share of the old set is refused by name. Its copies are accounted for in this ceremony.']]} />;
};

export const ChangePinResult = ({ state }: { readonly state: CeremonyState }) => state.pinChanged && (
  <table className={styles.compact}>
    <thead><tr><th scope="col">Token</th><th scope="col">New PIN</th><th scope="col">Old PIN</th><th scope="col">SO PIN</th></tr></thead>
    <tbody>{state.pinChanged.tokens.map((token) => (
      <tr key={token.serial}><td><Code>{token.serial}</Code></td><td><State icon="done" tone="done">Opens it</State></td><td><State icon="done" tone="done">Refused: {token.oldRefusedWith}</State></td>
        <td>{token.soChanged ? 'By the same quorum' : 'Not changed: whoever holds it can reset the PIN'}</td></tr>
    ))}</tbody>
  </table>
);
