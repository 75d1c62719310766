/** A custodian's card: chip, number and name as on its label. Nothing of what is on it. */
import styles from './handover.module.css';

export const CardFigure = ({ number, name, serial, pin }: { readonly number: number; readonly name: string; readonly serial: string; readonly pin: boolean }) => (
  <svg className={styles.card} viewBox="0 0 286 180" role="img" aria-label={`Card ${serial} of ${name}, for ${pin ? 'PIN share' : 'share'} ${number}`}>
    <rect x="1" y="1" width="284" height="178" rx="10" className={styles.edge} />
    <rect x="24" y="52" width="48" height="38" rx="4" className={styles.chip} /><path d="M24 71h48M48 52v38" className={styles.chip} />
    <text x="92" y="66" fontSize="15" fontWeight="700">{pin ? 'PIN share' : 'Share'} {number}</text><text x="92" y="88" fontSize="14">{name}</text><text x="24" y="150" fontSize="14">{serial}</text>
  </svg>
);
