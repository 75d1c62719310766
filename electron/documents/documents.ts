/** Makes the printed documents of a ceremony folder. Everything comes from the folder; the clock only dates the print. */
import path from 'node:path';
import { utf8 } from '../../shared/bytes.ts';
import { buildScript } from '../../shared/ceremony/build-script.ts';
import { createDisk } from '../archive/disk.ts';
import { AppError } from '../../shared/errors.ts';
import type { Disk, Documents } from '../ceremony/ports.ts';
import { custodyRegister } from '../../shared/register/custody.ts';
import { toldCeremonies } from '../archive/register.ts';
import { destructionLayout } from './destruction-certificate.ts';
import { exceptionsLayout } from './exception-sheets.ts';
import { readCeremonyFolder, readPlanFile } from './folder.ts';
import type { CeremonyFolder } from './folder.ts';
import { inventoryLayout } from './inventory.ts';
import { hasKeySheet, keySheetLayout } from './key-sheet.ts';
import { NO_PAGES } from './pages.ts';
import type { PageDigests } from './pages.ts';
import { printLayout, printSheet } from './print.ts';
import type { Printer } from './print.ts';
import { receiptSheets } from './receipts.ts';
import { recordLayout } from './record/record-document.ts';
import { roomCards } from './room-cards.ts';
import { scriptLayout } from './script/script-document.ts';
import { verifyMarkdown } from './verify-md.ts';

/** "0001" of archive/0001-slug; null for a folder without a number, such as a draft. */
const numberOf = (dir: string): string | null => /^(\d{4})-/.exec(path.basename(path.resolve(dir)))?.[1] ?? null;

/** "…/0001-slug-script.pdf" as "…/0001-slug-room-cards.pdf". */
const beside = (outPath: string, name: string): string => path.join(path.dirname(outPath), `${path.basename(outPath, '.pdf').replace(/-script$/, '')}-${name}.pdf`);

/** Documents of a closed ceremony that are handed out, hung up or signed on their own. */
const separate = async (printer: Printer, folder: CeremonyFolder, printedAt: string): Promise<readonly { readonly name: string; readonly pdf: Uint8Array }[]> => {
  if (folder.state.closing === null) return [];
  const receipts = receiptSheets(folder);
  return [
    ...(receipts === null ? [] : [{ name: 'receipts', pdf: (await printSheet(printer, receipts)).pdf }]),
    ...(hasKeySheet(folder) ? [{ name: 'key-sheet', pdf: (await printLayout(printer, keySheetLayout(folder, printedAt))).pdf }] : []),
    ...(folder.state.exceptions.length === 0 ? [] : [{ name: 'exceptions', pdf: (await printLayout(printer, exceptionsLayout(folder, printedAt))).pdf }]),
  ];
};

interface Needs { readonly now: () => Date; readonly disk: Disk; /** Of the build that prints. */ readonly pages: PageDigests }

/**
 * @param printer turns HTML into PDF; each document is printed twice, to count its pages and to number them.
 * @returns makeScript writes `outPath` from plan.json alone, and the room cards beside it; makeRecord replaces record.pdf and VERIFY.md of the
 *   folder and writes receipts, key sheet and exception sheets of a closed ceremony to `printedDir`; the others write `outPath`, outside the folder.
 * @throws FOLDER_FILE_MISSING, TRANSCRIPT_NOT_CLOSED (certificate of destruction), INVENTORY_EMPTY, PLAN_, TRANSCRIPT_, PRINT_JOB_FAILED and STORAGE_ codes; nothing is written when printing failed.
 */
export const createDocuments = (printer: Printer, needs: Partial<Needs> = {}): Documents => {
  const now = (): string => (needs.now?.() ?? new Date()).toISOString(), disk = needs.disk ?? createDisk(), pages = needs.pages ?? NO_PAGES;
  return {
    makeScript: async (folderPath, outPath) => {
      const { plan, planSha256 } = await readPlanFile(folderPath);
      const layout = scriptLayout({ plan, planSha256, script: buildScript(plan), number: numberOf(folderPath), printedAt: now() });
      const { pdf, pages } = await printLayout(printer, layout), cards = await printSheet(printer, roomCards(plan, planSha256, numberOf(folderPath)));
      await disk.replace(outPath, pdf);
      await disk.replace(beside(outPath, 'room-cards'), cards.pdf);
      return { pages };
    },
    makeRecord: async (folderPath, printedDir) => {
      const folder = await readCeremonyFolder(folderPath);
      const printed = await printLayout(printer, recordLayout(folder, now(), pages));
      await disk.replace(path.join(folderPath, 'VERIFY.md'), utf8(verifyMarkdown(folder, pages)));
      await disk.replace(path.join(folderPath, 'record.pdf'), printed.pdf);
      for (const { name, pdf } of await separate(printer, folder, now())) {
        await disk.makeDir(printedDir);
        await disk.replace(path.join(printedDir, `${folder.name}-${name}.pdf`), pdf);
      }
      return { pages: printed.pages };
    },
    makeInventory: async (archiveDir, outPath) => {
      const told = await toldCeremonies(disk, archiveDir, { skipUnreadable: true }), last = told.at(-1), printedAt = now();
      if (last === undefined) throw new AppError('INVENTORY_EMPTY', {});
      const { pdf, pages } = await printLayout(printer, inventoryLayout({ register: custodyRegister(told, printedAt), last: { number: last.number, head: last.state.head, plan: last.state.plan }, printedAt }));
      await disk.replace(outPath, pdf);
      return { pages };
    },
    makeDestructionCertificate: async (folderPath, outPath) => {
      const folder = await readCeremonyFolder(folderPath);
      if (folder.state.closing === null || folder.plan.source === undefined) throw new AppError('TRANSCRIPT_NOT_CLOSED', { entries: folder.state.count });
      const { pdf, pages } = await printLayout(printer, destructionLayout(folder, now()));
      await disk.replace(outPath, pdf);
      return { pages };
    },
  };
};
