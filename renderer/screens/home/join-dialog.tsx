/** Joins the archive with that of another workstation: first a look, then the copying. Both are verified; nothing that is here changes. */
import { useState } from 'react';
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import type { JoinLook } from '../../../shared/lineage/join-look.ts';
import { run } from '../../actions.ts';
import { BusyLine } from '../../components/busy-line.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { UiFault } from '../../components/fault-of-ui.tsx';
import { Pairs } from '../../components/parts.tsx';
import { useUi } from '../../stores/ui-store.ts';
import { joinRows, joinSentence } from './join-view.ts';
import styles from './home.module.css';

interface Seen { readonly from: string; readonly look: JoinLook; readonly done: boolean }
export const JoinDialog = ({ mode, onClose, onJoined }: { readonly mode: Mode; readonly onClose: () => void; readonly onJoined: () => void }) => {
  const pending = useUi((ui) => ui.pending), blocked = pending === null ? null : 'Wait: work is under way';
  const [from, setFrom] = useState('');
  const [seen, setSeen] = useState<Seen | null>(null);
  const close = (): void => { useUi.setState({ fault: null }); onClose(); };
  const type = (next: string): void => { setFrom(next); setSeen(null); };
  const choose = async (): Promise<void> => { const answer = await run('archive.choose', {}); if (answer?.path) type(answer.path); };
  const look = async (): Promise<void> => { const found = await run('archive.look-at-join', { mode, from }); if (found) setSeen({ from, look: found, done: false }); };
  const join = async (): Promise<void> => { const found = await run('archive.join', { mode, from }); if (found) { setSeen({ from, look: found, done: true }); onJoined(); } };
  const canJoin = seen !== null && !seen.done && seen.from === from && seen.look.brings.length > 0;
  return (
    <Dialog title="Join another archive" note="Ceremonies of another workstation are brought here. Both archives are verified first, and nothing that is here changes." onClose={close}>
      <div className={styles.joinAsk}>
        <Field label="Folder of the other archive" hint="The folder that holds the ceremony folders, such as 0001-root" value={from} onChange={type} testId="join-from" code first maxLength={1024} />
        <Button small onPress={() => void choose()} blocked={blocked} testId="join-choose">Choose the folder</Button>
        <UiFault />
        <BusyLine />
        {seen && <div data-testid="join-look" data-done={seen.done}><p><b>{joinSentence(seen.look, seen.done)}</b></p><Pairs rows={joinRows(seen.look)} /></div>}
      </div>
      <DialogActions>
        <Button onPress={close} keys="Esc" testId="join-close">{seen?.done === true ? 'Close' : 'Go back'}</Button>
        {canJoin ? <Button look="primary" onPress={() => void join()} blocked={blocked} testId="join-do">Copy them here</Button>
          : seen?.done === true ? null : <Button look="primary" onPress={() => void look()} blocked={blocked ?? (from.startsWith('/') ? null : 'Name the folder first')} testId="join-see">Look at both</Button>}
      </DialogActions>
    </Dialog>
  );
};
