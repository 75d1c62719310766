/** Someone arrived or left after the roll call. Each change is an entry at once; a quorum that is no longer here cannot sign. */
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { whatIf } from '../../../shared/ceremony/select.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { UiFault } from '../../components/fault-of-ui.tsx';
import { openDialog } from '../../stores/ui-store.ts';
import { StandIns } from './duties-part.tsx';
import { RollTable } from './roll-table.tsx';
import dialogs from './dialogs.module.css';

export const PeopleDialog = ({ state }: { readonly state: CeremonyState }) => {
  const close = (): void => openDialog(null);
  return (
    <Dialog beside title="Who is here" note={`Step ${state.current ?? '–'}`} onClose={close}>
      <div className={dialogs.form}>
        <UiFault />
        {state.current && <RollTable state={state} step={state.current} />}
        <StandIns state={state} />
        <p>{whatIf(state)}</p>
      </div>
      <DialogActions><Button look="primary" onPress={close} keys="Esc" testId="people-done">Back to the step</Button></DialogActions>
    </Dialog>
  );
};
