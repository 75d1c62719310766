/** `npm run verify -- FOLDER|ARCHIVE [--anchor HEAD] [--json]`: the verifier on a command line. Reads only; needs Node and nothing else. */
import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { verifyPath } from '../electron/verify/verify.ts';
import type { Check, Finding, VerifyReport } from '../shared/transcript/report.ts';

const USAGE = `Usage: verify FOLDER|ARCHIVE [--anchor HEAD] [--json]

  FOLDER         a ceremony folder, such as archive/0001-root
  ARCHIVE        a folder of ceremony folders
  --anchor HEAD  the closing head from paper: 64 hex digits or 32 words, in full
  --json         print {holds, anchored, findings:[{code, file, seq, text}]} and nothing else

Exit status: 0 sound and anchored, 3 sound but not anchored, 1 a fault, 2 usage.
`;

interface Arguments { readonly path: string; readonly anchor: string | null; readonly json: boolean }

/** @returns null when the arguments are not those of the usage text. */
export const parseArguments = (argv: readonly string[]): Arguments | null => {
  let path: string | null = null, anchor: string | null = null, json = false;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '--json') json = true;
    else if (word === '--anchor' || word.startsWith('--anchor=')) {
      const value = word === '--anchor' ? argv[++at] : word.slice('--anchor='.length);
      if (value === undefined || anchor !== null) return null;
      anchor = value;
    } else if (word.startsWith('-') || path !== null) return null;
    else path = word;
  }
  return path === null ? null : { path, anchor, json };
};

const MARKS: Readonly<Record<Check['result'], string>> = { sound: 'sound   ', fault: 'FAULT   ', 'not-done': 'not done', claim: 'claim   ' };
const LEVELS: Readonly<Record<Finding['level'], string>> = { fault: 'Faults', limit: 'What this check cannot see', note: 'Worth knowing' };

const place = ({ file, seq }: Finding): string => [file, seq === null ? null : `entry ${seq}`].filter((part) => part !== null).join(', ');
const paragraph = (report: VerifyReport, level: Finding['level']): readonly string[] => {
  const found = report.findings.filter((finding) => finding.level === level);
  return found.length === 0 ? [] : ['', `${LEVELS[level]}:`, ...found.map((finding) => `  ${finding.code}${place(finding) === '' ? '' : ` (${place(finding)})`}\n    ${finding.text}`)];
};
const folderLines = (report: VerifyReport): readonly string[] => report.folders.flatMap((folder) => [
  '', `${folder.name}: ${folder.title ?? 'no title'}, ${folder.mode ?? 'mode unknown'}, ${folder.entries} entries, ${folder.outcome ?? 'not closed'}`,
  `  closing head ${folder.head ?? 'none'}`,
  ...folder.checks.map(({ name, result, text }) => `  ${MARKS[result]}  ${name.padEnd(11)} ${text}`),
]);

/** Text for people; the first line is the headline. */
export const asText = (report: VerifyReport): string =>
  `${[report.headline, ...folderLines(report), ...paragraph(report, 'fault'), ...paragraph(report, 'limit'), ...paragraph(report, 'note')].join('\n')}\n`;

export const asJson = ({ holds, anchored, findings }: VerifyReport): string =>
  `${JSON.stringify({ holds, anchored, findings: findings.map(({ code, file, seq, text }) => ({ code, file, seq, text })) }, null, 2)}\n`;

/** @param argv without the program's name. @returns the exit status; writes to standard output, usage to standard error. */
export const main = (argv: readonly string[]): Promise<number> => {
  const options = parseArguments(argv);
  if (options === null) { process.stderr.write(USAGE); return Promise.resolve(2); }
  const report = verifyPath(options.path, { anchor: options.anchor });
  process.stdout.write(options.json ? asJson(report) : asText(report));
  return Promise.resolve(report.exitStatus);
};

const isProgram = process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href;
if (isProgram) process.exitCode = await main(process.argv.slice(2));
