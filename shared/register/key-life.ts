/**
 * The life of each key, as the ceremonies of an archive tell it: what was done with it, and the states that follow from that and from the
 * dates of its certificate. A fold of replayed ceremonies and nothing else; it keeps nothing.
 */
import type { Sha256Hex } from '../brand.ts';
import { keyPlan } from '../ceremony/people.ts';
import { stepOfOperation } from '../ceremony/build-script.ts';
import type { Operation } from '../ceremony/script-types.ts';
import { pinSetOf, wrappingSetOf } from '../ceremony/select.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { mayBecome, type KeyLifeState } from '../keys/lifecycle.ts';
import { each } from './custody.ts';
import type { ToldCeremony } from './issued-set.ts';
import { toldLineage } from './told-lineage.ts';

/** What a ceremony did with the key. `sets`: names of the share sets it is about, the new one first. `count`: of shares or copies, and of how many. */
export const LIFE_EVENTS = ['made', 'certified', 'split', 'wrapped', 'restored', 'locked', 'rewrapped', 'superseded', 'pin-given', 'shares-proved', 'copies-destroyed'] as const;
export interface LifeEvent {
  readonly at: string; readonly ceremony: number; readonly what: (typeof LIFE_EVENTS)[number];
  readonly serials: readonly string[]; readonly sets: readonly string[]; readonly count: readonly [number, number] | null;
}
/** `ceremony` is null where a date of the certificate made the change. */
export interface LifeTransition { readonly to: KeyLifeState; readonly at: string; readonly ceremony: number | null }
export interface KeyLife {
  readonly keyId: string; readonly spkiSha256: Sha256Hex;
  /** In the order of their times; a ceremony that did not end adds what it did. */
  readonly events: readonly LifeEvent[];
  /** Those up to `now`, each legal after the one before it. */
  readonly transitions: readonly LifeTransition[];
  readonly state: KeyLifeState;
  /** The change that a date will make; null where none is known. */
  readonly next: LifeTransition | null;
}

type Told = Pick<LifeEvent, 'what' | 'serials' | 'sets' | 'count'>;
const told = (what: LifeEvent['what'], facts: Partial<Told> = {}): Told => ({ serials: [], sets: [], count: null, ...facts, what });
const first = ({ plan }: CeremonyState): readonly string[] => (plan.hsm?.serial ? [plan.hsm.serial] : []);
/** A recovery restores the key in the only token it names. */
const target = (state: CeremonyState): readonly string[] => (state.plan.ceremony.kind === 'recovery' ? first(state) : state.plan.hsm?.secondSerial ? [state.plan.hsm.secondSerial] : []);
const namesOf = (...names: readonly (string | null | undefined)[]): readonly string[] => names.filter((name): name is string => typeof name === 'string');
const made = (state: CeremonyState): string | null => wrappingSetOf(state)?.setName ?? null;
const old = ({ plan }: CeremonyState): string | null => plan.source?.set.setName ?? null;

/** What the completed step of an operation says of the key. */
const OF_OPERATION: readonly (readonly [Operation, (state: CeremonyState) => Told])[] = [
  ['generate-key', (state) => told('made', { serials: first(state) })],
  ['issue-certificate', () => told('certified')],
  ['split', (state) => told('split', { sets: namesOf(made(state)), count: [state.plan.quorum.threshold, state.plan.quorum.shares] })],
  ['wrap', (state) => told('wrapped', { sets: namesOf(made(state)) })],
  ['restore', (state) => told('restored', { serials: target(state) })],
  ['lock', (state) => told('locked', { serials: state.locked?.kind === 'lock' ? state.locked.tokens.map(({ serial }) => serial) : [] })],
  ['rewrap', (state) => told('rewrapped', { sets: namesOf(made(state)) })],
  ['supersede', (state) => told('superseded', { sets: namesOf(made(state), old(state)) })],
  ['change-pin', (state) => told('pin-given', { sets: namesOf(pinSetOf(state)?.setName), serials: state.pinChanged?.tokens.map(({ serial }) => serial) ?? [] })],
];
/** What a whole ceremony says of the shares of an earlier set. */
const ofWhole = (state: CeremonyState): Told | null => {
  const { proofs, accounted, plan: { ceremony: { kind }, source } } = state;
  if (source === undefined) return null;
  if (kind === 'share-check') return told('shares-proved', { sets: [source.set.setName], count: [new Set(proofs.filter(({ found }) => found === 'proved').map(({ share }) => share)).size, source.set.shares] });
  const gone = accounted.filter(({ copy, outcome }) => outcome === 'destroyed' && copy.setId === source.set.setId).length;
  return gone === 0 ? null : told('copies-destroyed', { sets: [source.set.setName], count: [gone, source.copies.filter(({ copy }) => copy.setId === source.set.setId).length] });
};
const eventsOf = ({ number, state }: ToldCeremony): readonly LifeEvent[] => {
  const done = OF_OPERATION.flatMap(([operation, say]) => {
    const step = stepOfOperation(state.script, operation), completed = step && state.completed[step.id];
    return completed ? [{ ...say(state), at: completed.at, ceremony: number }] : [];
  });
  const whole = ofWhole(state);
  return whole && state.lastAt !== null ? [...done, { ...whole, at: state.lastAt, ceremony: number }] : done;
};

/** A date of a certificate, in the form of the times of a transcript. */
const instantOf = (second: string): string => second.replace(/Z$/, '.000Z');
const later = (a: string, b: string): string => (a > b ? a : b);
/** The changes that the making, the certificate and its dates bring, also those to come. */
const changesOf = (events: readonly LifeEvent[], { notBefore, notAfter }: { readonly notBefore: string; readonly notAfter: string }): readonly LifeTransition[] => {
  const birth = events.find(({ what }) => what === 'made'), certified = events.find(({ what }) => what === 'certified');
  if (birth === undefined) return [];
  const from = instantOf(notBefore), to = instantOf(notAfter);
  return [
    { to: 'pre-activation', at: birth.at, ceremony: birth.ceremony },
    ...(certified === undefined ? [] : [{ to: 'active', at: later(certified.at, from), ceremony: certified.at >= from ? certified.ceremony : null }, { to: 'deactivated', at: later(certified.at, to), ceremony: null }] as const),
  ];
};
const legal = (changes: readonly LifeTransition[]): readonly LifeTransition[] =>
  changes.reduce<readonly LifeTransition[]>((all, change) => (mayBecome(all.at(-1)?.to ?? null, change.to) ? [...all, change] : all), []);

const nameOf = ({ keyId, spkiSha256 }: Pick<KeyLife, 'keyId' | 'spkiSha256'>): string => `${keyId} ${spkiSha256}`;
/** The ceremonies about each key, in their order, in one pass over all. */
const groupByKey = (ceremonies: readonly ToldCeremony[]): ReadonlyMap<string, readonly ToldCeremony[]> => {
  const groups = new Map<string, ToldCeremony[]>();
  for (const one of ceremonies) {
    if (one.state.key === null) continue;
    const name = nameOf(one.state.key), group = groups.get(name);
    if (group === undefined) groups.set(name, [one]); else group.push(one);
  }
  return groups;
};

/**
 * @param ceremonies whole replays, in any order; those that are not closed are left out.
 * @param now an instant: changes that a date makes count up to it.
 * @returns one life for each key that was made in a ceremony of this archive, in the order of their making.
 */
export const keyLives = (ceremonies: readonly ToldCeremony[], now: string): readonly KeyLife[] => {
  const closed = each(ceremonies), order = toldLineage(closed).order.map((index) => closed[index]!), byKey = groupByKey(order);
  return order.flatMap((birth) => {
    const { key, plan } = birth.state;
    if (plan.ceremony.kind !== 'root-key-generation' || key === null) return [];
    const events = byKey.get(nameOf(key))!.flatMap(eventsOf).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.ceremony - b.ceremony));
    const changes = legal(changesOf(events, keyPlan(plan).certificate)), transitions = changes.filter(({ at }) => at <= now);
    if (transitions.length === 0) return [];
    return [{ keyId: key.keyId, spkiSha256: key.spkiSha256, events, transitions, state: transitions.at(-1)!.to, next: changes[transitions.length] ?? null }];
  });
};
