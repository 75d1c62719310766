/**
 * Runs everything that says whether Quorate is sound: lint, types, then each test project in turn. Words on the command line choose
 * some: `npm test -- unit vault`. The last line is `N passed, N failed`, alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readText } from './setup/files.mjs';
import { SETUP_DIR, inRoot, say } from './setup/paths.mjs';

const PROJECTS = ['unit', 'vault', 'headless', 'security', 'e2e'];
const node = (args) => spawnSync(process.execPath, args, { cwd: inRoot(), stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1;

const check = (name, args) => {
  say(`\n— ${name}`);
  const failed = node(args) !== 0;
  return { name, passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0, failures: [] };
};

const hasTests = (name) => {
  const dir = (at) => fs.existsSync(inRoot(at)) && fs.readdirSync(inRoot(at), { recursive: true }).some((file) => String(file).endsWith('.test.ts'));
  return dir(`test/${name}`) || (name === 'headless' && dir('test/crash'));
};

const reportOf = (name) => path.join(SETUP_DIR, `test-${name}.json`);
const argumentsOf = (name) => [inRoot('node_modules/vitest/vitest.mjs'), 'run', '--project', name, '--reporter', 'default', '--reporter', 'json', `--outputFile.json=${reportOf(name)}`];

/** At most so many characters of what a failed test said are repeated at the end: the whole text stands where it ran. */
const REPEATED = 1200;

/** What failed, by name and with its first words, from vitest's own report: a file that could not start is one of them. */
const failuresOf = ({ testResults }) => testResults.flatMap(({ name, status, message, assertionResults }) => {
  const file = path.relative(inRoot(), name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [{ what: file, why: message }] : [];
  return failed.map((test) => ({ what: `${file} > ${test.fullName}`, why: test.failureMessages.join('\n') }));
});

/** Counts from vitest's own report; a run that left none, or ended badly without a failed test, is one failure. */
const countsOf = (name, status) => {
  const text = readText(reportOf(name));
  if (text === null) return { name, passed: 0, failed: 1, skipped: 0, failures: [{ what: name, why: 'left no report' }] };
  const report = JSON.parse(text);
  const { numPassedTests, numFailedTests, numPendingTests } = report;
  return { name, passed: numPassedTests, failed: numFailedTests + (status !== 0 && numFailedTests === 0 ? 1 : 0), skipped: numPendingTests, failures: failuresOf(report) };
};

const project = (name) => {
  say(`\n— ${name}`);
  fs.rmSync(reportOf(name), { force: true });
  return countsOf(name, node(argumentsOf(name)));
};

/** Runs a project beside others and keeps what it says until they have ended: its tests mostly wait for the disk, theirs for a window. */
const projectBeside = (name) => {
  say(`\n— ${name}, beside what follows`);
  fs.rmSync(reportOf(name), { force: true });
  const child = spawn(process.execPath, argumentsOf(name), { cwd: inRoot(), stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => { said.push(bytes); });
  return new Promise((resolve) => {
    child.once('close', (status) => { resolve(() => { say(`\n— ${name}`); process.stdout.write(Buffer.concat(said)); return countsOf(name, status ?? 1); }); });
  });
};
/** The same without holding this process, so that what a project beside it says is taken in meanwhile. */
const projectWatched = (name) => {
  say(`\n— ${name}`);
  fs.rmSync(reportOf(name), { force: true });
  return new Promise((resolve) => { spawn(process.execPath, argumentsOf(name), { cwd: inRoot(), stdio: ['ignore', 'inherit', 'inherit'] }).once('close', (status) => { resolve(countsOf(name, status ?? 1)); }); });
};

/** In turn, but for the project that runs beside the windows. */
const BESIDE = 'headless', WINDOWS = 'e2e';
const runProjects = async (names) => {
  if (!names.includes(BESIDE) || !names.includes(WINDOWS)) return names.map(project);
  const before = names.filter((name) => name !== BESIDE && name !== WINDOWS).map(project);
  const beside = projectBeside(BESIDE), windows = await projectWatched(WINDOWS);
  return [...before, (await beside)(), windows];
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => ![...PROJECTS, 'lint', 'types'].includes(name));
if (unknown.length > 0) { say(`Unknown: ${unknown.join(', ')}. There are: lint, types, ${PROJECTS.join(', ')}.`); process.exit(2); }
const wanted = (name) => chosen.length === 0 || chosen.includes(name);

const results = [
  ...(wanted('lint') ? [check('lint', [inRoot('scripts/lint.mjs')])] : []),
  ...(wanted('types') ? [check('types', [inRoot('node_modules/typescript/bin/tsc'), '-b'])] : []),
  ...await runProjects(PROJECTS.filter((name) => wanted(name) && hasTests(name))),
];
const sum = (field) => results.reduce((total, result) => total + result[field], 0);
for (const { what, why } of results.flatMap(({ failures }) => failures)) say(`\nFAILED  ${what}\n${why.slice(0, REPEATED)}`);
for (const { name, passed, failed, skipped } of results) console.log(`${name.padEnd(10)} ${passed} passed, ${failed} failed, ${skipped} skipped.`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`);
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
