/** Hands a composed page to its printer and wipes it. */
import { checkDiceCode } from '../../../shared/custody/blind.ts';
import { AppError } from '../../../shared/errors.ts';
import type { PrinterTarget } from '../../../shared/vault/contract.ts';
import { printToCups, type CupsOptions } from './cups-printer.ts';
import { printToFolder } from './folder-printer.ts';
import { composeSheet } from './sheet.ts';
import { titleOf, type SheetContent } from './sheet-parts.ts';
import { composeTestPage, type TestPage } from './test-page.ts';

/** A blind sheet needs a code, and no other sheet takes one. @throws VAULT_STATE (code), SHARE_CODE_FORMAT */
const assertCode = ({ code, facts }: SheetContent): void => {
  if ((facts.variant === 'blind') !== (code !== null)) throw new AppError('VAULT_STATE', { reason: 'code' });
  const checked = code === null ? null : checkDiceCode(code);
  if (checked?.ok === false) throw new AppError(checked.fault.code, checked.fault.details);
};

/**
 * @returns `job`: the queue's id of the job, or the file's name, `share-<n>-attempt-<k>.pdf`.
 * @throws PRINT_FOLDER_NOT_REHEARSAL for a real share and a folder, PRINT_QUEUE_NETWORK for a real share and a printer that is not on a cable,
 * PRINT_QUEUE_MISSING, PRINT_JOB_FAILED, PRINT_SPOOL_KEPT, STORAGE_FULL, VAULT_STATE (code), SHARE_CODE_FORMAT
 */
export const printSheet = async (content: SheetContent, printer: PrinterTarget, options: CupsOptions = {}): Promise<{ job: string; pages: number }> => {
  const { share, facts } = content;
  // SECURITY: REH-1 — the set's own drill bit decides, not what the request says of the mode.
  if (printer.kind === 'folder' && !share.drill) throw new AppError('PRINT_FOLDER_NOT_REHEARSAL', { share: share.number });
  assertCode(content);
  const pdf = await composeSheet(content), title = `${titleOf(facts)} ${share.number}`;
  try {
    const job = printer.kind === 'folder'
      ? await printToFolder(printer.dir, `share-${share.number}-attempt-${facts.attempt}.pdf`, pdf)
      : await printToCups(printer.queue, title, facts.paper, pdf, { ...options, localOnly: !share.drill });
    return { job, pages: 1 };
  } finally { pdf.fill(0); }
};

const TEST_PAGES = 100;
/** The first of `printer-test-<k>.pdf` that is not there yet. */
const testPageToFolder = async (dir: string, pdf: Uint8Array): Promise<string> => {
  for (let page = 1; ; page++) {
    try { return await printToFolder(dir, `printer-test-${page}.pdf`, pdf); } catch (error) {
      if (page === TEST_PAGES || !(error instanceof AppError) || error.details['reason'] !== 'exists') throw error;
    }
  }
};

/**
 * @returns `job`: the queue's id of the job, or the file's name, `printer-test-<k>.pdf`.
 * @throws as {@link printSheet}: a printer that a share may not go to is refused here first. A spool that keeps pages shows here, too.
 */
export const printTestPage = async (page: TestPage, printer: PrinterTarget, options: CupsOptions = {}): Promise<{ job: string; pages: number }> => {
  if (printer.kind === 'folder' && !page.rehearsal) throw new AppError('PRINT_FOLDER_NOT_REHEARSAL');
  const pdf = await composeTestPage(page);
  const job = printer.kind === 'folder'
    ? await testPageToFolder(printer.dir, pdf)
    : await printToCups(printer.queue, 'Printer test', page.paper, pdf, { ...options, localOnly: !page.rehearsal });
  return { job, pages: 1 };
};
