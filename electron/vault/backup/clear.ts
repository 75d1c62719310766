/** Deletes a wrapped key from one medium and shows that it is gone. Flash memory may keep what was overwritten; the docs say so. */
import { lstat, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import { syncFolder } from '../sheets/folder-printer.ts';
import { MAX_BLOB, readBlob } from './blob.ts';

const fault = (error: unknown, mediaFile: string): AppError =>
  (error instanceof AppError ? error : new AppError('STORAGE_IO', { path: mediaFile, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' }));

/** A medium that is not there proves nothing: its folder must be. @returns false when the folder has no such file */
const isThere = async (mediaFile: string): Promise<boolean> => {
  if (!(await lstat(path.dirname(mediaFile))).isDirectory()) throw new AppError('STORAGE_IO', { path: mediaFile, reason: 'ENOTDIR' });
  try {
    if (!(await lstat(mediaFile)).isFile()) throw new AppError('STORAGE_IO', { path: mediaFile, reason: 'not-a-file' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
};

const overwrite = async (mediaFile: string, length: number): Promise<void> => {
  const file = await open(mediaFile, 'r+');
  try {
    await file.write(Buffer.alloc(Math.min(length, MAX_BLOB)), 0, length, 0);
    await file.datasync();
  } finally { await file.close(); }
};

/** @throws HSM_BLOB_DAMAGED (`why`: other-file) when the file there is another: nothing was deleted; STORAGE_IO */
export const clearMedium = async ({ mediaFile, sha256 }: VaultRequest<'backup.clear'>): Promise<VaultResponse<'backup.clear'>> => {
  try {
    if (!(await isThere(mediaFile))) return { found: false };
    const { length } = await readBlob({ mediaFile, sha256 });
    await overwrite(mediaFile, length);
    await rm(mediaFile);
    await syncFolder(path.dirname(mediaFile));
    if (await isThere(mediaFile)) throw new AppError('STORAGE_IO', { path: mediaFile, reason: 'still-there' });
    return { found: true };
  } catch (error) {
    if (error instanceof AppError && error.code === 'HSM_BLOB_DAMAGED') throw new AppError('HSM_BLOB_DAMAGED', { why: 'other-file', path: mediaFile });
    throw fault(error, mediaFile);
  }
};
