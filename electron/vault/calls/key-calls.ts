/** Calls about the key of the ceremony and its certificates. */
import type { HandlersOf, VaultContext } from '../context.ts';
import { generateKey } from '../keys/generate.ts';
import { lockKey } from '../keys/lock.ts';
import { destroyKey, lookForKey } from '../keys/look.ts';
import { preparePossession, signPossession } from '../pki/possession.ts';
import { prepareRoot, signRoot } from '../pki/root.ts';

type KeyCallName = 'key.generate' | 'key.look' | 'key.destroy' | 'key.lock' | 'pki.prepare-root' | 'pki.sign-root' | 'pki.prepare-pop' | 'pki.sign-pop';

export const keyCalls = (context: VaultContext): HandlersOf<KeyCallName> => ({
  'key.generate': (request) => generateKey(context, request),
  'key.look': (request) => lookForKey(context, request),
  'key.destroy': (request) => destroyKey(context, request),
  'key.lock': (request) => lockKey(context, request),
  'pki.prepare-root': (request) => prepareRoot(context, request),
  'pki.sign-root': (request) => signRoot(context, request),
  'pki.prepare-pop': preparePossession,
  'pki.sign-pop': (request) => signPossession(context, request),
});
