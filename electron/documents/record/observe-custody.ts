/** What the record says of entries about cards, existing shares, their copies and the PIN. */
import { assertNever } from '../../../shared/assert-never.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Body, Entry, Outcome } from '../../../shared/transcript/entry-schema.ts';
import { copyNumber, copyWhat, howWords, outcomeWords, refusedIs } from '../copy-words.ts';
import { listed, plural } from '../format.ts';
import { html, joined } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { holderName, sourceSetOf } from '../kind-words.ts';
import { machineSaid, personTyped } from '../parts.ts';
import { nameOf } from '../people-words.ts';
import { faultWords } from './fault-words.ts';

export type OutcomeOf<K extends Outcome['kind']> = Extract<Outcome, { kind: K }>;
type CustodyKind = 'test-printer' | 'write-card' | 'combine' | 'rewrap' | 'prove-restore' | 'change-pin' | 'destroy-copy';
type CustodyEntry = Extract<Entry, { type: 'share-read' | 'share-refused' | 'share-unproved' | 'copy-accounted' | 'set-superseded' }>;

const begins = (hex: string): Html => machineSaid(`${hex.slice(0, 4)} ${hex.slice(4, 8)} ${hex.slice(8, 12)} …`);
const TEST_READ = { scanned: 'by camera', image: 'from a picture file' } as const;

export const CUSTODY_OUTCOMES: { readonly [K in CustodyKind]: (outcome: OutcomeOf<K>) => Html } = {
  'test-printer': (o) => html`Test page printed, job ${machineSaid(o.job)}; its symbol was read ${TEST_READ[o.how]}.`,
  'write-card': (o) => html`Share written to the card as ${machineSaid(o.label)}, ${plural(o.length, 'byte')}, ${o.encryptedTo === null ? 'not encrypted to a key of the card' : html`encrypted to the card’s key ${machineSaid(o.encryptedTo)}`}.`,
  combine: (o) => html`Rebuilt from shares ${listed(o.shares.map(String))}, and equal to the check in the manifest.`,
  rewrap: (o) => html`Key wrapped anew, ${o.length} bytes, SHA-256 ${begins(o.sha256)}, on ${plural(o.media.length, 'medium', 'media')}. The locked copies were not touched.`,
  'prove-restore': (o) => html`The new wrapped key was opened for one moment; the key signed a challenge, the signature was verified, and the object was destroyed. Public key ${begins(o.spkiSha256)}.`,
  'change-pin': (o) => html`${joined(o.tokens.map((token) => html`Token ${machineSaid(token.serial)}: the new PIN opens it, the old one was refused with ${machineSaid(token.oldRefusedWith)}${token.soChanged ? '; SO PIN changed too' : ''}.`), ' ')}`,
  'destroy-copy': (o) => html`${o.found ? 'Found and deleted' : 'Nothing found to delete'}; absence read back.`,
};

const UNPROVED: Readonly<Record<Body<'share-unproved'>['reason'], string>> = {
  absent: 'was not here', lost: 'says that it is lost', unreadable: 'brought it, and it could not be read', exposed: 'says that others may have seen it',
};
export const unprovedWords = (reason: Body<'share-unproved'>['reason']): string => ({ absent: 'Absent', lost: 'Lost', unreadable: 'Unreadable', exposed: 'Exposed' })[reason];

const shareRead = (plan: Plan, body: Body<'share-read'>): Html => {
  const set = sourceSetOf(plan, body.setId), other = body.presenter !== body.person;
  return html`${set?.holds === 'pin' ? 'PIN share' : 'Share'} ${body.share} of ${holderName(plan, set, body.person)} accepted: ${howWords(body.how)}, every check and the manifest agreed.${other ? html` <b>Brought by ${holderName(plan, set, body.presenter)}.</b>` : null}`;
};
const accounted = (plan: Plan, body: Body<'copy-accounted'>): Html =>
  html`${copyWhat(plan, body.copy)} (${copyNumber(body.copy)}): <b>${outcomeWords(body.outcome).toLowerCase()}</b>, ${body.method}${body.bag === null ? null : html`, bag ${personTyped(body.bag)}`}. ${nameOf(plan, body.by)}; ${nameOf(plan, body.witness)} watched.`;

/** @returns one or two sentences of an entry about an existing set. */
export const observedCustody = (plan: Plan, entry: CustodyEntry): HtmlValue => {
  switch (entry.type) {
    case 'share-read': return shareRead(plan, entry.body);
    case 'share-refused': return html`<b>A share was refused.</b> ${nameOf(plan, entry.body.presenter)} brought it, on ${entry.body.carrier === 'card' ? 'a card' : 'paper'}. ${faultWords(entry.body.fault)}. ${refusedIs(entry.body.fault)}`;
    case 'share-unproved': return html`<b>Share ${entry.body.share} was not proved:</b> ${holderName(plan, plan.source?.set ?? null, entry.body.person)} ${UNPROVED[entry.body.reason]}.`;
    case 'copy-accounted': return accounted(plan, entry.body);
    case 'set-superseded': return html`Set ${machineSaid(sourceSetOf(plan, entry.body.setId)?.setName ?? entry.body.setId.slice(0, 16))} superseded. Its shares are refused from now on.`;
    default: return assertNever(entry);
  }
};
