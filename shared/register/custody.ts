/**
 * The custody register: what all ceremonies of an archive together say of keys, share sets and everything that holds a share. A fold
 * of replayed ceremonies and nothing else; it keeps nothing, so it cannot disagree with the transcripts. Does not look at the world:
 * `held` means that nobody has said otherwise.
 */
import type { Sha256Hex } from '../brand.ts';
import { isDrill, issuesShares, keyPlan, tokensOf } from '../ceremony/people.ts';
import { copyName, pinSetOf, wrappingSetOf } from '../ceremony/select.ts';
import type { CeremonyState, KeyFacts } from '../ceremony/state.ts';
import type { CopyState, CopyStatus, CustodyRegister, HolderState, KeyState, SetState } from './custody-types.ts';
import { foldName } from '../ceremony/fold-name.ts';
import { issuedSet, type ToldCeremony } from './issued-set.ts';
import { createSayings, gravest, type Sayings } from './sayings.ts';
import { settle } from './settle.ts';
import { toldLineage } from './told-lineage.ts';

type Keys = readonly KeyState[];
/** A ceremony with its index in the lineage, and what was said so far. */
interface Heard { readonly one: ToldCeremony; readonly by: number; readonly sayings: Sayings }
type Change = (keys: Keys, one: ToldCeremony, heard: Heard) => Keys;

/** Changes every set of one kind of shares: practice and real sets never touch each other. */
const eachSet = (keys: Keys, { state }: ToldCeremony, change: (set: SetState) => SetState): Keys => {
  const drill = isDrill(state.plan);
  const apply = (set: SetState): SetState => (set.drill === drill ? change(set) : set);
  return keys.map((key) => ({ ...key, sets: key.sets.map(apply), pinSets: key.pinSets.map(apply) }));
};
const isKey = (key: KeyState, { keyId, spkiSha256 }: Pick<KeyFacts, 'keyId' | 'spkiSha256'>): boolean => key.keyId === keyId && key.spkiSha256 === spkiSha256;
const ofCeremony = (keys: Keys, { state }: ToldCeremony, change: (key: KeyState) => KeyState): Keys =>
  keys.map((key) => (state.key && isKey(key, state.key) ? change(key) : key));

/** A set counts once its backup was proved, or once its PIN opened the tokens. What was issued and not proved opens nothing that counts. */
const provedWrapping = (state: CeremonyState) => (issuesShares(state.plan) && state.backup?.restored ? wrappingSetOf(state) : null);
/** After a change that was cut off for good the set may open tokens: it counts, so that a later ceremony can gather it. */
const provedPin = (state: CeremonyState) => (state.pinChanged || state.pinUncertain ? pinSetOf(state) : null);
const completed = (state: CeremonyState): boolean => state.closing?.outcome === 'completed';

const addKey: Change = (keys, { number, state }) => {
  const { key, plan, certificate } = state;
  if (plan.ceremony.kind !== 'root-key-generation' || key === null || (!completed(state) && provedWrapping(state) === null)) return keys;
  return [...keys, {
    keyId: key.keyId, label: key.label, profile: keyPlan(plan).key.profile, spki: key.spki, spkiSha256: key.spkiSha256, certificateSha256: certificate?.certificateSha256 ?? null,
    madeBy: number, certificate: keyPlan(plan).certificate, tokens: [], sets: [], pinSets: [], demand: 'none', backup: keyPlan(plan).key.backup.kind === 'none' ? 'none' : 'lost',
  }];
};

/** Tokens that hold the key after the ceremony: those of its making, and the target of a recovery. */
const addTokens: Change = (keys, one) => {
  const { number, state } = one, { plan } = state;
  const proved = plan.ceremony.kind === 'root-key-generation' ? tokensOf(plan).slice(0, state.backup?.restored ? 2 : 1)
    : plan.ceremony.kind === 'recovery' && state.backup?.restored ? tokensOf(plan) : [];
  return ofCeremony(keys, one, (key) => ({
    ...key, tokens: [...key.tokens, ...proved.filter((serial) => !key.tokens.some((token) => token.serial === serial)).map((serial) => ({ serial, module: keyPlan(plan).hsm.module.path, ceremony: number, pinSet: null }))],
  }));
};

const addSets: Change = (keys, one) => {
  const wrapping = provedWrapping(one.state), pin = provedPin(one.state);
  const pinned = pin ? one.state.pinChanged?.tokens.map(({ serial }) => serial) ?? tokensOf(one.state.plan) : [];
  return ofCeremony(keys, one, (key) => ({
    ...key,
    sets: wrapping ? [...key.sets, issuedSet(one, wrapping, one.state.backup)] : key.sets,
    pinSets: pin ? [...key.pinSets, issuedSet(one, pin, null)] : key.pinSets,
    tokens: pin ? key.tokens.map((token) => (pinned.includes(token.serial) ? { ...token, pinSet: pin.setId } : token)) : key.tokens,
  }));
};

const remember = (history: SetState['history'], name: string, share: number): SetState['history'] => {
  const folded = foldName(name), before = history.find((row) => row.name === folded)?.shares ?? [];
  if (before.includes(share)) return history;
  return [...history.filter((row) => row.name !== folded), { name: folded, shares: [...before, share].sort((a, b) => a - b) }];
};
const holder = (set: SetState, number: number, change: (one: HolderState) => Partial<HolderState>): SetState =>
  ({ ...set, people: set.people.map((one) => (one.number === number ? { ...one, ...change(one) } : one)) });

interface Read { readonly setId: Sha256Hex; readonly share: number; readonly at: string; readonly names: readonly string[] }
/** Every share that was read and found good: while shares were gathered, or in a share check. */
const readsOf = (state: CeremonyState): readonly Read[] => {
  const name = (id: string): string => state.plan.people.find((person) => person.id === id)?.name ?? id;
  const gathered = state.gatherings.flatMap(({ setId, shares }) => shares.map(({ share, person, presenter, at }) => ({ setId, share, at, names: [name(person), name(presenter)] })));
  const setId = state.plan.source?.set.setId;
  const proved = setId === undefined ? [] : state.proofs.filter(({ found }) => found === 'proved').map(({ share, person, at }) => ({ setId, share, at, names: [name(person)] }));
  return [...gathered, ...proved];
};

type Trouble = HolderState['trouble'];
const TROUBLE_WEIGHT: Readonly<Record<NonNullable<Trouble>, number>> = { exposed: 3, lost: 2, unreadable: 1, gone: 0 };
/** What is said of a share now: that it was exposed stays true, and of branches the worst counts. */
const troubleOf = ({ by, sayings }: Heard, about: string, found: Trouble): Trouble => {
  const hear = (value: Trouble) => sayings.hear<Trouble>(`trouble ${about}`, { by, value });
  const heard = hear(found), { standing } = heard.takenBack.some(({ value }) => value === 'exposed') ? hear('exposed') : heard;
  return gravest(standing, (value) => (value === null ? -1 : TROUBLE_WEIGHT[value]));
};
const lastReadOf = ({ one, by, sayings }: Heard, about: string, at: string): HolderState['lastRead'] =>
  sayings.hear(`read ${about}`, { by, value: { at, ceremony: one.number } }).standing.map(({ value }) => value).reduce((last, next) => (next.at >= last.at ? next : last));

/** A share that was read is neither lost nor unreadable. */
const readShares: Change = (keys, one, heard) => readsOf(one.state).reduce((all, read) => eachSet(all, one, (set) => {
  if (set.setId !== read.setId) return set;
  const about = `${read.setId} ${read.share}`, lastRead = lastReadOf(heard, about, read.at), trouble = troubleOf(heard, about, null);
  const after = holder(set, read.share, () => ({ lastRead, trouble }));
  return { ...after, history: read.names.reduce((history, name) => remember(history, name, read.share), set.history) };
}), keys);

const troubleShares: Change = (keys, one, heard) => {
  const setId = one.state.plan.source?.set.setId;
  return one.state.proofs.reduce((all, { share, found }) => (found === 'proved' || found === 'absent' ? all : eachSet(all, one, (set) => {
    if (set.setId !== setId) return set;
    const trouble = troubleOf(heard, `${setId} ${share}`, found);
    return holder(set, share, () => ({ trouble }));
  })), keys);
};

interface End { readonly setId: Sha256Hex; readonly by: Sha256Hex; readonly at: string }
const endsOf = ({ state }: ToldCeremony): readonly End[] => {
  const { superseded, plan, lastAt, pinChanged } = state, pin = provedPin(state);
  return [
    ...(superseded ? [{ setId: superseded.setId, by: superseded.by, at: superseded.at }] : []),
    ...(pin && pinChanged && plan.pin?.control === 'held-by-quorum' ? [{ setId: plan.pin.set.setId, by: pin.setId, at: lastAt ?? '' }] : []),
  ];
};
/** A re-share supersedes the set it names; a renewed PIN set supersedes the one that opened the tokens before. Where two branches did, both successors stand. */
const supersede: Change = (keys, one, { by, sayings }) => endsOf(one).reduce((all, end) => eachSet(all, one, (set) => {
  if (set.setId !== end.setId) return set;
  const [first, ...rest] = sayings.hear(`superseded ${end.setId}`, { by, value: end }).standing.map(({ value }) => value);
  const { rivals: _rivals, ...plain } = set;
  return { ...plain, status: 'superseded', supersededAt: first!.at, supersededBy: first!.by, ...(rest.length === 0 ? {} : { rivals: rest.map((other) => other.by) }) };
}), keys);

/** What weighs more wins over what another branch said: destroyed over missing over all that may still be somewhere. */
const OUTCOME_WEIGHT: Readonly<Record<CopyStatus, number>> = { destroyed: 5, missing: 4, collected: 3, retained: 2, resealed: 1, held: 0 };
type CopyWord = Pick<CopyState, 'status' | 'bag' | 'ceremony' | 'at'>;
const bagAfter = (outcome: CopyStatus, bag: string | null, before: string | null): string | null =>
  (outcome === 'resealed' || outcome === 'collected' ? bag : outcome === 'retained' ? bag ?? before : null);
/** The last word on a copy counts; of branches the gravest. */
const account: Change = (keys, one, { by, sayings }) => one.state.accounted.reduce((all, { copy, outcome, bag, at }) => eachSet(all, one, (set) => (set.setId !== copy.setId ? set : {
  ...set, copies: set.copies.map((before) => {
    if (copyName(before.copy) !== copyName(copy)) return before;
    const word: CopyWord = { status: outcome, bag: bagAfter(outcome, bag, before.bag), ceremony: one.number, at };
    return { ...before, ...gravest(sayings.hear(`copy ${copyName(copy)}`, { by, value: word }).standing, ({ status }) => OUTCOME_WEIGHT[status]) };
  }),
})), keys);

const CHANGES: readonly Change[] = [addKey, addTokens, addSets, readShares, troubleShares, supersede, account];

/** Only a ceremony that began and was closed has told anything. */
export const isTold = ({ state }: ToldCeremony): boolean => state.opening !== null && state.closing !== null;
/** Those that have told anything; a ceremony that two archives brought is one ceremony. */
export const each = (ceremonies: readonly ToldCeremony[]): readonly ToldCeremony[] => [...new Map(ceremonies.filter(isTold).map((one) => [one.state.head, one])).values()];

/**
 * @param ceremonies whole replays by folder number, in any order: their links and then their clocks order them. Those that are not closed are left out. An aborted one counts for what it did to
 * copies and for what it proved, and not for what it only issued.
 * @param now an instant; with it a share that nobody has read for twelve months makes a check due.
 */
export const custodyRegister = (ceremonies: readonly ToldCeremony[], now: string | null = null): CustodyRegister => {
  const told = each(ceremonies), lineage = toldLineage(told), sayings = createSayings(lineage.precedes);
  const keys = lineage.order.reduce<Keys>((all, by) => CHANGES.reduce((state, change) => change(state, told[by]!, { one: told[by]!, by, sayings }), all), []);
  return { keys: keys.map((key) => settle(key, now)) };
};

/** The set of that id, wherever it is; null when the archive does not know it. */
export const findSet = ({ keys }: CustodyRegister, setId: string): { readonly key: KeyState; readonly set: SetState } | null => {
  for (const key of keys) {
    const set = [...key.sets, ...key.pinSets].find((one) => one.setId === setId);
    if (set) return { key, set };
  }
  return null;
};
