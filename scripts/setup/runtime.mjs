/**
 * Finds a runtime for Electron: the official one when it is there or can be fetched, else the pinned test runtime.
 * The test runtime is a third party's copy of an old Electron: for development, tests and rehearsal only, never for a release.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readText, writeText } from './files.mjs';
import { RUNTIME_DIR, SETUP_DIR, inRoot, say } from './paths.mjs';
import { makeTestRuntime, testRuntimeReady, TEST_RUNTIME } from './test-runtime.mjs';

const OFFICIAL = inRoot('node_modules/electron/dist');
const TRIED = path.join(SETUP_DIR, 'official-runtime-tried');
const FETCH_TIMEOUT_MS = 180_000;

const official = () => {
  if (!fs.existsSync(path.join(OFFICIAL, 'electron'))) return null;
  return { kind: 'official', dir: OFFICIAL, electron: path.join(OFFICIAL, 'electron'), version: (readText(path.join(OFFICIAL, 'version')) ?? '').trim().replace(/^v/, '') };
};
const testRuntime = () => ({ kind: 'test', dir: TEST_RUNTIME.dir, electron: path.join(TEST_RUNTIME.dir, 'electron'), version: TEST_RUNTIME.version });

/** The runtime that is ready now, or null. */
export const findRuntime = () => official() ?? (testRuntimeReady() ? testRuntime() : null);

export const describeRuntime = (runtime) => runtime.kind === 'official'
  ? `Electron runtime: official ${runtime.version}`
  : `Electron runtime: TEST RUNTIME ${runtime.version} (a pinned third-party copy; for development, tests and rehearsal only, never for a real ceremony)`;

const fetchOfficial = () => {
  const wanted = JSON.parse(readText(inRoot('node_modules/electron/package.json'))).version;
  if (readText(TRIED) === wanted) return null;
  say(`Fetching the official Electron ${wanted} …`);
  const answer = spawnSync(process.execPath, [inRoot('node_modules/electron/install.js')], { timeout: FETCH_TIMEOUT_MS, stdio: ['ignore', 'ignore', 'ignore'] });
  if (answer.status === 0) return official();
  writeText(TRIED, wanted);
  say('The official Electron could not be fetched from here.');
  return null;
};

/** Call under the set-up lock, after the modules. */
export const ensureRuntime = async () => {
  const found = findRuntime() ?? fetchOfficial();
  if (found !== null) return found;
  fs.mkdirSync(RUNTIME_DIR, { recursive: true });
  await makeTestRuntime();
  return testRuntime();
};
