/** An archive that was joined has several ends: until their merge nothing else begins in it. */
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import type { ArchiveItem } from '../../../shared/ipc/contract.ts';
import { Button } from '../../components/button.tsx';
import { State } from '../../components/parts.tsx';
import { startCeremony } from './start-ceremony.ts';
import styles from './home.module.css';

/** @param frozen a merge whose plan waits already: it is begun instead of planned anew. */
export const EndsBanner = ({ mode, ends, frozen }: { readonly mode: Mode; readonly ends: readonly string[]; readonly frozen: ArchiveItem | null }) => (
  <section className={styles.resume} aria-label="Archives that were joined" data-testid="home-ends">
    <State icon="check" tone="wait">Not merged</State>
    <p><b>This archive has {ends.length} ends: {ends.join(', ')}.</b> It was joined from archives that went their own ways. Until they are merged nothing else begins here.</p>
    {frozen === null && <Button small onPress={() => void startCeremony({ mode, kind: 'merge', setId: null })} testId="home-merge">Plan the merge</Button>}
  </section>
);
