/** What the people of a rehearsal know and can do: PINs and passphrases made for this run, and eyes that read the paper. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** What the entry window says that it asks for; read from the window itself. */
export interface Asked { readonly kind: string; readonly person: string; readonly token: string; readonly half: string; readonly share: string }

export interface People {
  /** What a person types when they are asked, one value a field. */
  answer(asked: Asked): Promise<readonly string[]>;
  /** Every secret these people have made up, for a search of what is left. */
  planted(): readonly string[];
}

/** 12 random bytes as text that a keyboard can type. */
const invent = (prefix: string): string => `${prefix}-${randomBytes(12).toString('base64url')}`;

/** One line of a sheet as pdftotext gives it: its number, groups of letters, and two check letters. */
const LINE = /^\s*([1-4])\s+((?:[0-9A-HJKMNP-TV-Z]{2,4}\s+){4,5})([0-9A-HJKMNP-TV-Z]{2})\s*$/gm;

/** The files of a share's sheets, oldest first. */
export const sheetsOf = (sharesDir: string, share: number): readonly string[] =>
  readdirSync(sharesDir).filter((name) => name.startsWith(`share-${share}-`) && name.endsWith('.pdf')).sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((name) => path.join(sharesDir, name));

/** The four typed lines of a printed sheet. @throws when the page does not hold exactly four. */
export const linesOnSheet = (pdf: string): readonly string[] => {
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
  const lines = [...text.matchAll(LINE)].map((match) => `${match[2]!.replaceAll(/\s/g, '')}${match[3]!}`);
  if (lines.length !== 4) throw new Error(`${path.basename(pdf)} has ${lines.length} typed lines, not 4`);
  return lines;
};

/** The lines of the newest sheet of a share, as its custodian holds it. */
export type ReadSheet = (share: number) => readonly string[] | Promise<readonly string[]>;
export const readFromFolder = (sharesDir: string): ReadSheet => (share) => {
  const newest = sheetsOf(sharesDir, share).at(-1);
  if (newest === undefined) throw new Error(`no sheet of share ${share} has been printed`);
  return linesOnSheet(newest);
};

/** A whole PIN is its two halves joined, as two people type it. */
export interface Knowledge { readonly pinFirst: string; readonly pinSecond: string; passphrase(person: string): string; readonly made: () => readonly string[] }

export const inventKnowledge = (): Knowledge => {
  const [pinFirst, pinSecond] = [invent('p1'), invent('p2')];
  const passphrases = new Map<string, string>();
  const passphrase = (person: string): string => {
    const known = passphrases.get(person) ?? invent(`correct horse ${person}`);
    passphrases.set(person, known);
    return known;
  };
  return { pinFirst, pinSecond, passphrase, made: () => [pinFirst, pinSecond, `${pinFirst}${pinSecond}`, ...passphrases.values()] };
};

/** @param tokenPins PINs of tokens the people brought themselves, by serial; the others are what they made up here. */
export const createPeople = (knowledge: Knowledge, readSheet: ReadSheet, tokenPins: Readonly<Record<string, string>> = {}): People => {
  const whole = `${knowledge.pinFirst}${knowledge.pinSecond}`;
  const pin = (half: string): string => (half === 'first' ? knowledge.pinFirst : half === 'second' ? knowledge.pinSecond : whole);
  const answer = async ({ kind, person, token, half, share }: Asked): Promise<readonly string[]> => {
    switch (kind) {
      case 'pin': return [tokenPins[token] ?? whole];
      case 'pin-half': return [pin(half)];
      case 'new-pin': return [pin(half), pin(half)];
      case 'passphrase': return [knowledge.passphrase(person)];
      case 'new-passphrase': return [knowledge.passphrase(person), knowledge.passphrase(person)];
      case 'share': return await readSheet(Number(share));
      default: throw new Error(`an entry window asks for "${kind}", which nobody knows`);
    }
  };
  return { answer, planted: () => [...knowledge.made(), ...Object.values(tokenPins)] };
};
