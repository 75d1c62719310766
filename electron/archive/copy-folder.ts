/** Copies a ceremony folder into an archive so that it is there whole or not at all: a hidden name, every file durable, then one rename. */
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Disk } from '../ceremony/ports.ts';
import { kindOf, listDir } from '../verify/read-folder.ts';
import { TEMPORARY_PREFIX } from './disk.ts';

/** Removes what a copy that was cut off left: folders of a hidden name that never were ceremonies of this archive. */
export const removeUnfinished = async (archiveDir: string): Promise<void> => {
  const names = await fs.readdir(archiveDir).catch(() => [] as string[]);
  for (const name of names.filter((one) => one.startsWith(TEMPORARY_PREFIX))) await fs.rm(path.join(archiveDir, name), { recursive: true, force: true });
};

const copyInto = async (disk: Disk, from: string, to: string): Promise<void> => {
  await disk.makeDir(to);
  for (const one of listDir(from)) {
    const target = path.join(to, one.name);
    if (one.kind === 'folder') { await copyInto(disk, path.join(from, one.name), target); continue; }
    const bytes = one.read();
    if (bytes === null) throw new AppError('FOLDER_FILE_INVALID', { file: one.name });
    await disk.create(target, bytes);
  }
};

/** @param as the name in the archive. @throws FOLDER_EXISTS when it is taken; FOLDER_FILE_INVALID for a link or a file that cannot be read; STORAGE_…. */
export const takeIn = async (disk: Disk, from: string, archiveDir: string, as: string): Promise<void> => {
  const hidden = path.join(archiveDir, `${TEMPORARY_PREFIX}${as}`), target = path.join(archiveDir, as);
  await copyInto(disk, from, hidden);
  if (kindOf(target) !== 'nothing') throw new AppError('FOLDER_EXISTS', { file: as });
  await disk.publishDir(hidden, target);
};
