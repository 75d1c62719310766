/** What the handlers of calls work with. */
import type { CallName } from '../../../shared/ipc/contract.ts';
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import type { ACTIVITY_TEXT } from '../../../shared/text/activity.ts';
import type { Documents, World } from '../../ceremony/ports.ts';
import type { Rooms } from '../../room.ts';
import type { ProgramFacts } from '../../world/program.ts';
import type { Handlers } from '../register.ts';

export interface HandlerContext {
  readonly rooms: Rooms;
  readonly world: World;
  readonly documents: Documents;
  readonly program: () => ProgramFacts;
  readonly setMode: (mode: Mode | null) => void;
  /** The only mode of this run; null: people choose. */
  readonly onlyMode: Mode | null;
  /** A folder that a person chooses; null when nothing was chosen. */
  readonly chooseFolder: () => Promise<string | null>;
  /** Closes the window without asking. */
  readonly close: () => void;
  /** Shows the room what is going on while `work` runs. */
  readonly busy: <T>(what: keyof typeof ACTIVITY_TEXT, work: () => Promise<T>) => Promise<T>;
}
export type HandlersOf<N extends CallName> = Pick<Handlers, N>;
