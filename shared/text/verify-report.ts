/** What a report of the verifier is called and said in: in the window, on verify.html and on the command line. Pure. */
import type { Check, FolderReport } from '../transcript/report.ts';

/** What a verification cannot show, however sound the folder is. */
export const NOT_PROVED = [
  'That people saw what the record says they saw.', 'That no copy of a secret was made in the room.', 'That a signature covers anything after its own entry.',
  'That what the HSM says about a key is true.', 'That the folder is the one from the day, unless its closing head comes from paper.',
] as const;

export const CHECK_NAMES: Readonly<Record<Check['name'], string>> = {
  folder: 'Folder', plan: 'Plan and script', chain: 'Chain', replay: 'Replay', signoffs: 'Sign-offs', key: 'Key', certificate: 'Certificate', custody: 'Custody', record: 'Record', anchor: 'Closing head', previous: 'Predecessor',
};
export const RESULT_WORDS: Readonly<Record<Check['result'], string>> = { sound: 'Sound', fault: 'Fault', 'not-done': 'Not done', claim: 'Claim' };
export const EXIT_TEXTS = { 0: 'sound and anchored', 1: 'a fault, named', 2: 'usage', 3: 'sound, not anchored' } as const;

export interface Strip { readonly signed: number; readonly broken: number | null; readonly marks: readonly number[] }
/** Positions along the strip, 0 to 1: what is intact and signed, where it breaks, where sign-offs stand. Null without entries. */
export const stripOf = (folder: FolderReport): Strip | null => {
  if (folder.entries === 0) return null;
  const at = (seq: number): number => Math.min(1, seq / folder.entries);
  const through = folder.signedThrough ?? (folder.brokenAt === null ? folder.entries - 1 : folder.brokenAt - 1);
  const intact = folder.brokenAt === null ? through : Math.min(through, folder.brokenAt - 1);
  return { signed: Math.max(0, at(intact + 1)), broken: folder.brokenAt === null ? null : at(folder.brokenAt), marks: folder.signoffs.map((seq) => at(seq + 0.5)) };
};

export const stripSentence = (folder: FolderReport): string => {
  const last = folder.entries - 1;
  if (folder.brokenAt !== null) return `Entries 0 to ${Math.max(0, folder.brokenAt - 1)} come before the fault. Entry ${folder.brokenAt} does not hold. What follows, up to entry ${last}, cannot be relied on.`;
  return folder.signedThrough === null ? `Entries 0 to ${last} are linked. None is covered by a sign-off.` : `Entries 0 to ${folder.signedThrough} are covered by sign-offs; ${folder.entries} entries in all.`;
};
