/** Exposes the contract to the main window as `window.quorate`. No logic: main parses and decides. */
import { contextBridge, ipcRenderer } from 'electron';
import { CALL_NAMES } from '../shared/ipc/contract.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from './ipc/channels.ts';

const calls = Object.fromEntries(CALL_NAMES.map((name) => [name, async (request: unknown): Promise<unknown> => await ipcRenderer.invoke(CALL_CHANNEL, name, request)]));

const on = (event: string, listener: (value: unknown) => void): (() => void) => {
  const relay = (_event: unknown, name: string, value: unknown): void => { if (name === event) listener(value); };
  ipcRenderer.on(EVENT_CHANNEL, relay);
  return () => { ipcRenderer.removeListener(EVENT_CHANNEL, relay); };
};

contextBridge.exposeInMainWorld('quorate', { ...calls, on });
