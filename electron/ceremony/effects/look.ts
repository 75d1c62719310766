/** Work that only looks: the air gap, and the inventory of the tokens. No intent: nothing in the world changes. */
import { tokensOf } from '../../../shared/ceremony/people.ts';
import type { Body } from '../../../shared/transcript/entry-schema.ts';
import type { StepId } from '../../../shared/brand.ts';
import { busy } from '../ask.ts';
import type { Session } from '../session.ts';

export const preflight = async (session: Session, step: StepId): Promise<void> => {
  const rows = await busy(session, 'preflight', 'Looking at the machine', () => session.ports.world.preflight());
  await session.append({ type: 'preflight', actor: 'app', body: { step, rows: [...rows] } });
};

export const inventory = async (session: Session, step: StepId, when: 'before' | 'after'): Promise<void> => {
  const { plan } = session.state;
  const module = plan.hsm.module.path;
  const tokens = await busy(session, `inventory-${when}`, 'Listing every object', async () => {
    const listed: Body<'inventory'>['tokens'] = [];
    for (const serial of tokensOf(plan)) {
      const { token, objects } = await session.ports.vault.call('token.inventory', { module, serial });
      listed.push({ serial, label: token.label, model: token.model, firmware: token.firmware, objects: [...objects] });
    }
    return listed;
  });
  await session.append({ type: 'inventory', actor: 'app', body: { step, when, tokens } });
};
