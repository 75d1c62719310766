/** Texts of archives that are not joined. */
import type { JoinCode } from '../errors.ts';
import type { DetailReader, TextOf } from './error-text.ts';

const archive = (d: DetailReader): string => d.text('archive', 'One of the archives');
const UNCHANGED = 'Neither archive was changed.';

export const joinTexts: Readonly<Record<JoinCode, TextOf>> = {
  JOIN_SAME_PLACE: () => ({ title: 'This is the same archive', happened: 'Both folders are one, or one lies in the other.', safe: UNCHANGED, next: 'Choose the archive of the other workstation.' }),
  JOIN_NOTHING: (d) => ({ title: 'There is no archive', happened: `${archive(d)} holds no ceremony folders such as 0001-root.`, safe: UNCHANGED, next: 'Choose the folder that holds the ceremony folders.' }),
  JOIN_UNSOUND: (d) => ({ title: 'An archive does not hold', happened: `${archive(d)}: ${d.text('fault', 'the verifier found a fault.')}`, safe: UNCHANGED, next: 'Run the verifier on it, and look for another copy. Only archives without a fault are joined.' }),
  JOIN_MODE: (d) => ({ title: 'Rehearsals and ceremonies are never joined', happened: `${archive(d)} holds ${d.text('mode', 'the other kind')}.`, safe: UNCHANGED, next: 'Choose an archive of the same kind.' }),
  JOIN_RUNNING: (d) => ({ title: 'A ceremony is under way', happened: `${d.text('folder', 'A ceremony')} in ${d.text('archive', 'one of the archives')} is not closed.`, safe: UNCHANGED, next: 'Finish it or abort it there, then join the archives.' }),
  JOIN_TOGETHER: (d) => ({ title: 'Together the archives do not hold', happened: d.text('fault', 'Each is sound alone, and they contradict each other.'), safe: UNCHANGED, next: 'Keep both as they are, and call the auditor.' }),
};
