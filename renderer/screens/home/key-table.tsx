/** Keys as the whole archive tells them: health of the shares, sets, and what is due. */
import { fourDigits } from '../../../shared/text/ceremony-number.ts';
import type { KeyState, SetState } from '../../../shared/register/custody-types.ts';
import { Button } from '../../components/button.tsx';
import { Code, Section, State } from '../../components/parts.tsx';
import { Pips } from '../../components/pips.tsx';
import { Unbroken } from '../../components/unbroken.tsx';
import { fourWords } from '../../components/word-grid.tsx';
import { dateOf } from '../../text/time.ts';
import { currentSetOf, demandLine, healthLine, healthPips, keyLook, setRows } from './custody-view.ts';
import { profileOf } from './home-view.ts';
import { forkLine } from './fork-view.ts';
import styles from './home.module.css';

interface KeyRowProps { readonly item: KeyState; readonly now: Date; readonly chosen: boolean; readonly onChoose: (keyId: string) => void }
const KeyRow = ({ item, now, chosen, onChoose }: KeyRowProps) => {
  const set = currentSetOf(item);
  const look = keyLook(item);
  const demand = demandLine(item);
  return (
    <tr data-testid={`key-row-${item.keyId}`} data-demand={item.demand} className={chosen ? styles.chosen : ''}>
      <td><b>{item.label}</b> <span className={styles.alg}><Unbroken text={profileOf(item.profile)} /></span><br /><span className={styles.cap}>{fourWords(item.spkiSha256)}</span></td>
      <td><State icon={look.icon} tone={look.tone}>{look.word}</State></td>
      <td className={styles.whole}>{set ? `${set.threshold} of ${set.shares}` : '–'}<br /><span className={styles.cap}>{set ? set.setName : ''}</span></td>
      <td>{set && <Pips pips={healthPips(set, now)} threshold={set.threshold} />}<span className={styles.cap}>{healthLine(item, now)}</span></td>
      <td className={styles.roomy}>{item.tokens.map((token) => <div key={token.serial} className={styles.serial}><Code>{token.serial}</Code></div>)}</td>
      <td>{demand === '' ? <span className={styles.cap}>Nothing</span> : <b>{demand}</b>}</td>
      <td><Button small pressed={chosen} onPress={() => onChoose(item.keyId)} testId={`key-choose-${item.keyId}`}>Choose<span className="visually-hidden"> key {item.label}</span></Button></td>
    </tr>
  );
};

export const KeyTable = ({ keys, now, chosen, onChoose }: { readonly keys: readonly KeyState[]; readonly now: Date; readonly chosen: string | null; readonly onChoose: (keyId: string) => void }) => (
  <>
    <table className={styles.register}>
      <thead><tr><th scope="col">Key and its first four words</th><th scope="col">State</th><th scope="col">Quorum</th><th scope="col">Share health</th><th scope="col" className={styles.roomy}>HSM</th><th scope="col">What it asks for</th><th scope="col"><span className="visually-hidden">Choose</span></th></tr></thead>
      <tbody>{keys.map((item) => <KeyRow key={item.keyId} item={item} now={now} chosen={item.keyId === chosen} onChoose={onChoose} />)}</tbody>
    </table>
    <p className={styles.legend}><Pips pips={['there', 'due', 'lost']} threshold={0} /> <span>proved in 12 months, check due, cannot be counted on. The upright line stands after the threshold: shares right of it are the margin.</span></p>
  </>
);

const Fork = ({ item, set }: { readonly item: KeyState; readonly set: SetState }) => {
  const line = forkLine(item, set);
  return line !== null && <p className={styles.fork} data-testid={`fork-${set.setName}`}><State icon="check" tone="wait">Fork</State> {line}</p>;
};

/** Every set of the chosen key, with its epoch and what is left of it. */
export const SetList = ({ item }: { readonly item: KeyState }) => {
  const rows = setRows(item);
  return (
    <Section title={`Share sets of ${item.label}`} end={String(rows.length)}>
      {item.tokens.length > 0 && <p className={styles.hsms}>The key is on HSM {item.tokens.map(({ serial }, index) => <span key={serial}>{index > 0 && ' and '}<Code>{serial}</Code></span>)}. Certificate ends {dateOf(item.certificate.notAfter)}.</p>}
      {rows.length === 0 ? <p className={styles.empty}>No set was ever issued.</p> : (
        <ul className={styles.sets}>{rows.map(({ set, look, line }) => (
          <li key={set.setId} data-testid={`set-${set.setName}`} data-status={set.status} data-set={set.setId}><b>{set.setName}</b> <State icon={look.icon} tone={look.tone}>{look.word}</State><br /><span className={styles.cap}>{line}. Ceremony {fourDigits(set.issuedBy)}{set.supersededAt ? `; superseded ${dateOf(set.supersededAt)}` : ''}</span><Fork item={item} set={set} /></li>
        ))}</ul>
      )}
    </Section>
  );
};
