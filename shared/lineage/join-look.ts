/** What joining an archive with another would bring, or brought. */
import type { Mode } from '../ceremony/plan-schema.ts';

/** A ceremony that is brought. `as`: the name it gets here, where its own is another ceremony's already. */
export interface Brought { readonly name: string; readonly as: string; readonly number: number; readonly head: string }
export interface JoinLook {
  readonly mode: Mode | null;
  /** Ceremonies that both have, in order. `differs`: files beside the transcript that are not the same; those here stay. */
  readonly both: readonly { readonly name: string; readonly differs: readonly string[] }[];
  readonly onlyHere: readonly string[];
  /** In the order in which they are copied: what went before comes first. */
  readonly brings: readonly Brought[];
  /** Plans over there that have not begun: they stay there. */
  readonly notBegun: readonly string[];
  /** The last ceremony that both have; null when they have none in common. */
  readonly partAfter: string | null;
  /** How many ends the archive has after the join. */
  readonly ends: number;
}
