/** The chips of the status bar: words and a shape, never a bare dot. Pure. */
import { tokensOf } from '../../../shared/ceremony/people.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import type { Chip } from '../../components/shell.tsx';
import { secondsOf } from '../../text/time.ts';
import { hidesClock, hidesSerial } from './run-view.ts';

const AIR_GAP: Readonly<Record<Snapshot['airGap'], string>> = { intact: 'Intact', broken: 'Not as expected', excepted: 'Accepted with exception', 'not-checked': 'Not checked yet' };

const hsmValue = (snapshot: Snapshot): string => {
  if (hidesSerial(snapshot.state)) return `Serial hidden in ${snapshot.state.current ?? ''}`;
  if (!snapshot.hsm.serial || tokensOf(snapshot.state.plan).length === 0) return 'None in use';
  return snapshot.hsm.present ? `${snapshot.hsm.serial}, open` : `${snapshot.hsm.serial}, closed`;
};
const entries = (snapshot: Snapshot): string => {
  const { count, lastAt } = snapshot.state;
  return lastAt === null ? 'Not begun' : `${count} ${count === 1 ? 'entry' : 'entries'}`;
};

export const ceremonyChips = (snapshot: Snapshot): readonly Chip[] => [
  { name: 'Air gap', icon: 'gap', value: AIR_GAP[snapshot.airGap], alarm: snapshot.airGap === 'broken' },
  { name: 'HSM', icon: 'hsm', value: hsmValue(snapshot) },
  { name: 'Transcript', icon: 'rec', value: entries(snapshot), ...(snapshot.state.lastAt && !hidesClock(snapshot.state) ? { extra: `, last ${secondsOf(snapshot.state.lastAt)}` } : {}) },
];
