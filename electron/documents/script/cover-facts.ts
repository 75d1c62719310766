/** The facts of the plan that stand on the cover of the script, by kind of ceremony. */
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { gatheredSetOf, isKeyPlan, issuesPinSet, issuesShares, keyPlan, tokensOf } from '../../../shared/ceremony/people.ts';
import type { KEY_KINDS, KeyPlan, Plan, Source } from '../../../shared/ceremony/plan-schema.ts';
import { keyName, profileName } from '../../../shared/text/script.ts';
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import { commonNameOf } from '../../../shared/x509/names.ts';
import { day, fourDigits, listed, longDate, plural } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { modeSentence, setWords } from '../kind-words.ts';
import { lines, longCode } from '../parts.ts';
import { carriersSentence, pinSentence } from '../people-words.ts';
import type { ScriptInput } from './script-input.ts';

const backupSentence = (plan: KeyPlan): string => plan.key.backup.kind === 'split'
  ? `Wrapped under a fresh key that is split into ${plan.quorum.shares} shares; any ${plan.quorum.threshold} recover it. ${plural(plan.media, 'numbered medium', 'numbered media')}.`
  : `None. ${plan.key.backup.reason} Approved by ${plan.key.backup.approvedBy}.`;
const tokens = (plan: KeyPlan): HtmlValue => plan.ceremony.kind === 'recovery' ? html`Target: <code>${plan.hsm.serial ?? 'not chosen'}</code>` : lines([
  html`First: <code>${plan.hsm.serial ?? 'not chosen'}</code>`,
  plan.hsm.secondSerial === null ? 'No second token' : html`Second: <code>${plan.hsm.secondSerial}</code>`,
]);
const subject = ({ certificate, mode }: KeyPlan): string => {
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
type Row = readonly [string, HtmlValue];
/** What a ceremony about an existing key stands on. */
const sourceRows = ({ source }: Plan): readonly Row[] => source === undefined ? [] : [
  ['Purpose', html`<b>${source.purpose}</b>`], ['Decided by', source.authority],
  ['Share set', html`<b>${source.set.setName}</b>, epoch ${source.set.epoch}, any ${source.set.threshold} of ${source.set.shares}, issued by ceremony ${fourDigits(source.set.issuedBy)}; ${copiesSentence(source)}<br><code class="long">${source.set.setFingerprint}</code>`],
];
/** Why a ceremony about the archive is held, and the charter it gives. */
const charterFacts = ({ decision, charter, before }: Plan): readonly Row[] => [
  ...(decision ? [['Purpose', html`<b>${decision.purpose}</b>`] as const, ['Decided by', decision.authority] as const] : []),
  ...(charter ? [['Charter', html`${plural(charter.members.length, 'person', 'people')} on the roster; ${charter.approval} custodians change it${before ? html`. It replaces that of ceremony ${listed(before.map(({ ceremony }) => fourDigits(ceremony)))}` : null}<br><span class="s">SHA-256 ${longCode(charterDigest(charter))}</span>`] as const] : []),
];
const tokenRows = (plan: KeyPlan): readonly Row[] => tokensOf(plan).length === 0 ? [] : [
  ['HSM, by serial', tokens(plan)],
  ['PKCS#11 module', html`<code class="long">${plan.hsm.module.path}</code><br><span class="s">SHA-256 ${plan.hsm.module.sha256 === null ? 'not pinned' : longCode(plan.hsm.module.sha256)}</span>`],
];
const quorumSentence = (plan: Plan): string => {
  const { threshold, shares } = plan.quorum, old = plan.source?.set;
  switch (plan.ceremony.kind) {
    case 'root-key-generation': case 'founding': case 'amendment': case 'merge': return `${threshold} of ${shares} custodians sign at each hold point`;
    case 're-share': return `${old!.threshold} of the old holders agree and bring their shares; then any ${threshold} of ${shares} custodians hold the new set`;
    case 'recovery': return `Any ${old!.threshold} of the ${old!.shares} holders recover the key`;
    case 'share-check': return `No share is combined. Any ${old!.threshold} of the ${old!.shares} shares are needed to recover the key`;
    case 'share-destruction': return `${threshold} people sign before anything is destroyed`;
  }
};
const makesBackup = ({ ceremony: { kind } }: Plan): boolean => kind === 'root-key-generation' || kind === 're-share';
const keyRows = (plan: KeyPlan): readonly (Row | null)[] => [
  ['Key', `${plan.key.label}, ${profileName(plan.key.profile)}`],
  plan.source ? null : ['Certificate', html`${subject(plan)}. <span class="nb">Valid ${day(plan.certificate.notBefore)}</span> <span class="nb">to ${day(plan.certificate.notAfter)}</span>`],
  ...tokenRows(plan),
];
const pinAndBackupRows = (plan: KeyPlan): readonly (Row | null)[] => {
  const pin = gatheredSetOf(plan, 'pin');
  return [
    tokensOf(plan).length > 0 ? ['PIN of the HSM', html`${pinSentence(plan)}${pin && html`<br><code class="long">${pin.setFingerprint}</code>`}`] : null,
    makesBackup(plan) ? [plan.source ? 'New backup' : 'Backup', backupSentence(plan)] : null,
  ];
};
const lengthOf = ({ script }: ScriptInput): string => `${plural(script.acts.length, 'act')}, ${plural(allSteps(script).length, 'step')}; about ${plural(script.acts.reduce((sum, act) => sum + act.expectedMinutes, 0), 'minute')}`;
/** The rows of the cover; null where the plan has nothing of the kind. */
export const coverFacts = (input: ScriptInput): readonly Row[] => {
  const { plan, number } = input;
  const carriers = carriersSentence(plan);
  const rows: readonly (Row | null)[] = [
    ['Ceremony', `${number ?? 'Number is given at the opening'}. ${plan.ceremony.organisation}`],
    ['Date and place', `${longDate(plan.ceremony.date)}. ${plan.ceremony.place}`],
    ['Length', html`${lengthOf(input)}. Begun at ________ UTC, ________ local`],
    ['Mode', modeSentence(plan)],
    ...sourceRows(plan), ...charterFacts(plan),
    ...(isKeyPlan(plan) ? keyRows(plan) : []),
    ['Quorum', quorumSentence(plan)],
    ...(isKeyPlan(plan) ? pinAndBackupRows(plan) : []),
    carriers !== null && (issuesShares(plan) || issuesPinSet(plan)) ? ['Shares go', carriers] : null,
  ];
  return rows.filter((row): row is Row => row !== null);
};

const keyAim = (plan: KeyPlan, kind: (typeof KEY_KINDS)[number]): Html => {
  const key = html`<b>${keyName(plan)}</b>`, set = plan.source?.set;
  switch (kind) {
    case 'root-key-generation': return html`This script makes the root key ${key}.`;
    case 'recovery': return html`This script recovers the key ${key} into HSM <code>${plan.hsm.serial ?? ''}</code>, from shares of ${setWords(set!)}.`;
    case 're-share': return html`This script replaces the shares of ${setWords(set!)} of the key ${key}, and accounts for every old copy.`;
    case 'share-check': return html`This script checks shares of ${setWords(set!)} of the key ${key}, one holder at a time. No share is combined.`;
    case 'share-destruction': return html`This script destroys the copies of ${setWords(set!)} of the key ${key}.`;
  }
};
/** The first sentence of the script: what it does. */
export const aimSentence = (plan: Plan): Html => {
  const { kind, organisation } = plan.ceremony;
  switch (kind) {
    case 'founding': return html`This script founds the archive of <b>${organisation}</b>: who may act in it, and under which policy. It touches no key.`;
    case 'amendment': return html`This script changes who may act in the archive of <b>${organisation}</b>, or under which policy. It touches no key.`;
    case 'merge': return html`This script joins another archive to that of <b>${organisation}</b>. It touches no key.`;
    default: return keyAim(keyPlan(plan), kind);
  }
};
