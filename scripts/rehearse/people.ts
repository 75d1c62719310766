/** What the people of a rehearsal know and can do: PINs and passphrases made for this run, and eyes that read the paper. */
import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the entry window says that it asks for; read from the window itself. */
export interface Asked { readonly kind: string; readonly person: string; readonly token: string; readonly half: string; readonly share: string; /** Whose PIN: `hsm`, `card` or `so`. */ readonly of?: string; /** The name of the share's set. */ readonly set?: string; readonly blind?: string }

export interface People {
  /** What a person types when they are asked, one value a field. */
  answer(asked: Asked): Promise<readonly string[]>;
  /** The sheet that a person holds under the camera for what is asked; null when it is not a file here. */
  sheet(asked: Asked): string | null;
  /** The dice code of a person's blind sheet. */
  diceCode(person: string): string;
  /** Every secret these people have made up, for a search of what is left. */
  planted(): readonly string[];
}

/** One line of a sheet as pdftotext gives it: its number, groups of letters, and two check letters. */
const LINE = /^\s*([1-4])\s+((?:[0-9A-HJKMNP-TV-Z]{2,4}\s+){4,5})([0-9A-HJKMNP-TV-Z]{2})\s*$/gm;

/** The files of a share's sheets, oldest first. */
export const sheetsOf = (sharesDir: string, share: number): readonly string[] =>
  readdirSync(sharesDir).filter((name) => name.startsWith(`share-${share}-`) && name.endsWith('.pdf')).sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((name) => path.join(sharesDir, name));

const textOf = (pdf: string): string => execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });

/** The four typed lines of a printed sheet. @throws when the page does not hold exactly four. */
export const linesOnSheet = (pdf: string): readonly string[] => {
  const lines = [...textOf(pdf).matchAll(LINE)].map((match) => `${match[2]!.replaceAll(/\s/g, '')}${match[3]!}`);
  if (lines.length !== 4) throw new Error(`${path.basename(pdf)} has ${lines.length} typed lines, not 4`);
  return lines;
};

/**
 * The newest sheet of a share, as its custodian holds it: later ceremonies print into folders of their own.
 * @param set its name, where there are several. @throws when no such sheet was printed
 */
export const newestSheet = (sharesDir: string, share: number, set?: string): string => {
  const folders = ['', ...readdirSync(sharesDir, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).toSorted()];
  const found = folders.flatMap((name) => sheetsOf(path.join(sharesDir, name), share)).findLast((pdf) => set === undefined || set === '' || textOf(pdf).includes(set));
  if (found === undefined) throw new Error(`no sheet of share ${share} of set ${set ?? '-'} has been printed`);
  return found;
};

/** The lines of the newest sheet of a share, as its custodian holds it. */
export type ReadSheet = (share: number, set?: string) => readonly string[] | Promise<readonly string[]>;
export const readFromFolder = (sharesDir: string): ReadSheet => (share, set) => linesOnSheet(newestSheet(sharesDir, share, set));

/** What people have made up. A whole PIN is its two halves joined, as two people type it. */
export interface Knowledge {
  readonly pinFirst: string; readonly pinSecond: string; passphrase(person: string): string;
  cardPin(person: string): string; diceCode(person: string): string;
  readonly made: () => readonly string[];
}

/** Bytes of a person's own, from the seed of a rehearsal: whoever goes on with it later knows what they knew. */
const bytesFor = (seed: string, name: string): Buffer => createHmac('sha256', seed).update(name).digest();
const secretFor = (seed: string, name: string): string => `${name.replaceAll(' ', '-')}-${bytesFor(seed, name).subarray(0, 12).toString('base64url')}`;
const DICE = 60;
/** Throws of a die: bytes that are even over six faces. */
const throwsFor = (seed: string, name: string): string => {
  let out = '';
  for (let turn = 0; out.length < DICE; turn++) out += [...bytesFor(seed, `${name} ${turn}`)].filter((byte) => byte < 252).map((byte) => String((byte % 6) + 1)).join('');
  return out.slice(0, DICE);
};

/** @param seed what everything is derived from; a new one is drawn for a new rehearsal. Rehearsal secrets only. */
export const inventKnowledge = (seed: string = randomBytes(16).toString('hex')): Knowledge => {
  const told = new Set<string>();
  const tell = (secret: string): string => { told.add(secret); return secret; };
  const [pinFirst, pinSecond] = [tell(secretFor(seed, 'p1')), tell(secretFor(seed, 'p2'))];
  tell(`${pinFirst}${pinSecond}`);
  return {
    pinFirst, pinSecond, passphrase: (person) => tell(secretFor(seed, `correct horse ${person}`)), cardPin: (person) => tell(secretFor(seed, `card ${person}`)),
    diceCode: (person) => tell(throwsFor(seed, `dice ${person}`)), made: () => [...told],
  };
};

/** @param tokenPins PINs of tokens the people brought themselves, by serial; the others are what they made up here. @param sharesDir where sheets lie as files */
export const createPeople = (knowledge: Knowledge, readSheet: ReadSheet, tokenPins: Readonly<Record<string, string>> = {}, sharesDir: string | null = null): People => {
  const whole = `${knowledge.pinFirst}${knowledge.pinSecond}`;
  const pin = (half: string): string => (half === 'first' ? knowledge.pinFirst : half === 'second' ? knowledge.pinSecond : whole);
  const isCard = ({ of, token }: Asked): boolean => of === 'card' || token.startsWith('card-');
  const answer = async (asked: Asked): Promise<readonly string[]> => {
    const { kind, person, token, half, share, set, blind } = asked;
    switch (kind) {
      case 'pin': return [tokenPins[token] ?? (isCard(asked) ? knowledge.cardPin(person) : whole)];
      case 'pin-half': return [pin(half)];
      case 'new-pin': { const chosen = isCard(asked) ? knowledge.cardPin(person) : pin(half); return [chosen, chosen]; }
      case 'passphrase': return [knowledge.passphrase(person)];
      case 'new-passphrase': return [knowledge.passphrase(person), knowledge.passphrase(person)];
      case 'share': return [...await readSheet(Number(share), set), ...(blind === 'true' ? [knowledge.diceCode(person)] : [])];
      case 'dice-code': return [knowledge.diceCode(person), knowledge.diceCode(person)];
      default: throw new Error(`an entry window asks for "${kind}", which nobody knows`);
    }
  };
  const sheet = ({ kind, share, set }: Asked): string | null => {
    if (sharesDir === null) return null;
    return kind === 'test-symbol' ? newestTestPage(sharesDir) : newestSheet(sharesDir, Number(share), set);
  };
  return { answer, sheet, diceCode: knowledge.diceCode, planted: () => [...knowledge.made(), ...Object.values(tokenPins)] };
};

const newestTestPage = (sharesDir: string): string => {
  const all = readdirSync(sharesDir, { recursive: true, encoding: 'utf8' }).filter((name) => path.basename(name).startsWith('printer-test-')).map((name) => path.join(sharesDir, name)).toSorted((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
  if (all.length === 0) throw new Error('no test page has been printed');
  return all.at(-1)!;
};
