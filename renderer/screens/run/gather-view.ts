/** What the gather and prove steps say: who has come, who was refused, whose share comes next and on what. Pure. */
import type { PersonId } from '../../../shared/brand.ts';
import { bringerOf, gatheredSetOf, heldCustodyOf } from '../../../shared/ceremony/people.ts';
import type { Custody, SetRef } from '../../../shared/ceremony/plan-schema.ts';
import type { GatherStep } from '../../../shared/ceremony/script-types.ts';
import { accountOf, gatheringOf, isPresent, personOf } from '../../../shared/ceremony/select.ts';
import type { CeremonyState, GatheredShare, RefusedShare } from '../../../shared/ceremony/state.ts';
import { gatheredSets } from '../../../shared/ceremony/wanted-set.ts';
import type { StepDraft } from '../../stores/step-store.ts';

export type Medium = 'paper' | 'card';
export interface HolderRow { readonly number: number; readonly person: PersonId; /** The holder, or the deputy in their place. */ readonly brings: PersonId; readonly name: string; readonly here: boolean; readonly share: GatheredShare | null; /** The last refusal of what this person brought, while nothing of theirs is accepted. */ readonly refused: RefusedShare | null }

export const holderName = (state: CeremonyState, set: SetRef | null, person: string): string => personOf(state, person)?.name ?? set?.holders.find((one) => one.person === person)?.name ?? person;
export const refusedAt = (state: CeremonyState, step: string): readonly RefusedShare[] => state.refused.filter((one) => one.step === step);

/** One row a holder of the set, in the order of share numbers. */
export const holderRows = (state: CeremonyState, step: GatherStep): readonly HolderRow[] => {
  const set = gatheredSetOf(state.plan, step.holds);
  const came = gatheringOf(state, step)?.shares ?? [];
  return (set?.holders ?? []).map(({ number, person, name }) => {
    const share = came.find((one) => one.share === number) ?? null, brings = bringerOf(state.plan, person);
    const refused = share ? null : refusedAt(state, step.id).findLast((one) => one.presenter === brings) ?? null;
    return { number, person, brings, name: personOf(state, person)?.name ?? name, here: isPresent(state, brings), share, refused };
  });
};

/** On what a share was carried away when its set was issued; null where the plan does not say. Of a PIN set the plan lists no copies. */
const carriedAway = (state: CeremonyState, setId: string, number: number): Custody | null => {
  const set = gatheredSets(state).find((one) => one.setId === setId), holder = set?.holders.find((one) => one.number === number);
  return set && holder && (holder.custody ?? personOf(state, holder.person)) ? heldCustodyOf(state.plan, set, holder.person) : null;
};
/** What carries a share, as far as the plan knows: copies that are not gone, else what it was carried away on. Both, where it knows nothing. */
export const carriersOf = (state: CeremonyState, setId: string, number: number): readonly Medium[] => {
  const copies = (state.plan.source?.copies ?? []).filter(({ copy }) => copy.setId === setId && copy.kind !== 'medium' && copy.share === number);
  if (copies.length === 0) {
    const carrier = carriedAway(state, setId, number)?.carrier ?? 'both';
    return carrier === 'both' ? ['paper', 'card'] : [carrier];
  }
  return (['paper', 'card'] as const).filter((medium) => copies.some(({ copy }) => (copy.kind === 'card') === (medium === 'card') && !gone(state, copy)));
};
const gone = (state: CeremonyState, copy: Parameters<typeof accountOf>[1]): boolean => ['destroyed', 'missing', 'collected'].includes(accountOf(state, copy)?.outcome ?? '');
/** The serial of the card that holds a share; null where the plan names none. */
export const cardSerialOf = (state: CeremonyState, setId: string, number: number): string | null =>
  (state.plan.source?.copies ?? []).flatMap(({ copy }) => (copy.kind === 'card' && copy.setId === setId && copy.share === number && !gone(state, copy) ? [copy.serial] : [])).at(-1)
  ?? (carriersOf(state, setId, number).includes('card') ? carriedAway(state, setId, number)?.card?.serial ?? null : null);

/** The room lets one person bring another's share once the witness recorded a change of persons in this step. */
export const otherMayBring = (state: CeremonyState, step: string): boolean => state.exceptions.some((one) => one.kind === 'person-change' && one.step === step);

export interface NextShare { readonly presenter: PersonId; readonly holder: PersonId; readonly number: number; readonly carriers: readonly Medium[] }
/** Whose share comes next: as chosen, or of the first holder who is here and whose share is not in. Null when nobody is left. */
export const nextShare = (state: CeremonyState, step: GatherStep, draft: Pick<StepDraft, 'presenter' | 'holder'>): NextShare | null => {
  const set = gatheredSetOf(state.plan, step.holds);
  const rows = holderRows(state, step).filter((row) => row.share === null);
  const first = rows.find((row) => row.here && row.refused === null) ?? rows.find((row) => row.here);
  const presenter = draft.presenter !== '' ? draft.presenter : first?.brings;
  const holder = otherMayBring(state, step.id) && draft.holder !== '' ? draft.holder : rows.find((one) => one.brings === presenter)?.person;
  const row = rows.find((one) => one.person === holder);
  return set && presenter && row ? { presenter: presenter as PersonId, holder: row.person, number: row.number, carriers: carriersOf(state, set.setId, row.number) } : null;
};

/** What a refused share says of itself, and what is shown to be true of it, from the fault's details. */
export const refusalFacts = ({ details }: Pick<RefusedShare, 'details'>): { readonly claims: string | null; readonly shown: string | null } => {
  const text = (key: string): string | null => (typeof details[key] === 'string' || typeof details[key] === 'number' ? String(details[key]) : null);
  const parts = (pairs: readonly (readonly [string, string | null])[]): string | null => {
    const said = pairs.flatMap(([word, value]) => (value === null ? [] : [`${word} ${value}`.trim()]));
    return said.length === 0 ? null : said.join(', ');
  };
  return {
    claims: parts([['share', text('claimsNumber')], ['of', text('claimsName')], ['set', text('claimsSet')], ['epoch', text('claimsEpoch')]]),
    shown: parts([['share', text('number')], ['of', text('name')]]),
  };
};
