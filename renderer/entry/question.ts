/** What the entry window asks, in words. Pure. */
import type { EntrySpec, ShareWay } from '../../shared/vault/contract.ts';

export interface Question { readonly spec: EntrySpec; readonly personName: string | null; /** Which session of which ceremony this is for; null outside one. */ readonly session: string | null; readonly mode: 'rehearsal' | 'production'; readonly software: boolean }
/**
 * `labels`: one a field. `ways`: how a share or a test page may come, empty for everything else; then the first `lines` fields are typed
 * lines and count only when lines are typed.
 */
export interface Asked { readonly title: string; readonly note: string; readonly labels: readonly string[]; readonly commit: string; readonly ways: readonly ShareWay[]; readonly lines: number }

const KINDS: ReadonlySet<string> = new Set(['pin', 'pin-half', 'new-pin', 'passphrase', 'new-passphrase', 'share', 'dice-code', 'test-symbol']);
const WAYS: ReadonlySet<unknown> = new Set(['scan', 'image', 'type']);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const waysFit = (spec: Readonly<Record<string, unknown>>): boolean =>
  (spec.kind !== 'share' && spec.kind !== 'test-symbol') || (Array.isArray(spec.ways) && spec.ways.length > 0 && spec.ways.every((way) => WAYS.has(way)));

/** @returns null when the message is not the question of our own preload. */
export const readQuestion = (data: unknown): Question | null => {
  if (!isRecord(data) || data.type !== 'vault-port' || !isRecord(data.spec) || typeof data.spec.kind !== 'string' || !KINDS.has(data.spec.kind) || !waysFit(data.spec)) return null;
  return {
    spec: data.spec as unknown as EntrySpec, personName: typeof data.personName === 'string' ? data.personName : null, session: typeof data.session === 'string' ? data.session : null,
    mode: data.mode === 'production' ? 'production' : 'rehearsal', software: data.software === true,
  };
};

const PRIVATE = 'Only you look at this window. Nothing you type is shown, not even its length.';
const HALVES = { first: 'first half', second: 'second half' } as const;
const LINES = ['Line 1', 'Line 2', 'Line 3', 'Line 4'] as const;
const OF = { hsm: 'token', card: 'card', so: 'token' } as const;

const typed = (title: string, note: string, labels: readonly string[], commit: string): Asked => ({ title, note, labels, commit, ways: [], lines: 0 });
const askShare = (name: string, spec: Extract<EntrySpec, { kind: 'share' }>): Asked => ({
  title: `${name}: ${spec.share === null ? 'a share' : `share ${spec.share}`}${spec.set === undefined ? '' : ` of set ${spec.set}`}, from the paper`,
  note: `${PRIVATE}${spec.ways.includes('type') ? ' Lines are read group by group; spaces and case do not count.' : ''}${spec.blind ? ' The sheet was printed blind: its dice code is needed beside it.' : ''}`,
  labels: [...(spec.ways.includes('type') ? LINES : []), ...(spec.blind ? ['Dice code of this sheet'] : [])], commit: 'Read back', ways: spec.ways, lines: spec.ways.includes('type') ? LINES.length : 0,
});

export const askedOf = ({ spec, personName }: Question): Asked => {
  const name = personName ?? 'The person at the keyboard';
  switch (spec.kind) {
    case 'pin': return typed(`${name}: ${spec.of === 'so' ? 'SO PIN' : 'PIN'} of ${OF[spec.of ?? 'hsm']} ${spec.token}`, `${PRIVATE} A wrong PIN uses a try.`, [spec.of === 'so' ? 'SO PIN' : 'PIN'], 'Use this PIN');
    case 'pin-half': return typed(`${name}: ${HALVES[spec.half]} of the ${spec.of === 'so' ? 'SO PIN' : 'PIN'} of ${OF[spec.of ?? 'hsm']} ${spec.token}`, `${PRIVATE} The other half is typed by another person.`, [`PIN, ${HALVES[spec.half]}`], 'Use this half');
    case 'new-pin': {
      const part = spec.half === 'whole' ? 'PIN' : `${HALVES[spec.half]} of the PIN`;
      const length = spec.half === 'whole' ? `${spec.minLength} to ${spec.maxLength} characters` : `at least ${Math.ceil(spec.minLength / 2)} characters`;
      return typed(`${name}: choose the ${part} of token ${spec.token}`, `${PRIVATE} It has ${length}. Write it down and keep it sealed.`, ['New PIN', 'The same once more'], 'Set this PIN');
    }
    case 'passphrase': return typed(`${name}: passphrase of your credential file`, `${PRIVATE} A wrong passphrase does no harm.`, ['Passphrase'], 'Sign with it');
    case 'new-passphrase': return typed(`${name}: choose a passphrase for your credential file`, `${PRIVATE} It has at least ${spec.minLength} characters: five words will do.`, ['New passphrase', 'The same once more'], 'Make the credential');
    case 'share': return askShare(name, spec);
    case 'dice-code': return typed(`${name}: the dice code of share ${spec.share}`, `${PRIVATE} Throw a die at least ${spec.minThrows} times and write down each number. Spaces do not count. Keep the code apart from the sheet: neither is of use without the other.`, ['Dice code', 'The same once more'], 'Use this code');
    case 'test-symbol': return { title: `${name}: the printer’s test page`, note: 'The symbol on the test page holds no secret. It shows that what this printer prints can be read back.', labels: [], commit: 'Read back', ways: spec.ways, lines: 0 };
  }
};
