/** `npm run rehearse`: the complete rehearsal through the real window, every role acted. The demonstration, and the end-to-end test. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArguments, USAGE, type RehearseOptions } from './rehearse/arguments.ts';
import { readPlayablePlan } from './rehearse/prepare.ts';
import { assertPlace, rehearse, type Rehearsal } from './rehearse/rehearse.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const summary = ({ folder, anchor, report, machineMs, entryMs, wallMs, seccomp }: Rehearsal, out: string): string => `${[
  report.headline,
  `Ceremony folder  ${folder}`,
  `Closing head     ${anchor}`,
  `Took             ${seconds(wallMs)}, of which the application worked ${seconds(machineMs)}, and people were at the desk ${seconds(entryMs)}`,
  `Sandbox          ${seccomp === 2 ? 'on' : 'NOT ON'}`,
  `Everything is in ${out}`,
].join('\n')}\n`;

const run = async (options: RehearseOptions): Promise<number> => {
  try {
    const rehearsal = await rehearse(options);
    process.stdout.write(summary(rehearsal, options.out));
    return rehearsal.report.exitStatus === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`The rehearsal did not come to its end: ${(error as Error).message}\n${existsSync(options.out) ? `What there is lies in ${options.out}\n` : ''}`);
    return 1;
  }
};

/** What must be right before anything is started. @throws with a sentence. */
const checkBefore = ({ out, plan, existing }: RehearseOptions): void => {
  assertPlace({ out, existing });
  if (plan === null) return;
  if (!existsSync(plan)) throw new Error(`There is no plan at ${plan}.`);
  readPlayablePlan(readFileSync(plan, 'utf8'));
};

/** @param argv without the program's name. @returns the exit status. */
export const main = async (argv: readonly string[]): Promise<number> => {
  const parsed = parseArguments(argv, process.env['INIT_CWD'] ?? process.cwd());
  if (!parsed.ok) { process.stderr.write(`${parsed.sentence}\n\n${USAGE}`); return 2; }
  try { checkBefore(parsed.options); } catch (error) { process.stderr.write(`${(error as Error).message}\n`); return 2; }
  return await run(parsed.options);
};

const isProgram = process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href;
if (isProgram) process.exitCode = await main(process.argv.slice(2));
