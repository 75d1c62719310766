/** Asked when somebody closes the window while a ceremony is not finished. Nothing that is recorded is lost; what only the vault holds is. */
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { call } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { openDialog } from '../../stores/ui-store.ts';

const close = (): void => openDialog(null);

/** What the vault holds now, and what it will cost to have it again. */
const cost = ({ set, backup, pinChanged, gatherings }: CeremonyState): string => {
  const inWork = set !== null && (set.holds === 'pin' ? pinChanged === null : !backup?.restored);
  if (inWork) return `The shares of set ${set.setName} are only proved while the program runs: the set will be given up, its sheets destroyed, and a new set made.`;
  return gatherings.some((one) => one.open) ? 'The shares that were read are forgotten, and their holders are called again.' : 'The PINs are typed again.';
};

export const LeaveDialog = ({ state }: { readonly state: CeremonyState }) => (
  <Dialog title="Close Quorate in the middle of the ceremony?" note={`Step ${state.current ?? '–'}`} onClose={close}>
    <p>What is in the transcript stays. After the next start the ceremony goes on at this step, from the home screen. {cost(state)}</p>
    <p>For a break, pause the ceremony instead (F8) and leave the program open.</p>
    <DialogActions>
      <Button onPress={close} keys="Esc" testId="leave-stay">Stay</Button>
      <Button look="stop" onPress={() => void call('app.close', {})} testId="leave-close">Close Quorate</Button>
    </DialogActions>
  </Dialog>
);
