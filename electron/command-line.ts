/** The application's own command line, parsed strictly: a flag that is not known is a mistake, and it says so. */
import path from 'node:path';
import type { Mode } from '../shared/ceremony/plan-schema.ts';

export interface CommandLine {
  /** One folder for everything, whatever the mode; null: a folder a mode under the user's data. */
  readonly workspace: string | null;
  /** The only mode of this run; null: the home screen asks. */
  readonly mode: Mode | null;
}
export type CommandLineResult = { readonly ok: true; readonly options: CommandLine } | { readonly ok: false; readonly sentence: string };

/** Chromium's own switches that people and tests may give. Those that weaken the program are refused elsewhere in a release. */
const CHROMIUM = ['user-data-dir', 'no-sandbox', 'ozone-platform-hint', 'ozone-platform', 'disable-gpu', 'force-device-scale-factor', 'lang', 'enable-logging', 'disable-namespace-sandbox', 'force-prefers-reduced-motion', 'inspect', 'remote-debugging-port'];

const refuse = (sentence: string): CommandLineResult => ({ ok: false, sentence });

const readMode = (value: string): Mode | null => (value === 'rehearsal' || value === 'production' ? value : null);

/**
 * @param words the words after the program (and, in a checkout, after the folder of the application).
 * @param cwd what a relative workspace is relative to.
 */
export const parseCommandLine = (words: readonly string[], cwd: string): CommandLineResult => {
  let workspace: string | null = null;
  let mode: Mode | null = null;
  for (const word of words) {
    const [, name, value] = /^--([a-z0-9-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) return refuse(`"${word}" is not understood. Quorate takes --workspace=FOLDER and --mode=rehearsal|production.`);
    if (CHROMIUM.includes(name)) continue;
    if (name === 'workspace') {
      if (value === undefined || value === '' || workspace !== null) return refuse('--workspace takes one folder, once: --workspace=FOLDER');
      workspace = path.resolve(cwd, value);
    } else if (name === 'mode') {
      const chosen = readMode(value ?? '');
      if (chosen === null || mode !== null) return refuse('--mode takes rehearsal or production, once.');
      mode = chosen;
    } else return refuse(`--${name} is not a flag of Quorate. It takes --workspace=FOLDER and --mode=rehearsal|production.`);
  }
  return { ok: true, options: { workspace, mode } };
};

/** The words that are ours: in a checkout those after the application's folder, in a package all. */
export const ownWords = (argv: readonly string[], packaged: boolean, appPath: string): readonly string[] => {
  if (packaged) return argv.slice(1);
  const at = argv.findIndex((word, index) => index > 0 && !word.startsWith('-') && path.resolve(word) === appPath);
  return at < 0 ? argv.slice(2) : argv.slice(at + 1);
};
