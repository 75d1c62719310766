/** The layout of a share sheet with everything secret hatched out. */
import styles from './handover.module.css';

export const HatchedSheet = ({ number, name, pin = false }: { readonly number: number; readonly name: string; readonly pin?: boolean }) => (
  <svg className={styles.sheet} viewBox="0 0 286 404" role="img" aria-label={`Layout of share sheet ${number}; the secret parts are hatched out`}>
    <defs><pattern id="withheld" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v9" className={styles.hatch} /></pattern></defs>
    <rect x="1" y="1" width="284" height="402" className={styles.edge} /><path d="M0 135h286M0 269h286" className={styles.fold} />
    <text x="20" y="40" fontSize="15" fontWeight="700">{pin ? 'PIN share. Keep sealed.' : 'Key share. Keep sealed.'}</text><text x="20" y="68" fontSize="30" fontWeight="700">{number}</text><text x="58" y="66" fontSize="15" fontWeight="600">{name}</text><text x="20" y="97" fontSize="13">Bag</text>
    <rect x="52" y="82" width="110" height="20" className={styles.box} />
    <rect x="20" y="150" width="96" height="96" className={styles.withheld} />
    {[152, 178, 204, 230].map((y) => <rect key={y} x="130" y={y} width="136" height="16" className={styles.withheld} />)}
    <rect x="170" y="286" width="96" height="96" className={styles.withheld} /><path d="M20 296h130M20 314h118M20 332h126M20 350h90" className={styles.lines} />
  </svg>
);
