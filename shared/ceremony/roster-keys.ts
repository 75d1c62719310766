/** The key ids of a plan's people, both ways. People who sign with ink only have none. */
import { fromBase64 } from '../bytes.ts';
import { keyIdOf } from '../transcript/key-id.ts';
import { onceAPlan } from './once-a-plan.ts';
import type { Person, Plan } from './plan-schema.ts';

interface RosterKeys { readonly signers: ReadonlyMap<string, Person>; readonly keyIds: ReadonlyMap<string, string> }
/** In a plan that was checked no two people have one key. */
export const rosterKeysOf = onceAPlan((plan: Plan): RosterKeys => {
  const signers = new Map<string, Person>(), keyIds = new Map<string, string>();
  for (const person of plan.people) {
    if (person.credential.kind === 'paper' || person.credential.publicKey === null) continue;
    const keyId = keyIdOf(fromBase64(person.credential.publicKey)!);
    if (!signers.has(keyId)) signers.set(keyId, person);
    keyIds.set(person.id, keyId);
  }
  return { signers, keyIds };
});
