/** The manifests of the sets that a plan stands on, copied from the folders that issued them. Nothing is taken that is not exactly what the plan names. */
import { fourDigits } from '../../shared/text/ceremony-number.ts';
import path from 'node:path';
import type { Plan, SetRef } from '../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../shared/errors.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import type { Disk } from '../ceremony/ports.ts';
import { listFolders } from './folders.ts';
import { sourceSets } from '../../shared/ceremony/source-names.ts';

export interface SourceFile { readonly name: string; readonly bytes: Uint8Array }

const issuedName = (set: SetRef): string => (set.holds === 'pin' ? 'pin-manifest.dsse.json' : 'manifest.dsse.json');

/** Where several folders have the number, the digest tells which one issued the set. */
const issuedManifest = async (disk: Disk, archiveDir: string, set: SetRef): Promise<Uint8Array> => {
  const folders = (await listFolders(archiveDir)).filter(({ number }) => number === set.issuedBy), file = issuedName(set);
  const first = folders[0];
  if (first === undefined) throw new AppError('FOLDER_MISSING', { file: fourDigits(set.issuedBy) });
  let code: 'FOLDER_FILE_MISSING' | 'FOLDER_FILE_DIGEST' = 'FOLDER_FILE_MISSING';
  for (const folder of folders) {
    const bytes = await disk.read(path.join(folder.path, file));
    if (bytes !== null && sha256Of(bytes) === set.manifestSha256) return bytes;
    if (bytes !== null) code = 'FOLDER_FILE_DIGEST';
  }
  throw new AppError(code, { file: `${first.name}/${file}` });
};

/**
 * @returns the files that the folder of `plan` begins with beside its people: none for a plan that stands on no set.
 * @throws FOLDER_MISSING, FOLDER_FILE_MISSING; FOLDER_FILE_DIGEST when a manifest is not the one that the plan names.
 */
export const sourceFiles = async (disk: Disk, archiveDir: string, plan: Plan): Promise<readonly SourceFile[]> => {
  const files: SourceFile[] = [];
  for (const { name, set } of sourceSets(plan)) {
    files.push({ name, bytes: await issuedManifest(disk, archiveDir, set) });
  }
  return files;
};
