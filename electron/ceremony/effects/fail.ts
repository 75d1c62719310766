/** How an effect ends that did not succeed. */
import { toFault } from '../../../shared/errors.ts';
import type { Body } from '../../../shared/transcript/entry-schema.ts';
import type { Session } from '../session.ts';

/** Records the failure and throws on; a vault that is gone, or a journal that is broken, is the host's to handle. */
export const failUnlessGone = async (session: Session, effect: Parameters<Session['fail']>[0], error: unknown, happened: Body<'failed'>['happened']): Promise<never> => {
  if (!session.broken && toFault(error).code !== 'VAULT_GONE' && session.state.openEffect?.effect === effect) await session.fail(effect, error, happened);
  throw error;
};

