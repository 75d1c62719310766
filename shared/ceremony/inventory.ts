/** Compares the token inventories before and after: every difference must be explained by an entry of the ceremony. */
import type { TokenObject } from '../transcript/entry-schema.ts';
import type { CeremonyState } from './state.ts';

export interface Difference { readonly serial: string; readonly change: 'appeared' | 'gone'; readonly object: TokenObject; readonly explained: boolean }

const nameOf = (object: TokenObject): string => `${object.class}|${object.label}|${object.id}|${object.keyType ?? ''}`;
/** Objects of `a` that `b` lacks, counted: two alike objects against one is a difference. */
const missingFrom = (a: readonly TokenObject[], b: readonly TokenObject[]): readonly TokenObject[] => {
  const left = new Map<string, number>();
  for (const object of b) left.set(nameOf(object), (left.get(nameOf(object)) ?? 0) + 1);
  return a.filter((object) => { const count = left.get(nameOf(object)) ?? 0; left.set(nameOf(object), count - 1); return count <= 0; });
};

const isThisKey = (state: CeremonyState, serial: string, object: TokenObject): boolean => {
  const { hsm, ceremony } = state.plan;
  // A re-share works with session objects only: nothing of it may stay.
  const holdsKey = ceremony.kind === 'root-key-generation' ? serial === hsm?.serial || (serial === hsm?.secondSerial && state.backup?.restored !== null)
    : ceremony.kind === 'recovery' && serial === hsm?.serial && Boolean(state.backup?.restored);
  return holdsKey && object.id === state.key?.keyId && (object.class === 'private-key' || object.class === 'public-key');
};

/** Differences between the two inventories, token by token. Empty until both have been taken. */
export const inventoryDifferences = (state: CeremonyState): readonly Difference[] => {
  const { before, after } = state.inventory;
  if (!before || !after) return [];
  return after.flatMap((token) => {
    const was = before.find((one) => one.serial === token.serial)?.objects ?? [];
    const appeared = missingFrom(token.objects, was);
    const classes = appeared.map((object) => object.class);
    // One of each class is the key; a second object with its id explains nothing.
    const explained = (object: TokenObject, index: number) => isThisKey(state, token.serial, object) && classes.indexOf(object.class) === index;
    return [
      ...appeared.map((object, index): Difference => ({ serial: token.serial, change: 'appeared', object, explained: explained(object, index) })),
      ...missingFrom(was, token.objects).map((object): Difference => ({ serial: token.serial, change: 'gone', object, explained: false })),
    ];
  });
};
