/**
 * The level of every field of a plan, of every body and line of a transcript, and of every text behind a commitment. One table; a test
 * holds it against the schemas. Only the texts can be withheld: all else stands in clear in bytes that are hashed and signed.
 */
import type { EntryType } from '../transcript/entry-schema.ts';
import type { Level } from './levels.ts';

/** `texts`: what openings.jsonl holds, as `type.field`. `line`: what every line has beside its body. */
export type FieldGroup = 'plan' | 'line' | 'texts' | EntryType;
type Table = Readonly<Record<Level, Readonly<Partial<Record<FieldGroup, string>>>>>;

/** Paths in a group, separated by spaces. People are public by their id in the plan, and restricted by name. */
const TABLE: Table = {
  public: {
    plan: `format mode drill ceremony.date ceremony.timeZone ceremony.kind ceremony.organisation ceremony.title certificate.notAfter certificate.notBefore
      certificate.subject.commonName certificate.subject.country certificate.subject.organization hsm.module.sha256 hsm.software key.backup.kind key.label key.profile lastHead media materials[].from materials[].id materials[].kind
      people[].credential.algorithm people[].credential.kind people[].credential.publicKey people[].id people[].role people[].custody.carrier people[].custody.sheet
      pin.control pin.first pin.person pin.renew pin.second pin.so pin.soTypedBy[] pin.typedBy[]
      pin.set.drill pin.set.epoch pin.set.holders[].number pin.set.holders[].person pin.set.holders[].custody.carrier pin.set.holders[].custody.sheet pin.set.holds pin.set.issuedBy pin.set.manifestSha256
      pin.set.setFingerprint pin.set.setId pin.set.setName pin.set.shares pin.set.threshold quorum.shares quorum.threshold sheets.paper sheets.printer.kind sheets.test
      source.ceremony.head source.ceremony.number source.ceremony.record source.copies[].copy.attempt source.copies[].copy.kind source.copies[].copy.number source.copies[].copy.setId source.copies[].copy.share
      source.key.certificateSha256 source.key.keyId source.key.spki source.key.spkiSha256 source.known[].epoch source.known[].setId source.known[].setName source.known[].supersededAt
      source.set.drill source.set.epoch source.set.holders[].number source.set.holders[].person source.set.holders[].custody.carrier source.set.holders[].custody.sheet source.set.holds source.set.issuedBy source.set.manifestSha256
      source.set.setFingerprint source.set.setId source.set.setName source.set.shares source.set.threshold
      source.wrapped.algorithm source.wrapped.length source.wrapped.media[] source.wrapped.sha256 people[].deputyOf parents[].head parents[].number parents[].record waivers[].by[] waivers[].people[] waivers[].rule
      under.ceremony under.head under.sha256 under.policy.exceptable[] under.policy.exceptedBy under.policy.headCount.always under.policy.headCount.irreversible under.policy.credentials.holdPoint[] under.policy.credentials.record[] under.policy.quorum.shares under.policy.quorum.threshold
      charter.format charter.organisation charter.approval charter.members[].credential.algorithm charter.members[].credential.kind charter.members[].credential.publicKey charter.members[].id charter.members[].roles[] charter.members[].standing charter.policy.exceptable[] charter.policy.exceptedBy charter.policy.headCount.always charter.policy.headCount.irreversible charter.policy.credentials.holdPoint[] charter.policy.credentials.record[] charter.policy.quorum.shares charter.policy.quorum.threshold
      before[].ceremony before[].head before[].charter.format before[].charter.organisation before[].charter.approval before[].charter.members[].credential.algorithm before[].charter.members[].credential.kind before[].charter.members[].credential.publicKey before[].charter.members[].id before[].charter.members[].roles[] before[].charter.members[].standing before[].charter.policy.exceptable[] before[].charter.policy.exceptedBy before[].charter.policy.headCount.always before[].charter.policy.headCount.irreversible before[].charter.policy.credentials.holdPoint[] before[].charter.policy.credentials.record[] before[].charter.policy.quorum.shares before[].charter.policy.quorum.threshold`,
    line: 'seq at type actor salt prev',
    'member-changed': 'change keyAfter keyBefore person step',
    'charter-enacted': 'sha256 step',
    opening: 'diceThrows format mode nonce number planSha256 previous.head previous.number previous.record previous[].head previous[].number previous[].record slug tool.name tool.runtime tool.source tool.version',
    'step-completed': 'step',
    presence: 'person present step',
    deputised: 'by for reason.commitment step',
    answer: 'attempt check expected matches step value',
    'answers-compared': 'answers[].matches answers[].offset answers[].person answers[].value attempt check expected step toleranceMinutes',
    preflight: 'rows[].id rows[].ok step',
    login: 'control moduleSha256 step typedBy[]',
    'login-failed': 'fault.code step',
    inventory: 'step tokens[].firmware tokens[].model when',
    intent: `effect intent.attempt intent.copy.attempt intent.copy.kind intent.copy.number intent.copy.setId intent.copy.share intent.extractable intent.head intent.holds intent.keyId intent.kind
      intent.label intent.media[] intent.profile intent.setId intent.share intent.shares intent.shares[] intent.so intent.sourceSetId intent.subsets[][] intent.tbs intent.threshold step`,
    result: `effect outcome.algorithm outcome.certificateSha256 outcome.challenge outcome.checks[] outcome.claims.alwaysSensitive outcome.claims.decrypt outcome.claims.derive outcome.claims.extractable
      outcome.claims.local outcome.claims.mechanism outcome.claims.neverExtractable outcome.claims.sensitive outcome.claims.sign outcome.claims.unwrap outcome.destroyed[].class outcome.destroyed[].keyType
      outcome.durationMs outcome.found outcome.how outcome.kind outcome.length outcome.lint[].rule outcome.lint[].severity outcome.lint[].text outcome.manifestSha256 outcome.mechanism
      outcome.media[].number outcome.media[].sha256 outcome.pages outcome.popSha256 outcome.secondSignatureMayExist outcome.setFingerprint outcome.setId outcome.setName outcome.sha256 outcome.shares[]
      outcome.signature outcome.sources[] outcome.spki outcome.spkiSha256 outcome.subsets[][] outcome.tokens[].extractable outcome.tokens[].oldRefusedWith outcome.tokens[].refusedWith
      outcome.tokens[].soChanged outcome.vaultRestarted step`,
    failed: 'effect fault.code happened step',
    'read-back': 'carrier how person setId share step',
    'read-back-failed': 'fault.code share step',
    'sheet-destroyed': 'attempt share step witness',
    sealed: 'custodian share step witness',
    'share-read': 'carrier commitment how person presenter setId share step',
    'share-refused': 'carrier fault.code presenter setId step',
    'share-unproved': 'person reason share step',
    'copy-accounted': 'by copy.attempt copy.kind copy.number copy.setId copy.share effect outcome step witness',
    'set-superseded': 'by setId step',
    'set-voided': 'cards[].share mediaCleared[] reason setId sheets[].attempt sheets[].share',
    exception: 'decidedBy done.commitment effect expected.commitment kind noticedBy number step what.commitment',
    paused: 'reason stayed[] text.commitment',
    resumed: 'heads present[]',
    objection: 'person step words.commitment',
    signoff: 'envelope method person step',
    restarted: 'openEffect',
    repair: 'sideFile tornBytes tornSha256',
    material: 'by intact item matches present step when witness',
    aborted: 'by reason.commitment',
    postponed: 'by reason.commitment until',
    closing: 'exceptions files.* outcome',
  },
  restricted: {
    plan: `ceremony.place hsm.module.path hsm.serial hsm.secondSerial key.backup.approvedBy key.backup.reason people[].name people[].organisation
      people[].credential.module people[].credential.serial people[].custody.card.module people[].custody.card.serial
      pin.set.holders[].name pin.set.holders[].custody.card.module pin.set.holders[].custody.card.serial sheets.printer.queue
      source.authority source.purpose source.copies[].bag source.copies[].copy.serial source.history[].name source.history[].shares[] source.set.holders[].name
      source.set.holders[].custody.card.module source.set.holders[].custody.card.serial source.wrapped.fileName people[].reportsTo decision.authority decision.purpose waivers[].reason materials[].bag materials[].serial materials[].what
      charter.members[].credential.module charter.members[].credential.serial charter.members[].name charter.members[].organisation charter.members[].reportsTo before[].charter.members[].credential.module before[].charter.members[].credential.serial before[].charter.members[].name before[].charter.members[].organisation before[].charter.members[].reportsTo`,
    texts: 'exception.what exception.done exception.expected objection.words aborted.reason postponed.reason',
    presence: 'identity',
    preflight: 'rows[].observed',
    login: 'serial',
    'login-failed': 'serial fault.details.* fault.details.*[]',
    inventory: 'tokens[].label tokens[].objects[].class tokens[].objects[].id tokens[].objects[].keyType tokens[].objects[].label tokens[].serial',
    intent: 'intent.copy.serial intent.printer intent.serial intent.serials[]',
    result: 'outcome.destroyed[].id outcome.destroyed[].label outcome.encryptedTo outcome.job outcome.label outcome.tokens[].serial',
    failed: 'fault.details.* fault.details.*[]',
    'read-back-failed': 'fault.details.* fault.details.*[]',
    sealed: 'bag cardBag',
    'share-refused': 'fault.details.* fault.details.*[]',
    'copy-accounted': 'bag copy.serial method',
    material: 'bag',
    'set-voided': 'cards[].serial',
    resumed: 'bags[] serial',
    paused: 'sealed[]',
    restarted: 'found',
  },
  /** Why a person left the room, or did not come, may be a matter of their health. */
  confidential: { texts: 'paused.text deputised.reason' },
};

const LEVEL_BY_FIELD: ReadonlyMap<string, Level> = new Map(Object.entries(TABLE).flatMap(([level, groups]) =>
  Object.entries(groups).flatMap(([group, paths]) => paths.split(/\s+/).map((path) => [`${group} ${path}`, level as Level] as const))));

/** Every field of the table as `group path`, in its order. */
export const TABLE_FIELDS: readonly string[] = Object.values(TABLE).flatMap((groups) => Object.entries(groups).flatMap(([group, paths]) => paths.split(/\s+/).map((path) => `${group} ${path}`)));
/** @param path with `[]` for the members of a list and `*` for the names of a record. @returns null for a field that the table does not have. */
export const levelOf = (group: FieldGroup, path: string): Level | null => LEVEL_BY_FIELD.get(`${group} ${path}`) ?? null;
/** Level of the text behind `field` of an entry; a text that the table does not know is shown to the few only. */
export const levelOfText = (type: string, field: string): Level => levelOf('texts', `${type}.${field}`) ?? 'confidential';
