/** Makes the printed documents of a ceremony folder. Everything comes from the folder; the clock only dates the print. */
import path from 'node:path';
import { utf8 } from '../../shared/bytes.ts';
import { buildScript } from '../../shared/ceremony/build-script.ts';
import { createDisk } from '../archive/disk.ts';
import { AppError } from '../../shared/errors.ts';
import type { Disk, Documents } from '../ceremony/ports.ts';
import { destructionLayout } from './destruction-certificate.ts';
import { readCeremonyFolder, readPlanFile } from './folder.ts';
import { NO_PAGES } from './pages.ts';
import type { PageDigests } from './pages.ts';
import { printLayout } from './print.ts';
import type { Printer } from './print.ts';
import { recordLayout } from './record/record-document.ts';
import { scriptLayout } from './script/script-document.ts';
import { verifyMarkdown } from './verify-md.ts';

/** "0001" of archive/0001-slug; null for a folder without a number, such as a draft. */
const numberOf = (dir: string): string | null => /^(\d{4})-/.exec(path.basename(path.resolve(dir)))?.[1] ?? null;

interface Needs { readonly now: () => Date; readonly disk: Disk; /** Of the build that prints. */ readonly pages: PageDigests }

/**
 * @param printer turns HTML into PDF; each document is printed twice, to count its pages and to number them.
 * @returns makeScript writes `outPath` from plan.json alone; makeRecord replaces record.pdf and VERIFY.md of the folder;
 *   makeDestructionCertificate writes `outPath`, outside the folder.
 * @throws FOLDER_FILE_MISSING, TRANSCRIPT_NOT_CLOSED (certificate of destruction), PLAN_, TRANSCRIPT_, PRINT_JOB_FAILED and STORAGE_ codes; nothing is written when printing failed.
 */
export const createDocuments = (printer: Printer, needs: Partial<Needs> = {}): Documents => {
  const now = (): string => (needs.now?.() ?? new Date()).toISOString(), disk = needs.disk ?? createDisk(), pages = needs.pages ?? NO_PAGES;
  return {
    makeScript: async (folderPath, outPath) => {
      const { plan, planSha256 } = await readPlanFile(folderPath);
      const layout = scriptLayout({ plan, planSha256, script: buildScript(plan), number: numberOf(folderPath), printedAt: now() });
      const { pdf, pages } = await printLayout(printer, layout);
      await disk.replace(outPath, pdf);
      return { pages };
    },
    makeRecord: async (folderPath) => {
      const folder = await readCeremonyFolder(folderPath);
      const printed = await printLayout(printer, recordLayout(folder, now(), pages));
      await disk.replace(path.join(folderPath, 'VERIFY.md'), utf8(verifyMarkdown(folder, pages)));
      await disk.replace(path.join(folderPath, 'record.pdf'), printed.pdf);
      return { pages: printed.pages };
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
