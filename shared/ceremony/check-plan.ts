/**
 * Rules of a plan that one field alone cannot show. Each has an id; parse-plan.ts runs them on a plan of the right shape.
 * Empty places of a draft (null) are not judged here.
 */
import { materialRules } from './plan-rules-materials.ts';
import { shareName } from '../custody/share-name.ts';
import { keyFormOffence } from './plan-key-form.ts';
import { calendarDay, secondOf, withinYears } from './plan-dates.ts';
import { mergeRules } from '../charter/merge-rules.ts';
import { foldName } from './fold-name.ts';
import { isKeyPlan, issuesShares } from './people.ts';
import { canSign, eachPerson, inRole, repeated, when, type Offence, type PlanRule } from './plan-rule.ts';
import { charterRules } from '../charter/charter-rules.ts';
import { carrierRules, drillRules, pinRules } from './plan-rules-custody.ts';
import { holderRules, sharesAreMade, sourceRules } from './plan-rules-source.ts';
import type { KeyPlan, Plan } from './plan-schema.ts';
import { dutyOffences, waiverOffences } from '../duties/plan-offences.ts';

const startsRehearsal = (name: string): boolean => /^rehearsal\b/i.test(name.trim());

const peopleRules = {
  'administrator-one': (plan) => when(inRole(plan, 'administrator').length !== 1, 'people', `A ceremony has exactly one administrator; this plan has ${inRole(plan, 'administrator').length}.`),
  'internal-witness-one': (plan) => when(inRole(plan, 'internal-witness').length !== 1, 'people', `A ceremony has exactly one internal witness; this plan has ${inRole(plan, 'internal-witness').length}.`),
  'external-auditor-present': (plan) => when(inRole(plan, 'external-auditor').length === 0, 'people', 'A ceremony has at least one external auditor; this plan has none.'),
  'person-id-unique': (plan) => repeated(plan, ({ id }) => id, ({ id }, _earlier, where) => [{ where: `${where}.id`, text: `Two people have the id "${id}". Give each their own.` }]),
  'person-name-unique': (plan) => repeated(plan, ({ name }) => foldName(name), ({ name, role }, earlier, where) =>
    when(earlier.role === role, `${where}.name`, `The name "${name}" is in the plan twice. If these are two people, add what tells them apart.`)),
  'person-one-role': (plan) => repeated(plan, ({ name }) => foldName(name), ({ name, role }, earlier, where) =>
    when(earlier.role !== role, `${where}.role`, `"${name}" is ${earlier.role} already. One person has one role.`)),
} satisfies Record<string, PlanRule>;

const quorumRules = {
  'shares-are-custodians': (plan) => when(sharesAreMade(plan) && inRole(plan, 'custodian').length !== plan.quorum.shares, 'quorum.shares', `The quorum counts ${plan.quorum.shares} shares, but the plan has ${inRole(plan, 'custodian').length} custodians. The two numbers must be the same.`),
  'threshold-within-shares': (plan) => when(plan.quorum.threshold > plan.quorum.shares, 'quorum.threshold', `A quorum of ${plan.quorum.threshold} of ${plan.quorum.shares} can never meet. Lower the threshold or add custodians.`),
  'quorum-can-sign': (plan) => {
    const signers = inRole(plan, 'custodian').filter(canSign).length;
    // A share check has no hold point: each slip is signed by its own holder.
    return when(plan.ceremony.kind !== 'share-check' && signers < plan.quorum.threshold, 'people', `Hold points need ${plan.quorum.threshold} custodians' signatures, but only ${signers} custodians have a credential file or a token. Ink on paper does not count there.`);
  },
  'custodian-name-fits': (plan) => eachPerson(plan, ({ role, name, id }, where) =>
    when(role === 'custodian' && shareName(name, id) === null, `${where}.id`, 'Neither this name nor this id fits on a share. Use an id of at most 24 characters.')),
} satisfies Record<string, PlanRule>;

const credentialRules = {
  'officers-sign': (plan) => eachPerson(plan, ({ role, credential }, where) =>
    when((role === 'administrator' || role === 'internal-witness') && credential.kind === 'paper', `${where}.credential`, 'The administrator and the internal witness sign the record digitally. Choose a credential file or a token.')),
  'credential-key-form': (plan) => eachPerson(plan, ({ credential }, where) => keyFormOffence(credential, where)),
  'credential-own': (plan) => repeated(plan, ({ credential }) => (credential.kind === 'paper' ? null : credential.publicKey), ({ name }, earlier, where) =>
    [{ where: `${where}.credential.publicKey`, text: `${name} has the same public key as ${earlier.name}. Each person signs with a key of their own.` }]),
  'credential-not-hsm': (plan) => eachPerson(plan, ({ credential }, where) =>
    when(credential.kind === 'token' && credential.serial !== null && (credential.serial === plan.hsm?.serial || credential.serial === plan.hsm?.secondSerial), `${where}.credential.serial`, 'This is the serial number of the HSM of this ceremony. A person signs with a token of their own.')),
} satisfies Record<string, PlanRule>;

/** Rules of what only a ceremony about a key has. */
type KeyRule = (plan: KeyPlan) => readonly Offence[];
const aboutKeys = (rules: Readonly<Record<string, KeyRule>>): Readonly<Record<string, PlanRule>> =>
  Object.fromEntries(Object.entries(rules).map(([id, judge]) => [id, (plan: Plan) => (isKeyPlan(plan) ? judge(plan) : [])]));

const pathAndDateRules = {
  'module-path-absolute': (plan) => [
    ...when(plan.hsm !== undefined && !plan.hsm.module.path.startsWith('/'), 'hsm.module.path', 'Write the full path of the library, from "/".'),
    ...eachPerson(plan, ({ credential }, where) => when(credential.kind === 'token' && !credential.module.startsWith('/'), `${where}.credential.module`, 'Write the full path of the library, from "/".')),
  ],
  'date-exists': (plan) => [
    ...when(calendarDay(plan.ceremony.date) === null, 'ceremony.date', 'This day is not in the calendar.'),
    ...when(plan.certificate !== undefined && secondOf(plan.certificate.notBefore) === null, 'certificate.notBefore', 'This day is not in the calendar.'),
    ...when(plan.certificate !== undefined && secondOf(plan.certificate.notAfter) === null, 'certificate.notAfter', 'This day is not in the calendar.'),
  ],
} satisfies Record<string, PlanRule>;

const keyRules = {
  'ed25519-without-backup': (plan) => when(plan.key.profile === 'ed25519' && plan.key.backup.kind === 'split', 'key.backup', 'An Ed25519 key cannot be wrapped for a backup here. Choose another profile, or "none" with a reason and who approved it.'),
  'second-token-with-backup': (plan) => when(plan.key.backup.kind === 'none' && plan.hsm.secondSerial !== null, 'hsm.secondSerial', 'Without a backup there is no restore to prove, so there is no second token. Write null.'),
  'second-token-differs': (plan) => when(plan.hsm.serial !== null && plan.hsm.serial === plan.hsm.secondSerial, 'hsm.secondSerial', 'The second token has the same serial number as the first. The restore is proved on another token.'),
  'media-with-backup': (plan) => [
    ...when(issuesShares(plan) && plan.media === 0, 'media', 'The wrapped key needs at least one numbered medium. Write 1 to 9.'),
    ...when(plan.key.backup.kind === 'none' && plan.media > 0, 'media', 'Without a backup nothing is written to media. Write 0.'),
  ],
} satisfies Record<string, KeyRule>;

const certificateRules = {
  'validity-forward': (plan) => when(plan.certificate.notAfter <= plan.certificate.notBefore, 'certificate.notAfter', 'The certificate ends before it begins. notAfter must be later than notBefore.'),
  'validity-25-years': (plan) => when(!withinYears(plan.certificate.notBefore, plan.certificate.notAfter, 25), 'certificate.notAfter', 'A root certificate lasts at most 25 years.'),
  'common-name-mode': (plan) => when(plan.mode === 'production' && startsRehearsal(plan.certificate.subject.commonName), 'certificate.subject.commonName', 'Only rehearsal certificates begin with "REHEARSAL". Choose another name.'),
  'common-name-room': (plan) => when(plan.mode === 'rehearsal' && plan.certificate.subject.commonName.length > 54, 'certificate.subject.commonName', 'The app writes "REHEARSAL " before the name, and a certificate has room for 64 characters. Use at most 54.'),
} satisfies Record<string, KeyRule>;

const deskRules = {
  'folder-printer-rehearsal': (plan) => when(isKeyPlan(plan) && plan.mode === 'production' && plan.sheets.printer.kind === 'folder', 'sheets.printer', 'Share sheets are printed into a folder in a rehearsal only. Name a CUPS queue.'),
} satisfies Record<string, PlanRule>;

/** Every rule by id, in the order of their findings. */
export const PLAN_RULES: Readonly<Record<string, PlanRule>> = { ...peopleRules, ...quorumRules, ...credentialRules, ...pathAndDateRules, ...aboutKeys(keyRules), ...aboutKeys(certificateRules), ...carrierRules, ...pinRules, ...drillRules, ...sourceRules, ...holderRules, ...deskRules, ...materialRules, ...charterRules, ...mergeRules, 'waivers-sound': waiverOffences };

/** @returns what breaks a rule, with the id of the rule or of the duty; empty for a sound plan. */
export const checkPlan = (plan: Plan): readonly (Offence & { readonly rule: string })[] =>
  [...Object.entries(PLAN_RULES).flatMap(([rule, judge]) => judge(plan).map((offence) => ({ ...offence, rule }))), ...dutyOffences(plan)];
