/** Makes node_modules agree with package-lock.json, and does nothing when it does. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { ensurePackages } from './debian.mjs';
import { readText, sha256, writeText } from './files.mjs';
import { SetupError, inRoot, say } from './paths.mjs';

const STAMP = inRoot('node_modules/.quorate-lockfile');
const wanted = () => sha256(readText(inRoot('package-lock.json')) ?? '');

/** True when every package of the lockfile is there in its version, as npm's own hidden lockfile says. */
const agrees = () => {
  const hidden = readText(inRoot('node_modules/.package-lock.json'));
  const lock = readText(inRoot('package-lock.json'));
  if (hidden === null || lock === null) return false;
  const there = JSON.parse(hidden).packages;
  return Object.entries(JSON.parse(lock).packages).every(([at, item]) => at === '' || item.optional === true || item.devOptional === true || there[at]?.version === item.version);
};

const nativeModule = inRoot('node_modules/pkcs11js/build/Release/pkcs11.node');
export const modulesReady = () => readText(STAMP) === wanted() && fs.existsSync(nativeModule);

/** Call under the set-up lock. */
export const ensureModules = () => {
  if (modulesReady()) return;
  if (!(agrees() && fs.existsSync(nativeModule))) {
    ensurePackages(['native']);
    say('Installing the packages of package-lock.json …');
    const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
    const answer = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: inRoot(), stdio: ['ignore', 2, 2], env });
    if (answer.status !== 0) throw new SetupError('npm ci failed; its own message is above.');
    if (!fs.existsSync(nativeModule)) throw new SetupError('pkcs11js was not compiled: install scripts must be allowed for it (see allowScripts in package.json).');
  }
  writeText(STAMP, wanted());
};
