/** What the verify screen draws of a report. Pure. */
import type { Check, FolderReport } from '../../../shared/transcript/report.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/parts.tsx';

export const CHECK_NAMES: Readonly<Record<Check['name'], string>> = {
  folder: 'Folder', plan: 'Plan and script', chain: 'Chain', replay: 'Replay', signoffs: 'Sign-offs', key: 'Key', certificate: 'Certificate', custody: 'Custody', record: 'Record', anchor: 'Closing head', previous: 'Predecessor',
};
export const RESULTS: Readonly<Record<Check['result'], { readonly icon: IconName; readonly tone: Tone; readonly word: string }>> = {
  sound: { icon: 'done', tone: 'done', word: 'Sound' }, fault: { icon: 'x', tone: 'stop', word: 'Fault' }, 'not-done': { icon: 'notyet', tone: 'wait', word: 'Not done' }, claim: { icon: 'note', tone: 'plain', word: 'Claim' },
};
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
