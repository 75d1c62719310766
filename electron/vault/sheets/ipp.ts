/**
 * One question to CUPS, in IPP (RFC 8010, RFC 8011 §4.3.4): what became of this job. `lpstat` cannot answer it: it lists an aborted job and a
 * printed one alike, as "completed". Asks the scheduler that `lp` would ask: CUPS_SERVER, else the local socket, else port 631.
 */
import { existsSync } from 'node:fs';
import { request, type RequestOptions } from 'node:http';
import { AppError } from '../../../shared/errors.ts';

export type JobState = 'pending' | 'held' | 'processing' | 'stopped' | 'canceled' | 'aborted' | 'completed';
export interface JobReport { readonly state: JobState; readonly reasons: readonly string[] }

const STATES: readonly JobState[] = ['pending', 'held', 'processing', 'stopped', 'canceled', 'aborted', 'completed'];
const SOCKET = '/run/cups/cups.sock';
const TAG = { operation: 0x01, end: 0x03, enum: 0x23, name: 0x42, keyword: 0x44, uri: 0x45, charset: 0x47, language: 0x48 } as const;
const MAX_ANSWER = 65_536, TIMEOUT_MS = 10_000;

const attribute = (tag: number, name: string, value: string): Buffer => {
  const head = Buffer.alloc(3 + name.length + 2);
  head[0] = tag;
  head.writeUInt16BE(name.length, 1);
  head.write(name, 3, 'ascii');
  head.writeUInt16BE(Buffer.byteLength(value), 3 + name.length);
  return Buffer.concat([head, Buffer.from(value)]);
};

/** Get-Job-Attributes for state and reasons. */
const question = (job: number): Buffer => Buffer.concat([
  Buffer.from([2, 0, 0, 9, 0, 0, 0, 1, TAG.operation]),
  attribute(TAG.charset, 'attributes-charset', 'utf-8'), attribute(TAG.language, 'attributes-natural-language', 'en'),
  attribute(TAG.uri, 'job-uri', `ipp://localhost/jobs/${job}`), attribute(TAG.keyword, 'requested-attributes', 'job-state'), attribute(TAG.keyword, '', 'job-state-reasons'),
  Buffer.from([TAG.end]),
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

const post = (body: Buffer): Promise<Buffer> => new Promise((resolve, reject) => {
  const asking = request({ ...scheduler(), method: 'POST', path: '/', headers: { Host: 'localhost', 'Content-Type': 'application/ipp', 'Content-Length': body.length }, timeout: TIMEOUT_MS }, (answer) => {
    const chunks: Buffer[] = [];
    let size = 0;
    answer.on('data', (chunk: Buffer) => { size += chunk.length; if (size > MAX_ANSWER) answer.destroy(new Error('too long')); else chunks.push(chunk); });
    answer.once('end', () => { resolve(Buffer.concat(chunks)); });
    answer.once('error', reject);
  });
  asking.once('timeout', () => { asking.destroy(new Error('timeout')); });
  asking.once('error', reject);
  asking.end(body);
});

/** @param job the number of the job. @throws PRINT_JOB_FAILED (`reason`: no-answer) when the scheduler is away or does not know the job */
export const askJob = async (job: number): Promise<JobReport> => {
  const answer = await post(question(job)).catch((error: unknown) => { throw new AppError('PRINT_JOB_FAILED', { reason: 'no-answer' }, { cause: error }); });
  const report = parseAnswer(answer);
  if (report === null) throw new AppError('PRINT_JOB_FAILED', { reason: 'no-answer' });
  return report;
};
