/** What no program can see: the room, its safes and cameras, what people brought, and how the room is left. Filled in by hand. */
import { tokensOf } from '../../../shared/ceremony/people.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { table } from '../parts.ts';
import type { ScriptInput } from './script-input.ts';

const box = (): Html => html`<i></i>`;
const tick = (words: string): Html => html`<span class="opt"><i class="tick"></i>${words}</span>`;
const line = (mm: number): Html => html`<u class="wr" style="width:${mm}mm"></u>`;

const checks = (plan: Plan): readonly (readonly [string, HtmlValue])[] => [
  ['Room and door', html`${tick('Searched before')} ${tick('One door, watched')} Keys: ${line(34)}`],
  ['Cameras', html`${tick('None')} ${tick('Recording')} Number: ${line(10)} ${tick('Keyboard, tray and keypad out of view')}`],
  ['Phones, watches, bags', html`${tick('Outside')} ${tick('Collected, by')} ${line(46)}`],
  ['People without a role', html`${tick('None')} Names and why: ${line(66)}`],
  ['Way out, first aid', html`${tick('Said aloud before the ceremony')}`],
  ['Computer and its start', html`${tick('No network, no disk')} Started from: ${line(24)} Its SHA-256 begins: ${line(30)}`],
  ['Clock on the wall', html`Set by: ${line(30)} at ${line(22)} Differs by: ${line(20)}`],
  ...(tokensOf(plan).length > 0 ? [['Printer', html`${tick('Cable only')} ${tick('No storage, or emptied')} Model, serial: ${line(34)}`] as const] : []),
];
const HEADS = ['At the start', 'Before what can’t be undone', 'After a break', 'At the end'] as const;

const leaving = (plan: Plan): readonly string[] => [
  ...(tokensOf(plan).length > 0 ? ['HSM in a new sealed bag, number written under Media and seals'] : []), 'Shares, media and cards as in the record', 'Spoiled paper destroyed under the eyes of the witness',
  'Folder copied to two media; digests compared', 'Computer off, without sleep', 'Printer off, memory emptied', 'Room searched; nothing left behind', 'Cameras stopped; file names and digests listed',
];

/** The page before act 1. */
export const roomForm = ({ plan }: ScriptInput): Html => html`<section class="page room"><h2>Location and physical security</h2><p>Place: ${plan.ceremony.place}. Filled in by ${plan.people.some(({ role }) => role === 'security-officer') ? 'the security officer' : 'the internal witness'}; no program can see this.</p>
<dl class="kv rf1">${checks(plan).map(([term, words]) => html`<div><dt>${term}</dt><dd>${words}</dd></div>`)}</dl>
<h3>People in the room</h3>${table('room4', ['Count', ...HEADS], [['Number', '', '', '', ''], ['Time UTC, initials', '', '', '', '']])}
<h3>Safes</h3>${table('safe', ['Safe', 'Opened by', 'Time UTC', 'Taken out', 'Put in', 'Closed, UTC', 'Initials'], Array.from({ length: 4 }, () => ['', '', '', '', '', '', box()]))}
<h3>Breaks</h3>${table('safe', ['Reason', 'Stayed', 'From, UTC', 'Seals before', 'Seals after', 'To, UTC', 'Initials'], Array.from({ length: 2 }, () => ['', '', '', '', '', '', box()]))}</section>`;
/** Ticked off before the last person goes. */
export const leavingList = ({ plan }: ScriptInput): Html => html`<div class="keep"><h3>When the room is left</h3><ul class="leave">${leaving(plan).map((words) => html`<li>${tick(words)}</li>`)}</ul></div>`;
