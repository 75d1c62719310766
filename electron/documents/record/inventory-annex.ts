/** Annex: one line for everything that this ceremony left in somebody's custody, with room for receipts. */
import { pinSetOf, wrappingSetOf } from '../../../shared/ceremony/select.ts';
import type { SetFacts } from '../../../shared/ceremony/state.ts';
import { copyNumber, copyWhat, outcomeWords } from '../copy-words.ts';
import type { CeremonyFolder } from '../folder.ts';
import { html } from '../html.ts';
import type { HtmlValue } from '../html.ts';
import { personTyped, table } from '../parts.ts';
import { nameOf } from '../people-words.ts';
import { recoveryLines } from '../recovery-lines.ts';
import { remainsOf } from '../what-remains.ts';

const SHEETS = { standard: 'Sheet', large: 'Sheet, large print', blind: 'Sheet, printed blind' } as const;
/** The sheet in the bag is the last one that was not destroyed. */
const issuedRows = (plan: CeremonyFolder['plan'], set: SetFacts): readonly (readonly HtmlValue[])[] => set.shares.flatMap((share) => {
  const sheet = share.attempts.findLast((attempt) => !share.destroyed.includes(attempt));
  const row = (form: HtmlValue, bag: string | null): readonly HtmlValue[] => [html`<b>${share.number}</b>`, html`<b>${nameOf(plan, share.custodian)}</b>`, form, bag === null ? html`<b>not sealed</b>` : personTyped(bag), html`<i></i>`, html`<i></i>`];
  return [
    ...(share.carrier === 'card' ? [] : [row(sheet === undefined ? 'No sheet' : `${SHEETS[share.sheet]}, attempt ${sheet}`, share.bag)]),
    ...(share.card === null ? [] : [row(html`Card <code>${share.card.serial}</code>`, share.card.bag)]),
  ];
});
const setPart = (folder: CeremonyFolder, set: SetFacts | null): HtmlValue => set && html`<h3>${set.holds === 'pin' ? 'PIN shares' : 'Shares'} of set ${set.setName}, any ${folder.plan.quorum.threshold} of ${folder.plan.quorum.shares}</h3>${table('receipts', ['Share', 'Custodian', 'Carried by', 'Bag', 'Received, signature', 'Time UTC'], issuedRows(folder.plan, set))}`;

const media = ({ plan, state }: CeremonyFolder): HtmlValue => state.backup === null || plan.ceremony.kind === 'recovery' || state.backup.media.length === 0 ? null
  : html`<h3>Wrapped key</h3>${table('receipts', ['No.', 'Kept by', 'Place', 'Bag', 'Received, signature', 'Time UTC'], state.backup.media.map((one) => [html`<b>${one}</b>`, '', '', '', html`<i></i>`, html`<i></i>`]))}<p class="s after">A medium and a quorum of shares are never kept at one place: together they open the key on any computer, with recover.html and without Quorate.</p>`;
/** What was there before: all of it where copies were called one by one, else what was opened and accounted for. */
const older = ({ plan, state }: CeremonyFolder): HtmlValue => {
  const every = plan.ceremony.kind === 're-share' || plan.ceremony.kind === 'share-destruction', rows = remainsOf(state).left.filter(({ said }) => every || said !== null);
  return rows.length === 0 ? null : html`<h3>Of set ${plan.source!.set.setName}, ${every ? 'not destroyed' : 'accounted for here'}</h3>${table('', ['What', 'Number', 'State', 'Bag'], rows.map(({ copy, bag, said }) => {
    const now = said?.bag ?? (said === null || said.outcome === 'retained' ? bag : null);
    return [copyWhat(plan, copy), copyNumber(copy), said === null ? html`<b>Not accounted for</b>` : html`<b>${outcomeWords(said.outcome)}</b>, ${said.method}`, now === null ? '–' : personTyped(now)];
  }))}${every ? null : html`<p class="s after">Every other copy of the set is where it was before: this ceremony did not look at it.</p>`}`;
};

const recovery = ({ plan, state }: CeremonyFolder): HtmlValue => {
  const set = wrappingSetOf(state);
  return set === null || state.backup === null ? null : recoveryLines(set, plan.quorum.threshold);
};
const RECEIPT = html`<p>By signing, a custodian says: I have it sealed in this bag, I do not copy it, and I report loss or an opened bag at once.</p>`;
/** @returns null when the ceremony is not closed, or left nothing in custody. */
export const inventoryAnnex = (folder: CeremonyFolder): HtmlValue => {
  const receipts = [setPart(folder, wrappingSetOf(folder.state)), setPart(folder, pinSetOf(folder.state)), media(folder)], parts = [...receipts, older(folder)];
  return folder.state.closing === null || parts.every((part) => part === null) ? null
    : html`<section class="page"><h2>Annex ${folder.certificate === null ? 'A' : 'B'}: what is in custody now</h2>${receipts.every((part) => part === null) ? null : RECEIPT}${parts}${recovery(folder)}</section>`;
};
