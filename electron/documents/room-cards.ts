/** D9: a card for each person, folded in the middle to stand on the table: the role towards the room, what to do towards the person. */
import type { Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import { bareSheet } from './bare-page.ts';
import { FACE_CSS, faceFoot, faceMark } from './face.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { dutiesOf } from './role-duties.ts';
import { roleOf } from './people-words.ts';
import type { Sheet } from './print.ts';

const CSS = `${FACE_CSS}
.turned{transform:rotate(180deg)}.to-room .role{font-size:42pt;line-height:1.05;font-weight:700;letter-spacing:-.01em}.to-room .name{font-size:25pt;line-height:1.2;margin-top:4mm}.to-room .org{font-size:13pt;color:var(--grey);margin-top:1mm}
.mid{flex:1;display:flex;flex-direction:column;justify-content:center}.ah{display:flex;justify-content:space-between;align-items:baseline;border-bottom:var(--rule) solid;padding-bottom:1.6mm}.ah b:first-child{font-size:14pt}
.lead{font-size:16pt;line-height:1.3;margin-top:3.5mm}.cols{display:grid;grid-template-columns:1.25fr 1fr;column-gap:8mm;flex:1;margin-top:4mm;font-size:12pt;line-height:1.34}.cols h3{margin:0 0 1mm;font-size:12pt}.cols h3+p,.cols p+p{margin-top:1mm}.cols p+h3{margin-top:3mm}.cols .li{padding-left:3.5mm;text-indent:-3.5mm}.cols .li::before{content:'– '}
.stop{border:var(--heavy) solid;padding:1.8mm 4mm;font-size:12pt;margin-bottom:3mm}
`;
const items = (sentences: readonly string[]): readonly Html[] => sentences.map((sentence) => html`<p class="li">${sentence}</p>`);
const toRoom = (plan: Plan, person: Person, foot: Html): Html => html`<div class="half top turned to-room"><div class="mid"><p class="role">${roleOf(plan, person)}</p><p class="name">${person.name}</p><p class="org">${person.organisation}${faceMark(plan)}</p></div>${foot}</div>`;
const toPerson = (plan: Plan, person: Person, foot: Html): Html => {
  const duties = dutiesOf(plan, person.role);
  return html`<div class="half bottom"><div class="ah"><b>${person.name}, ${roleOf(plan, person).toLowerCase()}</b><span>${faceMark(plan)}</span></div><p class="lead">You ${duties.you}</p>
<div class="cols"><div><h3>What you do</h3>${items(duties.during)}</div><div><h3>When you speak</h3><p>${duties.speaks}</p><h3>Afterwards</h3>${items(duties.after)}</div></div>
<p class="stop">Anyone may stop the ceremony. Say <b>“stop”</b>, and what you saw.</p>${foot}</div>`;
};

/** @param number four digits, or null before the ceremony has one. @returns one page a person, in the order of the plan. */
export const roomCards = (plan: Plan, planSha256: string, number: string | null): Sheet => {
  const foot = faceFoot(plan, number === null ? 'Ceremony' : `Ceremony ${number}`, 'Script', planSha256);
  return bareSheet({ title: 'Room cards', paper: plan.sheets.paper, css: CSS, pages: plan.people.map((person) => html`${toRoom(plan, person, foot)}<div class="cut"></div>${toPerson(plan, person, foot)}`) });
};
