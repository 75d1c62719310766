/**
 * The one door of every `npm run` command: makes what the command needs, then runs it. Fast when everything is there; safe when
 * several run at once. Set-up talks on stderr only.
 */
import { spawn } from 'node:child_process';
import { buildReady, ensureBuild } from './setup/build.mjs';
import { ensurePackages } from './setup/debian.mjs';
import { withLock } from './setup/files.mjs';
import { ensureModules, modulesReady } from './setup/modules.mjs';
import { SetupError, inRoot, say } from './setup/paths.mjs';
import { describeRuntime, ensureRuntime, findRuntime } from './setup/runtime.mjs';

const bin = (name) => inRoot('node_modules', name);
/** command → Debian packages, a runtime or not, what is built, what is run (extra arguments are appended). */
const COMMANDS = {
  start: { debian: ['app'], runtime: true, build: ['app'], run: [inRoot('scripts/start.mjs')] },
  build: { debian: [], runtime: false, build: ['app', 'verify', 'bundle', 'join', 'tools', 'recover', 'verify-page'], run: null },
  verify: { debian: [], runtime: false, build: ['verify'], run: [inRoot('out/tools/verify/verify.js')] },
  bundle: { debian: [], runtime: false, build: ['verify', 'verify-page', 'bundle'], run: [inRoot('out/tools/bundle/bundle.js')] },
  join: { debian: [], runtime: false, build: ['join'], run: [inRoot('out/tools/join/join.js')] },
  rehearse: { debian: ['app', 'display', 'paper'], runtime: true, build: ['app', 'tools'], run: [inRoot('out/tools/drive/rehearse.js')] },
  bench: { debian: ['app', 'display', 'bench'], runtime: true, build: ['app', 'tools'], run: [inRoot('out/tools/drive/bench.js')] },
  test: { debian: ['app', 'display', 'paper', 'test'], runtime: true, build: ['app', 'verify', 'bundle', 'join', 'tools', 'recover', 'verify-page'], run: [inRoot('scripts/test.mjs')] },
  lint: { debian: [], runtime: false, build: [], run: [inRoot('scripts/lint.mjs')] },
  typecheck: { debian: [], runtime: false, build: [], run: [bin('typescript/bin/tsc'), '-b'] },
  package: { debian: ['app', 'display'], runtime: true, build: ['app', 'recover', 'verify-page'], run: [inRoot('scripts/package.mjs')] },
};

const isReady = (need) => (need.build.length > 0 ? need.build.every(buildReady) : modulesReady()) && (!need.runtime || (modulesReady() && findRuntime() !== null));

const setUp = async (need) => {
  if (need.debian.length > 0) await withLock(() => { ensurePackages(need.debian); });
  if (isReady(need)) return;
  await withLock(async () => {
    ensureModules();
    if (need.runtime) await ensureRuntime();
    for (const name of need.build) ensureBuild(name);
  });
};

const runCommand = (need, args) => new Promise((resolve) => {
  const runtime = need.runtime ? findRuntime() : null;
  const env = { ...process.env, ...(runtime === null ? {} : { ELECTRON_OVERRIDE_DIST_PATH: runtime.dir }) };
  const child = spawn(process.execPath, [...need.run, ...args], { stdio: 'inherit', env });
  // The child decides how to end; this process only passes its answer on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { child.kill(signal); });
  child.on('exit', (code, signal) => { resolve(signal === null ? code : 128); });
});

const main = async () => {
  const [name, ...args] = process.argv.slice(2);
  const need = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : null;
  if (need === null) throw new SetupError(`Usage: npm run ${Object.keys(COMMANDS).join('|')}`);
  const known = need.runtime ? findRuntime() : null;
  if (known !== null) say(describeRuntime(known));
  await setUp(need);
  if (need.runtime && known === null) say(describeRuntime(findRuntime()));
  return need.run === null ? 0 : await runCommand(need, args);
};

try { process.exitCode = await main(); } catch (error) {
  say(error instanceof SetupError ? error.message : String(error?.stack ?? error));
  process.exitCode = 1;
}
