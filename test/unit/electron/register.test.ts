import { describe, expect, it, vi } from 'vitest';

const { handled } = vi.hoisted(() => ({ handled: new Map<string, unknown>() }));
vi.mock('electron', () => ({ ipcMain: { handle: (channel: string, listener: unknown) => { handled.set(channel, listener); } } }));

const { answerCall, isOurs, register } = await import('../../../electron/ipc/register.ts');
const { AppError } = await import('../../../shared/errors.ts');
type Handlers = import('../../../electron/ipc/register.ts').Handlers;

const frame = { url: 'app://ui/index.html' };
const caller = { mainFrame: frame };
const fromUs = { sender: caller, senderFrame: frame };
const called: string[] = [];
const handlers = {
  'entry.cancel': async () => { called.push('entry.cancel'); return await Promise.resolve(null); },
  'draft.discard': async () => await Promise.reject(new AppError('STORAGE_FULL', { file: 'draft' })),
  'app.status': async () => await Promise.reject(new TypeError('the PIN is 12345678')),
} as unknown as Handlers;
const codeOf = (result: unknown): unknown => (result as { fault?: { code: string } }).fault?.code;

describe('a call from a window', () => {
  it('is answered when it is ours and parses', async () => {
    expect(await answerCall(handlers, caller, fromUs, 'entry.cancel', {})).toEqual({ ok: true, value: null });
    expect(called).toEqual(['entry.cancel']);
  });
  it.each([
    ['another window', { sender: { mainFrame: frame }, senderFrame: frame }],
    ['a frame inside the window', { sender: caller, senderFrame: { url: 'app://ui/index.html' } }],
    ['a frame that is gone', { sender: caller, senderFrame: null }],
  ])('is refused from %s (IPC_SENDER)', async (_who, event) => {
    expect(codeOf(await answerCall(handlers, caller, event, 'entry.cancel', {}))).toBe('IPC_SENDER');
  });
  it.each(['about:blank', '', 'app://entry/entry.html', 'app://ui.example/', 'https://ui/', 'file:///index.html', 'data:text/html,x'])('is refused from our frame at %j (IPC_SENDER)', async (url) => {
    const moved = { url };
    const self = { mainFrame: moved };
    expect(codeOf(await answerCall(handlers, self, { sender: self, senderFrame: moved }, 'entry.cancel', {}))).toBe('IPC_SENDER');
  });
  it('is refused while there is no window (IPC_SENDER)', () => { expect(isOurs(fromUs, null)).toBe(false); });
  it.each(['toString', '__proto__', 'vault.wipe', '', 7, null, ['entry.cancel']])('is refused by the name %j (IPC_UNKNOWN_CALL)', async (name) => {
    expect(codeOf(await answerCall(handlers, caller, fromUs, name, {}))).toBe('IPC_UNKNOWN_CALL');
  });
  it.each([[undefined], [null], [[]], ['x'], [{ extra: 1 }], [{ toJSON: 1 }]])('is refused with the request %j (IPC_REQUEST)', async (request: unknown) => {
    called.length = 0;
    expect(codeOf(await answerCall(handlers, caller, fromUs, 'entry.cancel', request))).toBe('IPC_REQUEST');
    expect(called).toEqual([]);
  });
  it('names the place that did not parse, not the value', async () => {
    expect(await answerCall(handlers, caller, fromUs, 'draft.save', { mode: 'demo', text: 's3cret' })).toEqual({ ok: false, fault: { code: 'IPC_REQUEST', details: { call: 'draft.save', where: 'mode' } } });
  });
  it('passes a fault on by code and details', async () => {
    expect(await answerCall(handlers, caller, fromUs, 'draft.discard', { mode: 'rehearsal' })).toEqual({ ok: false, fault: { code: 'STORAGE_FULL', details: { file: 'draft' } } });
  });
  it('lets no message of an unexpected error out, neither to the window nor to the log', async () => {
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const answer = await answerCall(handlers, caller, fromUs, 'app.status', {});
    const written = log.mock.calls.map(([text]) => String(text)).join('');
    log.mockRestore();
    expect(answer).toEqual({ ok: false, fault: { code: 'INTERNAL', details: { name: 'TypeError' } } });
    expect(written).toMatch(/app\.status/);
    expect(written).not.toContain('12345678');
  });
  it('arrives on one channel only', () => {
    register(handlers, () => null);
    expect([...handled.keys()]).toEqual(['quorate:call']);
  });
});
