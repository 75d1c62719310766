/**
 * Three requests to CUPS, in IPP (RFC 8010, RFC 8011): what became of this job, whether its data are still there, and to purge them. No command
 * does it: `lpstat` lists an aborted job and a printed one alike, `cancel` refuses a job that is done. Asks the scheduler that `lp` would ask:
 * CUPS_SERVER, else the local socket, else port 631.
 */
import { existsSync } from 'node:fs';
import { request, type RequestOptions } from 'node:http';
import { userInfo } from 'node:os';
import { AppError } from '../../../shared/errors.ts';

export type JobState = 'pending' | 'held' | 'processing' | 'stopped' | 'canceled' | 'aborted' | 'completed';
export interface JobReport { readonly state: JobState; readonly reasons: readonly string[] }

const STATES: readonly JobState[] = ['pending', 'held', 'processing', 'stopped', 'canceled', 'aborted', 'completed'];
const SOCKET = '/run/cups/cups.sock';
const OPERATION = { cancelJob: 0x0008, getJobAttributes: 0x0009, getDocument: 0x4027 } as const;
const TAG = { operation: 0x01, end: 0x03, integer: 0x21, boolean: 0x22, enum: 0x23, name: 0x42, keyword: 0x44, uri: 0x45, charset: 0x47, language: 0x48 } as const;
const MAX_ANSWER = 65_536, TIMEOUT_MS = 10_000;

const attribute = (tag: number, name: string, value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value), head = Buffer.alloc(3 + name.length + 2);
  head[0] = tag;
  head.writeUInt16BE(name.length, 1);
  head.write(name, 3, 'ascii');
  head.writeUInt16BE(bytes.length, 3 + name.length);
  return Buffer.concat([head, bytes]);
};

const question = (operation: number, job: number, ...more: readonly Buffer[]): Buffer => Buffer.concat([
  Buffer.from([2, 0, operation >> 8, operation & 255, 0, 0, 0, 1, TAG.operation]),
  attribute(TAG.charset, 'attributes-charset', 'utf-8'), attribute(TAG.language, 'attributes-natural-language', 'en'),
  attribute(TAG.uri, 'job-uri', `ipp://localhost/jobs/${job}`), attribute(TAG.name, 'requesting-user-name', userInfo().username), ...more, Buffer.from([TAG.end]),
]);

/** Reads the attributes of an answer; null when it is none. A further value of one attribute has an empty name. */
export const parseAnswer = (answer: Buffer): JobReport | null => {
  if (answer.length < 9 || answer.readUInt16BE(2) > 0xff) return null;
  let at = 8, name = '', state: JobState | undefined;
  const reasons: string[] = [];
  while (at < answer.length && answer[at] !== TAG.end) {
    const tag = answer[at]!;
    if (tag < 0x10) { at += 1; continue; }
    if (at + 5 > answer.length) return null;
    const nameEnd = at + 3 + answer.readUInt16BE(at + 1);
    if (nameEnd + 2 > answer.length) return null;
    if (nameEnd > at + 3) name = answer.toString('ascii', at + 3, nameEnd);
    const valueEnd = nameEnd + 2 + answer.readUInt16BE(nameEnd), value = answer.subarray(nameEnd + 2, valueEnd);
    if (name === 'job-state' && tag === TAG.enum && value.length === 4) state = STATES[value.readUInt32BE() - 3];
    if (name === 'job-state-reasons' && tag === TAG.keyword) reasons.push(value.toString('ascii'));
    at = valueEnd;
  }
  return state === undefined || answer[at] !== TAG.end ? null : { state, reasons };
};

const scheduler = (): RequestOptions => {
  const server = process.env['CUPS_SERVER'] ?? (existsSync(SOCKET) ? SOCKET : 'localhost:631');
  if (server.startsWith('/')) return { socketPath: server };
  const [host, port] = server.split('/')[0]!.split(':');
  return { host: host!, port: Number(port ?? 631) };
};

/** @param limit bytes of the answer that are wanted; what comes after them is not read. The caller wipes the answer. */
const post = (body: Buffer, limit: number): Promise<Buffer> => new Promise((resolve, reject) => {
  const headers = { Host: 'localhost', 'Content-Type': 'application/ipp', 'Content-Length': body.length };
  const asking = request({ ...scheduler(), method: 'POST', path: '/', headers, timeout: TIMEOUT_MS }, (answer) => {
    if (answer.statusCode !== 200) { answer.resume(); reject(new Error(`HTTP ${answer.statusCode}`)); return; }
    const chunks: Buffer[] = [];
    let size = 0;
    const done = (): void => { const whole = Buffer.concat(chunks); for (const chunk of chunks) chunk.fill(0); resolve(whole); };
    answer.on('data', (chunk: Buffer) => { size += chunk.length; chunks.push(chunk); if (size >= limit) { answer.destroy(); done(); } });
    answer.once('end', done);
    answer.once('error', reject);
  });
  asking.once('timeout', () => { asking.destroy(new Error('timeout')); });
  asking.once('error', reject);
  asking.end(body);
});

const ask = async (body: Buffer, limit = MAX_ANSWER): Promise<Buffer> => {
  try { return await post(body, limit); } catch (error) { throw new AppError('PRINT_JOB_FAILED', { reason: 'no-answer' }, { cause: error }); }
};

/** @param job the number of the job. @throws PRINT_JOB_FAILED (`reason`: no-answer) when the scheduler is away or does not know the job */
export const askJob = async (job: number): Promise<JobReport> => {
  const wanted = [attribute(TAG.keyword, 'requested-attributes', 'job-state'), attribute(TAG.keyword, '', 'job-state-reasons')];
  const report = parseAnswer(await ask(question(OPERATION.getJobAttributes, job, ...wanted)));
  if (report === null) throw new AppError('PRINT_JOB_FAILED', { reason: 'no-answer' });
  return report;
};

const NOT_FOUND = 0x0406;
/**
 * Whether the scheduler could still give the job's page to its owner: it is asked for it, and nothing but the answer's status is kept.
 * @returns `unknown` when it refuses to say. @throws PRINT_JOB_FAILED (no-answer), also for an answer in HTTP that is none in IPP
 */
export const askJobData = async (job: number): Promise<'gone' | 'kept' | 'unknown'> => {
  const number = Buffer.alloc(4);
  number.writeInt32BE(1);
  const answer = await ask(question(OPERATION.getDocument, job, attribute(TAG.integer, 'document-number', number)), 8);
  try {
    if (answer.length < 4) return 'unknown';
    const status = answer.readUInt16BE(2);
    return status === NOT_FOUND ? 'gone' : status <= 0xff ? 'kept' : 'unknown';
  } finally { answer.fill(0); }
};

/** Asks the scheduler to forget a job with its data, also one that is done. Whether it did, {@link askJobData} tells. @throws PRINT_JOB_FAILED (no-answer) */
export const purgeJob = async (job: number): Promise<void> => {
  await ask(question(OPERATION.cancelJob, job, attribute(TAG.boolean, 'purge-job', Buffer.from([1]))));
};
