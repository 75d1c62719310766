/** What the page knows at the moment. All secrets of the page are here, and are wiped from here. */
import { wipe } from './bytes.ts';
import type { Taken, Wanted } from './judge.ts';
import type { OpenedKey } from './pkcs8.ts';

export interface State { wanted: Wanted | null; taken: Taken[]; /** The rebuilt 32 bytes. */ secret: Uint8Array | null; wrapped: Uint8Array | null; key: OpenedKey | null; setId: Uint8Array | null }
export const state: State = { wanted: null, taken: [], secret: null, wrapped: null, key: null, setId: null };

/** Fills with zeros what can be filled. Copies that the browser made are out of reach. */
export const wipeState = (): void => {
  wipe(state.secret, state.wrapped, state.key?.pkcs8, ...state.taken.map(({ y }) => y));
  Object.assign(state, { wanted: null, taken: [], secret: null, wrapped: null, key: null, setId: null });
};
