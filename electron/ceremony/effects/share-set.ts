/** Makes a share set, hands out its sheets, reads them back, and gives a set up while it opens nothing. */
import path from 'node:path';
import { utf8 } from '../../../shared/bytes.ts';
import { custodiansOf } from '../../../shared/ceremony/people.ts';
import type { HandoverStep } from '../../../shared/ceremony/script-types.ts';
import { nextAttempt, stepOf } from '../../../shared/ceremony/select.ts';
import { AppError, toFault } from '../../../shared/errors.ts';
import type { Body, Intent } from '../../../shared/transcript/entry-schema.ts';
import type { PrinterTarget, SheetFacts } from '../../../shared/vault/contract.ts';
import { ask, busy } from '../ask.ts';
import { faultBody, type Session } from '../session.ts';
import { clearMedia } from './backup.ts';
import { failUnlessGone } from './fail.ts';

const MANIFEST = 'manifest.dsse.json';
const EPOCH = 1;
const manifestPath = (session: Session): string => path.join(session.folder.path, MANIFEST);

const splitRequest = (session: Session) => {
  const { plan, opening } = session.state;
  return {
    module: plan.hsm.module.path, serial: plan.hsm.serial!, ceremony: session.folder.name, nonce: opening!.nonce, threshold: plan.quorum.threshold,
    custodians: custodiansOf(plan).map((person, index) => ({ number: index + 1, person: person.id, name: person.name })),
    drill: plan.mode === 'rehearsal', epoch: EPOCH, issuedAt: session.ports.now().toISOString(), reviewBy: null,
  };
};

export const split = async (session: Session): Promise<void> => {
  const { plan, voided } = session.state;
  const effect = await session.intend({ kind: 'split', attempt: voided.length + 1, threshold: plan.quorum.threshold, shares: plan.quorum.shares });
  try {
    const made = await busy(session, 'split', 'Making and splitting the wrapping key', () => session.ports.vault.call('custody.split', splitRequest(session)));
    await session.ports.disk.replace(manifestPath(session), utf8(made.manifest));
    await session.conclude(effect, { kind: 'split', setId: made.setId, setName: made.setName, setFingerprint: made.setFingerprint, manifestSha256: made.manifestSha256, sources: [...made.sources] });
  } catch (error) { await failUnlessGone(session, effect, error, 'no'); }
};

/** Manifests belong to sets in use: that of a void set, or of a split that was interrupted, is removed. */
export const dropManifest = (session: Session): Promise<void> => session.ports.disk.remove(manifestPath(session));

/** Sheets of a second rehearsal in one workspace never meet those of the first: they have a folder of their own in shares/. */
const sheetsDir = ({ folder, ports }: Session): string => path.join(ports.workspace.sharesDir, ...(folder.number === 1 ? [] : [folder.name]));
const target = (session: Session): PrinterTarget => {
  const { printer } = session.state.plan.sheets;
  return printer.kind === 'folder' ? { kind: 'folder', dir: sheetsDir(session) } : printer;
};
const handoverStep = (session: Session): HandoverStep => {
  const step = stepOf(session.state);
  if (step?.kind !== 'handover') throw new AppError('RULE_WORK_IN_ITS_STEP', { reason: 'no share is being handed over', entry: 'intent' });
  return step;
};
const facts = (session: Session, attempt: number): SheetFacts => {
  const { plan, opening } = session.state;
  return {
    organisation: plan.ceremony.organisation, ceremonyNumber: opening!.number, ceremonyTitle: plan.ceremony.title, date: plan.ceremony.date, paper: plan.sheets.paper,
    mode: plan.mode, software: plan.hsm.software, attempt, toolVersion: session.ports.tool.version, printedAt: session.ports.now().toISOString(), variant: 'standard', holds: 'wrapping-key',
  };
};

export const print = async (session: Session): Promise<void> => {
  const step = handoverStep(session);
  const printer = target(session);
  const attempt = nextAttempt(session.state, step.shareNumber);
  const intent: Intent = { kind: 'print-sheet', setId: session.state.set!.setId, share: step.shareNumber, attempt, printer: printer.kind === 'folder' ? 'folder (rehearsal)' : `cups ${printer.queue}` };
  if (printer.kind === 'folder') await session.ports.disk.makeDir(printer.dir);
  const effect = await session.intend(intent);
  try {
    const { job, pages } = await busy(session, 'print', 'Printing the sheet', () => session.ports.vault.call('custody.print', { share: step.shareNumber, printer, facts: facts(session, attempt) }));
    await session.conclude(effect, { kind: 'print-sheet', job, pages });
  } catch (error) {
    // Only refusals from before the job was handed over are known not to have printed.
    const before = ['PRINT_QUEUE_MISSING', 'PRINT_FOLDER_NOT_REHEARSAL', 'VAULT_STATE'].includes(toFault(error).code);
    await failUnlessGone(session, effect, error, before ? 'no' : 'unknown');
  }
};

export const readBack = async (session: Session): Promise<void> => {
  const step = handoverStep(session);
  const entryId = await ask(session, { kind: 'share', person: step.custodian, share: step.shareNumber, ways: ['scan', 'image', 'type'], blind: false });
  try {
    const read = await busy(session, 'print', 'Comparing the lines with the manifest', () => session.ports.vault.call('custody.read-back', { share: step.shareNumber, entryId }));
    await session.append({ type: 'read-back', actor: step.custodian, body: { step: step.id, setId: session.state.set!.setId, share: read.share, person: read.person, carrier: 'paper', how: 'typed' } });
  } catch (error) {
    if (toFault(error).code.startsWith('SHARE_')) await session.append({ type: 'read-back-failed', actor: step.custodian, body: { step: step.id, share: step.shareNumber, fault: faultBody(error) } });
    throw error;
  }
};

/** Gives the set up. What was wrapped under it is deleted from the media first, so that a void set opens nothing. */
export const voidSet = async (session: Session, reason: Body<'set-voided'>['reason']): Promise<void> => {
  const { set, backup } = session.state;
  if (!set) return;
  if (backup?.restored) throw new AppError('RULE_VOID_OPENS_NOTHING', { reason: 'the restore is proved', entry: 'set-voided' });
  const sheets = set.shares.flatMap((share) => share.attempts.filter((attempt) => !share.destroyed.includes(attempt)).map((attempt) => ({ share: share.number, attempt })));
  await clearMedia(session);
  await session.append({ type: 'set-voided', actor: 'app', body: { setId: set.setId, reason, sheets, mediaCleared: [...(backup?.media ?? [])] } });
  await dropManifest(session);
};
