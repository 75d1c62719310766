/** Gets a person's signature: over a checkpoint at a hold point, or over the record at the end. Checked here before it is kept. */
import path from 'node:path';
import type { PersonId } from '../../../shared/brand.ts';
import { fromBase64, toBase64, utf8 } from '../../../shared/bytes.ts';
import { checkpointOf } from '../../../shared/ceremony/checkpoint-of.ts';
import type { Person } from '../../../shared/ceremony/plan-schema.ts';
import { personOf, stepOf } from '../../../shared/ceremony/select.ts';
import { AppError } from '../../../shared/errors.ts';
import { CHECKPOINT_TYPE } from '../../../shared/transcript/checkpoint.ts';
import { encodeEnvelope, pae, parseEnvelope } from '../../../shared/transcript/dsse.ts';
import { keyIdOf } from '../../../shared/transcript/key-id.ts';
import { RECORD_TYPE, recordPayload } from '../../../shared/transcript/record.ts';
import type { EntryId } from '../../../shared/vault/contract.ts';
import { fileOfKey } from '../../credential-files.ts';
import { ask, busy } from '../ask.ts';
import type { Session } from '../session.ts';

const RECORD = 'record.dsse.json';
type Signer = Person & { credential: Exclude<Person['credential'], { kind: 'paper' }> };

const signerOf = (session: Session, id: string): Signer => {
  const person = personOf(session.state, id);
  if (!person || person.credential.kind === 'paper') throw new AppError('CREDENTIAL_WRONG_PERSON', { person: id });
  return person as Signer;
};

const credentialPath = (session: Session, { id, name, credential }: Signer): Promise<string> => fileOfKey(session.ports.workspace.credentialsDir, { id, name }, credential.publicKey);
const askCredential = async (session: Session, signer: Signer): Promise<EntryId> => {
  const { id, credential } = signer;
  return credential.kind === 'file'
    ? await ask(session, { kind: 'passphrase', person: id, path: await credentialPath(session, signer) })
    : await ask(session, { kind: 'pin', person: id, token: credential.serial ?? '', minLength: 4, maxLength: 64 });
};

const signBytes = async (session: Session, signer: Signer, entryId: EntryId, type: string, payload: Uint8Array): Promise<Uint8Array> => {
  const { credential } = signer;
  const message = pae(type, payload);
  const source = credential.kind === 'file'
    ? { kind: 'file' as const, path: await credentialPath(session, signer) }
    : { kind: 'token' as const, module: credential.module, serial: credential.serial! };
  const request = { entryId, person: signer.id, pae: toBase64(message), publicKey: credential.publicKey!, algorithm: credential.algorithm, source };
  const { signature } = await session.ports.vault.call('credential.sign', request);
  const bytes = fromBase64(signature)!;
  if (!session.ports.checkSignature(credential.algorithm, fromBase64(credential.publicKey!)!, message, bytes)) throw new AppError('SIGNATURE_INVALID', { person: signer.id });
  return bytes;
};
const keyIdOfSigner = (signer: Signer) => keyIdOf(fromBase64(signer.credential.publicKey!)!);

/** The secret is typed first; only then is the head taken, signed and recorded, with nothing in between. */
export const signOff = async (session: Session, id: string): Promise<void> => {
  const signer = signerOf(session, id);
  const entryId = await askCredential(session, signer);
  await busy(session, 'sign', 'Signing the checkpoint', () => session.exclusive(async (append) => {
    const step = stepOf(session.state);
    const payload = checkpointOf(session.state, signer.id);
    if (!payload || !step) throw new AppError('RULE_HOLD_POINT', { reason: 'no hold point is open', entry: 'signoff' });
    const sig = await signBytes(session, signer, entryId, CHECKPOINT_TYPE, payload);
    const envelope = encodeEnvelope({ payloadType: CHECKPOINT_TYPE, payload, signatures: [{ keyid: keyIdOfSigner(signer), sig }] });
    await append({ type: 'signoff', actor: signer.id, body: { step: step.id, person: signer.id, method: signer.credential.kind, envelope } });
  }));
};

const recordFile = (session: Session): string => path.join(session.folder.path, RECORD);
const readRecord = async (session: Session) => {
  const bytes = await session.ports.disk.read(recordFile(session));
  return bytes && parseEnvelope(new TextDecoder().decode(bytes).replace(/\n$/, ''));
};

/** Key ids that have signed the record so far, in order. */
export const recordKeyIds = async (session: Session): Promise<readonly string[]> => (await readRecord(session))?.signatures.map((one) => one.keyid) ?? [];
export const signedBy = (session: Session, keyIds: readonly string[]): readonly PersonId[] =>
  session.state.plan.people.filter((person) => person.credential.kind !== 'paper' && keyIds.includes(keyIdOfSigner(person as Signer))).map((person) => person.id);

/** Adds one participant's signature to record.dsse.json. A second signature of the same person is refused. */
export const signRecord = async (session: Session, id: string): Promise<void> => {
  const signer = signerOf(session, id);
  const keyid = keyIdOfSigner(signer);
  if ((await recordKeyIds(session)).includes(keyid)) throw new AppError('RULE_CUSTODIAN_SIGNS_ONCE', { reason: `${signer.name} has signed the record`, entry: 'record' });
  const entryId = await askCredential(session, signer);
  const payload = recordPayload(session.state);
  const sig = await busy(session, 'sign', 'Signing the record', () => signBytes(session, signer, entryId, RECORD_TYPE, payload));
  const before = (await readRecord(session))?.signatures ?? [];
  const envelope = encodeEnvelope({ payloadType: RECORD_TYPE, payload, signatures: [...before, { keyid, sig }] });
  await session.ports.disk.replace(recordFile(session), utf8(`${envelope}\n`));
};
