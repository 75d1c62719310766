/** What buttons do: one call to main at a time, its answer into the stores. */
import type { Command } from '../shared/ceremony/commands.ts';
import type { Mode } from '../shared/ceremony/plan-schema.ts';
import type { Fault } from '../shared/errors.ts';
import type { CallName, Request, Responses } from '../shared/ipc/contract.ts';
import { call, listen } from './bridge.ts';
import { dropSnapshot, takeSnapshot } from './stores/snapshot-store.ts';
import { openDialog, goTo, useUi } from './stores/ui-store.ts';

const failWith = (fault: Fault): null => {
  useUi.setState({ fault });
  return null;
};

/** Runs one call; a second press while it runs does nothing. @returns the value, or null after a refusal, which is shown. */
export const run = async <N extends CallName>(name: N, request: Request<N>): Promise<Responses[N] | null> => {
  if (useUi.getState().pending !== null) return null;
  useUi.setState({ pending: name, fault: null });
  try {
    const answer = await call(name, request);
    return answer.ok ? answer.value : failWith(answer.fault);
  } finally {
    useUi.setState({ pending: null });
  }
};

/** A room can stop and note at any time: these do not wait for the call that is under way. */
const runBeside = async <N extends CallName>(name: N, request: Request<N>): Promise<Responses[N] | null> => {
  useUi.setState({ fault: null });
  const answer = await call(name, request);
  return answer.ok ? answer.value : failWith(answer.fault);
};
const ALWAYS: ReadonlySet<Command['type']> = new Set(['exception', 'pause']);

/** @returns whether the command was taken. */
export const send = async (command: Command): Promise<boolean> => {
  const snapshot = await (ALWAYS.has(command.type) ? runBeside : run)('ceremony.command', { command });
  if (snapshot) takeSnapshot(snapshot);
  return snapshot !== null;
};

export const enterCeremony = async (mode: Mode, number: number, name?: string): Promise<void> => {
  const snapshot = await run('ceremony.enter', { mode, number, ...(name === undefined ? {} : { name }) });
  if (!snapshot) return;
  takeSnapshot(snapshot);
  goTo({ screen: 'ceremony' });
};

export const beginCeremony = async (dice: string): Promise<void> => {
  const snapshot = await run('ceremony.begin', { dice });
  if (snapshot) takeSnapshot(snapshot);
};

export const leaveCeremony = async (): Promise<void> => {
  await run('ceremony.leave', {});
  dropSnapshot();
  goTo({ screen: 'home' });
};

/** Looks again at what main projects, after something beside the transcript has changed. */
export const refreshSnapshot = async (): Promise<void> => {
  const answer = await call('ceremony.snapshot', {});
  if (answer.ok && answer.value) takeSnapshot(answer.value);
};

/** Cancelling must work while another call waits for the very window it closes. */
export const cancelEntry = (): void => void call('entry.cancel', {});

/** First look at main: how the program runs, and whether a ceremony is already open (after a reload of the window). */
export const connect = async (): Promise<void> => {
  listen('ceremony.changed', takeSnapshot);
  listen('activity.changed', ({ busy }) => useUi.setState({ busy }));
  listen('close.asked', () => openDialog({ name: 'leave' }));
  const [status, open] = await Promise.all([call('app.status', {}), call('ceremony.snapshot', {})]);
  if (status.ok) useUi.setState({ status: status.value, ...(status.value.onlyMode === null ? {} : { mode: status.value.onlyMode }) });
  if (!open.ok || !open.value) return;
  takeSnapshot(open.value);
  useUi.setState({ mode: open.value.state.plan.mode, route: { screen: 'ceremony' } });
};
