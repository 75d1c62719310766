/** Wording for plan findings: what to write in each field. Keys are field paths with * for a place in a list. */

const DIGEST = 'Write 64 digits 0-9 and a-f.';
const FROM_ARCHIVE = 'This comes from the archive. Start the plan anew from the set on the home screen rather than change it here.';
/** Facts of an existing set are not typed: each field says where they come from. */
const setFields = (path: string, what: string): Readonly<Record<string, string>> => ({
  [path]: `Write an object that describes ${what}. ${FROM_ARCHIVE}`,
  ...Object.fromEntries(['setId', 'manifestSha256'].map((field) => [`${path}.${field}`, `${DIGEST} ${FROM_ARCHIVE}`])),
  ...Object.fromEntries(['setName', 'setFingerprint', 'epoch', 'threshold', 'shares', 'drill', 'holds', 'issuedBy', 'holders', 'holders.*', 'holders.*.number', 'holders.*.person', 'holders.*.name', 'holders.*.custody', 'holders.*.custody.carrier', 'holders.*.custody.sheet', 'holders.*.custody.card', 'holders.*.custody.card.module', 'holders.*.custody.card.serial'].map((field) => [`${path}.${field}`, `Write what the archive says of ${what}. ${FROM_ARCHIVE}`])),
});
const SOURCE_PARTS = [
  'source', 'source.ceremony', 'source.ceremony.number', 'source.ceremony.head', 'source.ceremony.record', 'source.key', 'source.key.keyId', 'source.key.spki', 'source.key.spkiSha256',
  'source.key.certificateSha256', 'source.wrapped', 'source.wrapped.algorithm', 'source.wrapped.length', 'source.wrapped.sha256', 'source.wrapped.fileName', 'source.wrapped.media', 'source.wrapped.media.*',
  'source.copies', 'source.copies.*', 'source.copies.*.copy', 'source.copies.*.copy.kind', 'source.copies.*.copy.setId', 'source.copies.*.copy.share', 'source.copies.*.copy.attempt', 'source.copies.*.copy.serial',
  'source.copies.*.copy.number', 'source.copies.*.bag', 'source.history', 'source.history.*', 'source.history.*.name', 'source.history.*.shares', 'source.history.*.shares.*', 'source.known', 'source.known.*',
  'source.known.*.setId', 'source.known.*.setName', 'source.known.*.epoch', 'source.known.*.supersededAt',
] as const;
const SOURCE_FIELDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(SOURCE_PARTS.map((field) => [field, `Write what the archive says here. ${FROM_ARCHIVE}`])),
  ...setFields('source.set', 'the share set that this ceremony stands on'),
  'source.purpose': 'Write why this is done: one line, 1 to 160 characters. It is read aloud, and on the screen all the time.',
  'source.authority': 'Write who decided it: one line, 1 to 160 characters.',
};

const JOINED = 'This comes from the archive. Start the plan of the merge anew from the home screen rather than change it here.';
const PARENT_FIELDS: Readonly<Record<string, string>> = Object.fromEntries(['parents', 'parents.*', 'parents.*.number', 'parents.*.head', 'parents.*.record']
  .map((field) => [field, `Write the last ceremony of each archive that is joined. ${JOINED}`]));

const FIELDS: Readonly<Record<string, string>> = {
  '': 'Write one JSON object with the fields format, mode, ceremony, people, quorum, key, certificate, hsm, pin, sheets and media.',
  format: 'Write "quorate-plan/1" or "quorate-plan/2".',
  mode: 'Write "rehearsal" or "production".',
  ceremony: 'Write an object with kind, title, organisation, place and date.',
  'ceremony.kind': 'Write "root-key-generation", "recovery", "re-share", "share-check" or "share-destruction".',
  'ceremony.title': 'Write the title of the ceremony: one line, 1 to 64 characters, no spaces at the ends.',
  'ceremony.organisation': 'Write the name of the organisation: one line, 1 to 64 characters, no spaces at the ends.',
  'ceremony.place': 'Write the room and address: one line, 1 to 128 characters, no spaces at the ends.',
  'ceremony.timeZone': 'Write the name of a time zone, such as "Europe/Berlin", or leave it out.',
  'ceremony.date': 'Write the date as year-month-day, such as "2026-11-24".',
  people: 'Write a list of 4 to 32 people.',
  'people.*': 'Write an object with id, name, organisation, role and credential.',
  'people.*.id': 'Write an id of 1 to 32 characters: lower-case letters, digits and hyphens, a letter first, such as "ada".',
  'people.*.name': 'Write the name as it is on the identity document: one line, 1 to 64 characters, no spaces at the ends.',
  'people.*.organisation': "Write the person's organisation: one line, 1 to 64 characters, no spaces at the ends.",
  'people.*.role': 'Write "administrator", "custodian", "holder", "internal-witness" or "external-auditor".',
  'people.*.reportsTo': 'Write the name of the person this one reports to, or null: one line, 1 to 64 characters, no spaces at the ends.',
  'people.*.deputyOf': 'Write the id of the person for whom this deputy stands in, or leave the field out.',
  'people.*.credential': 'Write an object whose kind is "file", "token" or "paper", with the fields of that kind.',
  'people.*.credential.kind': 'Write "file", "token" or "paper".',
  'people.*.credential.algorithm': 'Write "Ed25519" for a file; for a token one of "Ed25519", "ECDSA-P256-SHA256", "ECDSA-P384-SHA384", "RSASSA-PSS-SHA256" and "RSASSA-PSS-SHA384".',
  'people.*.credential.publicKey': 'Write the public key as base64 of its DER (SubjectPublicKeyInfo).',
  'people.*.credential.serial': "Write the token's serial number: one line, 1 to 64 characters.",
  'people.*.credential.module': 'Write the full path of the PKCS#11 library, such as "/usr/lib/softhsm/libsofthsm2.so".',
  'people.*.custody': 'Write an object with carrier, sheet and card, or leave the field out for a plain sheet of paper.',
  'people.*.custody.carrier': 'Write "paper", "card" or "both".',
  'people.*.custody.sheet': 'Write "standard", "large" or "blind".',
  'people.*.custody.card': 'Write an object with module and serial, or null where the share goes to paper only.',
  'people.*.custody.card.module': 'Write the full path of the PKCS#11 library that reads the card, such as "/usr/lib/opensc-pkcs11.so".',
  'people.*.custody.card.serial': "Write the card's serial number: one line, 1 to 64 characters.",
  quorum: 'Write an object with threshold and shares.',
  'quorum.threshold': 'Write how many custodians are needed: a whole number from 2 to 16.',
  'quorum.shares': 'Write how many custodians there are: a whole number from 2 to 16.',
  key: 'Write an object with label, profile and backup.',
  'key.label': 'Write the label of the key on the token: one line, 1 to 32 characters, no spaces at the ends.',
  'key.profile': 'Write "rsa-3072", "rsa-4096", "ec-p256", "ec-p384", "ec-p521" or "ed25519".',
  'key.backup': 'Write {"kind": "split"}, or {"kind": "none", "reason": …, "approvedBy": …}.',
  'key.backup.kind': 'Write "split" or "none".',
  'key.backup.reason': 'Write why there is no backup: one line, 1 to 256 characters.',
  'key.backup.approvedBy': 'Write who approved that there is no backup: one line, 1 to 64 characters.',
  certificate: 'Write an object with subject, notBefore and notAfter.',
  'certificate.subject': 'Write an object with commonName, organization and country.',
  'certificate.subject.commonName': 'Write the common name of the root: one line, 1 to 64 characters, no spaces at the ends.',
  'certificate.subject.organization': 'Write the organization as it should stand in the certificate: one line, 1 to 64 characters.',
  'certificate.subject.country': 'Write two capital letters, such as "DE", or null.',
  'certificate.notBefore': 'Write the first second of validity in UTC, such as "2026-11-24T00:00:00Z".',
  'certificate.notAfter': 'Write the last second of validity in UTC, such as "2046-11-23T23:59:59Z".',
  hsm: 'Write an object with module, serial, secondSerial and software.',
  'hsm.module': 'Write an object with path and sha256.',
  'hsm.module.path': 'Write the full path of the PKCS#11 library, such as "/usr/lib/softhsm/libsofthsm2.so".',
  'hsm.module.sha256': 'Write the SHA-256 of the library file: 64 digits 0-9 and a-f.',
  'hsm.serial': 'Write the serial number of the token that makes the key: one line, 1 to 64 characters.',
  'hsm.secondSerial': 'Write the serial number of the second token, which proves the restore; null when there is no backup.',
  'hsm.software': 'Write true when the token is software, false when it is a device.',
  pin: 'Write an object whose control is "single", "halves", "quorum" or "held-by-quorum", with the fields of that control.',
  'pin.control': 'Write "single", "halves", "quorum" or "held-by-quorum".',
  'pin.person': 'Write the id of the person who types the PIN.',
  'pin.first': 'Write the id of the person who types the first half of the PIN.',
  'pin.second': 'Write the id of the person who types the second half of the PIN.',
  'pin.typedBy': 'Write a list of the one or two people who type the PIN before it goes to the quorum.',
  'pin.typedBy.*': 'Write the id of one of the people.',
  'pin.so': 'Write "quorum" when the SO PIN goes to the quorum too, or "nobody" when it is random and kept nowhere (rehearsals only).',
  'pin.soTypedBy': 'Write a list of the one or two people who type the SO PIN before it goes to the quorum; empty when nobody holds it.',
  'pin.soTypedBy.*': 'Write the id of one of the people.',
  'pin.renew': 'Write true when the PIN goes to a new set in this ceremony, else false.',
  ...setFields('pin.set', 'the PIN set that opens the HSM'),
  drill: 'Write true for a drill with real people, or leave the field out.',
  lastHead: 'Write "from-paper" where the witness reads the last head from paper, or leave the field out.',
  ...SOURCE_FIELDS,
  ...PARENT_FIELDS,
  sheets: 'Write an object with paper and printer.',
  'sheets.paper': 'Write "A4" or "Letter".',
  'sheets.test': 'Write true when a test page is printed before any share, or leave the field out.',
  'sheets.printer': 'Write {"kind": "cups", "queue": …}, or {"kind": "folder"} in a rehearsal.',
  'sheets.printer.kind': 'Write "cups" or "folder".',
  'sheets.printer.queue': 'Write the name of the CUPS queue: letters, digits, hyphen, dot and underscore.',
  waivers: 'Write a list of exceptions from separation rules, or leave the field out.',
  'waivers.*': 'Write an object with rule, people, reason and by.',
  'waivers.*.rule': 'Write the id of the separation rule that is excepted.',
  'waivers.*.people': 'Write a list of the ids of those who break the rule; empty where it is about the room or the plan as a whole.',
  'waivers.*.people.*': 'Write the id of one of the people.',
  'waivers.*.reason': 'Write why the rule is excepted: one line, 1 to 160 characters.',
  'waivers.*.by': 'Write a list of the ids of those who except the rule.',
  'waivers.*.by.*': 'Write the id of one of the people.',
  materials: 'Write a list of 1 to 64 things, or leave the field out.',
  'materials.*': 'Write an object with id, kind, what, serial, bag and from.',
  'materials.*.id': 'Write a short name of a-z, 0-9 and "-" that begins with a letter. The archive knows the thing by it.',
  'materials.*.kind': 'Write "hsm", "token", "card", "workstation", "boot-medium", "medium", "bag", "printer", "document" or "other".',
  'materials.*.what': 'Write what the thing is: one line, 1 to 120 characters.',
  'materials.*.serial': 'Write its serial number: one line, 1 to 64 characters, or null.',
  'materials.*.bag': 'Write the number of the bag in which the archive saw it last: one line, 1 to 32 characters, or null.',
  'materials.*.from': 'Write the number of the ceremony that recorded it last, 1 to 9999, or null for what is new to the archive.',
  media: 'Write how many numbered media take the wrapped key: a whole number from 0 to 9.',
};

export const PLAN_FIELDS = Object.keys(FIELDS);
const shape = (where: string): string => where.replace(/\.\d+(?=\.|$)/g, '.*');

/** What to write at `where`, a dotted path such as "people.3.name". */
export const planFieldText = (where: string): string => FIELDS[shape(where)] ?? 'Remove this field.';
export const planMissingText = (where: string): string => `The field "${where}" is missing. ${planFieldText(where)}`;
export const planUnknownText = (where: string): string => `A plan has no field "${where}". Remove it, or correct its spelling.`;
export const planDuplicateText = (where: string): string => `The field "${where}" is written twice. Keep one of the two.`;
export const planTooLargeText = (bytes: number): string => `The plan is ${bytes} bytes long. A plan has at most 65536 bytes; remove what does not belong in it.`;
export const planNotJsonText = (line: number, column: number): string => `This is not JSON: look at line ${line}, column ${column}. Comments and commas at the end of a list are not allowed.`;
export const planTooDeepText = 'Lists and objects lie in each other more than 16 deep. A plan needs five; correct the brackets.';
export const planEncodingText = 'A text holds half a character (a lone surrogate escape). Write the character itself.';
export const planIncompleteText = (where: string): string => `"${where}" is still empty (null). ${planFieldText(where)}`;
