/** Work that only looks: the air gap, and the inventory of the tokens. No intent: nothing in the world changes. */
import { keyPlan, tokensOf } from '../../../shared/ceremony/people.ts';
import { toFault } from '../../../shared/errors.ts';
import type { Body, PreflightRow } from '../../../shared/transcript/entry-schema.ts';
import type { StepId } from '../../../shared/brand.ts';
import { busy } from '../ask.ts';
import type { Session } from '../session.ts';

/** What the splitter's own test says. A splitter whose coefficients are not even gives a secret away to fewer people than the threshold. */
const splitterRow = async (session: Session): Promise<PreflightRow> => {
  try {
    const { rounds, chiSquare, subsets } = await session.ports.vault.call('vault.self-test', {});
    return { id: 'share-splitter', observed: `${rounds} splits, chi-square ${Math.round(chiSquare)} over 255 degrees; ${subsets} subsets rebuilt by both implementations`, ok: true };
  } catch (error) {
    const { code } = toFault(error);
    if (code === 'VAULT_GONE') throw error;
    return { id: 'share-splitter', observed: `the test failed: ${code}`, ok: false };
  }
};

export const preflight = async (session: Session, step: StepId): Promise<void> => {
  const rows = await busy(session, 'preflight', 'Looking at the machine', async () => [...await session.ports.world.preflight(), await splitterRow(session)]);
  await session.append({ type: 'preflight', actor: 'app', body: { step, rows: [...rows] } });
};

export const inventory = async (session: Session, step: StepId, when: 'before' | 'after'): Promise<void> => {
  const plan = keyPlan(session.state.plan);
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
