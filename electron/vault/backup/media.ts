/** Numbered media, a folder each. The wrapped key goes here and nowhere else: never into the archive, which cannot forget. */
import { createHash } from 'node:crypto';
import { lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError, type StorageCode } from '../../../shared/errors.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import { syncFolder } from '../sheets/folder-printer.ts';

export type Medium = VaultRequest<'backup.wrap'>['media'][number];
export type WrittenMedium = VaultResponse<'backup.wrap'>['media'][number];

export const sha256Of = (bytes: Uint8Array): Sha256Hex => createHash('sha256').update(bytes).digest('hex') as Sha256Hex;

const storageCode = (code: string): StorageCode => (code === 'ENOSPC' || code === 'EDQUOT' ? 'STORAGE_FULL' : code === 'EROFS' || code === 'EACCES' || code === 'EPERM' ? 'STORAGE_READ_ONLY' : 'STORAGE_IO');
const failure = (error: unknown, { number, dir }: Medium): AppError => {
  if (error instanceof AppError) return error;
  const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
  return reason === 'EEXIST' ? new AppError('FOLDER_EXISTS', { medium: number, path: dir }) : new AppError(storageCode(reason), { medium: number, path: dir, reason });
};

const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const writeDurably = async (target: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(target, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally { await file.close(); }
};

/** A new file with its final bytes, durable, or no file: it gets its name only when it is whole. A file that has the name is kept. */
const create = async (target: string, bytes: Uint8Array): Promise<void> => {
  const part = `${target}.part`;
  try {
    await writeDurably(part, bytes);
    if (await exists(target)) throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(target));
};
const exists = (target: string): Promise<boolean> => lstat(target).then(() => true, (error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return false; throw error; });

const isThere = async (target: string, bytes: Uint8Array): Promise<boolean> => {
  try { return sha256Of(await readFile(target)) === sha256Of(bytes); } catch { return false; }
};

const makeDir = async (dir: string): Promise<void> => {
  try { await mkdir(dir); } catch (error) { if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; }
};
/** The medium's folder and the one above it. Not `recursive`: that never returns for a folder below /proc. */
const ensureDir = async (dir: string): Promise<void> => {
  await makeDir(path.dirname(dir));
  await makeDir(dir);
};

/** @returns true when the file is new; false when the very same bytes were there already. */
const writeOne = async (medium: Medium, target: string, bytes: Uint8Array): Promise<boolean> => {
  try {
    await ensureDir(medium.dir);
    if (await isThere(target, bytes)) return false;
    await create(target, bytes);
    return true;
  } catch (error) { throw failure(error, medium); }
};

const readBack = async (medium: Medium, target: string, bytes: Uint8Array): Promise<WrittenMedium> => {
  try {
    const sha256 = sha256Of(await readFile(target));
    if (sha256 !== sha256Of(bytes)) throw new AppError('STORAGE_IO', { medium: medium.number, path: medium.dir, reason: 'read-back' });
    return { number: medium.number, sha256 };
  } catch (error) { throw failure(error, medium); }
};

/**
 * Writes the same file to every medium, syncs it and reads it back. All or nothing: what this call wrote is removed when one fails.
 * @throws FOLDER_EXISTS when a file of that name has other bytes, STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_IO; `medium` is its number
 */
export const writeMedia = async (media: readonly Medium[], fileName: string, bytes: Uint8Array): Promise<readonly WrittenMedium[]> => {
  if (!FILE_NAME.test(fileName)) throw new AppError('IPC_REQUEST', { field: 'fileName' });
  const fresh: string[] = [], written: WrittenMedium[] = [];
  try {
    for (const medium of media) {
      const target = path.join(medium.dir, fileName);
      if (await writeOne(medium, target, bytes)) fresh.push(target);
      written.push(await readBack(medium, target, bytes));
    }
    return written;
  } catch (error) {
    for (const target of fresh) await rm(target, { force: true });
    throw error;
  }
};
