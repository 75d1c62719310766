/**
 * The entries of a transcript: one strict schema per type. An entry is a fact that has happened; nothing else is the state.
 * Secrets are never entries, not even as digests of weak values. Free text of people is a salted commitment (DESIGN section 4);
 * its opening lies in openings.jsonl and can be withheld.
 */
import * as v from 'valibot';
import { materialId } from '../ceremony/material-schema.ts';
import { copySchema } from '../ceremony/plan-schema.ts';
import { base64, between, count, effectId, isoDate, keyIdHex, line, personId, sha256Hex, stepId, utcInstant, utcSecond } from '../schema.ts';
import { MEMBER_CHANGES } from '../charter/changes.ts';
import { previousSchema } from './links.ts';

const commitment = v.strictObject({ commitment: sha256Hex });
const fault = v.strictObject({ code: line(64), details: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null(), v.array(v.string()), v.array(v.number())])) });
/** One object on a token as C_FindObjects shows it. Values of the module: claims, not attestation. */
export const tokenObject = v.strictObject({ class: v.picklist(['private-key', 'public-key', 'secret-key', 'certificate', 'data', 'other']), label: v.pipe(v.string(), v.maxLength(256)), id: v.pipe(v.string(), v.regex(/^([0-9a-f]{2})*$/)), keyType: v.nullable(v.string()) });
export type TokenObject = v.InferOutput<typeof tokenObject>;
/** Attributes read back after generation, as the module claims them; null where the module gives none. */
export const keyClaims = v.strictObject({
  local: v.nullable(v.boolean()), sensitive: v.nullable(v.boolean()), extractable: v.nullable(v.boolean()),
  alwaysSensitive: v.nullable(v.boolean()), neverExtractable: v.nullable(v.boolean()), sign: v.nullable(v.boolean()),
  decrypt: v.nullable(v.boolean()), derive: v.nullable(v.boolean()), unwrap: v.nullable(v.boolean()), mechanism: v.nullable(v.string()),
});
export type KeyClaims = v.InferOutput<typeof keyClaims>;
export const lintFinding = v.strictObject({ rule: line(64), severity: v.picklist(['error', 'warning', 'notice']), text: line(256) });
export type LintFinding = v.InferOutput<typeof lintFinding>;
export const preflightRow = v.strictObject({ id: line(40), observed: line(400), ok: v.boolean() });
export type PreflightRow = v.InferOutput<typeof preflightRow>;

/** Parameters of an intent: everything a person or a restart needs to ask the world whether it happened. */
export const intentSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('generate-key'), serial: line(64), label: line(32), keyId: keyIdHex, profile: line(16), extractable: v.boolean() }),
  /** `tbs` is the exact DER that will be signed; only these bytes are ever signed again. */
  v.strictObject({ kind: v.literal('sign-certificate'), serial: line(64), keyId: keyIdHex, tbs: base64 }),
  v.strictObject({ kind: v.literal('sign-pop'), serial: line(64), keyId: keyIdHex, tbs: base64, head: sha256Hex }),
  /** `holds` is absent for the wrapping key. */
  v.strictObject({ kind: v.literal('split'), attempt: between(1, 99), threshold: between(2, 16), shares: between(2, 16), holds: v.optional(v.literal('pin')) }),
  v.strictObject({ kind: v.literal('print-sheet'), setId: sha256Hex, share: between(1, 16), attempt: between(1, 99), printer: line(160) }),
  v.strictObject({ kind: v.literal('rebuild'), setId: sha256Hex, subsets: v.array(v.array(between(1, 16))) }),
  v.strictObject({ kind: v.literal('wrap'), setId: sha256Hex, serial: line(64), keyId: keyIdHex, media: v.array(between(1, 9)) }),
  v.strictObject({ kind: v.literal('restore'), setId: sha256Hex, serial: line(64), keyId: keyIdHex, label: line(32) }),
  v.strictObject({ kind: v.literal('lock'), serials: v.array(line(64)), keyId: keyIdHex }),
  v.strictObject({ kind: v.literal('destroy-debris'), serial: line(64), keyId: keyIdHex }),
  v.strictObject({ kind: v.literal('wipe') }),
  v.strictObject({ kind: v.literal('test-printer'), printer: line(160) }),
  v.strictObject({ kind: v.literal('write-card'), setId: sha256Hex, share: between(1, 16), attempt: between(1, 99), serial: line(64) }),
  v.strictObject({ kind: v.literal('combine'), setId: sha256Hex, shares: v.array(between(1, 16)) }),
  v.strictObject({ kind: v.literal('rewrap'), setId: sha256Hex, sourceSetId: sha256Hex, serial: line(64), keyId: keyIdHex, media: v.array(between(1, 9)) }),
  v.strictObject({ kind: v.literal('prove-restore'), setId: sha256Hex, serial: line(64), keyId: keyIdHex }),
  v.strictObject({ kind: v.literal('change-pin'), setId: sha256Hex, serials: v.array(line(64)), so: v.picklist(['nobody', 'quorum']) }),
  v.strictObject({ kind: v.literal('destroy-copy'), copy: copySchema }),
]);
export type Intent = v.InferOutput<typeof intentSchema>;

/** What came of an intent. `kind` repeats the intent's. */
export const outcomeSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('generate-key'), spki: base64, spkiSha256: sha256Hex, claims: keyClaims, checks: v.array(line(120)), durationMs: count(86_400_000) }),
  v.strictObject({ kind: v.literal('sign-certificate'), certificateSha256: sha256Hex, lint: v.array(lintFinding), secondSignatureMayExist: v.boolean() }),
  v.strictObject({ kind: v.literal('sign-pop'), popSha256: sha256Hex, secondSignatureMayExist: v.boolean() }),
  v.strictObject({ kind: v.literal('split'), setId: sha256Hex, setName: line(16), setFingerprint: line(64), manifestSha256: sha256Hex, sources: v.array(line(64)) }),
  v.strictObject({ kind: v.literal('print-sheet'), job: line(120), pages: between(1, 4) }),
  v.strictObject({ kind: v.literal('rebuild'), subsets: v.array(v.array(between(1, 16))) }),
  v.strictObject({ kind: v.literal('wrap'), algorithm: line(32), mechanism: line(64), length: between(1, 65_536), sha256: sha256Hex, media: v.array(v.strictObject({ number: between(1, 9), sha256: sha256Hex })) }),
  v.strictObject({ kind: v.literal('restore'), spkiSha256: sha256Hex, challenge: sha256Hex, signature: base64, claims: keyClaims }),
  v.strictObject({ kind: v.literal('lock'), tokens: v.array(v.strictObject({ serial: line(64), extractable: v.boolean(), refusedWith: line(64) })) }),
  v.strictObject({ kind: v.literal('destroy-debris'), destroyed: v.array(tokenObject) }),
  v.strictObject({ kind: v.literal('wipe'), vaultRestarted: v.boolean() }),
  /** `how` the test symbol was read back. */
  v.strictObject({ kind: v.literal('test-printer'), job: line(120), pages: between(1, 4), how: v.picklist(['scanned', 'image']) }),
  v.strictObject({ kind: v.literal('write-card'), label: line(64), length: between(1, 4096), encryptedTo: v.nullable(line(64)) }),
  v.strictObject({ kind: v.literal('combine'), shares: v.array(between(1, 16)) }),
  v.strictObject({ kind: v.literal('rewrap'), algorithm: line(32), mechanism: line(64), length: between(1, 65_536), sha256: sha256Hex, media: v.array(v.strictObject({ number: between(1, 9), sha256: sha256Hex })) }),
  v.strictObject({ kind: v.literal('prove-restore'), spkiSha256: sha256Hex, challenge: sha256Hex, signature: base64 }),
  /** `oldRefusedWith`: what the token said to the PIN that it had before. */
  v.strictObject({ kind: v.literal('change-pin'), tokens: v.array(v.strictObject({ serial: line(64), oldRefusedWith: line(64), soChanged: v.boolean() })) }),
  /** `found`: whether the app itself found the copy (object or file) and deleted it; its absence was read back either way. */
  v.strictObject({ kind: v.literal('destroy-copy'), found: v.boolean() }),
]);
export type Outcome = v.InferOutput<typeof outcomeSchema>;

export const READ_HOW = ['typed', 'scanned', 'image', 'card'] as const;
const carrier = v.picklist(['paper', 'card']), how = v.picklist(READ_HOW);
/** What became of a copy. `collected`: in a witnessed bag, to be destroyed later. `resealed`: back in custody under a new bag number. */
export const COPY_OUTCOMES = ['destroyed', 'collected', 'resealed', 'retained', 'missing'] as const;
/** Why a share was not proved in a share check. */
export const UNPROVED = ['absent', 'lost', 'unreadable', 'exposed'] as const;

/** Minutes by which a clock that was read is ahead of (+) or behind (-) the computer's, as text: a number in this format has no sign. */
const clockOffset = v.pipe(v.string(), v.regex(/^(0|[+-][1-9][0-9]{0,2})$/));

const bags = v.pipe(v.array(line(32)), v.minLength(1), v.maxLength(16));

/** How a ceremony ends. */
export const OUTCOMES = ['completed', 'aborted', 'postponed'] as const;
export const EXCEPTION_KINDS = ['deviation', 'equipment-fault', 'person-change', 'interruption', 'correction', 'note'] as const;
export const EXCEPTION_EFFECTS = ['none', 'uncertain', 'not-usable'] as const;

const bodies = {
  /** Line 0. */
  opening: v.strictObject({
    format: v.literal('quorate-transcript/1'), mode: v.picklist(['rehearsal', 'production']), number: between(1, 9999), slug: line(64),
    /** 32 bytes: SHA-256 over host randomness and the witness's dice. */
    nonce: sha256Hex, diceThrows: count(400),
    previous: previousSchema,
    planSha256: sha256Hex,
    tool: v.strictObject({ name: v.literal('quorate'), version: line(32), source: v.picklist(['checkout', 'package']), runtime: line(64) }),
  }),
  /** A say, roll-call, check, machine, login, sign or handover step is complete; opens the next. */
  'step-completed': v.strictObject({ step: stepId }),
  presence: v.strictObject({ step: stepId, person: personId, present: v.boolean(), identity: v.picklist(['known', 'document', 'absent']) }),
  /** A deputy takes the place of a person who is absent, from here on; the witness says why. */
  deputised: v.strictObject({ step: stepId, for: personId, by: personId, reason: commitment }),
  /** Typed by `actor`. For a check of words only the positions and the words typed; matches tells. */
  answer: v.strictObject({ step: stepId, check: line(16), value: line(200), /** Both absent where two people answer: what is expected is told when both have. */ expected: v.optional(line(200)), matches: v.optional(v.boolean()), attempt: between(1, 9) }),
  /** Both answers of a round, compared. `expected` is null for a clock: each answer is compared with the time of its own entry, `offset` minutes apart. */
  'answers-compared': v.strictObject({ step: stepId, check: line(16), attempt: between(1, 9), expected: v.nullable(line(200)), toleranceMinutes: v.nullable(between(0, 60)),
    answers: v.pipe(v.array(v.strictObject({ person: personId, value: line(200), matches: v.boolean(), offset: v.nullable(clockOffset) })), v.minLength(2), v.maxLength(2)) }),
  preflight: v.strictObject({ step: stepId, rows: v.array(preflightRow) }),
  login: v.strictObject({ step: stepId, serial: line(64), typedBy: v.array(personId), /** `quorum`: the PIN was derived from gathered shares of a PIN set; `typedBy` are their holders. */ control: v.picklist(['single', 'halves', 'quorum']), moduleSha256: sha256Hex }),
  /** A login that failed; the module's word, and what is known of the tries left. */
  'login-failed': v.strictObject({ step: stepId, serial: line(64), fault }),
  inventory: v.strictObject({ step: stepId, when: v.picklist(['before', 'after']), tokens: v.array(v.strictObject({ serial: line(64), label: v.pipe(v.string(), v.maxLength(32)), model: v.pipe(v.string(), v.maxLength(64)), firmware: line(32), objects: v.array(tokenObject) })) }),
  intent: v.strictObject({ effect: effectId, step: stepId, intent: intentSchema }),
  result: v.strictObject({ effect: effectId, step: stepId, outcome: outcomeSchema }),
  /** The effect did not happen, or what happened was undone; `fault` says why. The step stays open. */
  failed: v.strictObject({ effect: effectId, step: stepId, fault, happened: v.picklist(['no', 'unknown', 'undone']) }),
  'read-back': v.strictObject({ step: stepId, setId: sha256Hex, share: between(1, 16), person: personId, carrier, how }),
  'read-back-failed': v.strictObject({ step: stepId, share: between(1, 16), fault }),
  /** A printed sheet that is not the one in the bag: destroyed under witness. */
  'sheet-destroyed': v.strictObject({ step: stepId, share: between(1, 16), attempt: between(1, 99), witness: personId }),
  /** `cardBag`: the card's own bag when a share is on paper and on a card. */
  sealed: v.strictObject({ step: stepId, share: between(1, 16), bag: line(32), custodian: personId, witness: personId, cardBag: v.optional(line(32)) }),
  /** A share of an existing set that was read and judged good; the table of faults is in FORMATS-custody. `presenter` is who stood at the desk. */
  'share-read': v.strictObject({ step: stepId, setId: sha256Hex, share: between(1, 16), person: personId, presenter: personId, carrier, how, commitment: sha256Hex }),
  /** A share that was refused; `fault` names what is provable and what is only claimed. */
  'share-refused': v.strictObject({ step: stepId, setId: sha256Hex, presenter: personId, carrier, fault }),
  'share-unproved': v.strictObject({ step: stepId, share: between(1, 16), person: personId, reason: v.picklist(UNPROVED) }),
  /** What became of one copy; `effect` is that of the destruction the app did itself (a card's object, a medium's file). */
  'copy-accounted': v.strictObject({ step: stepId, copy: copySchema, outcome: v.picklist(COPY_OUTCOMES), method: line(120), bag: v.nullable(line(32)), by: personId, witness: personId, effect: v.nullable(effectId) }),
  /** The set is replaced: its shares open only wrapped keys that still exist. */
  'set-superseded': v.strictObject({ step: stepId, setId: sha256Hex, by: sha256Hex }),
  /** The set opens nothing: nothing was wrapped under it. Every sheet of it is scrap. */
  'set-voided': v.strictObject({ setId: v.nullable(sha256Hex), reason: v.picklist(['vault-restarted', 'read-back', 'rebuild', 'person']), sheets: v.array(v.strictObject({ share: between(1, 16), attempt: between(1, 99) })),
    /** Numbers of media whose wrapped key was deleted because the set is void; empty when nothing had been wrapped. */
    mediaCleared: v.array(between(1, 9)),
    /** Cards that hold a share of the void set. */
    cards: v.optional(v.array(v.strictObject({ share: between(1, 16), serial: line(64) }))) }),
  /** What the new charter does to one member of the roster; keys by their key ids. */
  'member-changed': v.strictObject({ step: stepId, person: personId, change: v.picklist(MEMBER_CHANGES), keyBefore: v.nullable(sha256Hex), keyAfter: v.nullable(sha256Hex) }),
  /** From here on the charter of the plan is in force. */
  'charter-enacted': v.strictObject({ step: stepId, sha256: sha256Hex }),
  /** A material came in or went out. `bag`: read by `by`, who holds it, and by the witness, both the same; null where it is in none. `intact`: its seal, as it came in.
   *  `matches`: whether the bag is the one last recorded; null where there is none to compare. */
  material: v.strictObject({ step: stepId, item: materialId, when: v.picklist(['in', 'out']), present: v.boolean(), bag: v.nullable(line(32)), intact: v.nullable(v.boolean()), matches: v.nullable(v.boolean()), by: personId, witness: personId }),
  exception: v.strictObject({ number: between(1, 999), kind: v.picklist(EXCEPTION_KINDS), step: stepId, what: commitment, done: commitment, effect: v.picklist(EXCEPTION_EFFECTS), noticedBy: personId,
    /** What the script or a person expected, and who decided how to go on. */ expected: v.optional(commitment), decidedBy: v.optional(personId) }),
  paused: v.strictObject({ reason: v.picklist(['break', 'objection', 'fault', 'air-gap']), text: commitment, stayed: v.array(personId), /** Bags in which things were sealed for the break. */ sealed: v.optional(bags) }),
  /** `heads`: how many people are in the room. `bags`: read again from the bags that were sealed. */
  resumed: v.strictObject({ present: v.array(personId), serial: line(64), heads: v.optional(between(1, 99)), bags: v.optional(bags) }),
  /** "I do not agree": the person's own words; pauses the ceremony. */
  objection: v.strictObject({ step: stepId, person: personId, words: commitment }),
  signoff: v.strictObject({ step: stepId, person: personId, method: v.picklist(['file', 'token']), envelope: v.pipe(v.string(), v.maxLength(16_384)) }),
  /** A start after an end that was not planned: what the app asked and what it found. */
  restarted: v.strictObject({ openEffect: v.nullable(effectId), found: line(400) }),
  repair: v.strictObject({ tornBytes: between(1, 1_048_576), tornSha256: sha256Hex, sideFile: line(64) }),
  aborted: v.strictObject({ reason: commitment, by: personId }),
  /** The ceremony is not held today: nothing has been done to a key or a card. `until`: the day it is hoped for, or null. */
  postponed: v.strictObject({ reason: commitment, until: v.nullable(isoDate), by: personId }),
  closing: v.strictObject({ outcome: v.picklist(OUTCOMES), exceptions: count(999), files: v.record(v.pipe(v.string(), v.maxLength(80)), sha256Hex) }),
} as const;

export type EntryType = keyof typeof bodies;
export const ENTRY_TYPES = Object.keys(bodies) as readonly EntryType[];
export const bodySchemas = bodies;
export type Body<T extends EntryType> = v.InferOutput<(typeof bodies)[T]>;
/** `actor` is a person's id, or "app" for what the program itself observed. */
export const actorSchema = v.union([personId, v.literal('app')]);
export type Actor = v.InferOutput<typeof actorSchema>;

/** What `decide` wants written: the journal adds seq, at, salt and prev. */
export type Draft = { [T in EntryType]: { readonly type: T; readonly actor: Actor; readonly body: Body<T>; readonly open?: Readonly<Record<string, string>> } }[EntryType];
/** A line of the transcript, parsed. `salt` is 16 random bytes in hex. */
export type Entry = { [T in EntryType]: { readonly seq: number; readonly at: string; readonly type: T; readonly actor: Actor; readonly body: Body<T>; readonly salt: string; readonly prev: string } }[EntryType];
export { utcInstant, utcSecond };
