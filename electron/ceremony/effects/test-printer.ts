/** Prints a test page and has its symbol read back before any share is printed. */
import { administratorOf } from '../../../shared/ceremony/people.ts';
import { AppError } from '../../../shared/errors.ts';
import { ask, busy } from '../ask.ts';
import type { Session } from '../session.ts';
import { failUnlessGone } from './fail.ts';
import { printerName, printerOf } from './share-set.ts';

export const testPrinter = async (session: Session): Promise<void> => {
  const { plan } = session.state;
  const printer = printerOf(session);
  if (printer.kind === 'folder') await session.ports.disk.makeDir(printer.dir);
  const effect = await session.intend({ kind: 'test-printer', printer: printerName(printer) });
  try {
    const { job, pages } = await busy(session, 'test-printer', 'Printing the test page', () => session.ports.vault.call('printer.test', { printer, paper: plan.sheets.paper, mode: plan.mode }));
    const entryId = await ask(session, { kind: 'test-symbol', person: administratorOf(plan), ways: ['scan', 'image'] });
    const { how } = await session.ports.vault.call('printer.test-read', { entryId });
    if (how !== 'scanned' && how !== 'image') throw new AppError('PRINT_TEST_DIFFERS', {});
    await session.conclude(effect, { kind: 'test-printer', job, pages, how });
  } catch (error) { await failUnlessGone(session, effect, error, 'unknown'); }
};
