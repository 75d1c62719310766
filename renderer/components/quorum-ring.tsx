/** N equal segments, filled clockwise in the order of signing; a tick on the rim after the threshold. The list beside it carries the meaning. */
import type { QuorumView } from '../../shared/ceremony/select.ts';
import { initialsOf, ringOrder, type RingMember } from './quorum-view.ts';
import styles from './quorum-ring.module.css';

const SIZE = 216;
const CENTRE = SIZE / 2;
const OUTER = 90;
const INNER = 58;
const GAP = 0.045;

const point = (radius: number, turn: number): string => {
  const angle = 2 * Math.PI * turn - Math.PI / 2;
  return `${(CENTRE + radius * Math.cos(angle)).toFixed(1)} ${(CENTRE + radius * Math.sin(angle)).toFixed(1)}`;
};
const segment = (index: number, of: number): string => {
  const pad = GAP / (2 * Math.PI);
  const from = index / of + pad / 2, to = (index + 1) / of - pad / 2;
  const large = to - from > 0.5 ? 1 : 0;
  return `M${point(OUTER, from)}A${OUTER} ${OUTER} 0 ${large} 1 ${point(OUTER, to)}L${point(INNER, to)}A${INNER} ${INNER} 0 ${large} 0 ${point(INNER, from)}Z`;
};
const at = (radius: number, turn: number): { x: number; y: number } => {
  const [x, y] = point(radius, turn).split(' ').map(Number);
  return { x: x!, y: y! };
};

const Segment = ({ member, index, of }: { readonly member: RingMember; readonly index: number; readonly of: number }) => {
  const middle = at((OUTER + INNER) / 2, (index + 0.5) / of);
  return (
    <>
      <path className={`${styles.seg} ${styles[member.look]}`} d={segment(index, of)} />
      {of <= 9 && <text className={member.look === 'signed' || member.look === 'acts' ? styles.on : ''} x={middle.x} y={middle.y + 5} textAnchor="middle" fontSize="14.5" fontWeight="700">{initialsOf(member.name)}</text>}
    </>
  );
};

interface QuorumRingProps { readonly quorum: QuorumView; readonly order: readonly string[]; readonly acting: string | null; readonly sentence: string; readonly centre: readonly [string, string] }
export const QuorumRing = ({ quorum, order, acting, sentence, centre }: QuorumRingProps) => {
  const members = ringOrder(quorum, order, acting);
  const turn = quorum.threshold / members.length;
  const [from, to, label] = [at(INNER - 6, turn), at(OUTER + 10, turn), at(OUTER + 20, turn)];
  return (
    <svg className={styles.ring} role="img" aria-label={sentence} viewBox={`0 0 ${SIZE} ${SIZE}`}>
      {members.map((member, index) => <Segment key={member.id} member={member} index={index} of={members.length} />)}
      <line className={styles.tick} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      {turn < 1 && <text x={label.x} y={label.y + 5} textAnchor="middle" fontSize="15" fontWeight="700">{quorum.threshold}</text>}
      <text x={CENTRE} y={CENTRE + 4} textAnchor="middle" fontSize="31" fontWeight="700">{centre[0]}</text>
      <text x={CENTRE} y={CENTRE + 28} textAnchor="middle" fontSize="18" fontWeight="600">{centre[1]}</text>
    </svg>
  );
};
