/** Sections on people and things: who was there, what lay on the table, what the computer showed of itself. */
import { isKeyPlan, issuesShares, keyPlan } from '../../../shared/ceremony/people.ts';
import type { CeremonyKind, KeyPlan } from '../../../shared/ceremony/plan-schema.ts';
import { CLOCK_TOLERANCE_MINUTES } from '../../../shared/ceremony/prompt.ts';
import { offsetText } from '../../../shared/text/entries.ts';
import { sessionName } from '../../../shared/text/session.ts';
import type { Outcome } from '../../../shared/transcript/entry-schema.ts';
import { dutiesTable } from '../duties-table.ts';
import type { CeremonyFolder } from '../folder.ts';
import { clock, listed } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { keyValues, lines, longCode, machineSaid, table } from '../parts.ts';
import { nameOf, roleOf } from '../people-words.ts';
import { resultAt } from './lead.ts';
import { materialsTable } from './materials.ts';
import { heading, sectionNumber } from './sections.ts';

const IDENTITY: Readonly<Record<string, string>> = { known: 'Known to those present', document: 'Document checked', absent: '–' };
const CREDENTIAL = { file: 'Credential file', token: 'Token', paper: 'Paper' } as const;

const presence = ({ entries }: CeremonyFolder, id: string): HtmlValue => {
  const marks = entries.flatMap(({ entry }) => (entry.type === 'presence' && entry.body.person === id ? [entry] : []));
  return marks.length === 0 ? 'Not called' : lines(marks.map((mark) => `${mark.body.present ? 'Present' : 'Absent'}, ${clock(mark.at)}`));
};

export const peopleSection = (folder: CeremonyFolder): Html => {
  const { plan, state } = folder, here = plan.people.filter((person) => person.role === 'custodian' && state.present[person.id]?.present).length;
  return html`<section class="page">${heading(plan, 'people', 'Roles, participants and presence')}
${table('roll', ['Role', 'Name and organisation', 'Identity', 'Presence, UTC', 'Signs with'], plan.people.map((person) => [
    roleOf(plan, person), html`<b>${person.name}</b><br><span class="s">${person.organisation}</span>`, IDENTITY[state.present[person.id]?.identity ?? 'absent'] ?? '–', presence(folder, person.id),
    html`${CREDENTIAL[person.credential.kind]}${person.credential.kind === 'token' ? html`<br><code>${person.credential.serial}</code>` : null}`]))}
<p class="after">Quorum: ${plan.quorum.threshold} of ${plan.quorum.shares} custodians are needed; ${here} were present when last called. Keys, algorithms and serials of the credentials are fixed in the plan.</p>
${!isKeyPlan(plan) || plan.ceremony.kind === 'share-destruction' || (issuesShares(plan) && state.set === null) ? null : html`<p class="s after">After the ceremony each custodian keeps the sealed share, does not copy it, and reports loss or an opened bag at once.</p>`}
<h3>Responsibilities</h3>${dutiesTable(plan)}</section>`;
};

/** What a token is for, what is said of it once that is done, and by which result that is known. */
interface TokenUse { readonly name: string; readonly done: string; readonly by: Outcome['kind'] }
const TOKEN_USES: Readonly<Partial<Record<CeremonyKind, readonly TokenUse[]>>> = {
  'root-key-generation': [{ name: 'First token', done: 'made the key', by: 'generate-key' }, { name: 'Second token', done: 'proved the restore', by: 'restore' }],
  recovery: [{ name: 'Target', done: 'the key was restored here', by: 'restore' }],
  're-share': [{ name: 'First token', done: 'wrapped the key anew', by: 'rewrap' }, { name: 'Second token', done: 'proved the new backup', by: 'prove-restore' }],
};
const useOf = (folder: CeremonyFolder, index: number): HtmlValue => {
  const use = TOKEN_USES[folder.plan.ceremony.kind]?.[index];
  if (use === undefined) return index === 0 ? 'Token' : 'Second token';
  return resultAt(folder, use.by) === null ? html`${use.name}: <b>not used</b>` : `${use.name}: ${use.done}`;
};
const device = (plan: KeyPlan, folder: CeremonyFolder, serial: string, index: number): readonly HtmlValue[] => {
  const { state } = folder;
  const seen = state.inventory.before?.find((token) => token.serial === serial) ?? state.inventory.after?.find((token) => token.serial === serial);
  return [useOf(folder, index), machineSaid(serial), seen ? `${seen.label}; ${seen.model}` : 'not seen', seen ? seen.firmware : '–', plan.hsm.software ? html`<b>Software token</b>` : 'Hardware, says the plan'];
};
const moduleFacts = ({ hsm: { module } }: KeyPlan, { state }: CeremonyFolder): Html => keyValues([
  ['PKCS#11 module', html`<code class="long">${module.path}</code>`],
  ['SHA-256, planned', module.sha256 === null ? 'Not pinned' : longCode(module.sha256)],
  ['SHA-256, loaded', state.moduleSha256 === null ? 'Never loaded' : html`${longCode(state.moduleSha256)} ${state.moduleSha256 === module.sha256 ? 'Equal.' : html`<b>Differs.</b>`}`],
]);
const media = (plan: KeyPlan, { state }: CeremonyFolder): HtmlValue => plan.ceremony.kind === 'recovery' ? html`<p class="after">Numbered media with the wrapped key, by the plan: ${listed((plan.source?.wrapped?.media ?? []).map(String)) || 'none'}.</p>` : plan.media === 0 ? html`<p class="after">No media.</p>`
  : html`<p class="after">Numbered media for the wrapped key: ${state.backup ? listed(state.backup.media.map(String)) : `${plan.media} planned, none written`}. Bags of the shares: section ${sectionNumber(plan, sectionNumber(plan, 'custody') > 0 ? 'custody' : 'accounted')}.</p>`;

const printer = ({ plan, state }: CeremonyFolder): HtmlValue => plan.sheets.test !== true ? null
  : html`<p class="after">Printer test: ${state.printerTested ? `a test page was printed and its symbol read back ${state.printerTested.how === 'scanned' ? 'by camera' : 'from a picture file'}, entry ${state.printerTested.seq}.` : html`<b>planned, not done.</b>`}</p>`;
const cards = ({ plan }: CeremonyFolder): HtmlValue => {
  const carried = plan.people.flatMap(({ name, custody }) => (custody?.card ? [{ name, ...custody.card }] : []));
  return carried.length === 0 ? null : html`<h3>Custodians’ cards</h3>${table('', ['Custodian', 'Card, by serial', 'PKCS#11 module'], carried.map((card) => [html`<b>${card.name}</b>`, machineSaid(card.serial ?? 'not enrolled'), html`<code class="long">${card.module}</code>`]))}`;
};
export const devicesSection = (folder: CeremonyFolder): Html => {
  const plan = keyPlan(folder.plan), serials = [plan.hsm.serial, plan.hsm.secondSerial].filter((serial) => serial !== null);
  return html`<section>${heading(plan, 'devices', 'Materials and devices')}${table('', ['Used as', 'Serial', 'Label and model', 'Firmware', 'Kind'], serials.map((serial, index) => device(plan, folder, serial, index)))}
${plan.hsm.software ? html`<p class="after"><b>Software token.</b> Its serial, model and firmware are values of a program on this computer. The key lies in files, encrypted under the PIN.</p>` : null}
<div style="margin-top:4mm">${moduleFacts(plan, folder)}</div>${media(plan, folder)}${printer(folder)}${cards(folder)}${materialsTable(folder)}</section>`;
};

/** "core-dumps" as "Core dumps". */
const rowName = (id: string): string => `${id.slice(0, 1).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`.replace(/^Usb/, 'USB');
export const workstationSection = (folder: CeremonyFolder): Html => {
  const { preflight, answers, script, opening } = folder.state;
  const wall = script.acts.flatMap((act) => act.steps).find((step) => step.kind === 'check' && step.check === 'wall-clock');
  const said = wall ? answers[wall.id] ?? [] : [], last = said.filter((one) => one.attempt === said.at(-1)?.attempt);
  return html`<section>${heading(folder.plan, 'workstation', 'Integrity of the workstation')}<p>What the computer showed of itself. These are its own statements: a compromised computer can lie.</p>
<div style="margin-top:2mm">${preflight.length === 0 ? html`<p>Not looked at.</p>` : table('wrap', ['Row', 'Observed', 'As planned'], preflight.map((row) => [rowName(row.id), machineSaid(row.observed), row.ok ? 'Yes' : html`<b>No</b>`]))}</div>
${keyValues([
    ['Program', `${opening!.tool.name} ${opening!.tool.version}, ${opening!.tool.source === 'checkout' ? 'source checkout, not a signed package: a deviation' : 'signed package'}`],
    ['Runtime', opening!.tool.runtime],
    ['Session', lines([sessionName(opening!), html`Nonce ${longCode(opening!.nonce)}, in every signature of this ceremony`])],
    ['Wall clock', last.length > 0 ? last.map((one) => `${nameOf(folder.plan, one.by)} read ${one.value} UTC; ${one.matches ? 'the computer agrees' : 'the computer differs'}${one.offset === null ? '' : ` (${offsetText(one.offset)}; ${CLOCK_TOLERANCE_MINUTES} min allowed)`}`).join('. ') : 'Not compared'],
  ])}${sectionNumber(folder.plan, 'devices') === 0 ? materialsTable(folder) : null}</section>`;
};
