/** Section "After the ceremony": what is still to be done, who answers for it and by when. From the plan and from what happened. */
import { isKeyPlan, peopleIn, tokensOf, witnessOf } from '../../../shared/ceremony/people.ts';
import { pinSetOf, wrappingSetOf } from '../../../shared/ceremony/select.ts';
import type { Role } from '../../../shared/ceremony/plan-schema.ts';
import type { CeremonyFolder } from '../folder.ts';
import { copyNumber, copyWhat } from '../copy-words.ts';
import { day, listed } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { table } from '../parts.ts';
import { nameOf } from '../people-words.ts';
import { remainsOf } from '../what-remains.ts';
import { heading } from './sections.ts';
import { notSigned } from './signing.ts';

interface Task { readonly what: HtmlValue; readonly owner: string; readonly due: string }
type Tasks = (folder: CeremonyFolder) => readonly Task[];
const AT_ONCE = 'At once', SAME_DAY = 'Same day', WEEK = '7 days', MONTH = '30 days';

const inRole = ({ plan }: CeremonyFolder, role: Role, other: Role = 'administrator'): string => {
  const people = peopleIn(plan, role).length > 0 ? peopleIn(plan, role) : peopleIn(plan, other);
  return listed(people.map(({ name }) => name));
};
const papers: Tasks = (folder) => [
  { what: 'Keep the paper with the closing head, apart from the archive', owner: listed([inRole(folder, 'internal-witness'), inRole(folder, 'external-auditor')]), due: SAME_DAY },
  { what: 'Copy the folder to a second place, and compare the digests', owner: inRole(folder, 'administrator'), due: SAME_DAY },
  { what: 'File this record with the paper script, its forms and the receipts', owner: inRole(folder, 'administrator'), due: WEEK },
];
const signatures: Tasks = (folder) => {
  const missing = notSigned(folder);
  return missing.length === 0 || folder.state.closing === null ? [] : [{ what: html`<b>Sign the record</b>, with credential or in ink`, owner: listed(missing), due: WEEK }];
};
const exceptions: Tasks = (folder) => folder.state.exceptions.filter(({ effect }) => effect !== 'none').map((one) => (
  { what: html`<b>Decide on exception E${one.number}</b>: effect on the result ${one.effect === 'uncertain' ? 'uncertain' : 'not usable'}`, owner: inRole(folder, 'security-officer'), due: AT_ONCE }));
const devices: Tasks = (folder) => tokensOf(folder.plan).length === 0 || folder.plan.hsm?.software === true ? []
  : [{ what: html`Bring the HSM back to its safe, in a new bag: ${listed(tokensOf(folder.plan))}`, owner: inRole(folder, 'crypto-officer'), due: SAME_DAY }];
const shares: Tasks = (folder) => [wrappingSetOf(folder.state), pinSetOf(folder.state)].flatMap((set) => (set === null ? [] : [
  { what: `Bring the shares of set ${set.setName} to their places, and report the arrival`, owner: 'Each custodian', due: WEEK },
  { what: `Check the shares of set ${set.setName} (share check)`, owner: inRole(folder, 'administrator'), due: 'As the policy says; a year at most' },
]));
const media: Tasks = (folder) => (folder.state.backup?.media.length ?? 0) === 0 || folder.plan.ceremony.kind === 'recovery' ? []
  : [{ what: 'Keep the media with the wrapped key apart from every share', owner: inRole(folder, 'administrator'), due: SAME_DAY }];
const scrap: Tasks = ({ plan, state }) => state.voided.flatMap((set) => set.sheets.filter(({ destroyed }) => !destroyed).map((sheet) => (
  { what: html`<b>Find and destroy the void sheet</b> of share ${sheet.share}, attempt ${sheet.attempt}`, owner: nameOf(plan, witnessOf(plan)), due: AT_ONCE })));
const copies: Tasks = (folder) => remainsOf(folder.state).left.flatMap(({ copy, said }) => {
  if (said?.outcome === 'missing') return [{ what: html`<b>Search for the missing copy</b>: ${copyWhat(folder.plan, copy)}, ${copyNumber(copy)}`, owner: inRole(folder, 'security-officer'), due: AT_ONCE }];
  return said?.outcome === 'collected' ? [{ what: html`Destroy the collected copy: ${copyWhat(folder.plan, copy)}, ${copyNumber(copy)}`, owner: inRole(folder, 'internal-witness'), due: MONTH }] : [];
});
const publish: Tasks = (folder) => {
  const { plan, state, certificate } = folder;
  if (!isKeyPlan(plan) || plan.mode === 'rehearsal' || certificate === null || state.closing?.outcome !== 'completed') return [];
  return [{ what: 'Publish the root certificate with its fingerprint, and give out the key sheet', owner: inRole(folder, 'administrator'), due: MONTH },
    { what: 'Plan the successor of the key before its certificate ends', owner: inRole(folder, 'security-officer'), due: day(plan.certificate.notAfter) }];
};
const charter: Tasks = (folder) => folder.plan.charter === undefined ? [] : [{ what: 'Tell everyone whose roles, key or standing changed', owner: inRole(folder, 'administrator'), due: WEEK }];
const report: Tasks = (folder) => [
  { what: 'Check the folder against the paper with the closing head, and write the report', owner: inRole(folder, 'external-auditor'), due: MONTH },
  { what: 'Talk over what was slow or unclear, and change the next script', owner: inRole(folder, 'administrator'), due: MONTH },
];
const TASKS: readonly Tasks[] = [exceptions, signatures, scrap, copies, devices, papers, shares, media, charter, publish, report];

export const followUpSection = (folder: CeremonyFolder): Html => html`<section>${heading(folder.plan, 'after', 'After the ceremony')}<p>Who owns a task answers for it. What the organisation decides otherwise is written beside it.</p>
<div style="margin-top:2mm">${table('todo', ['Action', 'Owner', 'Due', 'Done: date, initials'], TASKS.flatMap((tasks) => tasks(folder)).map(({ what, owner, due }) => [what, owner, due, html`<i></i>`]))}</div></section>`;
