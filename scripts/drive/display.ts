/** A display to open windows on: the one that is there, or a virtual one for as long as it is needed. */
import { spawn } from 'node:child_process';

export interface Display { readonly name: string; stop(): void }

const START_TIMEOUT_MS = 15_000;

/** Xvfb picks a free number and writes it to descriptor 3. It listens on no network port and lets every local user in. */
export const startVirtualDisplay = async (width = 1920, height = 1080): Promise<Display> => {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-ac'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const stop = (): void => { child.kill('SIGTERM'); };
  process.once('exit', stop);
  return await new Promise((resolve, reject) => {
    const late = setTimeout(() => { stop(); reject(new Error('Xvfb did not start')); }, START_TIMEOUT_MS);
    child.once('error', reject);
    child.once('exit', (code) => { reject(new Error(`Xvfb ended with ${code ?? 'a signal'}`)); });
    child.stdio[3]?.once('data', (bytes: Buffer) => { clearTimeout(late); resolve({ name: `:${bytes.toString().trim()}`, stop }); });
  });
};

export const findDisplay = async (): Promise<Display> => {
  const there = process.env['DISPLAY'];
  return there === undefined || there === '' ? await startVirtualDisplay() : { name: there, stop: () => undefined };
};
