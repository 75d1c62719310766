/** The command line of `npm run rehearse`, parsed strictly: a word that is not understood is a mistake, and it says so. */
import path from 'node:path';
import type { KeyProfile } from '../../shared/ceremony/plan-schema.ts';

export const USAGE = `Usage: npm run rehearse -- --out DIR [--quorum M/N] [--key PROFILE] [--plan FILE]

  --out DIR      where everything is left; made, or empty
  --quorum M/N   M of N custodians, 2/2 to 7/7 (default 3/5)
  --key PROFILE  ec-p256, ec-p384, ec-p521, rsa-3072 or rsa-4096 (default ec-p384)
  --plan FILE    a hand-written rehearsal plan instead of the two above; what it leaves null is enrolled

Exit status: 0 the whole rehearsal ran and its folder verifies against the head on paper, 1 it did not, 2 usage.
`;

const PROFILES = ['ec-p256', 'ec-p384', 'ec-p521', 'rsa-3072', 'rsa-4096'] as const satisfies readonly KeyProfile[];
export type RehearsalKey = (typeof PROFILES)[number];
export interface Quorum { readonly threshold: number; readonly shares: number }
/** `plan` is the path of a plan file, which decides quorum and key by itself. */
export interface RehearseOptions { readonly out: string; readonly quorum: Quorum; readonly key: RehearsalKey; readonly plan: string | null }
export type ParsedArguments = { readonly ok: true; readonly options: RehearseOptions } | { readonly ok: false; readonly sentence: string };

const refuse = (sentence: string): ParsedArguments => ({ ok: false, sentence });
const FLAGS = ['out', 'quorum', 'key', 'plan'] as const;
type Flag = (typeof FLAGS)[number];
const MOST_CUSTODIANS = 7;

/** The flags by name, or the sentence that says what is wrong with them. */
const readFlags = (argv: readonly string[]): ReadonlyMap<Flag, string> | string => {
  const found = new Map<Flag, string>();
  for (let at = 0; at < argv.length; at++) {
    const [, name, glued] = /^--([a-z]+)(?:=(.*))?$/s.exec(argv[at]!) ?? [];
    const flag = FLAGS.find((one) => one === name);
    if (flag === undefined) return `"${argv[at]!}" is not understood.`;
    const value = glued ?? argv[++at];
    if (value === undefined || value === '' || (glued === undefined && value.startsWith('--'))) return `--${flag} needs a value.`;
    if (found.has(flag)) return `--${flag} is given twice.`;
    found.set(flag, value);
  }
  return found;
};

const readQuorum = (text: string): Quorum | null => {
  const match = /^(\d{1,2})\/(\d{1,2})$/.exec(text);
  const [threshold, shares] = [Number(match?.[1]), Number(match?.[2])];
  return match && threshold >= 2 && threshold <= shares && shares <= MOST_CUSTODIANS ? { threshold, shares } : null;
};

/** @param cwd what relative paths are relative to. */
export const parseArguments = (argv: readonly string[], cwd: string): ParsedArguments => {
  const flags = readFlags(argv);
  if (typeof flags === 'string') return refuse(flags);
  const out = flags.get('out');
  if (out === undefined) return refuse('--out DIR is missing.');
  const plan = flags.get('plan');
  if (plan !== undefined && (flags.has('quorum') || flags.has('key'))) return refuse('The plan decides quorum and key: --plan stands without --quorum and --key.');
  const quorum = readQuorum(flags.get('quorum') ?? '3/5');
  if (quorum === null) return refuse(`--quorum is M/N with 2 ≤ M ≤ N ≤ ${MOST_CUSTODIANS}.`);
  const key = PROFILES.find((one) => one === (flags.get('key') ?? 'ec-p384'));
  if (key === undefined) return refuse(`--key is one of ${PROFILES.join(', ')}.`);
  return { ok: true, options: { out: path.resolve(cwd, out), quorum, key, plan: plan === undefined ? null : path.resolve(cwd, plan) } };
};
