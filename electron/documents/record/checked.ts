/** Section "Shares checked": the slip of each holder, and the margin above the threshold that is left. */
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import type { Plan, SetRef } from '../../../shared/ceremony/plan-schema.ts';
import type { ProveStep } from '../../../shared/ceremony/script-types.ts';
import type { ShareProof } from '../../../shared/ceremony/state.ts';
import { howWords } from '../copy-words.ts';
import type { CeremonyFolder } from '../folder.ts';
import { clock, listed, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { keyValues, lines, personTyped, table } from '../parts.ts';
import { nameOf } from '../people-words.ts';
import { countShares } from '../what-remains.ts';
import { unprovedWords } from './observe-custody.ts';
import { refusedTable } from './source.ts';
import { heading } from './sections.ts';

/** The bags that carriers went back into, as entries of the step say. */
const newBags = ({ entries }: CeremonyFolder, step: string): readonly string[] => entries.flatMap(({ entry }) => {
  if (entry.type === 'copy-accounted' && entry.body.step === step) return entry.body.bag === null ? [] : [entry.body.bag];
  return entry.type === 'sealed' && entry.body.step === step ? [entry.body.bag, ...(entry.body.cardBag === undefined ? [] : [entry.body.cardBag])] : [];
});
const foundWords = (proof: ShareProof | null): HtmlValue => {
  if (proof === null) return 'Not called';
  return proof.found === 'proved' ? html`<b>Proved</b>` : html`<b>${unprovedWords(proof.found)}</b>`;
};
const slipRow = (folder: CeremonyFolder, step: ProveStep): readonly HtmlValue[] => {
  const { plan, state } = folder, proof = state.proofs.find((one) => one.step === step.id) ?? null, bags = newBags(folder, step.id);
  const signed = state.signoffs.findLast((one) => one.step === step.id && one.person === step.custodian);
  return [
    html`<b>${step.shareNumber}</b>`, html`<b>${nameOf(plan, step.custodian)}</b>`, foundWords(proof), proof?.how ? html`${howWords(proof.how)}<br><span class="s">${clock(proof.at)} UTC</span>` : '–',
    bags.length === 0 ? '–' : lines(bags.map(personTyped)), signed ? html`${signed.method === 'token' ? 'Token' : 'Credential file'}<br><span class="s">${clock(signed.at)} · ${signed.seq}</span>` : 'Not signed', html`<i></i>`,
  ];
};

const LOST: Readonly<Record<SetRef['holds'], string>> = {
  'wrapping-key': 'The backup opens nothing any more: while the HSM works, rotation of the key is due.', pin: 'The PIN cannot be derived any more: what is closed stays closed. Give the HSM a new PIN set while it is open.',
};
/** What the margin asks for, in a sentence. */
export const marginWords = (margin: number, { threshold, holds }: SetRef): string => {
  if (margin < 0) return `Fewer than ${threshold} shares can be counted on. ${LOST[holds]}`;
  if (margin === 0) return `Exactly ${threshold} shares can be counted on. Replace the share set now: one more loss and ${holds === 'pin' ? 'the PIN' : 'the backup'} is gone.`;
  return margin === 1 ? 'One share more than needed can be counted on. Plan to replace the set.' : `${margin} shares more than needed can be counted on.`;
};
const numbers = (plan: Plan, shares: readonly number[]): string => listed(shares.map((share) => `${share} ${plan.source!.set.holders.find((holder) => holder.number === share)?.name ?? ''}`));

export const checkedSection = (folder: CeremonyFolder): Html => {
  const { plan, state } = folder, count = countShares(state), { set } = plan.source!;
  const steps = allSteps(state.script).flatMap((step) => (step.kind === 'prove' ? [step] : []));
  return html`<section>${heading(plan, 'checked', 'Shares checked')}${table('slips', ['Share', 'Holder', 'Found', 'How', 'New bag', 'Slip signed, UTC', 'Ink signature'], steps.map((step) => slipRow(folder, step)))}
<p class="s after">Each slip says: I hold this share; it was read today, and it is back in a sealed bag with me. A slip shows that a share was read, not that no other copy of it exists. No share was combined.</p>
<h3>Margin above the threshold</h3>${keyValues([
    ['Read and right', `${count.proved} of ${set.shares}`],
    ['Not to be counted on', count.troubled.length === 0 ? 'None' : html`<b>${numbers(plan, count.troubled)}</b>`],
    ['Not read today', count.notRead.length === 0 ? 'None' : `${numbers(plan, count.notRead)}. Counted as before.`],
    ['Margin', html`${plural(count.counted, 'share')} less ${set.threshold} needed: <b>${count.margin}</b>. ${count.margin < 2 ? html`<b>${marginWords(count.margin, set)}</b>` : marginWords(count.margin, set)}`],
  ])}<h3>Refused</h3>${refusedTable(plan, state.refused)}</section>`;
};
