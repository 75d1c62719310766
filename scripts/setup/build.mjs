/** Builds what is out of date: the verifier, the other tools, the application, the pages of one file. Each part has its own stamp. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { readText, sourceDigest, writeText } from './files.mjs';
import { SetupError, inRoot, say } from './paths.mjs';

const COMMON = ['package.json', 'package-lock.json', 'build/file-urls.ts', 'shared'];
const vite = (mode) => [inRoot('node_modules/vite/bin/vite.js'), 'build', '--config', 'vite.tools.config.ts', '--mode', mode, '--logLevel', 'warn'];
const ONE_FILE = 'scripts/setup/one-file-page.mjs';
/** name → what it is made from, what it makes, how. */
const PARTS = {
  verify: { from: [...COMMON, 'vite.tools.config.ts', 'electron/verify', 'scripts/verify.ts'], makes: ['out/tools/verify/verify.js'], run: vite('verify') },
  bundle: {
    from: [...COMMON, 'vite.tools.config.ts', 'electron/verify', 'electron/documents', 'scripts/bundle.ts', 'scripts/bundle'], makes: ['out/tools/bundle/bundle.js'], run: vite('bundle'),
  },
  join: { from: [...COMMON, 'vite.tools.config.ts', 'electron/verify', 'electron/archive', 'electron/ceremony/ports.ts', 'scripts/join.ts'], makes: ['out/tools/join/join.js'], run: vite('join') },
  tools: { from: [...COMMON, 'vite.tools.config.ts', 'electron', 'scripts', 'test/support'], makes: [], only: ['scripts/rehearse.ts', 'scripts/bench.ts'], run: vite('drive') },
  recover: {
    from: ['package.json', 'package-lock.json', 'build/recover', 'scripts/build-recover.mjs', ONE_FILE], makes: ['out/recover.html'], run: [inRoot('scripts/build-recover.mjs')],
  },
  'verify-page': {
    from: ['package.json', 'package-lock.json', 'build/verify', 'shared', 'scripts/build-verify.mjs', ONE_FILE], makes: ['out/verify.html'], run: [inRoot('scripts/build-verify.mjs')],
  },
  app: {
    from: [...COMMON, 'electron.vite.config.ts', 'build/symbol-reader-wasm.ts', 'electron', 'renderer'],
    makes: ['out/main/main.js', 'out/main/vault.js', 'out/preload/main.cjs', 'out/preload/entry.cjs', 'out/renderer/index.html', 'out/renderer/entry.html'],
    run: [inRoot('node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
  },
};
const stampOf = (name) => inRoot(`.setup/built-${name}`);

export const buildReady = (name) => {
  const { from, makes } = PARTS[name];
  return readText(stampOf(name)) === sourceDigest(from) && makes.every((file) => fs.existsSync(inRoot(file)));
};

/** Call under the set-up lock, after the modules. */
export const ensureBuild = (name) => {
  if (buildReady(name) || PARTS[name].only?.every((file) => !fs.existsSync(inRoot(file)))) return;
  const { from, makes, run } = PARTS[name];
  // Taken before the build: a source that changes during it makes the next start build again.
  const digest = sourceDigest(from);
  say(`Building ${name} …`);
  const answer = spawnSync(process.execPath, run, { cwd: inRoot(), stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production' } });
  if (answer.status !== 0) throw new SetupError(`Building ${name} failed; the message is above.`);
  const lost = makes.filter((file) => !fs.existsSync(inRoot(file)));
  if (lost.length > 0) throw new SetupError(`Building ${name} did not make ${lost.join(', ')}.`);
  writeText(stampOf(name), digest);
};
