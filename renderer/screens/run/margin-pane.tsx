/** How many shares of the set are left over the threshold: in sight while shares are opened, checked or destroyed. */
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { Section, State } from '../../components/parts.tsx';
import { Pips } from '../../components/pips.tsx';
import { marginOf, marginSentence, marginTone } from './margin.ts';
import styles from './custody.module.css';

const ICONS = { plain: 'done', wait: 'check', stop: 'stop', done: 'done', now: 'now' } as const;

export const MarginPane = ({ state }: { readonly state: CeremonyState }) => {
  const margin = marginOf(state);
  const set = state.plan.source?.set;
  if (!margin || !set) return null;
  const ended = state.superseded !== null || state.plan.ceremony.kind === 'share-destruction';
  const tone = ended ? 'plain' : marginTone(margin.spare);
  return (
    <Section title={`Set ${set.setName}, epoch ${set.epoch}: any ${margin.threshold} of ${margin.shares}`} end={state.superseded ? 'superseded' : `margin ${margin.spare < 0 ? 'is missing' : margin.spare}`}>
      <div className={styles.margin} data-testid="margin" data-spare={margin.spare}>
        <Pips pips={margin.pips} threshold={margin.threshold} />
        <p><State icon={ended ? 'half' : ICONS[tone]} tone={tone}>{ended ? `Of ${margin.good} of ${margin.shares} shares a copy is still out` : marginSentence(margin)}</State></p>
      </div>
    </Section>
  );
};
