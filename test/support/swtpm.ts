/** A software TPM behind tpm2-pkcs11, which locks PINs as devices do (SoftHSM never does). Loopback only; started and stopped by the test. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const TPM2_MODULE = '/usr/lib/x86_64-linux-gnu/pkcs11/libtpm2_pkcs11.so';
export interface SoftTpm { readonly module: string; stop(): Promise<void> }

/** swtpm takes a port and the next one. */
const freePortPair = async (): Promise<number> => {
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = createServer().listen(0, '127.0.0.1');
    await once(first, 'listening');
    const port = (first.address() as AddressInfo).port;
    const second = createServer().listen(port + 1, '127.0.0.1');
    const isFree = await once(second, 'listening').then(() => true, () => false);
    first.close();
    if (isFree) { second.close(); return port; }
  }
  throw new Error('no two free ports');
};

const answers = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  const ok = await once(socket, 'connect').then(() => true, () => false);
  socket.destroy();
  return ok;
};

const tctiOf = (port: number): string => `swtpm:host=127.0.0.1,port=${port}`;

const prepare = async (child: ChildProcess, port: number, lockout: number): Promise<void> => {
  for (let waited = 0; !(await answers(port + 1)); waited += 50) {
    if (waited > 10_000 || child.exitCode !== null) throw new Error('swtpm did not start');
    await sleep(50);
  }
  // Recovery takes longer than any test, so that what is locked stays locked.
  execFileSync('tpm2_dictionarylockout', ['-T', tctiOf(port), '--setup-parameters', `--max-tries=${lockout}`, '--recovery-time=100000', '--lockout-recovery-time=100000'], { stdio: 'pipe' });
};

/** Sets TPM2_PKCS11_STORE and TPM2_PKCS11_TCTI in this process; load the module only after. `lockout` failures lock the PIN. */
export const startSoftTpm = async (lockout: number): Promise<SoftTpm> => {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'quorate-swtpm-')));
  const [state, store] = [join(dir, 'state'), join(dir, 'store')];
  mkdirSync(state);
  mkdirSync(store);
  const port = await freePortPair();
  const address = (at: number): string => `type=tcp,port=${at},bindaddr=127.0.0.1`;
  const child = spawn('swtpm', ['socket', '--tpm2', '--tpmstate', `dir=${state}`, '--server', address(port), '--ctrl', address(port + 1), '--flags', 'not-need-init,startup-clear'], { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(dir, { recursive: true, force: true });
  };
  try { await prepare(child, port, lockout); } catch (error) { await stop(); throw error; }
  Object.assign(process.env, { TPM2_PKCS11_STORE: store, TPM2_PKCS11_TCTI: tctiOf(port), TPM2_PKCS11_LOG_LEVEL: '0', TSS2_LOG: 'all+NONE' });
  return { module: TPM2_MODULE, stop };
};
