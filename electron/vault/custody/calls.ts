/** The custody.* calls. A vault holds one share set at a time; a new split forgets the last one. */
import { accept, AppError, refuse } from '../../../shared/errors.ts';
import { decodeShare } from '../../../shared/custody/envelope.ts';
import { checkLine } from '../../../shared/custody/lines.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { CustodyStatus, HandlersOf, VaultContext } from '../context.ts';
import { wipeAll } from '../entries.ts';
import { printSheet } from '../sheets/print.ts';
import { issueSet } from './issue.ts';
import { ShareSet } from './share-set.ts';
import { makeWrappingKey } from './wrapping-key.ts';

type CustodyCall = 'custody.split' | 'custody.print' | 'custody.read-back' | 'custody.rebuild';

const sets = new WeakMap<VaultContext, ShareSet>();

/** The set this vault holds. @throws VAULT_STATE (no-set) */
export const shareSetOf = (context: VaultContext): ShareSet => {
  const set = sets.get(context);
  if (set === undefined) throw new AppError('VAULT_STATE', { reason: 'no-set' });
  return set;
};

const forget = (context: VaultContext): void => { sets.get(context)?.wipe(); sets.delete(context); };

const status = (context: VaultContext): CustodyStatus => {
  const set = sets.get(context);
  return { setId: set?.manifest.setId ?? null, unprinted: set?.unprinted ?? [], readBack: set?.readBackNumbers ?? [], wrappingKey: set?.hasWrappingKey ?? false };
};

const split = async (context: VaultContext, request: VaultRequest<'custody.split'>): Promise<VaultResponse<'custody.split'>> => {
  forget(context);
  const token = context.modules.loggedInToken(request.module, request.serial);
  const { kek, sources } = await makeWrappingKey(token, request.ceremony, request.nonce);
  const issued = await issueSet(request, kek).finally(() => { kek.fill(0); });
  sets.set(context, new ShareSet(issued));
  const { setId, setName, setFingerprint } = issued.manifest;
  return { setId, setName, setFingerprint, manifest: issued.text, manifestSha256: issued.sha256, sources };
};

const print = async (context: VaultContext, { share, printer, facts }: VaultRequest<'custody.print'>): Promise<VaultResponse<'custody.print'>> => {
  const set = shareSetOf(context), { name, person } = set.custodian(share), envelope = set.envelope(share);
  if ((facts.mode === 'rehearsal') !== set.manifest.drill) throw new AppError('VAULT_STATE', { reason: 'mode' });
  const read = decodeShare(envelope);
  if (!read.ok) throw new AppError('VAULT_STATE', { reason: 'share' });
  // Counted before it is tried: a job that failed may have left paper.
  set.markPrinted(share);
  try { return await printSheet({ share: read.share, envelope, custodian: name, person, facts, code: null }, printer); } finally { read.share.y.fill(0); }
};

const readBack = (context: VaultContext, { share, entryId }: VaultRequest<'custody.read-back'>): VaultResponse<'custody.read-back'> => {
  const { spec, values, way } = context.entries.take(entryId);
  try {
    if (spec.kind !== 'share' || spec.share !== share || way !== 'type') throw new AppError('VAULT_STATE', { reason: 'entry' });
    return { share, person: shareSetOf(context).readBack(share, spec.person, values).person };
  } finally { wipeAll(values); }
};

/** Also sets the vault's hooks: the check of typed lines, the status and the wiper. */
export const custodyCalls = (context: VaultContext): HandlersOf<CustodyCall> => {
  context.hooks.checkShareLine = (index, line) => (checkLine(index, line) ? accept(true) : refuse('SHARE_LINE_MISTYPED', { line: index + 1 }));
  context.hooks.custodyStatus = () => status(context);
  context.hooks.wipers.add(() => { forget(context); });
  return {
    'custody.split': (request) => split(context, request),
    'custody.print': (request) => print(context, request),
    'custody.read-back': async (request) => readBack(context, request),
    'custody.rebuild': async ({ subsets }) => { await shareSetOf(context).rebuild(subsets); return { subsets }; },
  };
};
