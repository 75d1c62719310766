/** Makes a share set, hands out its sheets, reads them back, and gives a set up while it opens nothing. */
import path from 'node:path';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { utf8 } from '../../../shared/bytes.ts';
import { custodiansOf, gatheredSetOf, isDrill, keyPlan } from '../../../shared/ceremony/people.ts';
import type { HandoverStep } from '../../../shared/ceremony/script-types.ts';
import { nextAttempt, shareOf, stepOf } from '../../../shared/ceremony/select.ts';
import { cardsWritten, sheetsOut } from '../../../shared/ceremony/shares.ts';
import { AppError, toFault } from '../../../shared/errors.ts';
import type { Body, Intent } from '../../../shared/transcript/entry-schema.ts';
import type { EntryId, PrinterTarget, ReadShare, SetPurpose, SheetFacts } from '../../../shared/vault/contract.ts';
import { readText } from '../../archive/folders.ts';
import { ask, busy } from '../ask.ts';
import { faultBody, type Session } from '../session.ts';
import { clearMedia } from './backup.ts';
import { askCardPin, cardIn, cardOf, cardOut } from './cards.ts';
import { failUnlessGone } from './fail.ts';

const MANIFESTS: Readonly<Record<SetPurpose, string>> = { 'wrapping-key': 'manifest.dsse.json', pin: 'pin-manifest.dsse.json' };
const manifestPath = (session: Session, holds: SetPurpose): string => path.join(session.folder.path, MANIFESTS[holds]);
/** The manifest of the set in work, as the vault signed it. @throws FOLDER_FILE_MISSING */
export const manifestInWork = (session: Session, holds: SetPurpose): Promise<string> => readText(session.ports.disk, session.folder.path, MANIFESTS[holds]);

const splitRequest = (session: Session, holds: SetPurpose) => {
  const { opening } = session.state, plan = keyPlan(session.state.plan);
  const before = gatheredSetOf(plan, holds);
  return {
    module: plan.hsm.module.path, serial: plan.hsm.serial!, ceremony: session.folder.name, nonce: opening!.nonce, threshold: plan.quorum.threshold,
    custodians: custodiansOf(plan).map((person, index) => ({ number: index + 1, person: person.id, name: person.name })),
    drill: isDrill(plan), epoch: (before?.epoch ?? 0) + 1, previous: before && { setId: before.setId, epoch: before.epoch }, holds, issuedAt: session.ports.now().toISOString(), reviewBy: null,
  };
};

const splitFor = async (session: Session, holds: SetPurpose): Promise<void> => {
  const { plan, voided } = session.state;
  const { threshold, shares } = plan.quorum;
  const attempt = voided.filter((set) => set.holds === holds).length + 1;
  const effect = await session.intend({ kind: 'split', attempt, threshold, shares, ...(holds === 'pin' ? { holds } : {}) });
  try {
    const phase = holds === 'pin' ? 'Making and splitting the PIN secret' : 'Making and splitting the wrapping key';
    const made = await busy(session, holds === 'pin' ? 'split-pin' : 'split', phase, () => session.ports.vault.call('custody.split', splitRequest(session, holds)));
    await session.ports.disk.replace(manifestPath(session, holds), utf8(made.manifest));
    await session.conclude(effect, { kind: 'split', setId: made.setId, setName: made.setName, setFingerprint: made.setFingerprint, manifestSha256: made.manifestSha256, sources: [...made.sources] });
  } catch (error) { await failUnlessGone(session, effect, error, 'no'); }
};
export const split = (session: Session): Promise<void> => splitFor(session, 'wrapping-key');
export const splitPin = (session: Session): Promise<void> => splitFor(session, 'pin');

/** Manifests belong to sets in use: that of a void set, or of a split that was interrupted, is removed. */
export const dropManifest = (session: Session, holds: SetPurpose): Promise<void> => session.ports.disk.remove(manifestPath(session, holds));

/** Sheets of a second rehearsal in one workspace never meet those of the first: they have a folder of their own in shares/. */
const sheetsDir = ({ folder, ports }: Session): string => path.join(ports.workspace.sharesDir, ...(folder.number === 1 ? [] : [folder.name]));
export const printerOf = (session: Session): PrinterTarget => {
  const { printer } = session.state.plan.sheets;
  return printer.kind === 'folder' ? { kind: 'folder', dir: sheetsDir(session) } : printer;
};
export const handoverStep = (session: Session): HandoverStep => {
  const step = stepOf(session.state);
  if (step?.kind !== 'handover') throw new AppError('RULE_WORK_IN_ITS_STEP', { reason: 'no share is being handed over', entry: 'intent' });
  return step;
};
const facts = (session: Session, attempt: number, variant: SheetFacts['variant']): SheetFacts => {
  const { opening, set } = session.state, plan = keyPlan(session.state.plan);
  return {
    organisation: plan.ceremony.organisation, ceremonyNumber: opening!.number, ceremonyTitle: plan.ceremony.title, date: plan.ceremony.date, paper: plan.sheets.paper,
    mode: plan.mode, software: plan.hsm.software, attempt, toolVersion: session.ports.tool.version, printedAt: session.ports.now().toISOString(), variant, holds: set?.holds ?? 'wrapping-key',
  };
};

export const printerName = (printer: PrinterTarget): string => (printer.kind === 'folder' ? 'folder (rehearsal)' : `cups ${printer.queue}`);
/** At least so many throws of a die make the code of a blind sheet: 129 bits. */
const MIN_THROWS = 50;

/** A blind sheet is printed only after its holder has typed the code, twice; nothing is recorded before that. */
const codeFor = async (session: Session, step: HandoverStep): Promise<{ codeEntry: EntryId } | Record<string, never>> =>
  shareOf(session.state, step.shareNumber)?.sheet === 'blind' ? { codeEntry: await ask(session, { kind: 'dice-code', person: step.custodian, share: step.shareNumber, minThrows: MIN_THROWS }) } : {};

export const print = async (session: Session): Promise<void> => {
  const step = handoverStep(session);
  const printer = printerOf(session), share = step.shareNumber;
  const attempt = nextAttempt(session.state, share), variant = shareOf(session.state, share)?.sheet ?? 'standard';
  const intent: Intent = { kind: 'print-sheet', setId: session.state.set!.setId, share, attempt, printer: printerName(printer) };
  const code = await codeFor(session, step);
  if (printer.kind === 'folder') await session.ports.disk.makeDir(printer.dir);
  const effect = await session.intend(intent);
  try {
    const { job, pages } = await busy(session, 'print', 'Printing the sheet', () => session.ports.vault.call('custody.print', { share, printer, facts: facts(session, attempt, variant), ...code }));
    await session.conclude(effect, { kind: 'print-sheet', job, pages });
  } catch (error) {
    // Only refusals from before the job was handed over are known not to have printed.
    const before = ['PRINT_QUEUE_MISSING', 'PRINT_QUEUE_NETWORK', 'PRINT_FOLDER_NOT_REHEARSAL', 'SHARE_CODE_FORMAT', 'VAULT_STATE'].includes(toFault(error).code);
    await failUnlessGone(session, effect, error, before ? 'no' : 'unknown');
  }
};

/** Records a read-back, or why it was refused. */
const recordReadBack = async (session: Session, step: HandoverStep, carrier: 'paper' | 'card', read: () => Promise<ReadShare>): Promise<void> => {
  try {
    const share = await read();
    await session.append({ type: 'read-back', actor: step.custodian, body: { step: step.id, setId: session.state.set!.setId, share: share.share, person: share.person, carrier, how: share.how } });
  } catch (error) {
    const { code } = toFault(error);
    if (code.startsWith('SHARE_') || code.startsWith('CARD_')) await session.append({ type: 'read-back-failed', actor: step.custodian, body: { step: step.id, share: step.shareNumber, fault: faultBody(error) } });
    throw error;
  }
};

export const readBack = async (session: Session): Promise<void> => {
  const step = handoverStep(session), share = step.shareNumber;
  const entryId = await ask(session, { kind: 'share', person: step.custodian, share, set: session.state.set!.setName, ways: ['scan', 'type', 'image'], blind: shareOf(session.state, share)?.sheet === 'blind' });
  await recordReadBack(session, step, 'paper', () => busy(session, 'print', 'Comparing the sheet with the manifest', () => session.ports.vault.call('custody.read-back', { share, entryId })));
};

/** Shares a card may keep beside the new one, and those of void sets that are erased first. */
const neighbours = ({ state }: Session): { beside: Sha256Hex[]; erase: Sha256Hex[] } => ({
  beside: [state.plan.source?.set, gatheredSetOf(state.plan, 'pin'), ...state.issued].flatMap((set) => (set ? [set.setId] : [])),
  erase: state.voided.flatMap((set) => (set.setId === null ? [] : [set.setId])),
});

export const writeCard = async (session: Session): Promise<void> => {
  const step = handoverStep(session), share = step.shareNumber;
  const card = cardOf(session, step.custodian), facts = shareOf(session.state, share)?.card;
  await cardIn(session, step.custodian, card);
  const pinEntries = await askCardPin(session, step.custodian, card);
  const effect = await session.intend({ kind: 'write-card', setId: session.state.set!.setId, share, attempt: (facts?.attempts ?? 0) + 1, serial: card.serial });
  try {
    const made = await busy(session, 'write-card', 'Writing the share to the card', () => session.ports.vault.call('card.write', { share, ...card, pinEntries, ...neighbours(session) }));
    await session.conclude(effect, { kind: 'write-card', label: made.label, length: made.length, encryptedTo: made.encryptedTo });
  } catch (error) {
    const nothing = ['CARD_ABSENT', 'CARD_OTHER', 'CARD_NOT_EMPTY', 'HSM_PIN_INCORRECT', 'HSM_PIN_LAST_TRY', 'HSM_PIN_LOCKED', 'HSM_PIN_FORMAT'].includes(toFault(error).code);
    await failUnlessGone(session, effect, error, nothing ? 'no' : 'unknown');
  }
};

/** The card is taken out and put in again first, where that can be done: what is read then is what the card holds. */
export const readCardBack = async (session: Session): Promise<void> => {
  const step = handoverStep(session), share = step.shareNumber;
  const card = cardOf(session, step.custodian);
  await cardOut(session, step.custodian, card);
  await cardIn(session, step.custodian, card);
  const pinEntries = await askCardPin(session, step.custodian, card);
  await recordReadBack(session, step, 'card', () => busy(session, 'read-card', 'Reading the card back', () => session.ports.vault.call('custody.read-back-card', { share, ...card, pinEntries })));
};

/** Gives the set up. What was wrapped under it is deleted from the media first, so that a void set opens nothing. */
export const voidSet = async (session: Session, reason: Body<'set-voided'>['reason']): Promise<void> => {
  const { set, backup, pinChanged, pinUncertain } = session.state;
  if (!set) return;
  const pin = set.holds === 'pin';
  if (pin ? pinChanged || pinUncertain : backup?.restored) throw new AppError('RULE_VOID_OPENS_NOTHING', { reason: pin ? 'the PIN is changed' : 'the restore is proved', entry: 'set-voided' });
  const cards = cardsWritten(set);
  if (!pin) await clearMedia(session);
  await session.append({ type: 'set-voided', actor: 'app', body: { setId: set.setId, reason, sheets: sheetsOut(set).map((sheet) => ({ ...sheet })), mediaCleared: pin ? [] : [...(backup?.media ?? [])], ...(cards.length > 0 ? { cards: cards.map((card) => ({ ...card })) } : {}) } });
  await dropManifest(session, set.holds);
};
