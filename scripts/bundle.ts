/** `npm run bundle -- ARCHIVE --out FILE [--level LEVEL]`: one file for an auditor, with a copy of an archive at a level. Needs Node and nothing else. */
import { closeSync, existsSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sha256Of } from '../shared/transcript/digest.ts';
import { parseArguments, USAGE } from './bundle/arguments.ts';
import type { BundleArguments } from './bundle/arguments.ts';
import { composeBundle } from './bundle/compose.ts';
import type { Bundle } from './bundle/compose.ts';
import { readArchive } from './bundle/read-archive.ts';
import { rootDir, verifierFiles } from './bundle/verifiers.ts';

const fail = (text: string, status: number): number => { process.stderr.write(`${text}\n`); return status; };
const isInside = (path: string, dir: string): boolean => { const way = relative(resolve(dir), resolve(path)); return way !== '' && !way.startsWith('..'); };

/** @returns a sentence when the file cannot be made there. */
const placeFault = ({ out, archive }: BundleArguments): string | null =>
  existsSync(out) ? `${out} is there already. A bundle never replaces a file.`
  : !existsSync(dirname(resolve(out))) ? `There is no folder ${dirname(out)}.`
  : isInside(out, archive) ? 'A bundle is not made inside the archive: the archive holds ceremonies and nothing else.' : null;

/** Made whole or not at all. @throws what the file system says. */
const writeNew = (out: string, bytes: Uint8Array): void => {
  const handle = openSync(out, 'wx', 0o644);
  try { writeFileSync(handle, bytes); } catch (error) { rmSync(out, { force: true }); throw error; } finally { closeSync(handle); }
};
const summary = ({ out, level }: BundleArguments, { bytes, manifest }: Bundle): string => {
  const withheld = manifest.ceremonies.reduce((sum, one) => sum + one.withheld.length, 0);
  return `${[
    manifest.verdict.headline,
    `Made ${out}: level ${level}, ${manifest.ceremonies.length} ${manifest.ceremonies.length === 1 ? 'ceremony' : 'ceremonies'}, ${withheld} ${withheld === 1 ? 'text' : 'texts'} withheld.`,
    `SHA-256 ${sha256Of(bytes)}`,
    ...manifest.notProved.map((sentence) => `  ${sentence}`),
  ].join('\n')}\n`;
};

/** @param argv without the program's name. @param outDir where verifiers were built. @returns the exit status. */
export const main = (argv: readonly string[], outDir: string = join(rootDir(), 'out')): number => {
  const options = parseArguments(argv);
  if (options === null) { process.stderr.write(USAGE); return 2; }
  const place = placeFault(options);
  if (place !== null) return fail(place, 2);
  const archive = readArchive(options.archive, options.anchor), { report } = archive;
  if (archive.folders.length === 0) return fail(`${report.headline}\nNo bundle was made. A ceremony folder has to have its own name, such as 0001-root.`, report.exitStatus === 2 ? 2 : 1);
  if (!report.holds && !options.evenIfUnsound) return fail(`${report.headline}\nNo bundle was made. With --even-if-unsound one is made that says so.`, 1);
  try {
    const { version } = JSON.parse(readFileSync(join(rootDir(), 'package.json'), 'utf8')) as { version: string };
    const bundle = composeBundle(archive, { level: options.level, version, verifiers: verifierFiles(outDir), anchor: options.anchor });
    writeNew(options.out, bundle.bytes);
    process.stdout.write(summary(options, bundle));
    return report.exitStatus;
  } catch (error) { return fail(`No bundle was made: ${(error as Error).message}`, 1); }
};

const isProgram = process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href;
if (isProgram) process.exitCode = main(process.argv.slice(2));
