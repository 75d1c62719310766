/** What the record says of one entry, in the row of its step. Values of the machine and values that people typed look different. */
import { assertNever } from '../../../shared/assert-never.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Body, Entry, Outcome } from '../../../shared/transcript/entry-schema.ts';
import { howWords } from '../copy-words.ts';
import { listed, plural } from '../format.ts';
import { html, joined } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { machineSaid, personTyped } from '../parts.ts';
import { nameOf } from '../people-words.ts';
import { faultWords } from './fault-words.ts';
import { CUSTODY_OUTCOMES, observedCustody, type OutcomeOf } from './observe-custody.ts';
import { isWrong } from '../../../shared/ceremony/materials.ts';
import { materialFound } from '../../../shared/text/materials.ts';
import { entryText, offsetText } from '../../../shared/text/entries.ts';

const begins = (hex: string): Html => machineSaid(`${hex.slice(0, 4)} ${hex.slice(4, 8)} ${hex.slice(8, 12)} …`);
const subsets = (groups: readonly (readonly number[])[]): string => groups.map((group) => group.join(', ')).join('; again from ');
const second = (may: boolean): string => (may ? ' After an interruption a second signature may exist.' : '');

const OUTCOMES: { readonly [K in Outcome['kind']]: (outcome: OutcomeOf<K>) => Html } = {
  'generate-key': (o) => html`Key pair made. Public key SHA-256 ${begins(o.spkiSha256)}. ${plural(o.checks.length, 'check')} passed; a test signature was verified outside the HSM.`,
  'sign-certificate': (o) => html`Certificate signed, SHA-256 ${begins(o.certificateSha256)}. Lint: ${plural(o.lint.length, 'finding')}.${second(o.secondSignatureMayExist)}`,
  'sign-pop': (o) => html`Proof of possession signed, SHA-256 ${begins(o.popSha256)}.${second(o.secondSignatureMayExist)}`,
  split: (o) => html`Share set ${machineSaid(o.setName)} made; manifest SHA-256 ${begins(o.manifestSha256)}.`,
  'print-sheet': (o) => html`Printed, job ${machineSaid(o.job)}, ${plural(o.pages, 'page')}.`,
  rebuild: (o) => html`Rebuilt from shares ${subsets(o.subsets)}, as they were read back.`,
  wrap: (o) => html`Key wrapped, ${o.length} bytes, SHA-256 ${begins(o.sha256)}, on ${plural(o.media.length, 'medium', 'media')}.`,
  restore: (o) => html`Key restored; it signed a challenge and the signature was verified. Public key ${begins(o.spkiSha256)}.`,
  lock: (o) => html`${joined(o.tokens.map((token) => html`Token ${machineSaid(token.serial)}: CKA_EXTRACTABLE ${machineSaid(String(token.extractable))}, wrap refused with ${machineSaid(token.refusedWith)}.`), ' ')}`,
  'destroy-debris': (o) => html`What an interrupted step left was removed: ${plural(o.destroyed.length, 'object')}.`,
  wipe: (o) => html`Vault ended${o.vaultRestarted ? ' and a new one started' : ''}.`,
  ...CUSTODY_OUTCOMES,
};
const outcomeWords = (outcome: Outcome): Html => (OUTCOMES[outcome.kind] as (value: Outcome) => Html)(outcome);

/** Answers of two people are told with their comparison. */
const answer = ({ value, expected, matches, attempt }: Body<'answer'>): HtmlValue => {
  if (expected === undefined) return null;
  return matches ? html`Read ${personTyped(value)}. Expected ${machineSaid(expected)}. Equal.` : html`<b>Attempt ${attempt} differs.</b> Read ${personTyped(value)}. Expected ${machineSaid(expected)}.`;
};
const compared = (plan: Plan, { answers, attempt, expected, toleranceMinutes }: Body<'answers-compared'>): Html => {
  const each = answers.map(({ person, value, matches, offset }) => html`${nameOf(plan, person)} read ${personTyped(value)}${matches ? null : html`, <b>which differs</b>`}${offset === null ? null : `, ${offsetText(offset)}`}. `);
  const equal = answers.every(({ matches }) => matches), value = answers[0]?.value ?? '';
  if (equal && expected !== null && answers.every((one) => one.value === value)) return html`${listed(answers.map(({ person }) => nameOf(plan, person)))} each read ${personTyped(value)}. Expected ${machineSaid(expected)}. Equal.`;
  return html`${equal ? null : html`<b>Attempt ${attempt}.</b> `}${each}${expected === null ? `Each was compared with the computer’s clock as it was typed; ${toleranceMinutes ?? 0} min are allowed.` : html`Expected ${machineSaid(expected)}.`}${equal ? ' Both equal.' : null}`;
};
const HAPPENED = { no: 'It did not happen.', unknown: 'Whether it happened is not known.', undone: 'What had happened was undone.' } as const;
const IDENTITY = { known: 'known to those present', document: 'document checked', absent: 'absent' } as const;
const login = (plan: Plan, body: Body<'login'>): Html => body.control === 'quorum'
  ? html`Token ${machineSaid(body.serial)} opened with the PIN derived from the PIN shares of ${listed(body.typedBy.map((id) => nameOf(plan, id)))}; nobody saw it. Module SHA-256 ${begins(body.moduleSha256)}.`
  : html`Token ${machineSaid(body.serial)} opened. PIN typed by ${listed(body.typedBy.map((id) => nameOf(plan, id)))}${body.control === 'single' ? html`: <b>single control.</b>` : ', one half each.'} Module SHA-256 ${begins(body.moduleSha256)}.`;
const preflight = (rows: Body<'preflight'>['rows']): Html => {
  const wrong = rows.filter((row) => !row.ok);
  return wrong.length === 0 ? html`${plural(rows.length, 'row')} observed, all as planned.` : html`${plural(rows.length, 'row')} observed. <b>Not as planned:</b> ${listed(wrong.map((row) => row.id))}.`;
};

/** @param text the opening of a restricted field, or null where it is withheld. @returns null where an entry shows nothing of its own. */
export const observed = (plan: Plan, entry: Entry, text: (field: string) => string | null): HtmlValue => {
  const name = (id: string): string => nameOf(plan, id);
  switch (entry.type) {
    case 'opening': case 'step-completed': case 'intent': case 'exception': return null;
    case 'presence': return html`${name(entry.body.person)}: ${entry.body.present ? `present, ${IDENTITY[entry.body.identity]}` : 'absent'}.`;
    case 'deputised': return html`<b>${name(entry.body.by)} stands in for ${name(entry.body.for)}.</b> ${text('reason') ?? 'Reason withheld.'}`;
    case 'answer': return answer(entry.body);
    case 'answers-compared': return compared(plan, entry.body);
    case 'preflight': return preflight(entry.body.rows);
    case 'login': return login(plan, entry.body);
    case 'login-failed': return html`Token ${machineSaid(entry.body.serial)} not opened. ${faultWords(entry.body.fault)}.`;
    case 'inventory': return entry.body.tokens.map((token) => html`Token ${machineSaid(token.serial)}: ${machineSaid(plural(token.objects.length, 'object'))}. `);
    case 'result': return outcomeWords(entry.body.outcome);
    case 'failed': return html`<b>Not done.</b> ${faultWords(entry.body.fault)}. ${HAPPENED[entry.body.happened]}`;
    case 'read-back': return html`Share ${entry.body.share} read back by ${name(entry.body.person)}: ${howWords(entry.body.how)}, all right.`;
    case 'read-back-failed': return html`Read-back of share ${entry.body.share} not right. ${faultWords(entry.body.fault)}.`;
    case 'sheet-destroyed': return html`Sheet of share ${entry.body.share}, attempt ${entry.body.attempt}, destroyed; ${name(entry.body.witness)} watched.`;
    case 'sealed': return html`Share ${entry.body.share} sealed by ${name(entry.body.custodian)} in bag ${personTyped(entry.body.bag)}${entry.body.cardBag === undefined ? null : html`, the card in bag ${personTyped(entry.body.cardBag)}`}; ${name(entry.body.witness)} read the number too.`;
    case 'set-voided': return html`<b>The share set is void</b> (${entry.body.reason}); nothing was wrapped under it. ${plural(entry.body.sheets.length, 'sheet')} to destroy${(entry.body.cards ?? []).length > 0 ? `, ${plural((entry.body.cards ?? []).length, 'card')} to erase` : ''}.`;
    case 'share-read': case 'share-refused': case 'share-unproved': case 'copy-accounted': case 'set-superseded': return observedCustody(plan, entry);
    case 'paused': return html`Paused: ${entry.body.reason}. ${text('text') ?? 'Text withheld.'}${entry.body.sealed === undefined ? null : html` Sealed for it: ${joined(entry.body.sealed.map(personTyped), ', ')}.`}`;
    case 'resumed': return html`Resumed with ${listed(entry.body.present.map(name))}; HSM serial ${personTyped(entry.body.serial)}.${entry.body.heads === undefined ? null : ` ${plural(entry.body.heads, 'person is', 'people are')} in the room.`}${entry.body.bags === undefined ? null : html` Bags read again: ${joined(entry.body.bags.map(personTyped), ', ')}.`}`;
    case 'objection': return html`<b>${name(entry.body.person)} does not agree.</b> ${text('words') === null ? 'Words withheld.' : html`“${text('words')}”`}`;
    case 'signoff': return html`<b>${name(entry.body.person)}</b> signed, ${entry.body.method === 'token' ? 'with a token' : 'with a credential file'}.`;
    case 'restarted': return html`The program started again. ${entry.body.found}`;
    case 'member-changed': return html`${entryText(entry, plan)}.`;
    case 'charter-enacted': return html`<b>Charter enacted.</b> Digest ${begins(entry.body.sha256)}.`;
    case 'repair': return html`A torn last line of ${plural(entry.body.tornBytes, 'byte')} was set aside as ${entry.body.sideFile}.`;
    case 'closing': return html`Transcript closed, ${entry.body.outcome}: ${plural(entry.body.exceptions, 'exception')}, ${plural(Object.keys(entry.body.files).length, 'file')} named.`;
    case 'material': return html`${plan.materials?.find(({ id }) => id === entry.body.item)?.what ?? entry.body.item} ${isWrong(entry.body) ? html`<b>${materialFound(entry.body)}</b>` : materialFound(entry.body)}; read by ${name(entry.body.by)} and ${name(entry.body.witness)}.`;
    case 'postponed': return html`<b>Postponed by ${name(entry.body.by)}${entry.body.until === null ? null : ` until ${entry.body.until}`}.</b> ${text('reason') ?? 'Reason withheld.'}`;
    case 'aborted': return html`<b>Aborted by ${name(entry.body.by)}.</b> ${text('reason') ?? 'Reason withheld.'}`;
    default: return assertNever(entry);
  }
};
