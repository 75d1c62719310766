/** D4: the receipt of a share, twice on one page: one half for the custodian, one for the file. Nothing of the share is on it. */
import { pinSetOf, wrappingSetOf } from '../../shared/ceremony/select.ts';
import { peopleIn, witnessOf } from '../../shared/ceremony/people.ts';
import type { SetFacts, ShareFacts } from '../../shared/ceremony/state.ts';
import { bareSheet } from './bare-page.ts';
import { howWords } from './copy-words.ts';
import { FACE_CSS, faceFoot, faceMark } from './face.ts';
import type { CeremonyFolder } from './folder.ts';
import { fourDigits, listed, stamp } from './format.ts';
import { html } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { keyValues, lines, personTyped } from './parts.ts';
import { nameOf } from './people-words.ts';
import type { Sheet } from './print.ts';
import { entryOfShare } from './share-entries.ts';
import { inZone } from './zone.ts';

const CSS = `${FACE_CSS}
.rt{display:grid;grid-template-columns:1fr auto;align-items:end;border-bottom:var(--rule) solid;padding-bottom:2mm}.rt h1{font-size:20pt}.rt .num{font-size:36pt;font-weight:700;line-height:.8}.rt .num small{font-size:9pt;font-weight:400;margin-right:2mm}.rt .s{margin-top:1mm}
.rb{display:grid;grid-template-columns:1.15fr 1fr;column-gap:8mm;flex:1;margin-top:2.5mm}.rb .kv{border-top:0}.rb .kv>div{grid-template-columns:27mm 1fr}.rb .kv dt,.rb .kv dd{padding:.9mm 0;font-size:10.5pt;line-height:14pt}.rb h3{margin:.8mm 0 1mm;font-size:11pt}.rb ol{counter-reset:n;font-size:10.5pt;line-height:1.34}.rb li{counter-increment:n;padding-left:5mm;position:relative;margin-top:1.4mm}.rb li::before{content:counter(n);position:absolute;left:0;font-weight:700}
.sgs{display:grid;grid-template-columns:1fr 1fr;column-gap:8mm;margin:0 0 3mm}.sgs .ln{height:11mm;border-bottom:var(--rule) solid}.sgs p{display:flex;justify-content:space-between;font-size:9pt;margin-top:.8mm}.sgs span{color:var(--grey)}
`;
const SHEETS = { standard: 'Sheet', large: 'Sheet, large print', blind: 'Sheet, printed blind' } as const;
const carried = (share: ShareFacts): HtmlValue => {
  const attempt = share.attempts.findLast((one) => !share.destroyed.includes(one));
  return lines([
    ...(share.carrier === 'card' ? [] : [html`${SHEETS[share.sheet]}${attempt === undefined ? '' : `, attempt ${attempt}`}; bag ${share.bag === null ? html`<b>not sealed</b>` : personTyped(share.bag)}`]),
    ...(share.card === null ? [] : [html`Card <code>${share.card.serial}</code>; bag ${(share.card.bag ?? (share.carrier === 'card' ? share.bag : null)) === null ? html`<b>not sealed</b>` : personTyped((share.card.bag ?? share.bag)!)}`]),
  ]);
};
const reportTo = ({ plan }: CeremonyFolder): string => {
  const person = peopleIn(plan, 'security-officer')[0] ?? peopleIn(plan, 'administrator')[0]!;
  return `${person.name}, ${person.role === 'security-officer' ? 'security officer' : 'ceremony administrator'} of ${plan.ceremony.organisation}`;
};
const facts = (folder: CeremonyFolder, set: SetFacts, share: ShareFacts): Html => {
  const { plan, state } = folder, read = entryOfShare(folder, set, share.number, 'read-back'), sealed = entryOfShare(folder, set, share.number, 'sealed');
  return keyValues([
    ['Received by', html`<b>${nameOf(plan, share.custodian)}</b>`], ['Set', html`<b>${set.setName}</b>, ${set.holds === 'pin' ? 'PIN shares' : 'shares of a backup'}`], ['Fingerprint', html`<code class="fit">${set.setFingerprint}</code>`], ['Carried by', carried(share)],
    ['Read back', read === null ? html`<b>No</b>` : `Yes, ${listed([...new Set(share.how)].map(howWords))}, ${stamp(read.at)}, entry ${read.seq}`],
    ['Sealed', sealed === null ? html`<b>No</b>` : `${stamp(sealed.at)}, entry ${sealed.seq}`], ['Place', `${plan.ceremony.place}; ceremony ${fourDigits(state.opening!.number)}`],
  ]);
};
const signature = (name: string, role: string): Html => html`<div><div class="ln"></div><p><b>${name}</b><span>${role}; date, time</span></p></div>`;
const half = (folder: CeremonyFolder, set: SetFacts, share: ShareFacts, place: 'top' | 'bottom'): Html => {
  const { plan, state } = folder;
  return html`<div class="half ${place}"><div class="rt"><div><h1>Share receipt${faceMark(plan)}</h1><p class="s">${place === 'top' ? 'For the custodian' : 'For the file'} · ${plan.ceremony.organisation}</p></div><p class="num"><small>share</small>${share.number}</p></div>
<div class="rb"><div>${facts(folder, set, share)}</div><div><h3>I have it, sealed, and I will</h3><ol><li>keep the bag closed, under lock, away from other shares and from the wrapped key;</li><li>not open, copy or photograph it;</li><li>report a loss, an opened bag or a request I did not expect within 24 hours to ${reportTo(folder)};</li><li>bring it when a ceremony calls, and give it back when I leave.</li></ol></div></div>
<div class="sgs">${signature(nameOf(plan, share.custodian), 'Custodian')}${signature(nameOf(plan, witnessOf(plan)), 'Internal witness')}</div>${faceFoot(plan, `Ceremony ${fourDigits(state.opening!.number)}`, 'Transcript', state.head)}</div>`;
};

/** @returns one page a share that was sealed; null when none was. */
export const receiptSheets = (folder: CeremonyFolder): Sheet | null => inZone(folder.plan.ceremony.timeZone, () => compose(folder));

const compose = (folder: CeremonyFolder): Sheet | null => {
  const pages = [wrappingSetOf(folder.state), pinSetOf(folder.state)].flatMap((set) => (set === null ? [] : set.shares.filter(({ bag }) => bag !== null).map((share) => html`${half(folder, set, share, 'top')}<div class="cut"></div>${half(folder, set, share, 'bottom')}`)));
  return pages.length === 0 ? null : bareSheet({ title: 'Share receipts', paper: folder.plan.sheets.paper, css: CSS, pages });
};
