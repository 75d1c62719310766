/** The custody.* calls. A vault holds one share set at a time; a new split forgets the last one. */
import { accept, AppError, refuse } from '../../../shared/errors.ts';
import { decodeShare } from '../../../shared/custody/envelope.ts';
import { checkLine } from '../../../shared/custody/lines.ts';
import type { ReadShare, ShareHow, VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import { readShareFromCard } from '../cards/read.ts';
import type { CustodyStatus, HandlersOf, VaultContext } from '../context.ts';
import { wipeAll } from '../entries.ts';
import { printSheet } from '../sheets/print.ts';
import { issueSet } from './issue.ts';
import { howOf, judgeEntered, judgeWhole } from './presented.ts';
import { forgetSet, keepSet, setInHand, shareSetOf } from './set-in-hand.ts';
import { makeSetSecret } from './set-secret.ts';
import { ShareSet } from './share-set.ts';

type CustodyCall = 'custody.split' | 'custody.print' | 'custody.read-back' | 'custody.read-back-card' | 'custody.rebuild';

const status = (context: VaultContext): CustodyStatus => {
  const set = setInHand(context);
  return { setId: set?.manifest.setId ?? null, unprinted: set?.unprinted ?? [], readBack: set?.readBackNumbers ?? [], wrappingKey: set?.hasSecret ?? false };
};

const split = async (context: VaultContext, request: VaultRequest<'custody.split'>): Promise<VaultResponse<'custody.split'>> => {
  forgetSet(context);
  const token = context.modules.loggedInToken(request.module, request.serial);
  const { secret, sources } = await makeSetSecret(token, request.holds ?? 'wrapping-key', request.ceremony, request.nonce);
  const issued = await issueSet(request, secret).finally(() => { secret.fill(0); });
  keepSet(context, new ShareSet(issued));
  const { setId, setName, setFingerprint } = issued.manifest;
  return { setId, setName, setFingerprint, manifest: issued.text, manifestSha256: issued.sha256, sources };
};

/** The dice code of this share's holder; null where none was given. @throws VAULT_ENTRY_MISSING, VAULT_STATE (entry) */
const takeCode = (context: VaultContext, { share, codeEntry }: VaultRequest<'custody.print'>, person: string): Buffer | null => {
  if (codeEntry === undefined) return null;
  const { spec, values } = context.entries.take(codeEntry);
  if (spec.kind === 'dice-code' && spec.person === person && spec.share === share) return values[0]!;
  wipeAll(values);
  throw new AppError('VAULT_STATE', { reason: 'entry' });
};

const print = async (context: VaultContext, request: VaultRequest<'custody.print'>): Promise<VaultResponse<'custody.print'>> => {
  const { share, printer, facts } = request, set = shareSetOf(context), { name, person } = set.custodian(share);
  const code = takeCode(context, request, person);
  try {
    const envelope = set.envelope(share);
    if ((facts.mode === 'rehearsal') !== set.manifest.drill) throw new AppError('VAULT_STATE', { reason: 'mode' });
    if (facts.holds !== set.holds) throw new AppError('VAULT_STATE', { reason: 'holds' });
    const read = decodeShare(envelope);
    if (!read.ok) throw new AppError('VAULT_STATE', { reason: 'share' });
    // Counted before it is tried: a job that failed may have left paper.
    set.markPrinted(share);
    try { return await printSheet({ share: read.share, envelope, custodian: name, person, facts, code }, printer); } finally { read.share.y.fill(0); }
  } finally { code?.fill(0); }
};

const answer = (share: number, { person, commitment }: Pick<ReadShare, 'person' | 'commitment'>, how: ShareHow): ReadShare => ({ share, person, how, commitment });

const readBack = (context: VaultContext, { share, entryId }: VaultRequest<'custody.read-back'>): ReadShare => {
  const { spec, values, way } = context.entries.take(entryId);
  try {
    if (spec.kind !== 'share' || spec.share !== share || way === null) throw new AppError('VAULT_STATE', { reason: 'entry' });
    return answer(share, shareSetOf(context).readBack(share, spec.person, 'paper', judgeEntered({ spec, values, way })), howOf(way));
  } finally { wipeAll(values); }
};

/** Whose card it is, its PIN tells; whose share it holds, the manifest. */
const readBackCard = async (context: VaultContext, { share, module, serial, pinEntries }: VaultRequest<'custody.read-back-card'>): Promise<ReadShare> => {
  const set = shareSetOf(context), { person } = set.custodian(share);
  const bytes = await readShareFromCard(context, { module, serial, pinEntries, expect: { setId: set.manifest.setId, share } });
  try { return answer(share, set.readBack(share, person, 'card', judgeWhole(bytes)), 'card'); } finally { bytes.fill(0); }
};

/** Also sets the vault's hooks: the check of typed lines, the status and the wiper. */
export const custodyCalls = (context: VaultContext): HandlersOf<CustodyCall> => {
  context.hooks.checkShareLine = (index, line) => (checkLine(index, line) ? accept(true) : refuse('SHARE_LINE_MISTYPED', { line: index + 1 }));
  context.hooks.custodyStatus = () => status(context);
  context.hooks.wipers.add(() => { forgetSet(context); });
  return {
    'custody.split': (request) => split(context, request),
    'custody.print': (request) => print(context, request),
    'custody.read-back': async (request) => readBack(context, request),
    'custody.read-back-card': (request) => readBackCard(context, request),
    'custody.rebuild': async ({ subsets }) => { await shareSetOf(context).rebuild(subsets); return { subsets }; },
  };
};
