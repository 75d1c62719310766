/** What the page says when something does not fit: what happened, and what to do next. */

export type Code =
  | 'SHARE_NOT_A_SHARE' | 'SHARE_DAMAGED' | 'SHARE_UNKNOWN_VERSION' | 'SHARE_ILLEGAL_FIELD' | 'SHARE_FORGED' | 'SHARE_OLD_EPOCH' | 'SHARE_OTHER_SET'
  | 'SHARE_DRILL' | 'SHARE_NOT_DRILL' | 'SHARE_NOT_IN_MANIFEST' | 'SHARE_SET_DISAGREES' | 'SHARE_DUPLICATE' | 'SHARE_NEED_MORE' | 'SHARE_KEK_CHECK_FAILED'
  | 'SHARE_LINE_MISTYPED' | 'SHARE_LINES_NEED_MANIFEST' | 'SHARE_BLIND_CODE' | 'SHARE_CODE_FORMAT' | 'SHARE_CODE_MISSING' | 'SHARE_CODE_SURPLUS'
  | 'SHARE_MANIFEST_INVALID' | 'SET_FINGERPRINT_FORM' | 'SET_NOT_COMPARED' | 'PICTURE_NOTHING' | 'PICTURE_UNREADABLE' | 'CAMERA_REFUSED' | 'SCANNER_REFUSED'
  | 'FILE_TOO_LARGE' | 'KEY_NOT_OPENED' | 'KEY_UNKNOWN' | 'KEY_COMPARE_FORM' | 'KEY_DIFFERS' | 'PIN_FORM';
export interface Fault { readonly code: Code; readonly details: Readonly<Record<string, string>> }
export const fault = (code: Code, details: Readonly<Record<string, string>> = {}): Fault => ({ code, details });
export const isFault = (value: unknown): value is Fault => typeof value === 'object' && value !== null && 'code' in value && 'details' in value;

type Details = Fault['details'];
/** What a share says of itself, as long as nothing vouches for it. */
const claim = (d: Details): string => (d['number'] === undefined || d['name'] === undefined ? '' : ` It claims to be share ${d['number']} of ${d['name']}${d['set'] === undefined ? '' : `, of set ${d['set']}, epoch ${d['epoch']}`}.`);
const named = (d: Details): string => (d['number'] === undefined || d['name'] === undefined ? 'This share' : `Share ${d['number']} of ${d['name']}`);

const WORDING: Readonly<Record<Code, (d: Details) => string>> = {
  SHARE_NOT_A_SHARE: () => 'This is not a key share. The text of a share begins with KCS1: or KCB1: and has no other characters than capitals and digits. Nothing of it was kept.',
  SHARE_DAMAGED: () => 'This cannot be read exactly: its checksum is wrong. Nothing of it is used. Read the symbol again, use the second symbol of the sheet, or type the four lines.',
  SHARE_UNKNOWN_VERSION: () => 'This share is of a form that this page does not know. It may be of a newer version of Quorate: use the recovery page of that version.',
  SHARE_ILLEGAL_FIELD: (d) => `No share can be like this: its ${d['field'] ?? 'content'} is out of range. Somebody made it, it is no accident. Set the sheet aside as evidence and go on with another share.`,
  SHARE_FORGED: (d) => `This share was altered after it was issued, or was never issued.${claim(d)} Set the sheet aside as evidence and go on with another share.${d['number'] === undefined ? '' : ' If the sheet says "printed blind", give its dice code.'}`,
  SHARE_OLD_EPOCH: (d) => `This share belongs to the set that was replaced by the one to be opened.${claim(d)} It cannot be mixed with newer shares. Ask for the newer sheet.`,
  SHARE_OTHER_SET: (d) => `This share belongs to another set.${claim(d)} Check the set fingerprint at the top of the sheet, and go on with the right one.`,
  SHARE_DRILL: () => 'This is a rehearsal or drill share, and the box for those is not ticked. It opens no real key.',
  SHARE_NOT_DRILL: () => 'This is a real share, and the box for rehearsal or drill shares is ticked. A real share has no place in a drill.',
  SHARE_NOT_IN_MANIFEST: (d) => `${named(d)} is not in the manifest as it is here. Set it aside as evidence and go on with another share.`,
  SHARE_SET_DISAGREES: (d) => `${named(d)} gives another threshold, number of shares, epoch or check than the share before it. Shares of one set never do: whoever made one of them had the set's key. Stop. Find the manifest.`,
  SHARE_DUPLICATE: (d) => `Share ${d['number']} was read before. A photocopy is the same share. Go on with another.`,
  SHARE_NEED_MORE: (d) => `${d['have']} of ${d['need']} shares. Nothing is combined before there are enough.`,
  SHARE_KEK_CHECK_FAILED: () => 'Every share passed, but what they rebuild does not. It has been thrown away and nothing was opened. Clear everything and read the shares again; if it happens again, the set was not made as it should have been.',
  SHARE_LINE_MISTYPED: (d) => `Line ${d['line']} does not fit. Compare it with the paper, letter by letter. This page never proposes what it might have been.`,
  SHARE_LINES_NEED_MANIFEST: () => 'Typed lines have no signature: they need the manifest file. Without it, read the symbols.',
  SHARE_BLIND_CODE: (d) => `The dice code is not that of this sheet, or the sheet was altered: the two cannot be told apart.${claim(d)} Type the code again from the holder's own paper.`,
  SHARE_CODE_FORMAT: () => 'A dice code is 50 to 100 digits from 1 to 6. Type it again; spaces do not matter.',
  SHARE_CODE_MISSING: () => 'This sheet is printed blind. It needs its holder\'s dice code: tick "printed blind" and type it.',
  SHARE_CODE_SURPLUS: () => 'This sheet is not printed blind and needs no dice code. Untick "printed blind" and take the share again.',
  SHARE_MANIFEST_INVALID: () => 'This file is not a manifest, or it was changed. The file is named manifest.dsse.json and lies in the folder of the ceremony. Try another copy.',
  SET_NOT_COMPARED: () => 'Compare the fingerprint with the one on paper, and tick that it is the same. A forged set has a sound manifest of its own.',
  SET_FINGERPRINT_FORM: () => 'The set fingerprint has 26 characters. All of them are needed: a part of it proves nothing.',
  PICTURE_NOTHING: () => 'There is no share symbol in this picture that can be read. Take it closer, flat and without glare, or use the other symbol.',
  PICTURE_UNREADABLE: () => 'This file is not a picture that this browser can read. PNG and JPEG always work.',
  CAMERA_REFUSED: () => 'The camera cannot be used. Allow it in the browser, or choose another way: a picture file, a hand scanner, or the four lines.',
  SCANNER_REFUSED: () => 'The reader of symbols does not start in this browser. Use a hand scanner, or type the four lines.',
  FILE_TOO_LARGE: () => 'This file is too large to be what is asked for.',
  KEY_NOT_OPENED: () => 'The wrapped key does not open: the file is damaged, or was wrapped under another wrapping key or in the other way. Compare its SHA-256 with the record, try another copy, then the other way of wrapping.',
  KEY_UNKNOWN: () => 'The file was opened, but what is in it is no private key of a kind that Quorate makes. Nothing of it was kept.',
  KEY_COMPARE_FORM: () => 'Give the certificate (root.crt or root.pem), or the 64 hex digits of spkiSha256 from the record.',
  KEY_DIFFERS: () => 'This is another key than that of the certificate or record. Do not use it. Check which key the wrapped file is of.',
  PIN_FORM: () => 'Give the token\'s serial number as the record has it, and a length from 8 to 16.',
};

/** @returns one paragraph, in plain words. Never a secret. */
export const wordingOf = ({ code, details }: Fault): string => WORDING[code](details);
