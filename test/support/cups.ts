/**
 * A CUPS of a test's own, on a socket of its own, with a cups-pdf queue. Needs root and the Debian packages cups and
 * printer-driver-cups-pdf; throws when they are missing, so that no test passes without a printer.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, chmodSync, readdirSync, statSync } from 'node:fs';
import { tmpdir, homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface Cups {
  /** Set CUPS_SERVER to this; it is set in this process already. */
  readonly socket: string;
  readonly queue: string;
  /** Where CUPS keeps the data of jobs. */
  readonly spoolDir: string;
  /** Adds a queue whose device is given, such as a backend that fails. */
  addQueue(name: string, device: string, ...options: readonly string[]): void;
  /** The PDF that cups-pdf printed for the job of this id. Waits for it. */
  printed(job: string): Promise<string>;
  stop(): Promise<void>;
}

const PPD = '/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd';
const PACKAGES: Readonly<Record<string, string>> = { '/usr/sbin/cupsd': 'cups-daemon', '/usr/bin/lp': 'cups-client', '/usr/lib/cups/backend/cups-pdf': 'printer-driver-cups-pdf', [PPD]: 'printer-driver-cups-pdf' };

const configure = (dir: string, socket: string, preserve: string): void => {
  const files = { ServerRoot: 'root', RequestRoot: 'spool', CacheDir: 'cache', StateDir: 'state', TempDir: 'spool' };
  for (const name of ['root', 'spool', 'cache', 'state', 'log']) mkdirSync(path.join(dir, name), { mode: 0o755 });
  chmodSync(dir, 0o755);
  writeFileSync(path.join(dir, 'root/cups-files.conf'), ['SystemGroup root', 'Sandboxing relaxed', ...Object.entries(files).map(([key, name]) => `${key} ${path.join(dir, name)}`), ...['ErrorLog', 'AccessLog', 'PageLog'].map((key) => `${key} ${path.join(dir, 'log', key)}`)].join('\n') + '\n');
  const allow = (place: string): string => `<Location ${place}>\n  Order allow,deny\n  Allow all\n</Location>\n`;
  writeFileSync(path.join(dir, 'root/cupsd.conf'), `LogLevel warn\nListen ${socket}\nBrowsing Off\nPreserveJobFiles ${preserve}\nDefaultAuthType None\nWebInterface No\n${allow('/')}${allow('/admin')}<Policy default>\n  <Limit All>\n    Order allow,deny\n    Allow all\n  </Limit>\n</Policy>\n`);
};

/** cups-pdf writes below the job owner's home, or its own spool; which one depends on its build and configuration. */
const outputDirs = (user: string): string[] => [path.join(homedir(), 'PDF'), `/var/spool/cups-pdf/${user}`, '/var/spool/cups-pdf/ANONYMOUS'].filter((dir) => existsSync(dir));

/** What this scheduler's cups-pdf wrote. Job ids begin at 1 with each scheduler, so what lay there before is not looked at. */
const outputsSince = (startedMs: number): readonly string[] => outputDirs('root').flatMap((dir) => readdirSync(dir).map((name) => path.join(dir, name)))
  .filter((file) => /-job_\d+\.pdf$/.test(file) && statSync(file).mtimeMs >= startedMs);

const waitFor = async <T>(what: string, look: () => T | null): Promise<T> => {
  for (let tries = 0; tries < 100; tries++) {
    const found = look();
    if (found !== null) return found;
    await pause(100);
  }
  throw new Error(`waited too long for ${what}`);
};

const end = async (server: ChildProcess, dir: string): Promise<void> => {
  if (server.exitCode === null) { server.kill('SIGTERM'); await new Promise((resolve) => { server.once('exit', resolve); }); }
  rmSync(dir, { recursive: true, force: true });
};

/** @param preserve `PreserveJobFiles` of its configuration; Debian's CUPS has 86400 s. */
export const startCups = async (queue = 'SHEETS', preserve = 'No'): Promise<Cups> => {
  const missing = Object.entries(PACKAGES).filter(([file]) => !existsSync(file)).map(([, name]) => name);
  if (missing.length > 0 || process.getuid?.() !== 0) throw new Error(`the CUPS test needs root and the packages ${[...new Set(missing)].join(', ') || 'it has'}`);
  const startedMs = Date.now();
  const dir = mkdtempSync(path.join(tmpdir(), 'quorate-cups-')), socket = path.join(dir, 'cups.sock');
  configure(dir, socket, preserve);
  const server = spawn('/usr/sbin/cupsd', ['-f', '-c', path.join(dir, 'root/cupsd.conf'), '-s', path.join(dir, 'root/cups-files.conf')], { stdio: 'ignore' });
  process.env['CUPS_SERVER'] = socket;
  await waitFor('cupsd', () => (existsSync(socket) ? true : null));
  const addQueue: Cups['addQueue'] = (name, device, ...options) => {
    execFileSync('lpadmin', ['-p', name, '-E', '-v', device, '-P', PPD, ...options.flatMap((option) => ['-o', option])], { stdio: 'pipe', env: { ...process.env, CUPS_SERVER: socket } });
  };
  addQueue(queue, 'cups-pdf:/');
  return {
    socket, queue, spoolDir: path.join(dir, 'spool'), addQueue,
    printed: (job) => waitFor(`the PDF of ${job}`, () => {
      const ending = `-job_${job.slice(job.lastIndexOf('-') + 1)}.pdf`;
      return outputsSince(startedMs).find((file) => file.endsWith(ending)) ?? null;
    }),
    stop: async () => {
      delete process.env['CUPS_SERVER'];
      await end(server, dir);
      for (const file of outputsSince(startedMs)) rmSync(file, { force: true });
    },
  };
};
