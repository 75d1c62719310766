/** The plan: the one reviewed document that decides a ceremony. This file gives its shape; parse-plan.ts reads it strictly. */
import * as v from 'valibot';
import { charterSchema, policySchema } from '../charter/charter-schema.ts';
import { base64, between, isoDate, keyIdHex, line, personId, sha256Hex, timeZoneName, utcSecond } from '../schema.ts';
import { parentsSchema } from '../transcript/links.ts';
import { materialSchema, MOST_MATERIALS } from './material-schema.ts';
import { custodySchema, personSchema } from './person-schema.ts';

export { CARRIERS, CREDENTIAL_ALGORITHMS, ROLES, personSchema, type Carrier, type Credential, type CredentialAlgorithm, type Custody, type Person, type Role } from './person-schema.ts';
export const KEY_PROFILES = ['rsa-3072', 'rsa-4096', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519'] as const;
export type KeyProfile = (typeof KEY_PROFILES)[number];

/** Ceremonies about a key. All but the first stand on a key and a share set that an earlier ceremony made. */
export const KEY_KINDS = ['root-key-generation', 'recovery', 're-share', 'share-check', 'share-destruction'] as const;
/** Ceremonies about the archive itself: who may act and under which policy, and the joining of archives. They touch no key and no token. */
export const ARCHIVE_KINDS = ['founding', 'amendment', 'merge'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];
export type ArchiveKind = (typeof ARCHIVE_KINDS)[number];
export const CEREMONY_KINDS = [...KEY_KINDS, ...ARCHIVE_KINDS] as const;
export type CeremonyKind = (typeof CEREMONY_KINDS)[number];

const shareNumber = between(1, 16), folderNumber = between(1, 9999);
/** An existing share set, as its manifest and the ceremony that issued it say. */
export const setRefSchema = v.strictObject({
  setId: sha256Hex, setName: line(16), setFingerprint: line(64), manifestSha256: sha256Hex, epoch: between(1, 65_535),
  threshold: shareNumber, shares: shareNumber, drill: v.boolean(), holds: v.picklist(['wrapping-key', 'pin']), issuedBy: folderNumber,
  /** `custody`: on what the share was carried away when the set was issued; the plan's own people may carry the next one otherwise. Absent: as the plan has it. */
  holders: v.pipe(v.array(v.strictObject({ number: shareNumber, person: personId, name: line(64), custody: v.optional(custodySchema) })), v.minLength(2), v.maxLength(16)),
});
export type SetRef = v.InferOutput<typeof setRefSchema>;
/** One thing that holds a share or the wrapped key. Attempts number every sheet ever printed of a share. */
export const copySchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('sheet'), setId: sha256Hex, share: shareNumber, attempt: between(1, 99) }),
  v.strictObject({ kind: v.literal('card'), setId: sha256Hex, share: shareNumber, serial: line(64) }),
  v.strictObject({ kind: v.literal('medium'), setId: sha256Hex, number: between(1, 9) }),
]);
export type Copy = v.InferOutput<typeof copySchema>;

/** What a ceremony about an existing key stands on, as the archive told it when the plan was drawn up. Absent for a key generation. */
const source = v.strictObject({
  /** The ceremony that issued the set, by number, closing head and record digest. */
  ceremony: v.strictObject({ number: folderNumber, head: sha256Hex, record: v.nullable(sha256Hex) }),
  /** Why, and on whose decision: read aloud, and on the screen all the time. */
  purpose: line(160), authority: line(160),
  key: v.strictObject({ keyId: keyIdHex, spki: base64, spkiSha256: sha256Hex, certificateSha256: v.nullable(sha256Hex) }),
  set: setRefSchema,
  /** The wrapped key that the set opens; null when no copy is known any more. */
  wrapped: v.nullable(v.strictObject({ algorithm: line(32), length: between(1, 65_536), sha256: sha256Hex, fileName: line(80), media: v.array(between(1, 9)) })),
  /** Every copy of the set's shares and of its wrapped key that is not destroyed. */
  copies: v.array(v.strictObject({ copy: copySchema, bag: v.nullable(line(32)) })),
  /** Who has held or read which shares of the set so far, themselves or for others. */
  history: v.array(v.strictObject({ name: line(64), shares: v.array(shareNumber) })),
  /** Other sets of the archive, so that a share of one is told by name. */
  known: v.array(v.strictObject({ setId: sha256Hex, setName: line(16), epoch: between(1, 65_535), supersededAt: v.nullable(isoDate) })),
});
export type Source = v.InferOutput<typeof source>;

/** `people`: who breaks the rule, exactly; empty where it is about the plan or the room as a whole. `by`: who excepts it. */
const waiver = v.strictObject({
  rule: line(48), people: v.pipe(v.array(personId), v.maxLength(32)), reason: line(160), by: v.pipe(v.array(personId), v.minLength(1), v.maxLength(8)),
});
export type Waiver = v.InferOutput<typeof waiver>;

export const planSchema = v.strictObject({
  /** 2: the room protocol of FORMATS.md, 2.2. A plan of 1 gives the script it always gave. */
  format: v.picklist(['quorate-plan/1', 'quorate-plan/2']),
  mode: v.picklist(['rehearsal', 'production']),
  ceremony: v.strictObject({ kind: v.picklist(CEREMONY_KINDS), title: line(64), organisation: line(64), place: line(128), date: isoDate,
    /** Of the room: screens and paper show its time beside UTC. Absent: UTC only. */ timeZone: v.optional(timeZoneName) }),
  people: v.pipe(v.array(personSchema), v.minLength(4), v.maxLength(32)),
  /** threshold M of N custodians: signs at hold points and recovers the wrapping key. N is the number of custodians. */
  quorum: v.strictObject({ threshold: between(2, 16), shares: between(2, 16) }),
  /** Absent, like certificate, hsm, pin and media, in a ceremony about the archive itself. */
  key: v.optional(v.strictObject({
    label: line(32), profile: v.picklist(KEY_PROFILES),
    backup: v.variant('kind', [
      v.strictObject({ kind: v.literal('split') }),
      v.strictObject({ kind: v.literal('none'), reason: line(256), approvedBy: line(64) }),
    ]),
  })),
  certificate: v.optional(v.strictObject({
    subject: v.strictObject({ commonName: line(64), organization: line(64), country: v.nullable(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))) }),
    notBefore: utcSecond, notAfter: utcSecond,
  })),
  hsm: v.optional(v.strictObject({
    module: v.strictObject({ path: line(512), sha256: v.nullable(sha256Hex) }),
    /** Serial of the token that makes the key, and of the second token that proves the restore (null without backup, or in a draft). */
    serial: v.nullable(line(64)), secondSerial: v.nullable(line(64)),
    /** True when the person who wrote the plan knows that the token is software; said on every page. */
    software: v.boolean(),
  })),
  /** Who types the HSM's User PIN: one person ("single control" on the record), or two, half each. */
  pin: v.optional(v.variant('control', [
    v.strictObject({ control: v.literal('single'), person: personId }),
    v.strictObject({ control: v.literal('halves'), first: personId, second: personId }),
    /** Typed as before by one or two people, then replaced in this ceremony by one that only a quorum can open. */
    v.strictObject({ control: v.literal('quorum'), typedBy: v.pipe(v.array(personId), v.minLength(1), v.maxLength(2)), so: v.picklist(['nobody', 'quorum']), soTypedBy: v.pipe(v.array(personId), v.maxLength(2)) }),
    /** Held by the quorum of an earlier PIN set; `renew` gives it to a new set in this ceremony. `so`: whether that set gives the SO PIN too, which is then renewed with it; absent: nobody. */
    v.strictObject({ control: v.literal('held-by-quorum'), set: setRefSchema, renew: v.boolean(), so: v.optional(v.picklist(['nobody', 'quorum'])) }),
  ])),
  sheets: v.strictObject({ paper: v.picklist(['A4', 'Letter']), printer: v.variant('kind', [
    v.strictObject({ kind: v.literal('folder') }),
    v.strictObject({ kind: v.literal('cups'), queue: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,126}$/)) }),
  ]),
    /** A test page is printed and scanned back before any share is. */
    test: v.optional(v.literal(true)) }),
  /** How many numbered media take the wrapped key; 0 only without backup. */
  media: v.optional(between(0, 9)),
  /** A practice with real people and paper outside a rehearsal: every share of it has the drill bit, and never passes a real recovery. */
  drill: v.optional(v.literal(true)),
  source: v.optional(source),
  /** The witness reads the closing head of the ceremony before from their own paper, so that an old copy of the archive cannot pass for it. */
  lastHead: v.optional(v.literal('from-paper')),
  /** What is called in and out, with its bag: plans of format 2. */
  materials: v.optional(v.pipe(v.array(materialSchema), v.minLength(1), v.maxLength(MOST_MATERIALS))),
  /** Why a ceremony about the archive is held, and on whose decision. */
  decision: v.optional(v.strictObject({ purpose: line(160), authority: line(160) })),
  /** The charter that a ceremony about the archive gives it. */
  charter: v.optional(charterSchema),
  /** The charters in force that it replaces, each with the ceremony that enacted it: none at a founding, one at an amendment, each of them at a merge. */
  before: v.optional(v.pipe(v.array(v.strictObject({ ceremony: folderNumber, head: sha256Hex, charter: charterSchema })), v.minLength(1), v.maxLength(8))),
  /** The archives that a merge joins, each by its last ceremony, as they lay together when the plan was drawn up. Line 0 repeats them. */
  parents: v.optional(parentsSchema),
  /** The charter that a ceremony about a key is held under: its digest, the ceremony that enacted it, and its policy. */
  under: v.optional(v.strictObject({ ceremony: folderNumber, head: sha256Hex, sha256: sha256Hex, policy: policySchema })),
  /** Violations of separation rules that named people except, each with a reason. */
  waivers: v.optional(v.pipe(v.array(waiver), v.minLength(1), v.maxLength(32))),
});
export type Plan = v.InferOutput<typeof planSchema>;
/** The plan of a ceremony about a key: what a ceremony about the archive has not is there. */
export const KEY_PARTS = ['key', 'certificate', 'hsm', 'pin', 'media'] as const;
export type KeyPlan = Omit<Plan, (typeof KEY_PARTS)[number]> & { [Part in (typeof KEY_PARTS)[number]]-?: NonNullable<Plan[Part]> };
export type Mode = Plan['mode'];
