/** The command line of `npm run rehearse`, parsed strictly: a word that is not understood is a mistake, and it says so. */
import path from 'node:path';
import type { CeremonyKind, KeyProfile } from '../../shared/ceremony/plan-schema.ts';

export const USAGE = `Usage: npm run rehearse -- --out DIR [--quorum M/N] [--key PROFILE] [--custody KIND] [--pin HOLDER] [--plan FILE]
       npm run rehearse -- --archive DIR --ceremony NAME [--with DIR]

  --out DIR      where everything is left; made, or empty
  --archive DIR  what an earlier rehearsal left: the ceremony is added to it. An empty one gets first what the ceremony stands on
  --ceremony NAME  root, the default, makes a key; founding says who may act in the archive, amendment changes that; recovery, reshare, drill or destroy-shares; merge joins two archives
  --with DIR     what another rehearsal left that went on from a copy of --archive DIR: --ceremony merge joins the two and merges them
  --custody KIND what carries the shares: paper (the default), card, or mixed: sheets, a blind one and a large one, cards, and both
  --pin HOLDER   halves (the default): two people type the PIN; quorum: it goes to a share set of its own, and later ceremonies open by it
  --quorum M/N   M of N custodians, 2/2 to 7/7 (default 3/5, or what a founded archive proposes)
  --key PROFILE  ec-p256, ec-p384, ec-p521, rsa-3072 or rsa-4096 (default ec-p384)
  --plan FILE    a hand-written rehearsal plan instead of the two above; what it leaves null is enrolled

Exit status: 0 the whole rehearsal ran and its folder verifies against the head on paper, 1 it did not, 2 usage.
`;

const PROFILES = ['ec-p256', 'ec-p384', 'ec-p521', 'rsa-3072', 'rsa-4096'] as const satisfies readonly KeyProfile[];
export type RehearsalKey = (typeof PROFILES)[number];
export const CUSTODY_KINDS = ['paper', 'card', 'mixed'] as const;
export type CustodyKind = (typeof CUSTODY_KINDS)[number];
export const PIN_HOLDERS = ['halves', 'quorum'] as const;
export type PinHolder = (typeof PIN_HOLDERS)[number];
/** Names of the command line, and the kinds of ceremony they stand for. */
export const CEREMONIES = { root: 'root-key-generation', recovery: 'recovery', reshare: 're-share', drill: 'share-check', 'destroy-shares': 'share-destruction', founding: 'founding', amendment: 'amendment', merge: 'merge' } as const satisfies Readonly<Record<string, CeremonyKind>>;
export type CeremonyName = keyof typeof CEREMONIES;
export interface Quorum { readonly threshold: number; readonly shares: number }
/** Of a rehearsal whose command line names none. */
export const USUAL_QUORUM: Quorum = { threshold: 3, shares: 5 };
/** `plan` is the path of a plan file, which decides quorum and key by itself. `quorum` is null when none was asked for. */
export interface RehearseOptions {
  readonly out: string; readonly quorum: Quorum | null; readonly key: RehearsalKey; readonly plan: string | null; readonly custody: CustodyKind; readonly pin: PinHolder; readonly ceremony: CeremonyName;
  /** `out` may hold what an earlier rehearsal left; the ceremony is added to it. */
  readonly existing: boolean;
  /** What another rehearsal left, for a merge; null for every other ceremony. */
  readonly with: string | null;
}
export type ParsedArguments = { readonly ok: true; readonly options: RehearseOptions } | { readonly ok: false; readonly sentence: string };

const refuse = (sentence: string): ParsedArguments => ({ ok: false, sentence });
const FLAGS = ['out', 'archive', 'with', 'ceremony', 'quorum', 'key', 'plan', 'custody', 'pin'] as const;
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

/** Where the ceremony goes and which it is, or the sentence that says what is wrong. */
const placeOf = (flags: ReadonlyMap<Flag, string>): Pick<RehearseOptions, 'out' | 'ceremony' | 'existing' | 'with'> | string => {
  const out = flags.get('out'), archive = flags.get('archive'), other = flags.get('with') ?? null;
  if (out !== undefined && archive !== undefined) return '--out makes a new rehearsal and --archive goes on with one: give one of them.';
  const ceremony = (Object.keys(CEREMONIES) as CeremonyName[]).find((one) => one === (flags.get('ceremony') ?? 'root'));
  if (ceremony === undefined) return `--ceremony is one of ${Object.keys(CEREMONIES).join(', ')}.`;
  if ((ceremony === 'merge') !== (other !== null)) return other === null ? '--ceremony merge joins two rehearsals: name the other with --with DIR.' : '--with DIR stands with --ceremony merge only.';
  if (archive !== undefined) return { out: archive, ceremony, existing: true, with: other };
  if (out === undefined) return '--out DIR is missing.';
  return ceremony === 'root' || ceremony === 'founding' ? { out, ceremony, existing: false, with: null } : `--ceremony ${ceremony} stands on an archive: name it with --archive DIR.`;
};

/** @param cwd what relative paths are relative to. */
export const parseArguments = (argv: readonly string[], cwd: string): ParsedArguments => {
  const flags = readFlags(argv);
  if (typeof flags === 'string') return refuse(flags);
  const place = placeOf(flags);
  if (typeof place === 'string') return refuse(place);
  const plan = flags.get('plan');
  if (plan !== undefined && (flags.has('quorum') || flags.has('key'))) return refuse('The plan decides quorum and key: --plan stands without --quorum and --key.');
  const asked = flags.get('quorum'), quorum = asked === undefined ? null : readQuorum(asked);
  if (asked !== undefined && quorum === null) return refuse(`--quorum is M/N with 2 ≤ M ≤ N ≤ ${MOST_CUSTODIANS}.`);
  const key = PROFILES.find((one) => one === (flags.get('key') ?? 'ec-p384'));
  if (key === undefined) return refuse(`--key is one of ${PROFILES.join(', ')}.`);
  const custody = CUSTODY_KINDS.find((one) => one === (flags.get('custody') ?? 'paper'));
  if (custody === undefined) return refuse(`--custody is one of ${CUSTODY_KINDS.join(', ')}.`);
  const pin = PIN_HOLDERS.find((one) => one === (flags.get('pin') ?? 'halves'));
  if (pin === undefined) return refuse(`--pin is one of ${PIN_HOLDERS.join(', ')}.`);
  if (plan !== undefined && (flags.has('custody') || flags.has('pin'))) return refuse('The plan decides what carries the shares and who holds the PIN: --plan stands without --custody and --pin.');
  return { ok: true, options: { ...place, out: path.resolve(cwd, place.out), quorum, key, custody, pin, with: place.with === null ? null : path.resolve(cwd, place.with), plan: plan === undefined ? null : path.resolve(cwd, plan) } };
};
