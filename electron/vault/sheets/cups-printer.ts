/**
 * A CUPS queue, through `lp` on standard input: the sheet is in no file of ours. A job is followed until the queue says that it is done, and
 * its spooled data is removed then; what the printer itself keeps, this cannot know.
 */
import { spawn } from 'node:child_process';
import { AppError } from '../../../shared/errors.ts';

export interface CupsOptions { readonly timeoutMs?: number; readonly pollMs?: number }
interface Ran { readonly code: number | null; readonly stdout: string; readonly stderr: string }

const QUEUE = /^[A-Za-z0-9_.-]{1,127}$/;
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

const listed = async (queue: string, job: string, which: 'not-completed' | 'completed'): Promise<string | null> => {
  const { stdout } = await cups('lpstat', ['-l', '-W', which, '-o', queue]);
  const lines = stdout.split('\n'), at = lines.findIndex((line) => line.startsWith(`${job} `));
  if (at < 0) return null;
  const end = lines.findIndex((line, index) => index > at && /^\S/.test(line));
  return lines.slice(at, end < 0 ? undefined : end).join('\n');
};

/** The word of CUPS for how a job ended: `job-completed-successfully`, or why not. */
const ending = (details: string | null): string => /Alerts: *(\S+)/.exec(details ?? '')?.[1] ?? 'unknown';

const follow = async (queue: string, job: string, { timeoutMs = 180_000, pollMs = 200 }: CupsOptions): Promise<void> => {
  const deadline = performance.now() + timeoutMs;
  while (await listed(queue, job, 'not-completed') !== null) {
    if (performance.now() > deadline) {
      await cups('cancel', ['-x', job]);
      throw new AppError('PRINT_JOB_FAILED', { queue, job, reason: 'timeout' });
    }
    await pause(pollMs);
  }
  const word = ending(await listed(queue, job, 'completed'));
  await cups('cancel', ['-x', job]);
  if (word !== 'job-completed-successfully') throw new AppError('PRINT_JOB_FAILED', { queue, job, reason: word });
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
