/** Durable writes to the local disk: nothing returns before the bytes are on it. Errors become STORAGE_ codes; nothing is retried. */
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Disk } from '../ceremony/ports.ts';

/** Left behind only by a kill; removed when a folder is opened for writing. */
export const TEMPORARY_PREFIX = '.quorate-tmp-';

const CODES: Readonly<Record<string, ErrorCode>> = { ENOSPC: 'STORAGE_FULL', EDQUOT: 'STORAGE_FULL', EROFS: 'STORAGE_READ_ONLY', EACCES: 'STORAGE_READ_ONLY', EPERM: 'STORAGE_READ_ONLY', EEXIST: 'FOLDER_EXISTS' };
const errnoOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown');
const storage = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
  try { return await work(); } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(CODES[errnoOf(error)] ?? 'STORAGE_IO', { file: path.basename(file), errno: errnoOf(error) }, { cause: error });
  }
};

/** A failed sync is fatal: the kernel may have dropped the pages, so a second sync that succeeds proves nothing. */
const sync = async (handle: fs.FileHandle, file: string): Promise<void> => {
  try { await handle.datasync(); } catch (error) { throw new AppError(errnoOf(error) === 'ENOSPC' ? 'STORAGE_FULL' : 'STORAGE_SYNC_FAILED', { file: path.basename(file), errno: errnoOf(error) }, { cause: error }); }
};
const syncDir = async (dir: string): Promise<void> => {
  const handle = await fs.open(dir, constants.O_RDONLY | constants.O_DIRECTORY);
  try { await handle.sync(); } finally { await handle.close(); }
};

const writeAll = async (file: string, flags: number, bytes: Uint8Array): Promise<void> => {
  const handle = await fs.open(file, flags, 0o644);
  try {
    const { bytesWritten } = await handle.write(bytes, 0, bytes.length);
    if (bytesWritten !== bytes.length) throw new AppError('STORAGE_FULL', { file: path.basename(file), errno: 'short write' });
    await sync(handle, file);
  } finally { await handle.close(); }
};

const viaTemporary = async (file: string, bytes: Uint8Array, publish: (temporary: string) => Promise<void>): Promise<void> => {
  const temporary = path.join(path.dirname(file), `${TEMPORARY_PREFIX}${path.basename(file)}`);
  await fs.rm(temporary, { force: true });
  try {
    await writeAll(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, bytes);
    await publish(temporary);
  } finally { await fs.rm(temporary, { force: true }).catch(() => undefined); }
  await syncDir(path.dirname(file));
};

const exists = async (file: string): Promise<boolean> => fs.lstat(file).then(() => true, () => false);

export const createDisk = (): Disk => ({
  append: (file, bytes) => storage(file, async () => {
    const born = !(await exists(file));
    await writeAll(file, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW, bytes);
    if (born) await syncDir(path.dirname(file));
  }),
  // link(2) refuses an existing name, so two writers can never both succeed.
  create: (file, bytes) => storage(file, () => viaTemporary(file, bytes, (temporary) => fs.link(temporary, file))),
  replace: (file, bytes) => storage(file, () => viaTemporary(file, bytes, (temporary) => fs.rename(temporary, file))),
  makeDir: (dir) => storage(dir, async () => {
    const first = await fs.mkdir(dir, { recursive: true, mode: 0o755 });
    if (first) await syncDir(path.dirname(dir));
  }),
  publishDir: (from, to) => storage(to, async () => {
    await syncDir(from);
    await fs.rename(from, to);
    await syncDir(path.dirname(to));
  }),
  exists: (file) => storage(file, () => exists(file)),
  read: (file) => storage(file, async () => ((await exists(file)) ? new Uint8Array(await fs.readFile(file)) : null)),
  truncate: (file, length) => storage(file, async () => {
    const handle = await fs.open(file, constants.O_RDWR | constants.O_NOFOLLOW);
    try { await handle.truncate(length); await sync(handle, file); } finally { await handle.close(); }
  }),
  remove: (file) => storage(file, async () => { await fs.rm(file, { force: true }); await syncDir(path.dirname(file)); }),
});
