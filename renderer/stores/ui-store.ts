/** Which screen is open and what the person is doing there. Nothing here is part of a ceremony. */
import { create } from 'zustand';
import type { Fault } from '../../shared/errors.ts';
import type { Sha256Hex } from '../../shared/brand.ts';
import type { CeremonyKind, Mode } from '../../shared/ceremony/plan-schema.ts';
import type { AppStatus } from '../../shared/ipc/contract.ts';

export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'prepare'; readonly mode: Mode }
  | { readonly screen: 'ceremony' }
  | { readonly screen: 'verify'; readonly mode: Mode; readonly number: number | null; readonly name?: string };
export type DialogName = 'pause' | 'exception' | 'people' | 'void' | 'abort' | 'postpone' | 'help' | 'leave';
type PlainDialog = { readonly [N in DialogName]: { readonly name: N } }[DialogName];
export type Dialog = PlainDialog | { readonly name: 'sign'; readonly person: string } | { readonly name: 'replace-draft'; readonly start: { readonly mode: Mode; readonly kind: CeremonyKind; readonly setId: Sha256Hex | null } };

interface UiState {
  readonly route: Route;
  readonly mode: Mode;
  readonly dialog: Dialog | null;
  /** A call of this window that has not been answered. */
  readonly pending: string | null;
  /** The refusal of the last call, until the next one. */
  readonly fault: Fault | null;
  readonly status: AppStatus | null;
  /** What main is busy with outside a ceremony; already worded. */
  readonly busy: string | null;
}

export const useUi = create<UiState>()(() => ({
  route: { screen: 'home' }, mode: 'rehearsal', dialog: null, pending: null, fault: null, status: null, busy: null,
}));

export const goTo = (route: Route): void => useUi.setState({ route, dialog: null, fault: null });
export const openDialog = (dialog: Dialog | null): void => useUi.setState({ dialog });
export const chooseMode = (mode: Mode): void => useUi.setState({ mode, fault: null });
