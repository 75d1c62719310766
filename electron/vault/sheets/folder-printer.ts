/** The rehearsal's printer: a folder of its own. A real share never goes there. */
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError, toFault } from '../../../shared/errors.ts';

/** Makes a new name durable in its folder. */
export const syncFolder = async (dir: string): Promise<void> => {
  const folder = await open(dir, 'r');
  try { await folder.sync(); } finally { await folder.close(); }
};

const failure = (error: unknown, dir: string): AppError => {
  const code = (error as NodeJS.ErrnoException).code ?? toFault(error).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('STORAGE_FULL', { path: dir });
  return new AppError('PRINT_JOB_FAILED', { printer: dir, reason: code === 'EEXIST' ? 'exists' : code });
};

/**
 * Writes a PDF, readable for its owner only; never over an existing file. A file that could not be finished is removed.
 * @returns the file's name. @throws PRINT_JOB_FAILED (`reason`: exists, or the system's word), STORAGE_FULL
 */
export const printToFolder = async (dir: string, name: string, pdf: Uint8Array): Promise<string> => {
  const target = path.join(dir, name);
  const file = await open(target, 'wx', 0o600).catch((error: unknown) => { throw failure(error, dir); });
  try {
    await file.writeFile(pdf);
    await file.sync();
  } catch (error) {
    await rm(target, { force: true });
    throw failure(error, dir);
  } finally { await file.close(); }
  await syncFolder(dir);
  return name;
};
