/** The command line of `npm run bundle`. */
import { isLevel } from '../../shared/disclosure/levels.ts';
import type { Level } from '../../shared/disclosure/levels.ts';

export const USAGE = `Usage: bundle ARCHIVE --out FILE [--level public|restricted|confidential] [--anchor HEAD] [--even-if-unsound]

  ARCHIVE            a folder of ceremony folders, or one ceremony folder
  --out FILE         the bundle to make, a .tar file; it must not be there yet
  --level LEVEL      what the bundle shows: public (if none is given), restricted, confidential
  --anchor HEAD      the closing head from paper: 64 hex digits or 32 words, in full
  --even-if-unsound  make a bundle of an archive that does not hold, and say so in it

Exit status: 0 made, sound and anchored; 3 made, sound but not anchored; 1 a fault (nothing is made unless asked for); 2 usage.
`;

export interface BundleArguments { readonly archive: string; readonly out: string; readonly level: Level; readonly anchor: string | null; readonly evenIfUnsound: boolean }

const VALUED = ['--out', '--level', '--anchor'] as const;
type Valued = (typeof VALUED)[number];

/** @returns null when the arguments are not those of the usage text. */
export const parseArguments = (argv: readonly string[]): BundleArguments | null => {
  const values = new Map<Valued, string>(), paths: string[] = [];
  let evenIfUnsound = false;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!, option = VALUED.find((name) => word === name || word.startsWith(`${name}=`));
    if (option !== undefined) {
      const value = word === option ? argv[++at] : word.slice(option.length + 1);
      if (value === undefined || value === '' || values.has(option)) return null;
      values.set(option, value);
    } else if (word === '--even-if-unsound') evenIfUnsound = true;
    else if (word.startsWith('-')) return null;
    else paths.push(word);
  }
  const level = values.get('--level') ?? 'public', out = values.get('--out'), [archive] = paths;
  if (archive === undefined || paths.length > 1 || out === undefined || !isLevel(level)) return null;
  return { archive, out, level, anchor: values.get('--anchor') ?? null, evenIfUnsound };
};
