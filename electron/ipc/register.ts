/**
 * Main's end of the contract. For each call, in this order: it comes from our window, from its main frame, from our exact origin;
 * its request parses; it is handled; whatever goes wrong becomes a fault with a code. Nothing is answered with silence.
 */
import * as v from 'valibot';
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { refuse, accept, toFault, type Result } from '../../shared/errors.ts';
import { CALL_NAMES, requestSchemas, type CallName, type Events, type Request, type Responses } from '../../shared/ipc/contract.ts';
import { MAIN_ORIGIN, originOf } from '../window/origins.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from './channels.ts';

export type Handlers = { readonly [N in CallName]: (request: Request<N>) => Promise<Responses[N]> };
/** The window that may call, or null while there is none. */
export type CallerOf = () => WebContents | null;

interface Sender { readonly sender: unknown; readonly senderFrame: { readonly url: string } | null }
interface Caller { readonly mainFrame: { readonly url: string } }

// SECURITY: IPC-1 only the main frame of the main window, on our own origin.
export const isOurs = (event: Sender, caller: (Caller & object) | null): boolean =>
  caller !== null && event.sender === caller && event.senderFrame !== null && event.senderFrame === caller.mainFrame && originOf(event.senderFrame.url) === MAIN_ORIGIN;

const isCallName = (name: unknown): name is CallName => (CALL_NAMES as readonly unknown[]).includes(name);

const run = async <N extends CallName>(handlers: Handlers, name: N, request: Request<N>): Promise<Result<unknown>> => {
  try { return accept(await handlers[name](request)); } catch (error) {
    const fault = toFault(error);
    // An error without a code is a defect: its stack goes to the log, its message (which may hold anything) does not.
    if (fault.code === 'INTERNAL' && error instanceof Error) process.stderr.write(`quorate: ${name}: ${(error.stack ?? error.name).replace(error.message, '…')}\n`);
    return { ok: false, fault };
  }
};

/** One call from a window. Exported for tests, which play the foreign sender. */
export const answerCall = async (handlers: Handlers, caller: (Caller & object) | null, event: Sender, name: unknown, request: unknown): Promise<Result<unknown>> => {
  if (!isOurs(event, caller)) return refuse('IPC_SENDER', {});
  if (!isCallName(name)) return refuse('IPC_UNKNOWN_CALL', {});
  // An array passes for an object without fields.
  if (Array.isArray(request)) return refuse('IPC_REQUEST', { call: name, where: '' });
  const parsed = v.safeParse(requestSchemas[name], request);
  if (!parsed.success) return refuse('IPC_REQUEST', { call: name, where: v.getDotPath(parsed.issues[0]) ?? '' });
  // The parser of `name` gave this; the compiler cannot follow the pair through the table.
  return await run(handlers, name, parsed.output as never);
};

export const register = (handlers: Handlers, callerOf: CallerOf): void => {
  ipcMain.handle(CALL_CHANNEL, async (event: IpcMainInvokeEvent, name: unknown, request: unknown) => await answerCall(handlers, callerOf(), event, name, request));
};

export type Push = <E extends keyof Events>(event: E, value: Events[E]) => void;
/** Pushes an event to the main window, if it is there. */
export const createPush = (callerOf: CallerOf): Push => (event, value) => {
  const contents = callerOf();
  if (contents !== null && !contents.isDestroyed()) contents.send(EVENT_CHANNEL, event, value);
};
