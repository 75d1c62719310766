/** D7: what the archive knows of keys, sets, holders and everything that holds a share, for a walk to the safes with a pen. */
import type { CopyState, Demand, KeyState, SetState } from '../../shared/register/custody-types.ts';
import type { CustodyRegister } from '../../shared/register/custody-types.ts';
import { currentSet } from '../../shared/register/settle.ts';
import { utf8 } from '../../shared/bytes.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { profileName } from '../../shared/text/script.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import { copyNumber } from './copy-words.ts';
import { day, fourDigits, plural } from './format.ts';
import { html } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { marksOf } from './kind-words.ts';
import { footOf } from './notices.ts';
import type { Layout } from './page.ts';
import { firstWords, lines, table } from './parts.ts';
import { inZone, zoneWords } from './zone.ts';

/** @param last the plan of the archive's last ceremony, and its number and closing head. */
export interface InventoryInput { readonly register: CustodyRegister; readonly last: { readonly number: number; readonly head: string; readonly plan: Plan }; readonly printedAt: string }

const CSS = `
h1{font-size:22pt}.lead{margin:1mm 0 4mm;font-size:11pt}.mark{top:78mm}.mark.next{top:128mm}
.ks,.cp,.hd{table-layout:fixed;font-size:9.5pt}.ks th:nth-child(1){width:47mm}.ks th:nth-child(2){width:40mm}.ks th:nth-child(3){width:54mm}.ks th:nth-child(4){width:25mm}.ks th:nth-child(6){width:42mm}.ks td,.cp td,.hd td{padding:1.3mm 3mm 1.3mm 0}
.ks code,.cp code,.hd code{overflow-wrap:anywhere;font-size:.9em}.cp td:nth-child(n+6){border-left:var(--hair) solid;padding-left:2mm}.cp th:nth-child(n+6){padding-left:2mm}.cp td{height:9.5mm}.cp th:nth-child(1){width:28mm}.cp th:nth-child(2){width:56mm}.cp th:nth-child(3){width:36mm}.cp th:nth-child(4){width:26mm}.cp th:nth-child(6){width:30mm}.cp th:nth-child(7){width:29mm}.cp td:nth-child(7){white-space:nowrap}.cp th:nth-child(8){width:18mm}
.hd th:nth-child(1){width:30mm}.hd th:nth-child(2){width:16mm}.hd th:nth-child(4){width:36mm}.hd th:nth-child(5){width:48mm}.hd th:nth-child(6){width:30mm}
.tick{display:inline-block;width:3.4mm;height:3.4mm;border:var(--rule) solid;vertical-align:-.5mm;margin-right:1.4mm}
.sg{display:grid;grid-template-columns:1fr 1fr 1fr;column-gap:10mm}.sg .ln{height:12mm;border-bottom:var(--rule) solid;margin-bottom:1mm}.sg p{display:flex;justify-content:space-between;font-size:9.5pt}.sg span{color:var(--grey)}
`;
const DEMANDS: Readonly<Record<Demand, string>> = { none: 'Nothing', 'check-due': 'A share check is due', 're-share-soon': 'One share to spare: plan a re-share', 're-share-now': 'No share to spare: re-share now', 'not-recoverable': 'Not recoverable' };
const BACKUP: Readonly<Record<KeyState['backup'], string>> = { current: 'Backup current', none: 'No backup, as planned', lost: 'Backup lost: rotation is due' };
const STATUS: Readonly<Record<CopyState['status'], string>> = { held: 'In custody', destroyed: 'Destroyed', collected: 'Collected, to be destroyed', resealed: 'In custody, new bag', retained: 'Kept', missing: 'Missing' };
const SET_STATUS: Readonly<Record<SetState['status'], string>> = { current: 'current', superseded: 'superseded', destroyed: 'destroyed' };

const setLine = (set: SetState | null): HtmlValue => set === null ? html`<b>none</b>` : html`<b>${set.setName}</b>, epoch ${set.epoch}<br>any ${set.threshold} of ${set.shares}; margin <b>${set.margin}</b>`;
/** The oldest reading of a share that counts; a year after it a check is due. */
const lastCheck = (set: SetState | null): string | null => (set?.people ?? []).filter(({ trouble }) => trouble === null).map(({ lastRead }) => lastRead.at).toSorted()[0] ?? null;
const yearAfter = (iso: string): string => `${String(Number(iso.slice(0, 4)) + 1).padStart(4, '0')}${iso.slice(4, 10)}`;
const keyRow = (key: KeyState): readonly HtmlValue[] => {
  const set = currentSet(key.sets), checked = lastCheck(set), pin = currentSet(key.pinSets);
  return [
    html`<b>${key.label}</b> <span class="nb">${profileName(key.profile)}</span><br><span class="s">${firstWords(key.spkiSha256).join(' ')}<br>made in ceremony ${fourDigits(key.madeBy)}; certificate to ${day(key.certificate.notAfter)}</span>`,
    key.tokens.length === 0 ? 'No token known' : lines(key.tokens.map(({ serial }) => html`<code>${serial}</code>`)), html`${setLine(set)}${pin ? html`<br>PIN set <b>${pin.setName}</b>, any ${pin.threshold} of ${pin.shares}` : null}`,
    checked === null ? '–' : html`${day(checked)}<br><b>${yearAfter(checked)}</b>`, html`${key.demand === 'none' ? DEMANDS.none : html`<b>${DEMANDS[key.demand]}</b>`}<br><span class="s">${BACKUP[key.backup]}</span>`, '',
  ];
};

const TROUBLE: Readonly<Record<string, string>> = { lost: 'lost', unreadable: 'unreadable', exposed: 'exposed', gone: 'no copy left' };
const CARRIERS = { paper: 'Paper', card: 'Card', both: 'Paper and card' } as const;
const setsOf = (key: KeyState): readonly SetState[] => [...key.sets, ...key.pinSets];
/** Of a set that is over, what is left is still looked for. */
const isOpen = (set: SetState): boolean => set.status === 'current' || set.copies.some(({ status }) => status !== 'destroyed');
const holderRows = (set: SetState): readonly (readonly HtmlValue[])[] => set.people.map((holder) => [
  set.setName, html`<b>${holder.number}</b>`, html`<b>${holder.name}</b>`, CARRIERS[holder.carrier], html`${day(holder.lastRead.at)}, ceremony ${fourDigits(holder.lastRead.ceremony)}`, holder.trouble === null ? 'counts' : html`<b>${TROUBLE[holder.trouble] ?? holder.trouble}</b>`]);

const what = (set: SetState, { copy }: CopyState): string => {
  if (copy.kind === 'medium') return 'Wrapped key on a medium';
  const holder = set.people.find(({ number }) => number === copy.share)?.name ?? '';
  return `${copy.kind === 'sheet' ? 'Sheet' : 'Card'} of ${set.holds === 'pin' ? 'PIN share' : 'share'} ${copy.share}, ${holder}`;
};
const copyRow = (set: SetState, copy: CopyState): readonly HtmlValue[] => [
  set.setName, what(set, copy), copyNumber(copy.copy), copy.bag === null ? '–' : html`<code>${copy.bag}</code>`, html`${copy.status === 'missing' ? html`<b>Missing</b>` : STATUS[copy.status]}<br><span class="s">${day(copy.at)} · ${fourDigits(copy.ceremony)}</span>`,
  '', html`<i class="tick"></i>yes <i class="tick" style="margin-left:2mm"></i>no`, ''];
/** What is destroyed is not looked for. */
const copyRows = (set: SetState): readonly (readonly HtmlValue[])[] => set.copies.filter(({ status }) => status !== 'destroyed').map((copy) => copyRow(set, copy));

const keyPart = (key: KeyState): Html => {
  const open = setsOf(key).filter(isOpen), current = open.filter(({ status }) => status === 'current'), over = setsOf(key).filter((set) => !isOpen(set));
  return html`<section><h2>${key.label}: holders</h2>${current.length === 0 ? html`<p>Nobody holds a share of a set in force.</p>` : table('hd', ['Set', 'Share', 'Holder', 'Carried by', 'Last read', 'State'], current.flatMap(holderRows))}${over.length === 0 ? null : html`<p class="s after">Over: ${over.map((set) => `${set.setName}, epoch ${set.epoch}, ${SET_STATUS[set.status]}`).join('; ')}.</p>`}</section>
<section><h2>${key.label}: copies, with their bags</h2>${open.flatMap(copyRows).length === 0 ? html`<p>No copy is known.</p>` : table('cp', ['Set', 'What', 'Number', 'Bag last recorded', 'State; said on · in ceremony', 'Bag now', 'Intact', 'Initials'], open.flatMap(copyRows))}</section>`;
};
const signature = (role: string): Html => html`<div><div class="ln"></div><p><b>${role}</b><span>Name, date, time</span></p></div>`;

/** Pure: the same archive and time give the same pages. The digest in the foot is that of the register, not of the file. */
export const inventoryLayout = (input: InventoryInput): Layout => inZone(input.last.plan.ceremony.timeZone, () => compose(input));

const compose = ({ register, last, printedAt }: InventoryInput): Layout => {
  const digest = sha256Of(utf8(JSON.stringify(register))), { plan } = last, number = fourDigits(last.number);
  return {
    frame: {
      kind: 'inventory', paper: plan.sheets.paper, landscape: true, marks: marksOf(plan), title: 'Inventory', subject: `${plan.ceremony.organisation} · as of ceremony ${number}`, purpose: null, notices: zoneWords(),
      foot: footOf(plan, printedAt), digest, digestWords: firstWords(digest), number,
    },
    css: CSS,
    body: html`<section><h1>Inventory of keys, shares and media</h1><p class="lead">${plural(register.keys.length, 'key')}, as the archive tells it after ceremony ${number}, whose closing head begins <b>${firstWords(last.head).join(' ')}</b>. It says where things should be; a look says where they are.</p>
${register.keys.length === 0 ? html`<p>There is no key in this archive.</p>` : table('ks', ['Key', 'HSM, by serial', 'Share set now', 'Checked; due by', 'What it asks for', 'Two words, written by the witness'], register.keys.map(keyRow))}</section>
${register.keys.map(keyPart)}<section class="keep"><h2>Seen by</h2><div class="sg">${signature('Security officer')}${signature('Internal witness')}${signature('Second person')}</div></section>`,
  };
};
