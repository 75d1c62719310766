/** Hands the entry window its one question and the port to the vault. It exposes nothing else: the page cannot talk to main. */
import { ipcRenderer } from 'electron';
import { ENTRY_CHANNEL } from './ipc/channels.ts';

/** The little of the page that is used here; the DOM's own types are not part of electron/. */
declare const window: { addEventListener(type: 'load', listener: () => void, options: { once: true }): void; postMessage(message: object, origin: string, transfer: readonly object[]): void };
declare const location: { readonly origin: string };

const loaded = new Promise<void>((resolve) => { window.addEventListener('load', () => { resolve(); }, { once: true }); });

ipcRenderer.once(ENTRY_CHANNEL, (event, question: object) => {
  const { ports } = event;
  void loaded.then(() => { window.postMessage({ type: 'vault-port', ...question }, location.origin, [...ports]); });
});
