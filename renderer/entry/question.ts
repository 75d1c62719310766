/** What the entry window asks, in words. Pure. */
import type { EntrySpec } from '../../shared/vault/contract.ts';

export interface Question { readonly spec: EntrySpec; readonly personName: string | null; readonly mode: 'rehearsal' | 'production'; readonly software: boolean }
export interface Asked { readonly title: string; readonly note: string; readonly labels: readonly string[]; readonly commit: string }

const KINDS: ReadonlySet<string> = new Set(['pin', 'pin-half', 'new-pin', 'passphrase', 'new-passphrase', 'share', 'dice-code', 'test-symbol']);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** @returns null when the message is not the question of our own preload. */
export const readQuestion = (data: unknown): Question | null => {
  if (!isRecord(data) || data.type !== 'vault-port' || !isRecord(data.spec) || typeof data.spec.kind !== 'string' || !KINDS.has(data.spec.kind)) return null;
  return {
    spec: data.spec as unknown as EntrySpec, personName: typeof data.personName === 'string' ? data.personName : null,
    mode: data.mode === 'production' ? 'production' : 'rehearsal', software: data.software === true,
  };
};

const PRIVATE = 'Only you look at this window. Nothing you type is shown, not even its length.';
const LINE_LABELS = ['Line 1', 'Line 2', 'Line 3', 'Line 4'];
const CODE_LABEL = 'Dice code of this sheet';
const HALVES = { first: 'first half', second: 'second half' } as const;

export const askedOf = ({ spec, personName }: Question): Asked => {
  const name = personName ?? 'The person at the keyboard';
  switch (spec.kind) {
    case 'pin': return { title: `${name}: PIN of token ${spec.token}`, note: `${PRIVATE} A wrong PIN uses a try.`, labels: ['PIN'], commit: 'Use this PIN' };
    case 'pin-half': return { title: `${name}: ${HALVES[spec.half]} of the PIN of token ${spec.token}`, note: `${PRIVATE} The other half is typed by another person.`, labels: [`PIN, ${HALVES[spec.half]}`], commit: 'Use this half' };
    case 'new-pin': {
      const part = spec.half === 'whole' ? 'PIN' : `${HALVES[spec.half]} of the PIN`;
      const length = spec.half === 'whole' ? `${spec.minLength} to ${spec.maxLength} characters` : `at least ${Math.ceil(spec.minLength / 2)} characters`;
      return { title: `${name}: choose the ${part} of token ${spec.token}`, note: `${PRIVATE} It has ${length}. Write it down and keep it sealed.`, labels: ['New PIN', 'The same once more'], commit: 'Set this PIN' };
    }
    case 'passphrase': return { title: `${name}: passphrase of your credential file`, note: `${PRIVATE} A wrong passphrase does no harm.`, labels: ['Passphrase'], commit: 'Sign with it' };
    case 'new-passphrase': return { title: `${name}: choose a passphrase for your credential file`, note: `${PRIVATE} It has at least ${spec.minLength} characters: five words will do.`, labels: ['New passphrase', 'The same once more'], commit: 'Make the credential' };
    case 'share': return { title: `${name}: ${spec.share === null ? 'your share' : `share ${spec.share}`} from the paper`, note: `${PRIVATE}`, labels: [...LINE_LABELS, ...(spec.blind ? [CODE_LABEL] : [])], commit: 'Read back' };
    case 'dice-code': return { title: `${name}: the dice code of share ${spec.share}`, note: `${PRIVATE} Throw a die at least ${spec.minThrows} times, write the digits down, and keep them apart from the sheet.`, labels: ['Dice code', 'The same once more'], commit: 'Use this code' };
    case 'test-symbol': return { title: `${name}: the printer’s test page`, note: 'The symbol on the page holds no secret.', labels: [], commit: 'Read back' };
  }
};
