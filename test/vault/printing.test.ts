/** Share sheets through a real CUPS with a real cups-pdf queue, and the ways a print job fails. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printToCups } from '../../electron/vault/sheets/cups-printer.ts';
import { isLocalDevice } from '../../electron/vault/sheets/device.ts';
import { askJob, askJobData, parseAnswer } from '../../electron/vault/sheets/ipp.ts';
import { printSheet } from '../../electron/vault/sheets/print.ts';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import type { PersonId } from '../../shared/brand.ts';
import { unblindShare } from '../../shared/custody/blind.ts';
import { parseShareSymbol, qrText } from '../../shared/custody/qr-text.ts';
import type { EntrySpec, PrinterTarget, SheetFacts } from '../../shared/vault/contract.ts';
import { startCups, type Cups } from '../support/cups.ts';
import { fixedSet } from '../support/custody-sets.ts';
import { pdfText, sheetLines, sheetSymbols } from '../support/sheet-text.ts';
import { typeInto } from '../support/typing.ts';

const set = fixedSet({ seed: 31 }), drill = fixedSet({ seed: 32, drill: true });
/** 60 throws. */
const CODE = Buffer.from('415263326154613524425136613254145236325416251436463125214365');
const BACKEND = '/usr/lib/cups/backend/quorate-test-fails';
const facts: SheetFacts = { organisation: 'Example Trust', ceremonyNumber: 7, ceremonyTitle: 'Root', date: '2027-03-02', paper: 'A4', mode: 'production', software: false, attempt: 1, toolVersion: '0.1.0', printedAt: '2027-03-02T15:23:00.000Z', variant: 'standard', holds: 'wrapping-key' };
const content = { share: set.fields[1]!, envelope: set.shares[1]!, custodian: 'Bob Ng', person: 'bob', facts, code: null };
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

describe('a blind sheet', () => {
  it('goes through the printer encrypted: what the spool and the paper hold opens only with the code', async () => {
    const { job } = await printSheet({ ...content, facts: { ...facts, variant: 'blind' }, code: CODE }, { kind: 'cups', queue: cups.queue });
    const paper = await cups.printed(job);
    try {
      const [symbol] = sheetSymbols(paper, 150), read = parseShareSymbol(symbol!);
      expect(read!.kind).toBe('blind');
      expect(unblindShare(read!.bytes, CODE)).toEqual({ ok: true, value: set.shares[1] });
    } finally { rmSync(paper); }
  });
  it('is not printed without a code, nor another sheet with one, nor with a code that is none', async () => {
    const blind = { ...content, facts: { ...facts, variant: 'blind' as const } }, printer = { kind: 'cups', queue: cups.queue } as const;
    expect(await codeOf(printSheet(blind, printer))).toEqual({ code: 'VAULT_STATE', details: { reason: 'code' } });
    expect(await codeOf(printSheet({ ...content, code: CODE }, printer))).toEqual({ code: 'VAULT_STATE', details: { reason: 'code' } });
    expect(await codeOf(printSheet({ ...blind, code: Buffer.from('1'.repeat(60)) }, printer))).toEqual({ code: 'SHARE_CODE_FORMAT', details: { reason: 'one-face' } });
  });
});

describe('a printer on a network', () => {
  it('gets no real share, and no test page of a ceremony; a rehearsal may use it', async () => {
    cups.addQueue('FAR', 'socket://192.0.2.7:9100', 'printer-error-policy=abort-job');
    execFileSync('lpadmin', ['-p', 'FAR', '-c', 'CLASS'], { stdio: 'pipe' });
    const far = { kind: 'cups', queue: 'FAR' } as const, none = async (): Promise<string> => execFileSync('lpstat', ['-W', 'all', '-o', 'FAR'], { encoding: 'utf8' });
    expect(await codeOf(printSheet(content, far))).toEqual({ code: 'PRINT_QUEUE_NETWORK', details: { queue: 'FAR', device: 'socket' } });
    expect(await codeOf(printSheet(content, { kind: 'cups', queue: 'CLASS' }))).toMatchObject({ code: 'PRINT_QUEUE_NETWORK' });
    expect(await codeOf(createVault().call('printer.test', { printer: far, paper: 'A4', mode: 'production' }))).toMatchObject({ code: 'PRINT_QUEUE_NETWORK' });
    expect(await none()).toBe('');
    const rehearsal = { ...content, share: drill.fields[1]!, envelope: drill.shares[1]!, facts: { ...facts, mode: 'rehearsal' as const } };
    expect(await codeOf(printSheet(rehearsal, far, { timeoutMs: 300 }))).toMatchObject({ code: 'PRINT_JOB_FAILED', details: { reason: 'timeout' } });
    expect(spooled()).toEqual([]);
  });
  it.each([
    ['usb://HP/LaserJet%20P1102?serial=1', true], ['hp:/usb/HP_LaserJet?serial=1', true], ['parallel:/dev/lp0', true], ['gutenprint53+usb://canon/1', true], ['cups-pdf:/', true], ['ipp://localhost:60000/ipp/print', true], ['canonusb:/dev/usb/lp0', true],
    ['socket://192.0.2.7:9100', false], ['ipp://printer.local/ipp/print', false], ['ipps://192.0.2.7/ipp/print', false], ['lpd://192.0.2.7/queue', false], ['smb://user:word@host/share', false], ['dnssd://Laser._ipp._tcp.local/', false],
    ['hp:/net/HP_LaserJet?ip=192.0.2.7', false], ['beh:/1/3/5/socket://192.0.2.7', false], ['implicitclass://Laser/', false], ['vendor://192.0.2.7', false], ['ipp://localhost/printers/OTHER', false], ['ipp://localhost:631/printers/OTHER', false],
    ['ipp://localhost.example.org:60000/', false], ['///dev/null', false], ['file:/tmp/x', false], ['', false],
  ])('%s is local: %s', (uri, local) => { expect(isLocalDevice(uri)).toBe(local); });
});

describe('the printer’s test page', () => {
  const spec: EntrySpec = { kind: 'test-symbol', person: 'adm' as PersonId, ways: ['scan', 'image'] };
  const printed = async (vault: Vault, printer: PrinterTarget, paper: 'A4' | 'Letter' = 'A4', mode: 'production' | 'rehearsal' = 'production'): Promise<string> => (await vault.call('printer.test', { printer, paper, mode })).job;
  it.each(['A4', 'Letter'] as const)('on %s goes through a queue, holds no share, and its symbol reads back', async (paper) => {
    const vault = createVault(), job = await printed(vault, { kind: 'cups', queue: cups.queue }, paper), pdf = await cups.printed(job);
    try {
      const symbols = sheetSymbols(pdf, 150);
      expect(symbols).toHaveLength(2);
      expect(symbols[0]).toMatch(/^KCT1:[0-9A-HJKMNP-TV-Z]{26}$/);
      expect(parseShareSymbol(symbols[0]!)).toBeNull();
      expect(sheetLines(pdf)).toEqual([]);
      for (const symbol of symbols) expect(await vault.call('printer.test-read', { entryId: await typeInto(vault, spec, symbol) })).toEqual({ ok: true, how: 'scanned' });
    } finally { rmSync(pdf); }
    expect(spooled()).toEqual([]);
  });
  it('in a rehearsal goes to the folder, page beside page, and is marked', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'quorate-printer-')), vault = createVault();
    try {
      for (const name of ['printer-test-1.pdf', 'printer-test-2.pdf']) expect(await printed(vault, { kind: 'folder', dir }, 'Letter', 'rehearsal')).toBe(name);
      expect(pdfText(path.join(dir, 'printer-test-1.pdf')).match(/REHEARSAL/g)).toHaveLength(2);
      const [older] = sheetSymbols(path.join(dir, 'printer-test-1.pdf'), 150), [newer] = sheetSymbols(path.join(dir, 'printer-test-2.pdf'), 150);
      expect(await codeOf(vault.call('printer.test-read', { entryId: await typeInto(vault, spec, older!) }))).toEqual({ code: 'PRINT_TEST_DIFFERS', details: { reason: 'other' } });
      expect(await vault.call('printer.test-read', { entryId: await typeInto(vault, spec, newer!) })).toEqual({ ok: true, how: 'scanned' });
      expect(await codeOf(vault.call('printer.test', { printer: { kind: 'folder', dir }, paper: 'A4', mode: 'production' }))).toMatchObject({ code: 'PRINT_FOLDER_NOT_REHEARSAL' });
    } finally { rmSync(dir, { recursive: true }); }
  });
  it('cannot be read back before it is printed', async () => {
    const vault = createVault(), symbol = 'KCT1:00000000000000000000000000';
    expect(await codeOf(vault.call('printer.test-read', { entryId: await typeInto(vault, spec, symbol) }))).toEqual({ code: 'PRINT_TEST_DIFFERS', details: { reason: 'none' } });
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

describe('a spool that keeps what it printed', () => {
  let keeping: Cups;
  const kept = (): string[] => readdirSync(keeping.spoolDir).filter((name) => /^d\d/.test(name));
  beforeAll(async () => { keeping = await startCups('KEEPS', '86400'); keeping.addQueue('ABORTS', 'quorate-test-fails:/', 'printer-error-policy=abort-job'); });
  afterAll(async () => { await keeping.stop(); process.env['CUPS_SERVER'] = cups.socket; });

  it('is cleared of a printed sheet and of one that failed', async () => {
    execFileSync('lp', ['-d', 'KEEPS', '-'], { input: '%PDF-1.4\n', stdio: ['pipe', 'pipe', 'pipe'] });
    const { job } = await printSheet(content, { kind: 'cups', queue: 'KEEPS' });
    rmSync(await keeping.printed(job));
    expect(await codeOf(printSheet(content, { kind: 'cups', queue: 'ABORTS' }))).toMatchObject({ code: 'PRINT_JOB_FAILED', details: { reason: 'aborted' } });
    // Only the job that is not ours is still there, so that this test would see what is kept.
    expect(kept()).toEqual(['d00001-001']);
    expect(await askJobData(1)).toBe('kept');
    expect(await askJob(1)).toMatchObject({ state: expect.any(String) as string });
  });
});

describe('a scheduler that does not let go of the page', () => {
  const GET_DOCUMENT = 0x4027;
  /** Stands before the real scheduler and answers questions for a job's page itself. @param status of the answer; null: HTTP 401 */
  const standBefore = async (status: number | null): Promise<() => void> => {
    const dir = mkdtempSync(path.join(tmpdir(), 'quorate-ipp-')), socketPath = cups.socket, own = Buffer.from('02000000000000010303', 'hex').subarray(0, 9);
    if (status !== null) own.writeUInt16BE(status, 2);
    const server = createServer((asked, answer) => {
      const chunks: Buffer[] = [];
      asked.on('data', (chunk: Buffer) => chunks.push(chunk));
      asked.on('end', () => {
        const body = Buffer.concat(chunks);
        if (body.length > 4 && body.readUInt16BE(2) === GET_DOCUMENT) { answer.writeHead(status === null ? 401 : 200).end(own); return; }
        const { 'transfer-encoding': _chunked, expect: _expect, ...headers } = asked.headers;
        request({ socketPath, method: asked.method!, path: asked.url!, headers: { ...headers, 'content-length': body.length } }, (reply) => { answer.writeHead(reply.statusCode!, reply.headers); reply.pipe(answer); }).end(body);
      });
    });
    await new Promise<void>((resolve) => { server.listen(path.join(dir, 's'), resolve); });
    process.env['CUPS_SERVER'] = path.join(dir, 's');
    return () => { server.close(); server.closeAllConnections(); process.env['CUPS_SERVER'] = cups.socket; rmSync(dir, { recursive: true }); };
  };
  it.each([['kept', 0], ['unknown', 0x0403], ['unknown', null]] as const)('is named, and the sheet is not taken as printed in order: %s (%s)', async (spool, status) => {
    const stop = await standBefore(status);
    try {
      expect(await codeOf(printSheet(content, { kind: 'cups', queue: cups.queue }))).toEqual({ code: 'PRINT_SPOOL_KEPT', details: { queue: cups.queue, job: expect.stringMatching(/^SHEETS-\d+$/) as string, spool } });
      expect(await codeOf(printSheet(content, { kind: 'cups', queue: 'ABORTS' }))).toMatchObject({ code: 'PRINT_JOB_FAILED', details: { reason: 'aborted', spool } });
    } finally { stop(); }
  });
});
