/** Gives a person of the draft a credential: a file that the vault makes, or a key on a token they hold. */
import { readFile, access } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { AppError } from '../../shared/errors.ts';
import type { Base64, PersonId } from '../../shared/brand.ts';
import type { Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { DraftView, Request } from '../../shared/ipc/contract.ts';
import { base64, line, personId } from '../../shared/schema.ts';
import type { EntryDesk, VaultHouse } from '../ceremony/ports.ts';
import { changeDraft, readDraft, type DraftPlace } from './drafts.ts';

export interface EnrolPlace extends DraftPlace { readonly vault: VaultHouse; readonly desk: EntryDesk }

/** NIST SP 800-63B-4 asks for 15 characters where a passphrase stands alone. */
export const MIN_PASSPHRASE_LENGTH = 15;

const withCredential = (plan: Plan, id: PersonId, credential: Person['credential']): Plan =>
  ({ ...plan, people: plan.people.map((person) => (person.id === id ? { ...person, credential } : person)) });

const personIn = (plan: Plan | null, id: PersonId): Person => {
  const person = plan?.people.find((one) => one.id === id);
  if (person === undefined) throw new AppError('PLAN_FIELD', { where: 'people' });
  return person;
};

/** The public part of a credential file; the vault reads the rest strictly when it opens it. */
const publicPart = v.object({ person: personId, name: line(64), publicKey: base64 });

/** @returns the key of the person's file, or null when there is no file. @throws CREDENTIAL_FILE_EXISTS when the file is another's. */
const keyOnFile = async (file: string, person: Person): Promise<Base64 | null> => {
  if (await access(file).then(() => false, () => true)) return null;
  const read = v.safeParse(publicPart, JSON.parse(await readFile(file, 'utf8').catch(() => 'null')));
  if (!read.success || read.output.person !== person.id || read.output.name !== person.name) throw new AppError('CREDENTIAL_FILE_EXISTS', { person: person.id, file: path.basename(file) });
  return read.output.publicKey;
};

const makeFile = async (place: EnrolPlace, person: Person, file: string): Promise<Base64> => {
  const entryId = await place.desk.ask({ kind: 'new-passphrase', person: person.id, minLength: MIN_PASSPHRASE_LENGTH });
  if (entryId === null) throw new AppError('VAULT_ENTRY_CANCELLED', { person: person.id });
  await place.disk.makeDir(path.dirname(file));
  return (await place.vault.call('credential.create', { entryId, person: person.id, name: person.name, path: file })).publicKey;
};

/** A person who has a credential file in this workspace keeps it: another frozen ceremony may depend on it. */
export const enrolFile = async (place: EnrolPlace, { person: id }: Request<'draft.enrol-file'>): Promise<DraftView> => {
  const person = personIn((await readDraft(place)).plan, id);
  const file = path.join(place.workspace.credentialsDir, `${id}.json`);
  const publicKey = (await keyOnFile(file, person)) ?? await makeFile(place, person, file);
  return await changeDraft(place, (plan) => withCredential(plan, id, { kind: 'file', algorithm: 'Ed25519', publicKey }));
};

/** Takes the public key as the token shows it without a login; signing will need the token and its PIN. */
export const enrolToken = async (place: EnrolPlace, request: Request<'draft.enrol-token'>): Promise<DraftView> => {
  const person = personIn((await readDraft(place)).plan, request.person);
  const keys = await place.vault.call('token.public-keys', { module: request.module, serial: request.serial });
  const key = keys.find(({ id }) => id === request.keyId);
  if (key === undefined) throw new AppError('HSM_KEY_NOT_FOUND', { serial: request.serial, keyId: request.keyId });
  return await changeDraft(place, (plan) => withCredential(plan, person.id, { kind: 'token', algorithm: key.algorithm, publicKey: key.publicKey, serial: request.serial, module: request.module }));
};
