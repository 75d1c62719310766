/** The backup.* calls. They need the secret that custody.rebuild or gather.combine has put together in the same vault. */
import type { HandlersOf, VaultContext } from '../context.ts';
import { clearMedium } from './clear.ts';
import { proveWrapped } from './prove.ts';
import { restoreKey } from './restore.ts';
import { rewrapKey } from './rewrap.ts';
import { wrapKey } from './wrap.ts';

export const backupCalls = (context: VaultContext): HandlersOf<'backup.wrap' | 'backup.restore' | 'backup.rewrap' | 'backup.prove' | 'backup.clear'> => ({
  'backup.wrap': (request) => wrapKey(context, request),
  'backup.restore': (request) => restoreKey(context, request),
  'backup.rewrap': (request) => rewrapKey(context, request),
  'backup.prove': (request) => proveWrapped(context, request),
  'backup.clear': clearMedium,
});
