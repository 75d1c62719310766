/**
 * A CUPS queue, through `lp` on standard input: the sheet is in no file of ours. A job is followed until the scheduler says that it is done.
 * The scheduler's own spool keeps the sheet for a day unless its configuration says `PreserveJobFiles No`; what the printer keeps, nobody here knows.
 */
import { spawn } from 'node:child_process';
import { AppError } from '../../../shared/errors.ts';
import { askJob, type JobReport } from './ipp.ts';

export interface CupsOptions { readonly timeoutMs?: number; readonly pollMs?: number; readonly graceMs?: number }
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

/** A printer that has stopped needs a person; it is given this long to go on by itself. */
const STOPPED_GRACE_MS = 5_000;
const isStuck = ({ state, reasons }: JobReport): boolean => state === 'held' || state === 'stopped' || reasons.includes('printer-stopped');

/** @returns why the job is not going to be printed, or null when it was. */
const ending = async (job: string, { timeoutMs = 180_000, pollMs = 200, graceMs = STOPPED_GRACE_MS }: CupsOptions): Promise<string | null> => {
  const started = performance.now();
  for (;;) {
    const report = await askJob(Number(job.slice(job.lastIndexOf('-') + 1)));
    const waitedMs = performance.now() - started;
    if (report.state === 'completed') return null;
    if (report.state === 'canceled' || report.state === 'aborted') return report.state;
    if (isStuck(report) && waitedMs > graceMs) return report.state === 'held' ? 'held' : 'printer-stopped';
    if (waitedMs > timeoutMs) return 'timeout';
    await pause(pollMs);
  }
};

/**
 * Follows a job to its end; one that will not be printed is cancelled, so that it does not print when nobody waits for it. Never `cancel -x`:
 * it forgets the job but leaves its data in the spool for ever. @throws PRINT_JOB_FAILED
 */
const follow = async (queue: string, job: string, options: CupsOptions): Promise<void> => {
  const reason = await ending(job, options).catch(async (error: unknown) => { await cups('cancel', [job]); throw error; });
  if (reason === null) return;
  await cups('cancel', [job]);
  throw new AppError('PRINT_JOB_FAILED', { queue, job, reason });
};

/**
 * @param title shown in queues and on banner pages: names no key and no person.
 * @returns the job id once the job is done. @throws PRINT_QUEUE_MISSING, PRINT_JOB_FAILED (`reason`, and `job` once there is one: then paper may exist)
 */
export const printToCups = async (queue: string, title: string, paper: 'A4' | 'Letter', pdf: Uint8Array, options: CupsOptions = {}): Promise<string> => {
  await assertQueue(queue);
  const args = ['-d', queue, '-t', title, '-n', '1', '-o', `media=${paper}`, '-o', 'print-scaling=none', '-o', 'sides=one-sided', '-o', 'job-sheets=none', '-'];
  const { code, stdout } = await cups('lp', args, pdf);
  const job = /request id is (\S+)/.exec(stdout)?.[1];
  if (code !== 0 || job === undefined) throw new AppError('PRINT_JOB_FAILED', { queue, reason: 'refused' });
  await follow(queue, job, options);
  return job;
};
