/** What a plan must say of the set that it stands on, as the register tells it; and where a plan says otherwise. */
import type { Plan, SetRef, Source } from '../ceremony/plan-schema.ts';
import { copyName } from '../ceremony/select.ts';
import type { CustodyRegister, KeyState, SetState } from './custody-types.ts';
import { findSet } from './custody.ts';
import { currentSet } from './settle.ts';

export const setRefOf = ({ setId, setName, setFingerprint, manifestSha256, epoch, threshold, shares, drill, holds, issuedBy, holders }: SetState): SetRef =>
  ({ setId, setName, setFingerprint, manifestSha256, epoch, threshold, shares, drill, holds, issuedBy, holders: holders.map((holder) => ({ ...holder })) });

const wrappedOf = ({ wrapped, copies }: SetState): Source['wrapped'] => {
  const media = copies.flatMap(({ copy, status }) => (copy.kind === 'medium' && status !== 'destroyed' && status !== 'missing' ? [copy.number] : []));
  return wrapped === null || media.length === 0 ? null : { ...wrapped, media };
};
const knownSets = ({ keys }: CustodyRegister, setId: string): Source['known'] => keys.flatMap((key) => [...key.sets, ...key.pinSets])
  .filter((set) => set.setId !== setId).map((set) => ({ setId: set.setId, setName: set.setName, epoch: set.epoch, supersededAt: set.supersededAt?.slice(0, 10) ?? null }));

/** The source of a plan on `set`, drawn from the register. `purpose` and `authority` are people's own words. */
export const sourceOfSet = (register: CustodyRegister, key: KeyState, set: SetState, { purpose, authority }: Pick<Source, 'purpose' | 'authority'>): Source => ({
  ceremony: { number: set.issuedBy, head: set.head, record: set.record }, purpose, authority,
  key: { keyId: key.keyId as Source['key']['keyId'], spki: key.spki as Source['key']['spki'], spkiSha256: key.spkiSha256, certificateSha256: key.certificateSha256 },
  set: setRefOf(set), wrapped: wrappedOf(set),
  copies: set.copies.filter(({ status }) => status !== 'destroyed').map(({ copy, bag }) => ({ copy, bag })),
  history: set.history.map(({ name, shares }) => ({ name, shares: [...shares] })), known: [...knownSets(register, set.setId)],
});

/** A part of the source that is no longer as the plan has it. `known`: a set more or less is known, which only helps to name strangers. */
export type SourcePart = 'set-unknown' | 'key' | 'set' | 'ceremony' | 'wrapped' | 'copies' | 'history' | 'known' | 'pin-set' | 'superseded' | 'destroyed';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
/** A plan need not say on what the shares were carried away; what it says must be right. */
const sameSet = (told: SetRef, fresh: SetRef): boolean =>
  same(told, told.holders.some(({ custody }) => custody !== undefined) ? fresh : { ...fresh, holders: fresh.holders.map(({ number, person, name }) => ({ number, person, name })) });
const sameCopies = (a: Source['copies'], b: Source['copies']): boolean => {
  const text = (copies: Source['copies']): string => JSON.stringify(copies.map(({ copy, bag }) => `${copyName(copy)} ${bag ?? ''}`).toSorted());
  return text(a) === text(b);
};
const sameHistory = (a: Source['history'], b: Source['history']): boolean => {
  const text = (rows: Source['history']): string => JSON.stringify(rows.map(({ name, shares }) => `${name} ${shares.join()}`).toSorted());
  return text(a) === text(b);
};
const sameKnown = (a: Source['known'], b: Source['known']): boolean => same(a.map((set) => JSON.stringify(set)).toSorted(), b.map((set) => JSON.stringify(set)).toSorted());

const pinDiffers = (register: CustodyRegister, { pin }: Plan): boolean => {
  if (pin?.control !== 'held-by-quorum') return false;
  const found = findSet(register, pin.set.setId);
  return found === null || !sameSet(pin.set, setRefOf(found.set)) || (pin.renew && (pin.so === 'quorum') !== found.set.soByQuorum);
};

/** Whether the set can still do what the ceremony is for. A superseded set is used only where no other opens the backup. */
const outOfUse = (plan: Plan, key: KeyState, set: SetState): readonly SourcePart[] => {
  const { kind } = plan.ceremony;
  if (set.status === 'destroyed') return ['destroyed'];
  const other = currentSet(key.sets) !== null && key.demand !== 'not-recoverable';
  const replaced = set.status === 'superseded' && (kind === 're-share' || kind === 'recovery') && other;
  return replaced ? ['superseded'] : [];
};

/**
 * Compares a plan with the archive. @returns the parts that differ, the gravest first; empty when the plan says what the archive says,
 * or stands on nothing.
 */
export const sourceDifferences = (register: CustodyRegister, plan: Plan): readonly SourcePart[] => {
  const { source } = plan, pin: readonly SourcePart[] = pinDiffers(register, plan) ? ['pin-set'] : [];
  if (source === undefined) return pin;
  const found = findSet(register, source.set.setId);
  if (found === null) return ['set-unknown', ...pin];
  const fresh = sourceOfSet(register, found.key, found.set, source);
  const differs = (part: SourcePart, isSame: boolean): readonly SourcePart[] => (isSame ? [] : [part]);
  return [
    ...outOfUse(plan, found.key, found.set),
    ...differs('key', same(source.key, fresh.key)), ...differs('set', sameSet(source.set, fresh.set)), ...differs('ceremony', same(source.ceremony, fresh.ceremony)),
    ...differs('wrapped', same(source.wrapped, fresh.wrapped)), ...differs('copies', sameCopies(source.copies, fresh.copies)),
    ...differs('history', sameHistory(source.history, fresh.history)), ...differs('known', sameKnown(source.known, fresh.known)), ...pin,
  ];
};
