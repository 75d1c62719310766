/** Where a person's credential files lie: the first under their id, a replacement beside it with a number. Each holds one key. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { Base64, PersonId } from '../shared/brand.ts';
import { base64, line, personId } from '../shared/schema.ts';

/** The public part of a credential file; the vault reads the rest strictly when it opens it. */
const publicPart = v.object({ person: personId, name: line(64), publicKey: base64 });
/** `key` is null for a file that does not read as this person's. */
export interface CredentialFile { readonly file: string; readonly key: Base64 | null }

const MOST = 99;
const nameOf = (id: PersonId, index: number): string => (index === 1 ? `${id}.json` : `${id}-${index}.json`);

/** @returns the person's files, oldest first. @param name as the plan has it; a file under the same id of somebody else has no key here. */
export const credentialFiles = async (dir: string, { id, name }: { readonly id: PersonId; readonly name: string }): Promise<readonly CredentialFile[]> => {
  const there = new Set(await readdir(dir).catch(() => [] as string[]));
  const files: CredentialFile[] = [];
  for (let index = 1; index <= MOST && there.has(nameOf(id, index)); index++) {
    const file = path.join(dir, nameOf(id, index));
    const read = v.safeParse(publicPart, await readFile(file, 'utf8').then((text) => JSON.parse(text) as unknown).catch(() => null));
    files.push({ file, key: read.success && read.output.person === id && read.output.name === name ? read.output.publicKey : null });
  }
  return files;
};

/** Where the person's next file goes. */
export const nextCredentialFile = async (dir: string, person: { readonly id: PersonId; readonly name: string }): Promise<string> => path.join(dir, nameOf(person.id, (await credentialFiles(dir, person)).length + 1));

/** @returns the file that holds `publicKey`; the first one where none does, so that opening it says what is wrong. */
export const fileOfKey = async (dir: string, person: { readonly id: PersonId; readonly name: string }, publicKey: string | null): Promise<string> =>
  (await credentialFiles(dir, person)).find(({ key }) => key === publicKey)?.file ?? path.join(dir, nameOf(person.id, 1));
