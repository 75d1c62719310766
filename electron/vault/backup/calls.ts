/** The backup.* calls. They need the wrapping key that custody.rebuild has put together in the same vault. */
import type { HandlersOf, VaultContext } from '../context.ts';
import { restoreKey } from './restore.ts';
import { wrapKey } from './wrap.ts';

export const backupCalls = (context: VaultContext): HandlersOf<'backup.wrap' | 'backup.restore'> => ({
  'backup.wrap': (request) => wrapKey(context, request),
  'backup.restore': (request) => restoreKey(context, request),
});
