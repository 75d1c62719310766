/** The archive on disk: numbered ceremony folders, and what is in them. Reads are never repairs. */
import { fourDigits } from '../../shared/text/ceremony-number.ts';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { fromBase64, utf8 } from '../../shared/bytes.ts';
import type { Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../shared/errors.ts';
import { encodePem } from '../../shared/transcript/pem.ts';
import type { Disk } from '../ceremony/ports.ts';
import { TEMPORARY_PREFIX } from './disk.ts';

/** A ceremony folder of the archive. */
export interface Folder { readonly number: number; readonly name: string; readonly path: string }

const FOLDER_NAME = /^(\d{4})-([a-z0-9]+(?:-[a-z0-9]+)*)$/;

/** @throws FOLDER_FILE_MISSING, FOLDER_FILE_INVALID when the file is absent or not UTF-8. */
export const readText = async (disk: Disk, dir: string, name: string): Promise<string> => {
  const bytes = await disk.read(path.join(dir, name));
  if (!bytes) throw new AppError('FOLDER_FILE_MISSING', { file: name });
  try { return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes); } catch { throw new AppError('FOLDER_FILE_INVALID', { file: name }); }
};

/** "Root 2027 · Ä" → "root-2027-a"; "ceremony" when nothing is left. At most 48 characters. */
export const slugOf = (title: string): string =>
  title.normalize('NFD').toLowerCase().replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 48).replace(/-+$/, '') || 'ceremony';

/** Ceremony folders in order of number; other names are not looked at. */
export const listFolders = async (archiveDir: string): Promise<readonly Folder[]> => {
  const names = await fs.readdir(archiveDir).catch(() => [] as string[]);
  return names.flatMap((name) => { const match = FOLDER_NAME.exec(name); return match ? [{ number: Number(match[1]), name, path: path.join(archiveDir, name) }] : []; })
    .sort((a, b) => a.number - b.number || (a.name < b.name ? -1 : 1));
};
/**
 * @param name of the folder; null: whichever has the number. Archives that were joined may have several of one number.
 * @throws FOLDER_MISSING; FOLDER_AMBIGUOUS when the number alone does not tell which.
 */
export const findFolder = async (archiveDir: string, number: number, name: string | null = null): Promise<Folder> => {
  const found = (await listFolders(archiveDir)).filter((one) => one.number === number && (name === null || one.name === name));
  if (found[0] === undefined) throw new AppError('FOLDER_MISSING', { file: name ?? fourDigits(number) });
  if (found.length > 1) throw new AppError('FOLDER_AMBIGUOUS', { number, names: found.map((one) => one.name) });
  return found[0];
};
export const slugOfFolder = (name: string): string => FOLDER_NAME.exec(name)?.[2] ?? name;

export const hasPlan = (disk: Disk, folder: Folder): Promise<boolean> => disk.read(path.join(folder.path, 'plan.json')).then((bytes) => bytes !== null);
const withKey = (person: Person): person is Person & { credential: { publicKey: string } } => person.credential.kind !== 'paper' && person.credential.publicKey !== null;

/** Writes people/<id>.pem for everyone with a key; files that are there stay. */
export const writePeople = async (disk: Disk, dir: string, plan: Plan): Promise<void> => {
  await disk.makeDir(path.join(dir, 'people'));
  for (const person of plan.people.filter(withKey)) {
    const file = path.join(dir, 'people', `${person.id}.pem`);
    if ((await disk.read(file)) === null) await disk.create(file, utf8(encodePem('PUBLIC KEY', fromBase64(person.credential.publicKey)!)));
  }
};

/** Removes what a kill left half-written beside the files of a ceremony; none of it was ever told to anyone. */
export const removeTemporary = async (disk: Disk, dir: string): Promise<void> => {
  for (const place of [dir, path.join(dir, 'people')]) {
    const names = await fs.readdir(place).catch(() => [] as string[]);
    for (const name of names.filter((one) => one.startsWith(TEMPORARY_PREFIX))) await disk.remove(path.join(place, name));
  }
};
