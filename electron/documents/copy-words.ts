/** One copy of a share or of the wrapped key, and what became of it, in words. */
import type { Copy, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { AccountedCopy, RefusedShare } from '../../shared/ceremony/state.ts';
import type { Body } from '../../shared/transcript/entry-schema.ts';
import { html } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { holderName, sourceSetOf } from './kind-words.ts';

const holderOf = (plan: Plan, copy: Exclude<Copy, { kind: 'medium' }>): string => {
  const set = sourceSetOf(plan, copy.setId), holder = set?.holders.find(({ number }) => number === copy.share);
  return holder ? `, ${holderName(plan, set, holder.person)}` : '';
};
/** "PIN share" for a share of the set that holds the PIN. */
const shareWord = (plan: Plan, setId: string): string => (sourceSetOf(plan, setId)?.holds === 'pin' ? 'PIN share' : 'share');
/** "Sheet of share 2, Bruno Keller" */
export const copyWhat = (plan: Plan, copy: Copy): string => {
  switch (copy.kind) {
    case 'sheet': return `Sheet of ${shareWord(plan, copy.setId)} ${copy.share}${holderOf(plan, copy)}`;
    case 'card': return `Card with ${shareWord(plan, copy.setId)} ${copy.share}${holderOf(plan, copy)}`;
    case 'medium': return 'Wrapped key on a medium';
  }
};
/** What tells this copy from the others: attempt, serial number or number of the medium. */
export const copyNumber = (copy: Copy): Html => {
  switch (copy.kind) {
    case 'sheet': return html`Attempt ${copy.attempt}`;
    case 'card': return html`<code>${copy.serial}</code>`;
    case 'medium': return html`Medium ${copy.number}`;
  }
};

const OUTCOMES: Readonly<Record<AccountedCopy['outcome'], string>> = {
  destroyed: 'Destroyed', collected: 'Collected, not yet destroyed', resealed: 'Back in custody', retained: 'Kept', missing: 'Missing',
};
export const outcomeWords = (outcome: AccountedCopy['outcome']): string => OUTCOMES[outcome];

/** What the app itself saw of a destruction: it deletes objects and files, and people say the rest. */
export const destructionShown = (one: AccountedCopy): string => {
  if (one.outcome !== 'destroyed') return one.method;
  if (one.found === null) return one.method;
  return one.copy.kind === 'card'
    ? `${one.found ? 'Object deleted from the card' : 'No object on the card'}, absence read back; ${one.method}`
    : `${one.found ? 'File deleted' : 'No file found'}, absence read back; ${one.method}`;
};

const HOW: Readonly<Record<Body<'share-read'>['how'], string>> = { typed: 'four typed lines', scanned: 'symbol, by camera', image: 'symbol, from a picture file', card: 'card' };
export const howWords = (how: string): string => (HOW as Readonly<Record<string, string>>)[how] ?? how;

const text = (details: RefusedShare['details'], key: string): string | null => {
  const value = details[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
};
/** The number and name that signed bytes or the manifest give a refused share; null where nothing does. */
export const shownOf = ({ details }: Pick<RefusedShare, 'details'>): string | null => {
  const number = text(details, 'number'), name = text(details, 'name');
  return number === null ? null : `share ${number}${name === null ? '' : `, ${name}`}`;
};
/** What a refused share only says of itself; null where it says nothing. */
export const claimedBy = ({ details }: Pick<RefusedShare, 'details'>): string | null => {
  const number = text(details, 'claimsNumber'), name = text(details, 'claimsName'), set = text(details, 'claimsSet'), epoch = text(details, 'claimsEpoch'), prefix = text(details, 'claimsPrefix');
  const parts = [...(number === null ? [] : [`share ${number}`]), ...(name === null ? [] : [name]), ...(set === null ? [] : [`set ${set}`]), ...(epoch === null ? [] : [`epoch ${epoch}`]), ...(prefix === null ? [] : [`a set that begins ${prefix}`])];
  return parts.length === 0 ? null : parts.join(', ');
};
/** Both, as one value of a table or sentence. */
export const refusedIs = (one: Pick<RefusedShare, 'details'>): HtmlValue => {
  const shown = shownOf(one), claimed = claimedBy(one);
  return shown === null && claimed === null ? null : html`${shown === null ? null : `Is ${shown}. `}${claimed === null ? null : html`<span class="nb">Claims to be</span> ${claimed}.`}`;
};
