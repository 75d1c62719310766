/**
 * A CUPS queue, through `lp` on standard input: the sheet is in no file of ours. A job is followed until the scheduler says that it is done, and
 * the scheduler's own copy is then purged and asked for: it keeps one for a day unless its configuration says `PreserveJobFiles No`. That the data
 * are gone is the scheduler's word; what lies on in free blocks of its disk, or in the printer, nobody here knows.
 */
import { spawn } from 'node:child_process';
import { AppError } from '../../../shared/errors.ts';
import { isLocalDevice } from './device.ts';
import { askJob, askJobData, purgeJob, type JobReport } from './ipp.ts';

export interface CupsOptions { /** Refuses a queue whose printer is not on a cable of this computer. */ readonly localOnly?: boolean; readonly timeoutMs?: number; readonly pollMs?: number; readonly graceMs?: number }
interface Ran { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Never an option: no dash in front. */
const QUEUE = /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,126}$/;
const LIMIT = 65_536;

/** Runs a program with the C locale; its output is cut at 64 KiB. Rejects only when it cannot be started. */
const run = (command: string, args: readonly string[], input?: Uint8Array): Promise<Ran> => new Promise((resolve, reject) => {
  const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C', LANG: 'C' } });
  let stdout = '', stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout = (stdout + text).slice(0, LIMIT); });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr = (stderr + text).slice(0, LIMIT); });
  child.once('error', reject);
  child.once('close', (code) => { resolve({ code, stdout, stderr }); });
  // The program may end before it has read everything (unknown queue); its exit code tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
});

const cups = async (command: string, args: readonly string[], input?: Uint8Array): Promise<Ran> => {
  try { return await run(command, args, input); } catch (error) {
    throw new AppError('PRINT_JOB_FAILED', { reason: 'no-cups', command }, { cause: error });
  }
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** @throws PRINT_QUEUE_MISSING when CUPS knows no such queue or does not answer */
export const assertQueue = async (queue: string): Promise<void> => {
  if (!QUEUE.test(queue)) throw new AppError('PRINT_QUEUE_MISSING', { queue });
  const { code } = await cups('lpstat', ['-p', queue]);
  if (code !== 0) throw new AppError('PRINT_QUEUE_MISSING', { queue });
};

// SECURITY: PRN-1 — a share goes over no network.
const assertLocal = async (queue: string): Promise<void> => {
  const { stdout } = await cups('lpstat', ['-v', queue]), uri = /^device for [^:\n]+: (.+)$/m.exec(stdout)?.[1] ?? '';
  // Its scheme alone: the rest may hold a password.
  if (!isLocalDevice(uri)) throw new AppError('PRINT_QUEUE_NETWORK', { queue, device: /^[A-Za-z0-9+.-]+(?=:)/.exec(uri)?.[0] ?? 'unknown' });
};

/** A printer that has stopped needs a person; it is given this long to go on by itself. */
const STOPPED_GRACE_MS = 5_000;
const isStuck = ({ state, reasons }: JobReport): boolean => state === 'held' || state === 'stopped' || reasons.includes('printer-stopped');

const numberOf = (job: string): number => Number(job.slice(job.lastIndexOf('-') + 1));
const ENDED = new Set<JobReport['state']>(['completed', 'canceled', 'aborted']);

/** @returns why the job is not going to be printed, or null when it was. */
const ending = async (job: string, { timeoutMs = 180_000, pollMs = 200, graceMs = STOPPED_GRACE_MS }: CupsOptions): Promise<string | null> => {
  const started = performance.now();
  for (;;) {
    const report = await askJob(numberOf(job));
    const waitedMs = performance.now() - started;
    if (report.state === 'completed') return null;
    if (report.state === 'canceled' || report.state === 'aborted') return report.state;
    if (isStuck(report) && waitedMs > graceMs) return report.state === 'held' ? 'held' : 'printer-stopped';
    if (waitedMs > timeoutMs) return 'timeout';
    await pause(pollMs);
  }
};

const CANCEL_MS = 5_000, CANCEL_POLL_MS = 100;
/** Cancels a job and waits until nothing works on it any more. Never `cancel -x` here: of a job at work it forgets the name and leaves the data. */
const giveUp = async (job: string): Promise<void> => {
  await cups('cancel', [job]);
  for (let waitedMs = 0; waitedMs < CANCEL_MS; waitedMs += CANCEL_POLL_MS) {
    if (ENDED.has((await askJob(numberOf(job))).state)) return;
    await pause(CANCEL_POLL_MS);
  }
};

/** Of a job that has ended. @returns whether the scheduler still holds its page; `unknown` when it does not say. */
const clearSpool = async (job: string): Promise<'gone' | 'kept' | 'unknown'> => {
  try {
    if (await askJobData(numberOf(job)) === 'gone') return 'gone';
    await purgeJob(numberOf(job));
    return await askJobData(numberOf(job));
  } catch { return 'unknown'; }
};

/**
 * Follows a job to its end and clears the spool of it; one that will not be printed is cancelled, so that it does not print when nobody waits for
 * it. @throws PRINT_JOB_FAILED, with `spool` when its data are not known to be gone; PRINT_SPOOL_KEPT (printed, but `spool`: kept, unknown)
 */
const follow = async (queue: string, job: string, options: CupsOptions): Promise<void> => {
  const reason = await ending(job, options).catch((): string => 'no-answer');
  if (reason !== null) await giveUp(job).catch(() => undefined);
  const spool = await clearSpool(job);
  if (reason !== null) throw new AppError('PRINT_JOB_FAILED', { queue, job, reason, ...(spool === 'gone' ? {} : { spool }) });
  if (spool !== 'gone') throw new AppError('PRINT_SPOOL_KEPT', { queue, job, spool });
};

/**
 * @param title shown in queues and on banner pages: names no key and no person.
 * @returns the job id once the job is done and the spool holds nothing of it.
 * @throws PRINT_QUEUE_MISSING, PRINT_QUEUE_NETWORK, PRINT_JOB_FAILED and PRINT_SPOOL_KEPT (`reason`, and `job` once there is one: then paper may exist)
 */
export const printToCups = async (queue: string, title: string, paper: 'A4' | 'Letter', pdf: Uint8Array, options: CupsOptions = {}): Promise<string> => {
  await assertQueue(queue);
  if (options.localOnly === true) await assertLocal(queue);
  const args = ['-d', queue, '-t', title, '-n', '1', '-o', `media=${paper}`, '-o', 'print-scaling=none', '-o', 'sides=one-sided', '-o', 'job-sheets=none', '-'];
  const { code, stdout } = await cups('lp', args, pdf);
  const job = /request id is (\S+)/.exec(stdout)?.[1];
  if (code !== 0 || job === undefined) throw new AppError('PRINT_JOB_FAILED', { queue, reason: 'refused' });
  await follow(queue, job, options);
  return job;
};
