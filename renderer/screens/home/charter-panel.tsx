/** Who may act in this archive and under which policy; before its founding, how it gets that. */
import { fourDigits } from '../../../shared/text/ceremony-number.ts';
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import type { ArchiveItem } from '../../../shared/ipc/contract.ts';
import type { CharterInForce } from '../../../shared/register/charter.ts';
import { Button } from '../../components/button.tsx';
import { CharterDigest, PeopleByRole, PolicyRows } from '../../components/charter-parts.tsx';
import { Section } from '../../components/parts.tsx';
import { useUi } from '../../stores/ui-store.ts';
import { AMEND, FOUND } from '../../text/charter.ts';
import { instantText } from '../../text/time.ts';
import { standingLine, waitsForCharter } from './charter-panel-view.ts';
import { startCeremony } from './start-ceremony.ts';
import styles from './charter-panel.module.css';

export const FoundCard = ({ mode, items }: { readonly mode: Mode; readonly items: readonly ArchiveItem[] }) => {
  const pending = useUi((ui) => ui.pending) !== null;
  if (waitsForCharter(items) !== null) return null;
  return (
    <section className={styles.found} aria-labelledby="found-title" data-testid="found-card">
      <div><h2 id="found-title">{FOUND.title}</h2><p>{FOUND.what} {FOUND[mode]}</p><p className={styles.cap}>{FOUND.people}</p></div>
      <Button onPress={() => void startCeremony({ mode, kind: 'founding', setId: null })} look={mode === 'production' ? 'primary' : 'quiet'} disabled={pending} testId="start-founding">{FOUND.action}</Button>
    </section>
  );
};

export const CharterPanel = ({ mode, items, inForce }: { readonly mode: Mode; readonly items: readonly ArchiveItem[]; readonly inForce: CharterInForce }) => {
  const pending = useUi((ui) => ui.pending) !== null;
  const { charter, sha256, ceremony, at } = inForce;
  const waiting = waitsForCharter(items);
  return (
    <div className={styles.panel} data-testid="charter-panel" data-sha256={sha256}>
      <Section title={AMEND.title} end={`Enacted by ceremony ${fourDigits(ceremony)}, ${instantText(at)}`}>
        <div className={styles.top}>
          <div><p className={styles.name}><b>{charter.organisation}</b></p><p className={styles.cap}>{standingLine(charter)} {AMEND.how}</p></div>
          <Button small onPress={() => void startCeremony({ mode, kind: 'amendment', setId: null })} disabled={pending} blocked={waiting === null ? null : `Ceremony ${fourDigits(waiting.number)} changes it`} testId="start-amendment">{AMEND.action}</Button>
        </div>
        <div className={styles.two}><PeopleByRole charter={charter} /><div><PolicyRows charter={charter} /><CharterDigest sha256={sha256} /></div></div>
      </Section>
    </div>
  );
};
