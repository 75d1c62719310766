/** The facts of the plan that stand on the cover of the script, by kind of ceremony. */
import { gatheredSetOf, issuesPinSet, issuesShares, tokensOf } from '../../../shared/ceremony/people.ts';
import type { Plan, Source } from '../../../shared/ceremony/plan-schema.ts';
import { keyName, profileName } from '../../../shared/text/script.ts';
import { commonNameOf } from '../../../shared/x509/names.ts';
import { day, fourDigits, listed, longDate, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { modeSentence, setWords } from '../kind-words.ts';
import { keyValues, lines, longCode } from '../parts.ts';
import { carriersSentence, pinSentence } from '../people-words.ts';
import type { ScriptInput } from './script-input.ts';

const backupSentence = (plan: Plan): string => plan.key.backup.kind === 'split'
  ? `Wrapped under a fresh key that is split into ${plan.quorum.shares} shares; any ${plan.quorum.threshold} recover it. ${plural(plan.media, 'numbered medium', 'numbered media')}.`
  : `None. ${plan.key.backup.reason} Approved by ${plan.key.backup.approvedBy}.`;
const tokens = (plan: Plan): HtmlValue => plan.ceremony.kind === 'recovery' ? html`Target: <code>${plan.hsm.serial ?? 'not chosen'}</code>` : lines([
  html`First: <code>${plan.hsm.serial ?? 'not chosen'}</code>`,
  plan.hsm.secondSerial === null ? 'No second token' : html`Second: <code>${plan.hsm.secondSerial}</code>`,
]);
const subject = ({ certificate, mode }: Plan): string => {
  const { organization, country } = certificate.subject;
  return [`CN=${commonNameOf(certificate.subject, mode)}`, `O=${organization}`, ...(country === null ? [] : [`C=${country}`])].join(', ');
};

const copiesSentence = ({ copies }: Source): string => {
  const count = (kind: 'sheet' | 'card' | 'medium', one: string, many?: string): readonly string[] => {
    const found = copies.filter(({ copy }) => copy.kind === kind).length;
    return found === 0 ? [] : [plural(found, one, many)];
  };
  return listed([...count('sheet', 'sheet'), ...count('card', 'card'), ...count('medium', 'medium', 'media')]) || 'no copy left';
};
/** What a ceremony about an existing key stands on. */
const sourceRows = ({ source }: Plan): readonly (readonly [string, HtmlValue])[] => source === undefined ? [] : [
  ['Purpose', html`<b>${source.purpose}</b>`], ['Decided by', source.authority],
  ['Share set', html`<b>${source.set.setName}</b>, epoch ${source.set.epoch}, any ${source.set.threshold} of ${source.set.shares}, issued by ceremony ${fourDigits(source.set.issuedBy)}; ${copiesSentence(source)}<br><code class="long">${source.set.setFingerprint}</code>`],
];
const tokenRows = (plan: Plan): readonly (readonly [string, HtmlValue])[] => tokensOf(plan).length === 0 ? [] : [
  ['HSM, by serial', tokens(plan)],
  ['PKCS#11 module', html`<code class="long">${plan.hsm.module.path}</code><br><span class="s">SHA-256 ${plan.hsm.module.sha256 === null ? 'not pinned' : longCode(plan.hsm.module.sha256)}</span>`],
];
const quorumSentence = (plan: Plan): string => {
  const { threshold, shares } = plan.quorum, old = plan.source?.set;
  switch (plan.ceremony.kind) {
    case 'root-key-generation': return `${threshold} of ${shares} custodians sign at each hold point`;
    case 're-share': return `${old!.threshold} of the old holders agree and bring their shares; then any ${threshold} of ${shares} custodians hold the new set`;
    case 'recovery': return `Any ${old!.threshold} of the ${old!.shares} holders recover the key`;
    case 'share-check': return `No share is combined. Any ${old!.threshold} of the ${old!.shares} shares are needed to recover the key`;
    case 'share-destruction': return `${threshold} people sign before anything is destroyed`;
  }
};
const makesBackup = ({ ceremony: { kind } }: Plan): boolean => kind === 'root-key-generation' || kind === 're-share';
export const coverFacts = ({ plan, number }: ScriptInput): Html => {
  const carriers = carriersSentence(plan), pin = gatheredSetOf(plan, 'pin');
  return keyValues([
    ['Ceremony', `${number ?? 'Number is given at the opening'}. ${plan.ceremony.organisation}`],
    ['Date and place', `${longDate(plan.ceremony.date)}. ${plan.ceremony.place}`],
    ['Mode', modeSentence(plan)],
    ...sourceRows(plan),
    ['Key', `${plan.key.label}, ${profileName(plan.key.profile)}`],
    plan.source ? null : ['Certificate', html`${subject(plan)}. <span class="nb">Valid ${day(plan.certificate.notBefore)}</span> <span class="nb">to ${day(plan.certificate.notAfter)}</span>`],
    ...tokenRows(plan),
    ['Quorum', quorumSentence(plan)],
    tokensOf(plan).length > 0 ? ['PIN of the HSM', html`${pinSentence(plan)}${pin && html`<br><code class="long">${pin.setFingerprint}</code>`}`] : null,
    makesBackup(plan) ? [plan.source ? 'New backup' : 'Backup', backupSentence(plan)] : null,
    carriers !== null && (issuesShares(plan) || issuesPinSet(plan)) ? ['Shares go', carriers] : null,
  ]);
};

/** The first sentence of the script: what it does. */
export const aimSentence = (plan: Plan): Html => {
  const key = html`<b>${keyName(plan)}</b>`, set = plan.source?.set;
  switch (plan.ceremony.kind) {
    case 'root-key-generation': return html`This script makes the root key ${key}.`;
    case 'recovery': return html`This script recovers the key ${key} into HSM <code>${plan.hsm.serial ?? ''}</code>, from shares of ${setWords(set!)}.`;
    case 're-share': return html`This script replaces the shares of ${setWords(set!)} of the key ${key}, and accounts for every old copy.`;
    case 'share-check': return html`This script checks shares of ${setWords(set!)} of the key ${key}, one holder at a time. No share is combined.`;
    case 'share-destruction': return html`This script destroys the copies of ${setWords(set!)} of the key ${key}.`;
  }
};
