/** What the account step says: every copy, whose it is, what may become of it. Pure. */
import type { PersonId } from '../../../shared/brand.ts';
import type { Copy } from '../../../shared/ceremony/plan-schema.ts';
import { administratorOf } from '../../../shared/ceremony/people.ts';
import { openedCopies } from '../../../shared/ceremony/opened-copies.ts';
import { OUTCOMES } from '../../../shared/ceremony/rules/copies-accounted.ts';
import type { AccountStep, ProveStep } from '../../../shared/ceremony/script-types.ts';
import { accountOf, copiesToAccount, copyName, isPresent } from '../../../shared/ceremony/select.ts';
import type { AccountedCopy, CeremonyState } from '../../../shared/ceremony/state.ts';
import type { COPY_OUTCOMES } from '../../../shared/transcript/entry-schema.ts';
import type { StepDraft } from '../../stores/step-store.ts';
import { holderName } from './gather-view.ts';

export type CopyOutcome = (typeof COPY_OUTCOMES)[number];
export interface CopyRow { readonly name: string; readonly copy: Copy; readonly bag: string | null; readonly what: string; readonly holder: PersonId | null; readonly account: AccountedCopy | null }

const holderOf = (state: CeremonyState, copy: Copy): PersonId | null => (copy.kind === 'medium' ? null : state.plan.source?.set.holders.find(({ number }) => number === copy.share)?.person ?? null);
/** "Sheet of share 2, attempt 1, Bruno Keller". */
export const copyText = (state: CeremonyState, copy: Copy): string => {
  const holder = holderOf(state, copy);
  const name = holder === null ? '' : `, ${holderName(state, state.plan.source?.set ?? null, holder)}`;
  switch (copy.kind) {
    case 'sheet': return `Sheet of share ${copy.share}, attempt ${copy.attempt}${name}`;
    case 'card': return `Card ${copy.serial} with share ${copy.share}${name}`;
    case 'medium': return `Medium ${copy.number} with the wrapped key`;
  }
};
export const copyRows = (state: CeremonyState, step: AccountStep): readonly CopyRow[] =>
  copiesToAccount(state, step.about).map(({ copy, bag }) => ({ name: copyName(copy), copy, bag, what: copyText(state, copy), holder: holderOf(state, copy), account: accountOf(state, copy) }));

/** The copy on the table: the one chosen, or the first that nobody has accounted for. */
export const openCopy = (rows: readonly CopyRow[], chosen: string): CopyRow | null => rows.find((row) => row.name === chosen && row.account === null) ?? rows.find((row) => row.account === null) ?? null;

/** What may be said of a copy. */
export const outcomesFor = (about: AccountStep['about']): readonly CopyOutcome[] => OUTCOMES[about];
export const needsBag = (outcome: CopyOutcome | ''): boolean => outcome === 'resealed' || outcome === 'collected';

/** Words that stand where nothing is typed; what is destroyed, kept or missing is always said in the room's own words. */
const USUAL: Readonly<Partial<Record<CopyOutcome, string>>> = { resealed: 'sealed in a new bag', collected: 'sealed in a bag, kept to be destroyed' };
export const methodOf = (outcome: CopyOutcome | '', typed: string): string => (typed.trim() !== '' ? typed.normalize('NFC').trim() : outcome === '' ? '' : USUAL[outcome] ?? '');
/** Who hands the copy over: as chosen, its holder when here, else the administrator. */
export const handsOver = (state: CeremonyState, row: CopyRow, draft: Pick<StepDraft, 'by'>): PersonId =>
  (draft.by !== '' ? draft.by as PersonId : row.holder !== null && isPresent(state, row.holder) ? row.holder : administratorOf(state.plan));

/** The copies that a share check opened; each goes into a new bag before the slip is signed. */
export const openedRows = (state: CeremonyState, step: ProveStep): readonly CopyRow[] => openedCopies(state, step)
  .map((copy) => ({ name: copyName(copy), copy, bag: bagBefore(state, copy), what: copyText(state, copy), holder: holderOf(state, copy), account: accountOf(state, copy) }));
const bagBefore = (state: CeremonyState, copy: Copy): string | null => state.plan.source?.copies.find((one) => copyName(one.copy) === copyName(copy))?.bag ?? null;
