/** Replays the closed ceremonies of an archive and folds them into the custody register. Reads; keeps nothing. */
import path from 'node:path';
import { custodyRegister } from '../../shared/register/custody.ts';
import { charterInForce, questionsAtEnds } from '../../shared/register/charter.ts';
import { keyLives } from '../../shared/register/key-life.ts';
import { materialRegister } from '../../shared/register/materials.ts';
import type { ArchiveRegister } from '../../shared/ipc/contract.ts';
import type { ToldCeremony } from '../../shared/register/issued-set.ts';
import type { Disk } from '../ceremony/ports.ts';
import { replayFolder } from './archive.ts';
import { hasPlan, listFolders, type Folder } from './folders.ts';

/** What a freeze that was cut off left: its plan comes last, and the next freeze takes the folder over. With a transcript it is a ceremony that lost its plan. */
const isUnfinished = async (disk: Disk, folder: Folder): Promise<boolean> =>
  !(await hasPlan(disk, folder)) && (await disk.read(path.join(folder.path, 'transcript.jsonl'))) === null;

/**
 * Whole replays of the archive's closed ceremonies.
 * @param options with `skipUnreadable` a folder that cannot be read is left out, for a look at the archive; the list beside it says so.
 * @throws without it, what replayFolder throws: nothing is planned on an archive that is not understood whole.
 */
export const toldCeremonies = async (disk: Disk, archiveDir: string, options: { readonly skipUnreadable: boolean }): Promise<readonly ToldCeremony[]> => {
  const told: ToldCeremony[] = [];
  for (const folder of await listFolders(archiveDir)) {
    if (await isUnfinished(disk, folder)) continue;
    try {
      const state = await replayFolder(disk, folder.path);
      if (state.closing) told.push({ number: folder.number, state });
    } catch (error) { if (!options.skipUnreadable) throw error; }
  }
  return told;
};

/** What a person may see of it: dates are judged by `now`, and unreadable folders are left out. */
export const lookAtRegister = async (disk: Disk, archiveDir: string, now: Date): Promise<ArchiveRegister> => {
  const told = await toldCeremonies(disk, archiveDir, { skipUnreadable: true });
  return { ...custodyRegister(told, now.toISOString()), lives: keyLives(told, now.toISOString()), charter: charterInForce(told), questions: questionsAtEnds(told), materials: materialRegister(told) };
};
