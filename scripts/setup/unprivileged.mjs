/** Runs Electron as an unprivileged user when set-up runs as root: Chromium's sandbox refuses root, and Quorate never runs without it. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { sourceDigest } from './files.mjs';
import { ROOT, SetupError, inRoot, say } from './paths.mjs';

const USER = 'quorate';
/** Where a copy goes when the user cannot read the checkout, as in a clone inside a private folder. */
const STAGE_DIR = '/var/lib/quorate/checkout';

const must = (command, args, sentence, options = {}) => {
  const answer = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });
  if (answer.status !== 0) throw new SetupError(`${sentence} (${command}: ${(answer.stderr || answer.error?.message || 'failed').trim()})`);
  return answer.stdout;
};

/** The user who runs the window; made when there is none. */
export const account = () => {
  const read = () => spawnSync('getent', ['passwd', USER], { encoding: 'utf8' }).stdout.trim();
  if (read() === '') {
    say(`Making the unprivileged user "${USER}" that runs the window …`);
    must('useradd', ['--system', '--create-home', '--home-dir', `/home/${USER}`, '--shell', '/usr/sbin/nologin', USER], `The user ${USER} could not be made.`);
  }
  const [, , uid, gid, , home] = read().split(':');
  return { user: USER, uid: Number(uid), gid: Number(gid), home };
};

const ownDir = (dir, { uid, gid }) => {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  fs.chownSync(dir, uid, gid);
  fs.chmodSync(dir, 0o700);
};

const canRead = (user, files) => spawnSync('runuser', ['-u', user, '--', 'test', '-r', ...files.flatMap((file, index) => (index === 0 ? [file] : ['-a', '-r', file]))]).status === 0;

/** Copies what the window needs (links where the file system allows) to a place everyone can read. Nothing is changed in the checkout. */
const stage = (runtimeDir) => {
  const digest = sourceDigest(['out/main', 'out/preload', 'out/renderer', 'package.json', 'package-lock.json']).slice(0, 16);
  const dir = path.join(STAGE_DIR, digest);
  if (!fs.existsSync(path.join(dir, '.ready'))) {
    fs.rmSync(dir, { recursive: true, force: true });
    fs.mkdirSync(path.join(dir, 'app'), { recursive: true });
    must('cp', ['-rL', '--parents', 'package.json', 'out/main', 'out/preload', 'out/renderer', 'node_modules', path.join(dir, 'app')], 'The application could not be copied.', { cwd: ROOT });
    must('cp', ['-rL', runtimeDir, path.join(dir, 'runtime')], 'The runtime could not be copied.');
    must('chmod', ['-R', 'a+rX', dir], 'The copy could not be made readable.');
    fs.writeFileSync(path.join(dir, '.ready'), '');
  }
  return { appDir: path.join(dir, 'app'), runtimeDir: path.join(dir, 'runtime') };
};

const sandboxNeedsHelper = () => {
  const read = (file) => { try { return fs.readFileSync(file, 'utf8').trim(); } catch { return null; } };
  return read('/proc/sys/kernel/unprivileged_userns_clone') === '0' || read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' || read('/proc/sys/user/max_user_namespaces') === '0';
};

/** Without user namespaces Chromium's sandbox needs its helper, which must belong to root. */
const prepareHelper = (runtimeDir) => {
  const helper = path.join(runtimeDir, 'chrome-sandbox');
  if (!sandboxNeedsHelper() || !fs.existsSync(helper)) return;
  say('User namespaces are off on this machine: giving Chromium\'s sandbox helper to root.');
  fs.chownSync(helper, 0, 0);
  fs.chmodSync(helper, 0o4755);
};

/** Gives the user the cookie of the X display, where there is one. */
const shareDisplay = (owner, display) => {
  const cookieFile = path.join(owner.home, '.Xauthority-quorate');
  const cookie = spawnSync('xauth', ['extract', '-', display]);
  if (cookie.status !== 0 || cookie.stdout.length === 0) return {};
  fs.writeFileSync(cookieFile, '', { mode: 0o600 });
  fs.chownSync(cookieFile, owner.uid, owner.gid);
  must('xauth', ['-f', cookieFile, 'merge', '-'], 'The display could not be shared.', { input: cookie.stdout, stdio: ['pipe', 'pipe', 'pipe'] });
  fs.chownSync(cookieFile, owner.uid, owner.gid);
  return { XAUTHORITY: cookieFile };
};

/**
 * Makes the user and everything it needs to run Electron with the sandbox on. Root only.
 * @param {{runtimeDir: string, display: string | null}} wanted
 * @returns {{user: string, uid: number, gid: number, home: string, appDir: string, electron: string, env: Record<string, string>}}
 */
export const prepareUser = ({ runtimeDir, display }) => {
  const owner = account();
  const runDir = `/run/quorate-${owner.uid}`;
  ownDir(owner.home, owner);
  ownDir(runDir, owner);
  const files = ['package.json', 'out/main/main.js', 'out/renderer/index.html', 'node_modules/pkcs11js/package.json'].map((name) => inRoot(name));
  const reachable = canRead(owner.user, [...files, path.join(runtimeDir, 'version')]);
  const place = reachable ? { appDir: ROOT, runtimeDir } : stage(runtimeDir);
  prepareHelper(place.runtimeDir);
  const env = { HOME: owner.home, USER: owner.user, LOGNAME: owner.user, XDG_RUNTIME_DIR: runDir, ...(display === null ? {} : shareDisplay(owner, display)) };
  return { ...owner, appDir: place.appDir, electron: path.join(place.runtimeDir, 'electron'), env };
};

/** What of root's environment the user's window gets: nothing that names root's folders. */
export const KEPT_ENVIRONMENT = ['PATH', 'LANG', 'LC_ALL', 'LC_TIME', 'TZ', 'DISPLAY', 'SOFTHSM2_CONF', 'TPM2_PKCS11_STORE', 'CUPS_SERVER'];
