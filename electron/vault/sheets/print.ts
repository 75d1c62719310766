/** Hands a composed sheet to its printer and wipes it. */
import { checkDiceCode } from '../../../shared/custody/blind.ts';
import { AppError } from '../../../shared/errors.ts';
import type { PrinterTarget } from '../../../shared/vault/contract.ts';
import { printToCups, type CupsOptions } from './cups-printer.ts';
import { printToFolder } from './folder-printer.ts';
import { composeSheet } from './sheet.ts';
import { titleOf, type SheetContent } from './sheet-parts.ts';

/** A blind sheet needs a code, and no other sheet takes one. @throws VAULT_STATE (code), SHARE_CODE_FORMAT */
const assertCode = ({ code, facts }: SheetContent): void => {
  if ((facts.variant === 'blind') !== (code !== null)) throw new AppError('VAULT_STATE', { reason: 'code' });
  const checked = code === null ? null : checkDiceCode(code);
  if (checked?.ok === false) throw new AppError(checked.fault.code, checked.fault.details);
};

/**
 * @returns `job`: the queue's id of the job, or the file's name.
 * @throws PRINT_FOLDER_NOT_REHEARSAL for a real share and a folder, PRINT_QUEUE_MISSING, PRINT_JOB_FAILED, STORAGE_FULL,
 * VAULT_STATE (code), SHARE_CODE_FORMAT
 */
export const printSheet = async (content: SheetContent, printer: PrinterTarget, options: CupsOptions = {}): Promise<{ job: string; pages: number }> => {
  const { share, facts } = content;
  // SECURITY: REH-1 — the set's own drill bit decides, not what the request says of the mode.
  if (printer.kind === 'folder' && !share.drill) throw new AppError('PRINT_FOLDER_NOT_REHEARSAL', { share: share.number });
  assertCode(content);
  const pdf = await composeSheet(content);
  try {
    const job = printer.kind === 'folder'
      ? await printToFolder(printer.dir, share.number, facts.attempt, pdf)
      : await printToCups(printer.queue, `${titleOf(facts)} ${share.number}`, facts.paper, pdf, options);
    return { job, pages: 1 };
  } finally { pdf.fill(0); }
};
