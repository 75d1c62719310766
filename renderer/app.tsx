/** Which screen is open, the dialogs over it, and the keys that work everywhere. */
import { useEffect } from 'react';
import { assertNever } from '../shared/assert-never.ts';
import { HelpDialog } from './components/help-dialog.tsx';
import { BeginScreen } from './screens/begin/begin-screen.tsx';
import { CloseScreen } from './screens/close/close-screen.tsx';
import { HomeScreen } from './screens/home/home-screen.tsx';
import { ReplaceDraftDialog } from './screens/home/replace-draft-dialog.tsx';
import { PrepareScreen } from './screens/prepare/prepare-screen.tsx';
import { AbortDialog, ExceptionDialog, PauseDialog, VoidDialog } from './screens/run/dialogs.tsx';
import { PostponeDialog } from './screens/run/postpone-dialog.tsx';
import { LeaveDialog } from './screens/run/leave-dialog.tsx';
import { PeopleDialog } from './screens/run/people-dialog.tsx';
import { RunScreen } from './screens/run/run-screen.tsx';
import { SignDialog } from './screens/run/sign-dialog.tsx';
import { VerifyScreen } from './screens/verify/verify-screen.tsx';
import { cycleRegion } from './regions.ts';
import { useSnapshot } from './stores/snapshot-store.ts';
import { openDialog, useUi } from './stores/ui-store.ts';

const Ceremony = () => {
  const snapshot = useSnapshot((state) => state.snapshot);
  if (!snapshot) return null;
  if (!snapshot.state.opening) return <BeginScreen snapshot={snapshot} />;
  return snapshot.state.closing ? <CloseScreen snapshot={snapshot} /> : <RunScreen snapshot={snapshot} />;
};

const Screen = () => {
  const route = useUi((state) => state.route);
  switch (route.screen) {
    case 'home': return <HomeScreen />;
    case 'prepare': return <PrepareScreen key={route.mode} mode={route.mode} />;
    case 'ceremony': return <Ceremony />;
    case 'verify': return <VerifyScreen mode={route.mode} number={route.number} name={route.name ?? null} />;
    default: return assertNever(route);
  }
};

const Dialogs = () => {
  const dialog = useUi((state) => state.dialog);
  const snapshot = useSnapshot((state) => state.snapshot);
  if (!dialog) return null;
  if (dialog.name === 'help') return <HelpDialog />;
  if (dialog.name === 'replace-draft') return <ReplaceDraftDialog start={dialog.start} />;
  if (!snapshot) return null;
  switch (dialog.name) {
    case 'sign': return <SignDialog key={dialog.person} snapshot={snapshot} personId={dialog.person} />;
    case 'exception': return <ExceptionDialog state={snapshot.state} />;
    case 'pause': return <PauseDialog state={snapshot.state} />;
    case 'people': return <PeopleDialog state={snapshot.state} />;
    case 'void': return <VoidDialog state={snapshot.state} />;
    case 'abort': return <AbortDialog state={snapshot.state} />;
    case 'postpone': return <PostponeDialog state={snapshot.state} />;
    case 'leave': return <LeaveDialog state={snapshot.state} />;
    default: return assertNever(dialog);
  }
};

export const App = () => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (useUi.getState().dialog) return;
      if (event.key === 'F1') { event.preventDefault(); openDialog({ name: 'help' }); }
      if (event.key === 'F6') { event.preventDefault(); cycleRegion(event.shiftKey ? -1 : 1); }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return <><Screen /><Dialogs /></>;
};
