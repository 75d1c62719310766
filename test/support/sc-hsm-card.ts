/** Virtual cards for a test: each in a process of its own, with a command to put it in, pull it out, and look at its chip. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import type { FromCard, ToCard } from './sc-hsm-process.ts';

export interface VirtualCard {
  /** Puts it into the reader. */
  insert(): Promise<void>;
  /** Pulls it out. */
  remove(): Promise<void>;
  /** Pulls it out at the next command with this instruction byte, which is not answered. */
  removeAt(instruction: number): Promise<void>;
  state(): Promise<{ readonly tries: number; readonly privateFiles: number }>;
}

export interface CardMaker {
  /** @param port of a reader of vpcd. @param serial ten characters, as PKCS#11 will give it */
  make(port: number, serial: string, pin: string): VirtualCard;
  /** Ends the processes of all cards. */
  stop(): void;
}

const bundle = async (): Promise<string> => {
  const root = path.resolve(import.meta.dirname, '../..');
  mkdirSync(path.join(root, 'out'), { recursive: true });
  const outDir = mkdtempSync(path.join(root, 'out/test-card-'));
  await build({ root, configFile: false, logLevel: 'error', publicDir: false, build: { ssr: 'test/support/sc-hsm-process.ts', outDir, emptyOutDir: true, target: 'node20', rollupOptions: { output: { entryFileNames: 'card.mjs' } } } });
  return outDir;
};

type Order = { readonly do: 'insert' | 'remove' | 'state' } | { readonly do: 'remove-at'; readonly instruction: number };

const cardOf = (child: ChildProcess): VirtualCard => {
  let next = 1;
  const ask = (order: Order): Promise<FromCard> => new Promise((resolve, reject) => {
    const id = next++;
    const onMessage = (message: unknown): void => {
      if ((message as FromCard).id !== id) return;
      child.off('message', onMessage);
      resolve(message as FromCard);
    };
    child.on('message', onMessage);
    child.once('exit', () => { reject(new Error('the card ended')); });
    child.send({ ...order, id } satisfies ToCard);
  });
  return {
    insert: async () => { await ask({ do: 'insert' }); }, remove: async () => { await ask({ do: 'remove' }); },
    removeAt: async (instruction) => { await ask({ do: 'remove-at', instruction }); },
    state: async () => { const { tries, privateFiles } = await ask({ do: 'state' }); return { tries, privateFiles }; },
  };
};

export const makeCards = async (): Promise<CardMaker> => {
  const dir = await bundle(), children: ChildProcess[] = [];
  return {
    make: (port, serial, pin) => {
      const child = fork(path.join(dir, 'card.mjs'), [String(port), serial, pin], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      child.setMaxListeners(0);
      children.push(child);
      return cardOf(child);
    },
    stop: () => { for (const child of children) child.kill(); rmSync(dir, { recursive: true, force: true }); },
  };
};
