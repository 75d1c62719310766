/** Sections on the set a ceremony stands on, and on the shares of it that came to the desk, the refused ones too. */
import { gatheredSetOf } from '../../../shared/ceremony/people.ts';
import type { Plan, SetRef } from '../../../shared/ceremony/plan-schema.ts';
import type { Gathering, RefusedShare } from '../../../shared/ceremony/state.ts';
import { claimedBy, howWords, shownOf } from '../copy-words.ts';
import type { CeremonyFolder } from '../folder.ts';
import { clock, fourDigits, listed } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { holderName, sourceSetOf } from '../kind-words.ts';
import { keyValues, longCode, table } from '../parts.ts';
import { nameOf } from '../people-words.ts';
import { faultWords } from './fault-words.ts';
import { heading } from './sections.ts';

const setRows = (plan: Plan, set: SetRef): readonly (readonly [string, HtmlValue])[] => [
  [set.holds === 'pin' ? 'PIN set' : 'Share set', html`<b>${set.setName}</b>, epoch ${set.epoch}, any ${set.threshold} of ${set.shares}${set.drill ? (plan.mode === 'rehearsal' ? ', rehearsal' : ', drill') : ''}; issued by ceremony ${fourDigits(set.issuedBy)}`],
  ['Set fingerprint', html`<code class="long">${set.setFingerprint}</code>`], ['Set id', longCode(set.setId)], ['SHA-256, manifest', longCode(set.manifestSha256)],
  ['Holders', listed(set.holders.map(({ number, name }) => `${number} ${name}`))],
];
const wrappedRow = ({ source }: Plan): readonly [string, HtmlValue] | null => source!.set.holds === 'pin' ? null : ['Wrapped key', source!.wrapped === null ? html`<b>No copy is known any more</b>`
  : html`${source!.wrapped.algorithm}, ${source!.wrapped.length} bytes, media ${listed(source!.wrapped.media.map(String)) || 'none known'}<br>${longCode(source!.wrapped.sha256)}`];

/** The set, and why and on whose decision it is touched. */
export const sourceSection = ({ plan }: CeremonyFolder): Html => {
  const source = plan.source!, pin = gatheredSetOf(plan, 'pin');
  return html`<section>${heading(plan, 'source', plan.ceremony.kind === 're-share' ? 'The set that is replaced' : plan.source!.set.holds === 'pin' ? 'The PIN set' : 'The share set')}${keyValues([
    ['Purpose', source.purpose], ['Decided by', source.authority], ...setRows(plan, source.set), wrappedRow(plan),
    ['Other sets known', source.known.length === 0 ? 'None' : listed(source.known.map((one) => `${one.setName}, epoch ${one.epoch}${one.supersededAt === null ? '' : `, replaced ${one.supersededAt}`}`))],
  ])}${pin === null ? null : html`<h3>The set that holds the PIN</h3>${keyValues(setRows(plan, pin))}`}<p class="s after">These facts come from the plan, as the archive told them when it was drawn up. The manifest in this folder has the same SHA-256.</p></section>`;
};

const gatheringTable = (plan: Plan, gathering: Gathering): HtmlValue => {
  const set = sourceSetOf(plan, gathering.setId);
  return [html`<h3>${gathering.holds === 'pin' ? 'PIN set' : 'Set'} ${set?.setName ?? ''}, any ${set?.threshold ?? 0} needed</h3>`,
    table('gathered', ['Share', 'Holder', 'Brought by', 'How it came', 'Time UTC · entry'], gathering.shares.map((one) => [
      html`<b>${one.share}</b>`, html`<b>${holderName(plan, set, one.person)}</b>`, one.presenter === one.person ? 'the same' : html`<b>${holderName(plan, set, one.presenter)}</b>`, howWords(one.how), `${clock(one.at)} · ${one.seq}`])),
    html`<p class="after">${gathering.combined === null
      ? 'These shares were not combined: the vault that held them is gone, or the ceremony ended before.'
      : `Rebuilt from shares ${listed(gathering.combined.map(String))}; the result is equal to the check in the manifest.`}</p>`];
};
/** What signed bytes or the manifest show stands apart from what a share only says of itself. */
export const refusedTable = (plan: Plan, refused: readonly RefusedShare[]): HtmlValue => refused.length === 0 ? html`<p>No share was refused.</p>`
  : table('refused', ['Time UTC · entry', 'Brought by', 'Came as', 'Shown', 'Only claimed'], refused.map((one) => [
    `${clock(one.at)} · ${one.seq}`, html`<b>${nameOf(plan, one.presenter)}</b>`, one.carrier === 'card' ? 'Card' : 'Paper',
    html`${faultWords(one)}${shownOf(one) === null ? null : `: ${shownOf(one)}`}`, claimedBy(one) === null ? '–' : html`Claims to be ${claimedBy(one)}`]));

/** Every share that came, accepted or refused. */
export const gatheredSection = ({ plan, state }: CeremonyFolder): Html => html`<section>${heading(plan, 'gathered', 'Shares gathered')}
${state.gatherings.length === 0 ? html`<p>No share was gathered.</p>` : state.gatherings.map((one) => gatheringTable(plan, one))}<h3>Refused</h3>${refusedTable(plan, state.refused)}
<p class="s after">Each share was judged as it was read, before anything was combined. “Shown” rests on signed bytes or on the manifest; “only claimed” is what a share that fails says of itself.</p></section>`;
