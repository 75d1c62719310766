/** Installs the Debian packages a command needs, only those that are missing. Other systems are left alone, with a note. */
import { spawnSync } from 'node:child_process';
import { SetupError, say } from './paths.mjs';

/** Package names by purpose; on Debian 13 some have a new name that provides the old one. */
export const GROUPS = {
  native: ['build-essential', 'python3'],
  app: ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libatspi2.0-0', 'libdrm2', 'libxkbcommon0', 'libcups2', 'cups-client', 'fonts-dejavu-core', 'softhsm2', 'xauth'],
  display: ['xvfb'],
  // The driver of a rehearsal reads the sheets as a custodian reads the paper.
  paper: ['poppler-utils'],
  test: ['opensc', 'openssl', 'zbar-tools', 'cups', 'printer-driver-cups-pdf', 'swtpm', 'swtpm-tools', 'libtpm2-pkcs11-1', 'tpm2-tools', 'pcscd', 'vsmartcard-vpcd', 'strace', 'iproute2'],
  package: ['zip', 'fakeroot', 'dpkg'],
  bench: ['opensc', 'openssl', 'ssss', 'qrencode', 'librsvg2-bin', 'gcc', 'libc6-dev', 'zbar-tools'],
};

const run = (command, args, options = {}) => spawnSync(command, args, { encoding: 'utf8', ...options });

/** Names of installed packages and of what they provide, or null where there is no dpkg. */
const installed = () => {
  const answer = run('dpkg-query', ['-W', '-f', '${db:Status-Status}\t${Package}\t${Provides}\n'], { maxBuffer: 64 << 20 });
  if (answer.status !== 0) return null;
  const names = new Set();
  for (const row of answer.stdout.split('\n')) {
    const [status, name, provides] = row.split('\t');
    if (status !== 'installed') continue;
    names.add(name);
    for (const virtual of (provides ?? '').split(',')) names.add(virtual.trim().split(/[ :]/)[0]);
  }
  return names;
};

const install = (missing) => {
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const apt = ['-o', 'DPkg::Lock::Timeout=300', '-q'];
  say(`Installing Debian packages: ${missing.join(' ')}`);
  const args = [...apt, 'install', '-y', '--no-install-recommends', ...missing];
  // The lists may be old or were never fetched: then this fails, and its words would only frighten. Once more after an update.
  if (run('apt-get', args, { ...options, stdio: 'ignore' }).status === 0) return;
  run('apt-get', [...apt, 'update'], options);
  if (run('apt-get', args, options).status !== 0) throw new SetupError(`apt-get could not install: ${missing.join(' ')}`);
};

/** @param {readonly (keyof typeof GROUPS)[]} groups */
export const ensurePackages = (groups) => {
  const have = installed();
  const wanted = [...new Set(groups.flatMap((group) => GROUPS[group]))];
  if (have === null) { say(`This is no Debian system: these must be there under their own names: ${wanted.join(' ')}`); return; }
  const missing = wanted.filter((name) => !have.has(name));
  if (missing.length === 0) return;
  if (process.getuid() !== 0) throw new SetupError(`These Debian packages are missing. Please run this, then try again:\n\n    sudo apt-get install --no-install-recommends ${missing.join(' ')}\n`);
  install(missing);
};
