/** A draft is there already: go on with it, or throw it away for another ceremony. */
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { goTo, openDialog } from '../../stores/ui-store.ts';
import { startAnew, type Start } from './start-ceremony.ts';

export const ReplaceDraftDialog = ({ start }: { readonly start: Start }) => {
  const close = (): void => openDialog(null);
  const replace = (): void => { close(); void startAnew(start); };
  return (
    <Dialog title="A draft is there already" onClose={close}>
      <p>Somebody has worked on a draft for this archive and has not frozen it. One draft is kept at a time. Starting another ceremony throws the old draft away; frozen ceremonies are not touched.</p>
      <DialogActions>
        <Button onPress={close} keys="Esc">Go back</Button>
        <Button onPress={() => goTo({ screen: 'prepare', mode: start.mode })} testId="draft-continue">Go on with the draft</Button>
        <Button look="stop" onPress={replace} testId="draft-replace">Throw it away and start anew</Button>
      </DialogActions>
    </Dialog>
  );
};
