/** How the verify screen shows a result. */
import type { Check } from '../../../shared/transcript/report.ts';
import { RESULT_WORDS } from '../../../shared/text/verify-report.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/parts.tsx';

const LOOKS: Readonly<Record<Check['result'], readonly [IconName, Tone]>> = { sound: ['done', 'done'], fault: ['x', 'stop'], 'not-done': ['notyet', 'wait'], claim: ['note', 'plain'] };
export const lookOf = (result: Check['result']): { readonly icon: IconName; readonly tone: Tone; readonly word: string } => ({ icon: LOOKS[result][0], tone: LOOKS[result][1], word: RESULT_WORDS[result] });
