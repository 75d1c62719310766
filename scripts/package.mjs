/**
 * Makes the packages of a release. It takes the official Electron only. `--with-test-runtime` makes a package for looking at, marked
 * in its file names, that says "test runtime" wherever it runs.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensurePackages } from './setup/debian.mjs';
import { sha256, withLock } from './setup/files.mjs';
import { SetupError, inRoot, say } from './setup/paths.mjs';
import { findRuntime } from './setup/runtime.mjs';

const OUT = inRoot('out/package');
const TOOLS = inRoot('build/packaging');
const manifest = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'));
const pinned = JSON.parse(fs.readFileSync(inRoot('node_modules/electron/package.json'), 'utf8')).version;
/** What the bundles leave outside; see KEPT_OUTSIDE in electron.vite.config.ts. */
const OUTSIDE = ['pkcs11js', 'pdfkit'];
/** What lies in resources/ as plain files: the vault's configuration of OpenSC, and the page that opens a backup without Quorate. */
const BESIDE = ['build/opensc.conf', 'out/recover.html', 'out/verify.html'];

const must = (program, args, options, sentence) => {
  if (spawnSync(program, args, { stdio: ['ignore', 2, 2], ...options }).status !== 0) throw new SetupError(sentence);
};

const chooseRuntime = (allowTest) => {
  const runtime = findRuntime();
  if (runtime.kind === 'official' && runtime.version === pinned) return runtime;
  if (!allowTest) throw new SetupError(`A release is made of the official Electron ${pinned} only, and this is ${runtime.kind === 'test' ? 'the test runtime' : 'another version'} (${runtime.version}). Nothing was made.`);
  return runtime;
};

/** The modules outside the bundles, with everything they need, as the lockfile has them. */
const closure = (names, seen = new Set()) => {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    closure(Object.keys(JSON.parse(fs.readFileSync(inRoot('node_modules', name, 'package.json'), 'utf8')).dependencies ?? {}), seen);
  }
  return [...seen];
};

const stage = (dir) => {
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(path.join(dir, 'node_modules'), { recursive: true });
  for (const name of ['main', 'preload', 'renderer']) fs.cpSync(inRoot('out', name), path.join(dir, 'out', name), { recursive: true });
  for (const name of closure(OUTSIDE)) fs.cpSync(inRoot('node_modules', name), path.join(dir, 'node_modules', name), { recursive: true });
  fs.symlinkSync(inRoot('node_modules/electron'), path.join(dir, 'node_modules/electron'));
  const { name, productName, version, description, license, type, main, dependencies } = manifest;
  const kept = Object.fromEntries(OUTSIDE.map((one) => [one, dependencies[one]]));
  const config = { forge: path.relative(dir, path.join(TOOLS, 'forge.config.ts')) };
  fs.writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ name, productName, version, description, license, type, main, author: 'Quorate', dependencies: kept, devDependencies: { electron: pinned }, config }, null, 2));
};

/** Forge wants Electron as the archive that its makers publish. */
const zipRuntime = (runtime, zips) => {
  const copy = path.join(OUT, 'runtime');
  for (const dir of [copy, zips]) fs.rmSync(dir, { recursive: true, force: true });
  fs.cpSync(runtime.dir, copy, { recursive: true });
  fs.rmSync(path.join(copy, 'resources/app'), { recursive: true, force: true });
  fs.rmSync(path.join(copy, '.ready'), { force: true });
  fs.mkdirSync(path.join(copy, 'resources'), { recursive: true });
  if (!fs.existsSync(path.join(copy, 'LICENSE'))) fs.copyFileSync(inRoot('node_modules/electron/LICENSE'), path.join(copy, 'LICENSE'));
  fs.mkdirSync(zips, { recursive: true });
  must('zip', ['-q', '-r', '-1', path.join(zips, `electron-v${pinned}-linux-x64.zip`), '.'], { cwd: copy }, 'The runtime could not be packed.');
};

const mark = (made) => {
  for (const item of fs.readdirSync(made, { recursive: true, withFileTypes: true })) {
    if (item.isFile()) fs.renameSync(path.join(item.parentPath, item.name), path.join(item.parentPath, `TEST-RUNTIME-${item.name}`));
  }
};

/** What a release publishes beside its files: the pages that an auditor checks against the hashes printed in a record, and the packages. */
const publish = (made) => {
  const pages = path.join(OUT, 'published');
  fs.rmSync(pages, { recursive: true, force: true });
  fs.mkdirSync(pages, { recursive: true });
  for (const page of ['out/verify.html', 'out/recover.html']) fs.copyFileSync(inRoot(page), path.join(pages, path.basename(page)));
  const packages = fs.existsSync(made) ? fs.readdirSync(made, { recursive: true, withFileTypes: true }).filter((item) => item.isFile()).map((item) => path.join(item.parentPath, item.name)) : [];
  const all = [...fs.readdirSync(pages).sort().map((name) => path.join(pages, name)), ...packages.sort()];
  fs.writeFileSync(path.join(OUT, 'SHA256SUMS'), all.map((file) => `${sha256(fs.readFileSync(file))}  ${path.relative(OUT, file)}\n`).join(''));
};

const main = async () => {
  const words = process.argv.slice(2);
  const runtime = chooseRuntime(words.includes('--with-test-runtime'));
  await withLock(() => {
    ensurePackages(['package']);
    if (!fs.existsSync(path.join(TOOLS, 'node_modules/.package-lock.json'))) must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: TOOLS }, 'The packaging tools could not be installed.');
  });
  const app = path.join(OUT, 'app');
  const zips = path.join(OUT, 'zips');
  stage(app);
  zipRuntime(runtime, zips);
  const env = { ...process.env, QUORATE_PACKAGE_OUT: path.join(OUT, 'forge'), QUORATE_ELECTRON_ZIPS: zips, QUORATE_EXTRA_FILES: BESIDE.map((name) => inRoot(name)).join(path.delimiter), ELECTRON_OVERRIDE_DIST_PATH: '' };
  must(process.execPath, [path.join(TOOLS, 'node_modules/@electron-forge/cli/dist/electron-forge.js'), words.includes('--folder-only') ? 'package' : 'make'], { cwd: app, env }, 'Forge did not make the packages.');
  const made = path.join(OUT, 'forge/make');
  if (runtime.kind !== 'official' && fs.existsSync(made)) mark(made);
  publish(made);
  say(`The packages are in ${path.relative(inRoot(), path.join(OUT, 'forge'))}.`);
};

try { await main(); } catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
