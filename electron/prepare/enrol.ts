/** Gives a person of the draft a credential: a file that the vault makes, or a key on a token they hold. */
import path from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Base64, PersonId } from '../../shared/brand.ts';
import type { Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import { memberOf } from '../../shared/charter/changes.ts';
import type { DraftView, Request } from '../../shared/ipc/contract.ts';
import { credentialFiles, nextCredentialFile } from '../credential-files.ts';
import type { EntryDesk, VaultHouse } from '../ceremony/ports.ts';
import { changeDraft, readDraft, type DraftPlace } from './drafts.ts';

export interface EnrolPlace extends DraftPlace { readonly vault: VaultHouse; readonly desk: EntryDesk }

/** NIST SP 800-63B-4 asks for 15 characters where a passphrase stands alone. */
export const MIN_PASSPHRASE_LENGTH = 15;

/** On a new roster the person's key is the one they show in the room. */
const withCredential = (plan: Plan, id: PersonId, credential: Person['credential']): Plan => {
  const give = <T extends { readonly id: PersonId; readonly credential: Person['credential'] }>(all: readonly T[]): T[] => all.map((one) => (one.id === id ? { ...one, credential } : one));
  return { ...plan, people: give(plan.people), ...(plan.charter ? { charter: { ...plan.charter, members: give(plan.charter.members) } } : {}) };
};

const personIn = (plan: Plan | null, id: PersonId): Person => {
  const person = plan?.people.find((one) => one.id === id);
  if (person === undefined) throw new AppError('PLAN_FIELD', { where: 'people' });
  return person;
};

/**
 * The person's own key that is not being replaced: one that the charter in force does not have any more use for is left alone.
 * @returns null when a file is to be made. @throws CREDENTIAL_FILE_EXISTS when a file under this id is another's.
 */
const keyOnFile = async (place: EnrolPlace, { before }: Plan, person: Person): Promise<Base64 | null> => {
  const files = await credentialFiles(place.workspace.credentialsDir, person);
  const strange = files.find(({ key }) => key === null);
  if (strange !== undefined) throw new AppError('CREDENTIAL_FILE_EXISTS', { person: person.id, file: path.basename(strange.file) });
  const replaced = person.role === 'candidate' ? (before ?? []).flatMap(({ charter }) => { const { credential } = memberOf(charter, person.id) ?? { credential: null }; return credential === null || credential.kind === 'paper' ? [] : [credential.publicKey]; }) : [];
  return files.findLast(({ key }) => !replaced.includes(key))?.key ?? null;
};

const makeFile = async (place: EnrolPlace, person: Person, file: string): Promise<Base64> => {
  const entryId = await place.desk.ask({ kind: 'new-passphrase', person: person.id, minLength: MIN_PASSPHRASE_LENGTH });
  if (entryId === null) throw new AppError('VAULT_ENTRY_CANCELLED', { person: person.id });
  await place.disk.makeDir(path.dirname(file));
  return (await place.vault.call('credential.create', { entryId, person: person.id, name: person.name, path: file })).publicKey;
};

/** A person who has a credential file in this workspace keeps it: another frozen ceremony may depend on it. Whoever comes to have it replaced gets another. */
export const enrolFile = async (place: EnrolPlace, { person: id }: Request<'draft.enrol-file'>): Promise<DraftView> => {
  const { plan: draft } = await readDraft(place), person = personIn(draft, id);
  const publicKey = (await keyOnFile(place, draft!, person)) ?? await makeFile(place, person, await nextCredentialFile(place.workspace.credentialsDir, person));
  return await changeDraft(place, (plan) => withCredential(plan, id, { kind: 'file', algorithm: 'Ed25519', publicKey }));
};

/** Has a signing key made on the person's own token, under their PIN, and takes its public half. */
export const makeTokenKey = async (place: EnrolPlace, request: Request<'draft.make-token-key'>): Promise<DraftView> => {
  const person = personIn((await readDraft(place)).plan, request.person), { module, serial } = request;
  const info = (await place.vault.call('module.open', { path: module })).tokens.find((token) => token.serial === serial);
  if (info === undefined) throw new AppError('HSM_TOKEN_NOT_FOUND', { serial });
  const entry = info.protectedAuthenticationPath ? [] : [await place.desk.ask({ kind: 'pin', person: person.id, token: serial, minLength: 4, maxLength: 64 })];
  const pinEntries = entry.map((id) => { if (id === null) throw new AppError('VAULT_ENTRY_CANCELLED', { person: person.id }); return id; });
  const key = await place.vault.call('credential.make-key', { module, serial, person: person.id, pinEntries });
  return await changeDraft(place, (plan) => withCredential(plan, person.id, { kind: 'token', algorithm: key.algorithm, publicKey: key.publicKey, serial, module }));
};

/** Takes the public key as the token shows it without a login; signing will need the token and its PIN. */
export const enrolToken = async (place: EnrolPlace, request: Request<'draft.enrol-token'>): Promise<DraftView> => {
  const person = personIn((await readDraft(place)).plan, request.person);
  const keys = await place.vault.call('token.public-keys', { module: request.module, serial: request.serial });
  const key = keys.find(({ id }) => id === request.keyId);
  if (key === undefined) throw new AppError('HSM_KEY_NOT_FOUND', { serial: request.serial, keyId: request.keyId });
  return await changeDraft(place, (plan) => withCredential(plan, person.id, { kind: 'token', algorithm: key.algorithm, publicKey: key.publicKey, serial: request.serial, module: request.module }));
};
