/** The manifests of the sets that a plan stands on, copied from the folders that issued them. Nothing is taken that is not exactly what the plan names. */
import path from 'node:path';
import type { Plan, SetRef } from '../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../shared/errors.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import type { Disk } from '../ceremony/ports.ts';
import { findFolder } from './folders.ts';
import { sourceSets } from '../../shared/ceremony/source-names.ts';

export interface SourceFile { readonly name: string; readonly bytes: Uint8Array }

const issuedName = (set: SetRef): string => (set.holds === 'pin' ? 'pin-manifest.dsse.json' : 'manifest.dsse.json');

/**
 * @returns the files that the folder of `plan` begins with beside its people: none for a plan that stands on no set.
 * @throws FOLDER_MISSING, FOLDER_FILE_MISSING; FOLDER_FILE_DIGEST when a manifest is not the one that the plan names.
 */
export const sourceFiles = async (disk: Disk, archiveDir: string, plan: Plan): Promise<readonly SourceFile[]> => {
  const files: SourceFile[] = [];
  for (const { name, set } of sourceSets(plan)) {
    const folder = await findFolder(archiveDir, set.issuedBy);
    const file = issuedName(set), bytes = await disk.read(path.join(folder.path, file));
    if (bytes === null) throw new AppError('FOLDER_FILE_MISSING', { file: `${folder.name}/${file}` });
    if (sha256Of(bytes) !== set.manifestSha256) throw new AppError('FOLDER_FILE_DIGEST', { file: `${folder.name}/${file}` });
    files.push({ name, bytes });
  }
  return files;
};
