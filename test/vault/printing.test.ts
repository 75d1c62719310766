/** Share sheets through a real CUPS with a real cups-pdf queue, and the ways a print job fails. */
import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printToCups } from '../../electron/vault/sheets/cups-printer.ts';
import { parseAnswer } from '../../electron/vault/sheets/ipp.ts';
import { printSheet } from '../../electron/vault/sheets/print.ts';
import { qrText } from '../../shared/custody/qr-text.ts';
import type { SheetFacts } from '../../shared/vault/contract.ts';
import { startCups, type Cups } from '../support/cups.ts';
import { fixedSet } from '../support/custody-sets.ts';
import { sheetSymbols } from '../support/sheet-text.ts';

const set = fixedSet({ seed: 31 });
const BACKEND = '/usr/lib/cups/backend/quorate-test-fails';
const facts: SheetFacts = { organisation: 'Example Trust', ceremonyNumber: 7, ceremonyTitle: 'Root', date: '2027-03-02', paper: 'A4', mode: 'production', software: false, attempt: 1, toolVersion: '0.1.0', printedAt: '2027-03-02T15:23:00.000Z', variant: 'standard', holds: 'wrapping-key' };
const content = { share: set.fields[1]!, envelope: set.shares[1]!, custodian: 'Bob Ng', person: 'bob', facts };
const codeOf = async (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no fault', (error: { code: unknown; details: unknown }) => ({ code: error.code, details: error.details }));
let cups: Cups;

beforeAll(async () => {
  cups = await startCups();
  writeFileSync(BACKEND, '#!/bin/sh\n[ $# -eq 0 ] && exit 0\ncat > /dev/null\nexit 1\n');
  chmodSync(BACKEND, 0o755);
  cups.addQueue('ABORTS', 'quorate-test-fails:/', 'printer-error-policy=abort-job');
  cups.addQueue('STOPS', 'quorate-test-fails:/', 'printer-error-policy=stop-printer');
});
afterAll(async () => { rmSync(BACKEND, { force: true }); await cups.stop(); });

/** Data of jobs; the queue's files of control have names and states only. */
const spooled = (): string[] => readdirSync(cups.spoolDir).filter((name) => /^d\d/.test(name));

describe('a CUPS queue', () => {
  it('prints a real share: the paper has both symbols, the job is done, and the spool keeps nothing of it', async () => {
    const { job, pages } = await printSheet(content, { kind: 'cups', queue: cups.queue });
    expect(pages).toBe(1);
    expect(job).toMatch(/^SHEETS-\d+$/);
    const paper = await cups.printed(job);
    try {
      expect(path.basename(paper)).not.toMatch(/Bob|Root/);
      expect(sheetSymbols(paper, 150)).toEqual([qrText(set.shares[1]!), qrText(set.shares[1]!)]);
    } finally { rmSync(paper); }
    expect(spooled()).toEqual([]);
  });
  it('says that a queue is missing, also for names no queue can have', async () => {
    for (const queue of ['NOWHERE', '-d', '', 'A B']) expect(await codeOf(printSheet(content, { kind: 'cups', queue }))).toEqual({ code: 'PRINT_QUEUE_MISSING', details: { queue } });
  });
  it('says that a job was aborted, with its id, and nothing of it stays in the spool', async () => {
    expect(await codeOf(printSheet(content, { kind: 'cups', queue: 'ABORTS' }))).toMatchObject({ code: 'PRINT_JOB_FAILED', details: { queue: 'ABORTS', reason: 'aborted', job: expect.stringMatching(/^ABORTS-\d+$/) as string } });
    expect(spooled()).toEqual([]);
  });
  it('gives up on a printer that has stopped, so that the job does not print later', async () => {
    expect(await codeOf(printSheet(content, { kind: 'cups', queue: 'STOPS' }, { graceMs: 300 }))).toMatchObject({ code: 'PRINT_JOB_FAILED', details: { reason: 'printer-stopped' } });
    expect(spooled()).toEqual([]);
  });
  it('gives up on a job that takes too long', async () => {
    cups.addQueue('SLOW', 'cups-pdf:/', 'job-hold-until-default=indefinite');
    expect(await codeOf(printToCups('SLOW', 'Key share 1', 'A4', Buffer.from('%PDF-1.4\n'), { timeoutMs: 500, graceMs: 60_000 }))).toMatchObject({ code: 'PRINT_JOB_FAILED', details: { reason: 'timeout' } });
    expect(spooled()).toEqual([]);
  });
  it('says so when there is no scheduler', async () => {
    const socket = process.env['CUPS_SERVER'];
    process.env['CUPS_SERVER'] = '/nonexistent/cups.sock';
    try { expect(await codeOf(printSheet(content, { kind: 'cups', queue: cups.queue }))).toMatchObject({ code: 'PRINT_QUEUE_MISSING' }); } finally { process.env['CUPS_SERVER'] = socket; }
  });
});

describe('an IPP answer', () => {
  const answer = Buffer.from('020000000000000102470012617474726962757465732d6368617273657400057574662d38022300096a6f622d73746174650004000000094400116a6f622d73746174652d726561736f6e7300046e6f6e6544000000046162636403', 'hex');
  it('gives state and reasons', () => { expect(parseAnswer(answer)).toEqual({ state: 'completed', reasons: ['none', 'abcd'] }); });
  it('is refused when it is cut or an error', () => {
    for (let length = 0; length < 60; length++) expect(parseAnswer(answer.subarray(0, length))).toBeNull();
    const failed = Buffer.from(answer); failed.writeUInt16BE(0x0406, 2);
    expect(parseAnswer(failed)).toBeNull();
  });
});
