/** Keeps a second Quorate out of a workspace: two writers of one archive would part ways. A lock of a process that is gone is taken over. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../shared/errors.ts';

const LOCK = '.quorate-lock';

/** Field 22 of /proc/PID/stat, the start time in clock ticks: a reused process id has another. @returns null when there is no such process. */
const startOf = async (pid: number): Promise<string | null> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
};

const ownerOf = async (file: string): Promise<{ readonly pid: number; readonly alive: boolean }> => {
  const [pid, start] = (await readFile(file, 'utf8').catch(() => '')).trim().split(' ');
  return { pid: Number(pid), alive: pid !== undefined && pid !== '' && start !== undefined && (await startOf(Number(pid))) === start };
};

/** @returns what gives the workspace back. @throws FOLDER_LOCKED with the process id, STORAGE_READ_ONLY when the folder cannot be written. */
export const lockWorkspace = async (dir: string): Promise<() => Promise<void>> => {
  const file = path.join(dir, LOCK);
  const mine = `${process.pid} ${(await startOf(process.pid)) ?? ''}\n`;
  const take = async (): Promise<boolean> => writeFile(file, mine, { flag: 'wx' }).then(() => true, (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return false;
    throw new AppError('STORAGE_READ_ONLY', { file: LOCK, errno: error.code ?? 'unknown' }, { cause: error });
  });
  await mkdir(dir, { recursive: true }).catch((error: NodeJS.ErrnoException) => { throw new AppError('STORAGE_READ_ONLY', { file: path.basename(dir), errno: error.code ?? 'unknown' }, { cause: error }); });
  if (!(await take())) {
    const owner = await ownerOf(file);
    if (owner.alive && owner.pid !== process.pid) throw new AppError('FOLDER_LOCKED', { pid: owner.pid });
    await rm(file, { force: true });
    if (!(await take())) throw new AppError('FOLDER_LOCKED', { pid: 0 });
  }
  return async () => { await rm(file, { force: true }); };
};
