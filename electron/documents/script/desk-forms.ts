/** Forms below an act's steps for what happens at the desk: shares brought, shares proved, copies accounted for. */
import { gatheredSetOf, materialsOf } from '../../../shared/ceremony/people.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { AccountStep, Act, GatherStep, MaterialsStep, ProveStep } from '../../../shared/ceremony/script-types.ts';
import { OUTCOMES } from '../../../shared/ceremony/rules/copies-accounted.ts';
import { MATERIAL_NAMES } from '../../../shared/text/materials.ts';
import type { Body } from '../../../shared/transcript/entry-schema.ts';
import { copyNumber, copyWhat } from '../copy-words.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { nameOf } from '../people-words.ts';
import { table } from '../parts.ts';

const REFUSED_ROWS = 2;
const blank = (): Html => html`<i></i>`;
const ticks = (labels: readonly string[]): HtmlValue => labels.map((label) => html`<span class="tk"><i class="tick"></i>${label}</span> `);
const HOW = ['symbol', 'typed', 'card'] as const;
/** A form of few rows stays on one page. */
const KEPT_ROWS = 10;
const form = (title: string, words: string, rows: number, body: Html): Html => html`<div class="desk${rows <= KEPT_ROWS ? ' keep' : ''}"><h3>${title}</h3><p class="s">${words}</p>${body}</div>`;

const gatherForm = (plan: Plan, step: GatherStep): HtmlValue => {
  const set = gatheredSetOf(plan, step.holds);
  if (set === null) return null;
  const here = set.holders.filter(({ person }) => plan.people.some((one) => one.id === person));
  return form(`Step ${step.id}: shares of set ${set.setName}, epoch ${set.epoch}`, `${step.threshold} good shares are needed. The witness fills in a row when the app has judged the share. A share that is refused goes into a row of its own.`, here.length + REFUSED_ROWS,
    table('gf', ['Share', 'Holder', 'Brought by, if another', 'How it came', 'Bag opened', 'Time UTC', 'Initials'], [
      ...here.map((holder) => [html`<b>${holder.number}</b>`, html`<b>${holder.name}</b>`, '', ticks(HOW), '', blank(), blank()]),
      ...Array.from({ length: REFUSED_ROWS }, () => ['', html`<span class="grey">Refused:</span>`, '', ticks(HOW), '', blank(), blank()]),
    ]));
};

const proveForm = (plan: Plan, steps: readonly ProveStep[]): HtmlValue => steps.length === 0 ? null
  : form('Slips of the check', 'One row a holder. By signing, each says: my share was read today, and it is back in a sealed bag with me.', steps.length,
    table('pf', ['Step', 'Share and holder', 'Found', 'How', 'New bag', 'Signature', 'Time UTC'], steps.map((step) => [
      html`<b>${step.id}</b>`, html`<b>${step.shareNumber}</b> ${nameOf(plan, step.custodian)}`, ticks(['proved', 'unreadable', 'lost', 'exposed', 'absent']), ticks(HOW), '', blank(), blank()])));

const ABOUT: Readonly<Record<AccountStep['about'], string>> = {
  used: 'Only what was opened today is filled in; the others stay in their bags.',
  superseded: 'Every old copy is called, also one that is not in the room.', all: 'Every copy is called, also one that is not in the room.',
};
const BECAME: Readonly<Record<Body<'copy-accounted'>['outcome'], string>> = { destroyed: 'destroyed', collected: 'collected', resealed: 'new bag', retained: 'kept', missing: 'missing' };
const accountForm = (plan: Plan, step: AccountStep): Html => {
  const copies = (plan.source?.copies ?? []).filter(({ copy }) => step.about !== 'used' || copy.kind !== 'medium');
  return form(`Step ${step.id}: copies`, `${ABOUT[step.about]} Destroyed: under the eyes of the witness.${step.about === 'superseded' ? ' Collected: in a witnessed bag, destroyed later.' : ''}`, copies.length,
    table('af', ['What', 'Number', 'Bag before', 'What became of it', 'New bag', 'Time UTC', 'Initials'], copies.map(({ copy, bag }) => [
      copyWhat(plan, copy), copyNumber(copy), bag === null ? '–' : html`<code>${bag}</code>`, ticks(OUTCOMES[step.about].map((outcome) => BECAME[outcome])), '', blank(), blank()])));
};

/** What the archive knows of the bags is not on this page: both people read the bag itself, and the program compares. */
const materialsForm = (plan: Plan, step: MaterialsStep): Html => form(`Step ${step.id}: materials ${step.when}`, step.when === 'in' ? 'Both read the number from the bag before it is opened. No other material is on the table.' : 'Both read the number of the new bag.', materialsOf(plan).length,
  table('mf', step.when === 'in' ? ['Thing', 'Serial', 'Bag, read by who brings it', 'Bag, read by the witness', 'Seal', 'Time UTC'] : ['Thing', 'Serial', 'New bag', 'Goes with', 'Time UTC', 'Initials'], materialsOf(plan).map(({ what, serial, kind }) => [
    html`<b>${what}</b><br><span class="s">${MATERIAL_NAMES[kind]}</span>`, serial === null ? '–' : html`<code>${serial}</code>`, '', '', step.when === 'in' ? ticks(['intact', 'broken', 'no bag']) : blank(), blank()])));

/** @returns the forms of one act, in the order of its steps; nothing for an act without such steps. */
export const actForms = (plan: Plan, act: Act): HtmlValue => [
  act.steps.flatMap((step) => (step.kind === 'materials' ? [materialsForm(plan, step)] : [])),
  act.steps.flatMap((step) => (step.kind === 'gather' ? [gatherForm(plan, step)] : [])),
  proveForm(plan, act.steps.filter((step) => step.kind === 'prove')),
  act.steps.flatMap((step) => (step.kind === 'account' ? [accountForm(plan, step)] : [])),
];
