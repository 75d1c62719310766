/** Calls about people's credentials. The passphrase or PIN comes from an entry and is wiped here. */
import { toBase64 } from '../../../shared/bytes.ts';
import { accept, AppError, toFault } from '../../../shared/errors.ts';
import type { EntrySpec, VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { HandlersOf, VaultContext } from '../context.ts';
import { createCredentialFile, openCredentialFile, signWithCredentialFile, signWithSeed } from '../credentials/file.ts';
import { makeCredentialKey } from '../credentials/make-key.ts';
import { signWithToken } from '../credentials/token.ts';
import { wipeAll } from '../entries.ts';
import { assertPinLength, withPin } from '../pin-entries.ts';
import { verifiesByAlgorithm } from '../keys/verify.ts';
import { bytesOf } from '../request.ts';

type CredentialSign = VaultRequest<'credential.sign'>;

const create = async (context: VaultContext, { entryId, person, name, path }: VaultRequest<'credential.create'>): Promise<VaultResponse<'credential.create'>> => {
  const { spec, values } = context.entries.take(entryId);
  try {
    if (spec.kind !== 'new-passphrase' || spec.person !== person) throw new AppError('VAULT_ENTRY_MISSING', { expected: 'new-passphrase' });
    return await createCredentialFile(path, person, name, values[0]!);
  } finally { wipeAll(values); }
};

/** @param secret what the entry holds: an opened seed when its file was opened at the desk, else the passphrase or PIN. */
const signPae = async (context: VaultContext, request: CredentialSign, spec: EntrySpec, secret: Buffer, pae: Buffer): Promise<Buffer> => {
  const { source, algorithm, person, publicKey } = request;
  if (source.kind === 'file' && spec.kind === 'passphrase' && spec.path !== undefined) {
    if (spec.path !== source.path) throw new AppError('CREDENTIAL_WRONG_PERSON', { person });
    return signWithSeed(secret, person, publicKey, pae);
  }
  if (source.kind === 'file') return signWithCredentialFile(source.path, person, publicKey, secret, pae);
  return signWithToken(context.modules.token(source.module, source.serial), secret, bytesOf(publicKey, 'publicKey'), algorithm, pae);
};

/** The bytes must be a DSSE pre-authentication encoding, so that a credential never signs anything else. */
const paeOf = (request: CredentialSign): Buffer => {
  const pae = bytesOf(request.pae, 'pae');
  if (!pae.subarray(0, 7).equals(Buffer.from('DSSEv1 '))) throw new AppError('IPC_REQUEST', { field: 'pae' });
  return pae;
};

const signCredential = async (context: VaultContext, request: CredentialSign): Promise<VaultResponse<'credential.sign'>> => {
  const { spec, values } = context.entries.take(request.entryId);
  try {
    // SECURITY: what one person typed never signs for another.
    if ((spec.kind !== 'passphrase' && spec.kind !== 'pin' && spec.kind !== 'pin-half') || spec.person !== request.person) throw new AppError('CREDENTIAL_WRONG_PERSON', { person: request.person });
    const pae = paeOf(request);
    const signature = await signPae(context, request, spec, values[0]!, pae);
    if (!verifiesByAlgorithm(request.algorithm, bytesOf(request.publicKey, 'publicKey'), pae, signature)) throw new AppError('SIGNATURE_INVALID', { person: request.person });
    return { signature: toBase64(signature) };
  } finally { wipeAll(values); }
};

const makeKey = (context: VaultContext, { module, serial, person, pinEntries }: VaultRequest<'credential.make-key'>): Promise<VaultResponse<'credential.make-key'>> => {
  const token = context.modules.token(module, serial);
  return withPin(context, pinEntries, (pin) => { assertPinLength(token, pin); return makeCredentialKey(token, pin, person); });
};

/** Also sets the hook that opens a credential file while its person is still at the desk. */
export const credentialCalls = (context: VaultContext): HandlersOf<'credential.create' | 'credential.make-key' | 'credential.sign'> => {
  context.hooks.openCredential = async (path, person, passphrase) => {
    try { return accept(await openCredentialFile(path, person, passphrase)); } catch (error) { return { ok: false, fault: toFault(error) }; }
  };
  return {
    'credential.create': (request) => create(context, request),
    'credential.make-key': (request) => makeKey(context, request),
    'credential.sign': (request) => signCredential(context, request),
  };
};
