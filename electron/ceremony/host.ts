/**
 * The ceremony host: the single writer of the journal. decide → entries → work → result → push. Holds no key material and draws
 * nothing; it runs in Electron's main process and, the same, in a plain Node process for tests and benchmarks.
 */
import type { Sha256Hex } from '../../shared/brand.ts';
import { concatBytes, utf8 } from '../../shared/bytes.ts';
import type { Command } from '../../shared/ceremony/commands.ts';
import { decide, type Work } from '../../shared/ceremony/decide.ts';
import { parsePlan, planDigest } from '../../shared/ceremony/parse-plan.ts';
import { stepOf } from '../../shared/ceremony/select.ts';
import { AppError, toFault, type Fault } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import type { Draft } from '../../shared/transcript/entry-schema.ts';
import { findFolder, slugOfFolder, type Folder } from '../archive/folders.ts';
import { assertCurrent, freezePlan } from '../archive/freeze.ts';
import { listArchive } from '../archive/archive.ts';
import { assertNumberFree, previousOf } from '../archive/ends.ts';
import { isTimeZone } from '../documents/zone.ts';
import { closesToken, perform } from './perform.ts';
import type { HostPorts } from './ports.ts';
import { recordTorn, recover } from './recover.ts';
import { faultBody, openSession, type Session } from './session.ts';
import { recordOf, snapshotOf } from './snapshot.ts';

export interface Host {
  /** Freezes a complete plan into a new folder of the archive. @throws PLAN_… with the first finding. */
  freeze(planText: string): Promise<Folder & { readonly sha256: Sha256Hex }>;
  /** Opens a folder for running. A ceremony that was under way is recovered first. @param name of the folder, where the number alone does not tell which. */
  enter(number: number, name?: string): Promise<Snapshot>;
  /** Writes line 0. @param dice what the witness rolled, digits 1 to 6; may be empty. */
  begin(dice: string): Promise<Snapshot>;
  /** @throws AppError RULE_… when a rule refuses; faults of the world are also in the transcript by then. */
  command(command: Command): Promise<Snapshot>;
  snapshot(): Promise<Snapshot | null>;
  leave(): Promise<void>;
}

/** Commands that may come while work is under way: a room must be able to stop and to note at any time. */
const ALWAYS = new Set<Command['type']>(['exception', 'pause']);

const nonceOf = (random: Uint8Array, dice: string): Sha256Hex => sha256Of(concatBytes(utf8('quorate/nonce/1\0'), random, utf8(dice)));

class CeremonyHost implements Host {
  private readonly ports: HostPorts;
  private session: Session | null = null;
  private fault: Fault | null = null;
  private revision = 0;
  private working = false;
  private pushing: Promise<void> = Promise.resolve();
  private vaultLost = false;
  /** Ends when the host has come to terms with a vault that died; commands wait for it. Never rejects. */
  private recovering: Promise<void> = Promise.resolve();

  constructor(ports: HostPorts) {
    this.ports = ports;
    ports.vault.onGone(() => { this.recovering = this.vaultGone(); });
  }

  async freeze(planText: string): Promise<Folder & { sha256: Sha256Hex }> {
    const { plan, findings } = parsePlan(planText, { draft: false });
    const first = findings[0];
    if (!plan || first) throw new AppError(first?.code ?? 'PLAN_FIELD', { where: first?.where ?? '', text: first?.text ?? '' });
    if (plan.mode !== this.ports.workspace.mode) throw new AppError('PLAN_RULE', { where: 'mode', text: `This archive holds ${this.ports.workspace.mode} ceremonies.` });
    const { timeZone } = plan.ceremony;
    if (timeZone !== undefined && !isTimeZone(timeZone)) throw new AppError('PLAN_RULE', { where: 'ceremony.timeZone', text: 'This computer knows no time zone of this name.' });
    const folder = await freezePlan(this.ports.disk, this.ports.workspace.archiveDir, plan, planText);
    return { ...folder, sha256: planDigest(planText) };
  }

  async enter(number: number, name?: string): Promise<Snapshot> {
    if (this.session?.folder.number === number && (name ?? this.session.folder.name) === this.session.folder.name && !this.session.broken) return this.now();
    if (this.working) throw new AppError('RULE_ONE_STEP_OPEN', { reason: 'work is under way', entry: 'enter' });
    const folder = await findFolder(this.ports.workspace.archiveDir, number, name);
    this.fault = null;
    this.session = await openSession(this.ports, folder, () => this.push());
    await recover(this.session);
    return this.now();
  }

  async begin(dice: string): Promise<Snapshot> {
    const session = this.open();
    const { disk, workspace, random, tool } = this.ports, { plan } = session.state;
    const running = (await listArchive(this.ports)).find((item) => item.status === 'running' || item.status === 'paused');
    if (running && running.name !== session.folder.name) throw new AppError('RULE_PLAN_BOUND', { reason: `ceremony ${running.number} is not finished`, entry: 'opening' });
    if (!session.state.opening) {
      // A ceremony that ran since the plan was frozen may have changed what the plan says.
      await assertCurrent(disk, workspace.archiveDir, plan);
      await assertNumberFree(disk, workspace.archiveDir, session.folder);
    }
    const previous = session.state.opening?.previous ?? await previousOf(disk, workspace.archiveDir, plan);
    await session.append({
      type: 'opening', actor: 'app',
      body: {
        format: 'quorate-transcript/1', mode: plan.mode, number: session.folder.number, slug: slugOfFolder(session.folder.name), nonce: nonceOf(random(32), dice),
        diceThrows: dice.length, previous, planSha256: planDigest(session.planText),
        tool: { name: 'quorate', ...tool },
      },
    });
    await recordTorn(session);
    return this.now();
  }

  async command(command: Command): Promise<Snapshot> {
    await this.recovering;
    const session = this.open();
    if (this.working && !ALWAYS.has(command.type)) throw new AppError('RULE_ONE_EFFECT', { reason: 'work is under way', entry: command.type });
    const decision = decide(session.state, command, this.ports.now().toISOString());
    if (!decision.ok) { this.fault = decision.fault; this.push(); throw new AppError(decision.fault.code, decision.fault.details); }
    this.fault = null;
    const { drafts, work } = decision.value;
    await this.guarded(session, () => (work ? this.work(session, drafts, work) : session.append(...drafts)));
    return this.now();
  }

  async snapshot(): Promise<Snapshot | null> {
    await this.recovering;
    return this.session ? this.now() : null;
  }

  async leave(): Promise<void> {
    this.ports.desk.cancel();
    if (this.session?.state.closing || !this.session?.state.opening) this.session = null;
  }

  /** Nothing else starts from the moment this is called, before anything is written: two commands at once are never both begun. */
  private async work(session: Session, drafts: readonly Draft[], work: Work): Promise<void> {
    this.working = true;
    try {
      await session.append(...drafts);
      await perform(session, work);
      if (work.kind === 'sign-record') await this.document(session);
    } finally {
      // Also when the work failed: a vault that died took with it what it held, whatever the fault was called.
      const lost = this.vaultLost;
      this.vaultLost = false;
      if (lost) await this.recoverVault(session);
      this.working = false;
    }
  }

  /** Record and VERIFY.md are derived from the folder: made when the last signature is there, and at any time on demand. */
  private async document(session: Session): Promise<void> {
    if ((await recordOf(session))?.missing.length === 0) await this.ports.documents.makeRecord(session.folder.path, this.ports.workspace.printedDir);
  }

  private async guarded(session: Session, work: () => Promise<void>): Promise<void> {
    try { await work(); } catch (error) {
      this.fault = toFault(error);
      if (closesToken(error) && !session.broken) await this.tokenClosed(session, error);
      this.push();
      throw error;
    }
  }

  private async tokenClosed(session: Session, error: AppError): Promise<void> {
    const step = stepOf(session.state);
    const serial = typeof error.details['serial'] === 'string' ? error.details['serial'] : session.state.plan.hsm?.serial;
    if (step && serial && session.state.loggedIn.includes(serial) && (step.kind === 'machine' || step.kind === 'login' || step.kind === 'handover'))
      await session.append({ type: 'login-failed', actor: 'app', body: { step: step.id, serial, fault: faultBody(error) } });
  }

  private async vaultGone(): Promise<void> {
    if (this.working) { this.vaultLost = true; return; }
    if (this.session) await this.recoverVault(this.session);
  }

  /** A new vault knows nothing: the ceremony goes on from the transcript, as after a restart. */
  private async recoverVault(session: Session): Promise<void> {
    if (session.broken || !session.state.opening || session.state.closing) return;
    this.fault = { code: 'VAULT_GONE', details: {} };
    await recover(session).catch((error: unknown) => { this.fault = toFault(error); });
    this.push();
  }

  private open(): Session {
    if (!this.session) throw new AppError('FOLDER_MISSING', { file: 'no ceremony is open' });
    return this.session;
  }
  private now(): Promise<Snapshot> {
    const session = this.open();
    return snapshotOf(session, planDigest(session.planText), ++this.revision, this.fault);
  }
  private push(): void {
    this.pushing = this.pushing.then(async () => { if (this.session) this.ports.onChange(await this.now()); }).catch(() => undefined);
  }
}

export const createHost = (ports: HostPorts): Host => new CeremonyHost(ports);
