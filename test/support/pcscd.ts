/**
 * PC/SC for a test: pcscd with virtual readers of vpcd, seen through OpenSC. Needs root and the Debian packages pcscd, vsmartcard-vpcd and
 * opensc; throws when they are missing or when another pcscd is at work, so that no test passes without a reader.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface Pcsc {
  /** Path of OpenSC's PKCS#11 module. */
  readonly module: string;
  /** Ports of two readers, for virtual cards. */
  readonly ports: readonly [number, number];
  /** Where OpenSC would keep what it caches. */
  readonly cacheDir: string;
  stop(): Promise<void>;
}

const DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so', PCSCD = '/usr/sbin/pcscd', SOCKET = '/run/pcscd/pcscd.comm';
const MODULE = ['/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so', '/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so'].find((file) => existsSync(file));

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer();
  try { server.listen(port, '0.0.0.0'); await once(server, 'listening'); return true; } catch { return false; } finally { server.close(); }
};
/** vpcd takes a port for each of its two readers, one after the other. */
const freePair = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
};

/** OpenSC as the vault has it. */
const OPENSC_CONF = path.resolve(import.meta.dirname, '../../build/opensc.conf');

/** Sets OPENSC_CONF and XDG_CACHE_HOME in this process; make it before the first vault. */
export const startPcsc = async (): Promise<Pcsc> => {
  if (!existsSync(DRIVER) || !existsSync(PCSCD) || MODULE === undefined || process.getuid?.() !== 0) throw new Error('the PC/SC test needs root and the packages pcscd, vsmartcard-vpcd and opensc');
  if (existsSync(SOCKET)) throw new Error('another pcscd is at work');
  const dir = mkdtempSync(path.join(tmpdir(), 'quorate-pcsc-')), port = await freePair(), number = `0x${port.toString(16).toUpperCase()}`;
  const readers = path.join(dir, 'reader.conf');
  writeFileSync(readers, `FRIENDLYNAME "Test Reader"\nDEVICENAME /dev/null:${number}\nLIBPATH ${DRIVER}\nCHANNELID ${number}\n`);
  const cacheDir = path.join(dir, 'cache');
  Object.assign(process.env, { OPENSC_CONF, XDG_CACHE_HOME: cacheDir });
  const daemon = spawn(PCSCD, ['--foreground', '--config', readers], { stdio: 'ignore' });
  for (let waited = 0; !existsSync(SOCKET) || (await isFree(port)); waited += 50) {
    if (waited > 10_000 || daemon.exitCode !== null) { daemon.kill(); throw new Error('pcscd did not start'); }
    await pause(50);
  }
  const stop = async (): Promise<void> => {
    if (daemon.exitCode === null) { daemon.kill(); await once(daemon, 'exit'); }
    rmSync(dir, { recursive: true, force: true });
  };
  return { module: MODULE, ports: [port, port + 1], cacheDir, stop };
};
