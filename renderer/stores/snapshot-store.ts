/** Mirror of what main projects of the ceremony that is open. It decides nothing. */
import { create } from 'zustand';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';

interface SnapshotState { readonly snapshot: Snapshot | null }
export const useSnapshot = create<SnapshotState>()(() => ({ snapshot: null }));

/** Takes a snapshot over unless a newer one of the same ceremony is there already: answers and pushes may cross. */
export const takeSnapshot = (next: Snapshot): void =>
  useSnapshot.setState(({ snapshot }) => (snapshot && sameFolder(snapshot, next) && snapshot.revision > next.revision ? { snapshot } : { snapshot: next }));
export const dropSnapshot = (): void => useSnapshot.setState({ snapshot: null });

const sameFolder = (a: Snapshot, b: Snapshot): boolean => a.folder.path === b.folder.path;
