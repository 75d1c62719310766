/** `npm run join -- INTO FROM [--look]`: brings the ceremonies of one archive into another. Needs Node and nothing else; changes nothing that is there. */
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDisk } from '../electron/archive/disk.ts';
import { archiveAt, joinArchives, lookAtJoin } from '../electron/archive/join.ts';
import { lockWorkspace } from '../electron/archive/workspace-lock.ts';
import { toFault } from '../shared/errors.ts';
import type { JoinLook } from '../shared/lineage/join-look.ts';
import { errorText } from '../shared/text/errors.ts';

const USAGE = `Usage: join INTO FROM [--look]

  INTO    the archive that gets the ceremonies: a folder of ceremony folders
  FROM    the archive they come from; it is only read
  --look  say what would be done, and do nothing

Both archives must hold, be of one mode and have no ceremony under way. Nothing that is there is overwritten. If the archive
has several ends afterwards, the next ceremony in it is their merge.

Exit status: 0 done, or nothing to do; 1 refused, and nothing was changed; 2 usage.
`;

interface Arguments { readonly into: string; readonly from: string; readonly look: boolean }
/** @returns null when the arguments are not those of the usage text. */
export const parseArguments = (argv: readonly string[]): Arguments | null => {
  const paths = argv.filter((word) => !word.startsWith('-')), options = argv.filter((word) => word.startsWith('-'));
  const [into, from] = paths;
  if (into === undefined || from === undefined || paths.length > 2 || options.length > 1 || options.some((word) => word !== '--look')) return null;
  return { into, from, look: options.length > 0 };
};

const list = (title: string, rows: readonly string[]): readonly string[] => (rows.length === 0 ? [] : [title, ...rows.map((row) => `  ${row}`)]);
export const asText = ({ both, onlyHere, brings, notBegun, partAfter, ends }: JoinLook, done: boolean): string => `${[
  ...list('In both archives:', both.map(({ name, differs }) => (differs.length === 0 ? name : `${name} (${differs.join(', ')}: not the same; what is here stays)`))),
  ...list('Only here:', onlyHere),
  ...list(done ? 'Brought here:' : 'Would be brought here:', brings.map(({ name, as }) => (as === name ? name : `${name}, here ${as}: its name is taken`))),
  ...list('Not begun over there, and left there:', notBegun),
  ...(ends < 2 ? [] : [partAfter === null ? 'They have no ceremony in common.' : `They part after ${partAfter}.`]),
  brings.length === 0 ? 'There is nothing to bring.' : ends < 2 ? 'The archive is one chain.' : `The archive ${done ? 'has' : 'would have'} ${ends} ends. Plan the merge: nothing else begins before it.`,
].join('\n')}\n`;

/** @param argv without the program's name. @returns the exit status. */
export const main = async (argv: readonly string[]): Promise<number> => {
  const options = parseArguments(argv);
  if (options === null) { process.stderr.write(USAGE); return 2; }
  const disk = createDisk();
  try {
    const into = await archiveAt(options.into), from = await archiveAt(options.from);
    if (options.look) { process.stdout.write(asText(await lookAtJoin(disk, into, from), false)); return 0; }
    const unlock = await lockWorkspace(dirname(into));
    try { process.stdout.write(asText(await joinArchives(disk, into, from), true)); } finally { await unlock(); }
    return 0;
  } catch (error) {
    const { code, details } = toFault(error), { title, happened, safe, next } = errorText(code, details);
    process.stderr.write(`${title}. ${happened} ${safe} ${next}\n`);
    return 1;
  }
};

const isProgram = process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href;
if (isProgram) process.exitCode = await main(process.argv.slice(2));
