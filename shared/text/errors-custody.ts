/** Texts of shares and share sets. Every fault is told apart; none says how close an entry was. */
import type { ShareCode } from '../errors.ts';
import type { DetailReader, TextOf } from './error-text.ts';

const share = (d: DetailReader): string => (d.has('share') ? `Share ${d.text('share', '')}` : d.has('number') ? `Share ${d.text('number', '')}` : 'This share');
/** Who put it on the desk: all that is known of a share that fails its own checks. */
const presenter = (d: DetailReader): string => d.text('presenter', 'the person at the desk');
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
/** What the share says of itself; nobody has vouched for it. */
const claims = (d: DetailReader): string => (d.has('claimsNumber') ? ` It claims to be share ${d.text('claimsNumber', '')}, ${d.text('claimsName', 'no name')}.` : '');
const otherSet = (d: DetailReader): string => (d.has('claimsSet') ? `set ${d.text('claimsSet', '')}${d.has('claimsEpoch') ? `, epoch ${d.text('claimsEpoch', '')}` : ''}` : 'another set');

/** By `reason` of SHARE_CARD_OBJECT. */
const CARD_REASONS: ReadonlyMap<string, string> = new Map([
  ['no-container', 'holds something under the name of a share that is not one'],
  ['key-not-here', 'holds a share that is encrypted to a key it does not have, so it was written for another card'],
  ['not-opened', 'did not open the share with its key'],
  ['key-length', 'opened the share to something that is not its key'],
  ['not-authentic', 'holds a share that was changed after it was written, or that was written for another card'],
  ['several', 'holds several shares that fit'],
]);

/** Codes that a die hardly ever gives. */
const UNLIKELY = new Map([['one-face', 'More than half of its digits are the same.'], ['repeats', 'A row of twelve digits comes twice in it.']]);

/** Why a symbol, picture or file holds no share, by the `reason` of SHARE_NOT_A_SHARE. */
const NOT_A_SHARE: Readonly<Record<string, string>> = {
  other: 'The symbol holds something else.', several: 'Two symbols that say different things are in view.', 'no-symbol': 'No symbol can be read in this picture.',
  'not-a-picture': 'The file is not a PNG or JPEG picture.', 'too-large': 'The file is larger than a picture of a sheet needs to be.',
};

export const custodyTexts: Readonly<Record<ShareCode, TextOf>> = {
  SHARE_DAMAGED: (d) => ({
    title: 'The share is damaged',
    happened: `What ${presenter(d)} presented does not match its own checksum.`,
    safe: 'It was not combined with any other share.',
    next: 'Read it again. Use the second symbol, or type the lines group by group.',
  }),
  SHARE_UNKNOWN_VERSION: (d) => ({
    title: 'The share has a form this version does not know',
    happened: `It names version ${d.text('field', d.text('version', 'unknown'))}.`,
    safe: 'It was not combined with any other share.',
    next: 'Use the version of Quorate that is named on the sheet, or a newer one.',
  }),
  SHARE_ILLEGAL_FIELD: (d) => ({
    title: 'The share holds a value that no share has',
    happened: `The field ${d.text('field', 'named in the transcript')} is outside its range.${claims(d)}`,
    safe: 'It was not combined with any other share.',
    next: `Set it aside as evidence. ${capital(presenter(d))} presented it.`,
  }),
  SHARE_FORGED: (d) => ({
    title: 'The share was changed after it was issued',
    happened: `${capital(presenter(d))} presented a share that its set did not sign as it is.${claims(d)}`,
    safe: 'It was not combined with any other share.',
    next: 'Set it aside as evidence and record an exception.',
  }),
  SHARE_OTHER_SET: (d) => ({
    title: 'The share is from another set',
    happened: `${capital(presenter(d))} presented a share of ${otherSet(d)}. It is not the set that is gathered here.`,
    safe: 'It is unharmed, and nothing was combined.',
    next: 'Check the name of the set on the sheet and take the sheet of this set.',
  }),
  SHARE_OLD_EPOCH: (d) => ({
    title: 'This share was replaced',
    happened: `${capital(presenter(d))} presented a share of ${otherSet(d)}. That set was replaced${d.has('supersededAt') ? ` on ${d.text('supersededAt', '').slice(0, 10)}` : ''}.`,
    safe: 'It was not combined with any other share.',
    next: 'Ask for the newer sheet. Keep the old one for destruction under witness.',
  }),
  SHARE_DRILL: () => ({
    title: 'This share is from a rehearsal',
    happened: 'Its drill mark is set. A ceremony does not take it.',
    safe: 'Nothing was combined.',
    next: 'Take the sheet of the ceremony.',
  }),
  SHARE_NOT_DRILL: () => ({
    title: 'This share is from a ceremony',
    happened: 'A rehearsal does not take a share of a ceremony.',
    safe: 'Nothing was combined and nothing was kept.',
    next: 'Put the sheet back into its bag at once and record an exception in its ceremony.',
  }),
  SHARE_NOT_IN_MANIFEST: (d) => ({
    title: 'The share is not in the manifest',
    happened: `${share(d)} is of this set, but the manifest does not name it as it is. ${capital(presenter(d))} presented it.`,
    safe: 'It was not combined with any other share.',
    next: 'Set it aside as evidence and record an exception.',
  }),
  SHARE_DUPLICATE: (d) => ({
    title: `${share(d)} is already in`,
    happened: `The same share was presented before${d.has('firstPresenter') ? ` by ${d.text('firstPresenter', '')}` : ''}. The count stays as it was.`,
    safe: 'Nothing was combined.',
    next: 'Call the next custodian.',
  }),
  SHARE_WRONG_PERSON: (d) => ({
    title: `This share is not that of ${presenter(d)}`,
    happened: `${share(d)} was issued to ${d.text('name', 'another custodian')}.`,
    safe: 'It is unharmed, and nothing was combined.',
    next: 'Give the sheet back to its custodian and take the right one.',
  }),
  SHARE_NEED_MORE: (d) => ({
    title: 'More shares are needed',
    happened: `${d.text('have', 'Too few')} of ${d.text('need', 'the needed')} shares are in.`,
    safe: 'Nothing was combined.',
    next: 'Read back the shares of more custodians.',
  }),
  SHARE_BLIND_CODE: (d) => ({
    title: 'The dice code does not open this sheet',
    happened: `The code is another one, or the sheet was changed. The two cannot be told apart.${d.has('claimsNumber') ? ` The sheet claims to be share ${d.text('claimsNumber', '')}.` : ''}`,
    safe: 'The share was not combined with any other, and a wrong code uses nothing up.',
    next: 'Read the code again, throw by throw. If it is right and still does not fit, set the sheet aside as evidence.',
  }),
  SHARE_CARD_OBJECT: (d) => ({
    title: 'The card does not give its share',
    happened: `${d.has('serial') ? `Card ${d.text('serial', '')}` : 'The card'} ${CARD_REASONS.get(d.text('reason', '')) ?? 'holds something that is not a whole share'}.`,
    safe: 'The card was only read, and nothing was combined.',
    next: 'Use the paper of this share if there is one. Set the card aside and record an exception.',
  }),
  SHARE_KEK_CHECK_FAILED: () => ({
    title: 'The shares fit together, but not to this wrapping key',
    happened: 'The rebuilt value does not match the check of the set.',
    safe: 'Nothing was wrapped or loaded.',
    next: 'Set all shares aside, record an exception, and give this set up.',
  }),
  SHARE_NOT_A_SHARE: (d) => ({
    title: 'This is not a key share',
    happened: d.has('blind') ? (d.text('blind', 'no') === 'yes' ? 'It is the symbol of a sheet that was printed blind, and this one is not expected to be.' : 'It is a share, but not the symbol of a sheet that was printed blind.') : NOT_A_SHARE[d.text('reason', 'other')] ?? NOT_A_SHARE['other']!,
    safe: 'Nothing of it was kept or opened.',
    next: 'Take the symbol of the key share sheet, or type its four lines.',
  }),
  SHARE_CODE_FORMAT: (d) => ({
    title: 'This is not a dice code',
    happened: UNLIKELY.get(d.text('reason', '')) ?? `A dice code has ${d.text('minThrows', '50')} to ${d.text('maxThrows', '100')} digits, each from 1 to 6.`,
    safe: 'Nothing was printed or opened with it.',
    next: UNLIKELY.has(d.text('reason', '')) ? 'Throw the die again for every digit, and take what it shows.' : 'Type the digits in the order in which they were thrown. Spaces do not count.',
  }),
  SHARE_LINE_MISTYPED: (d) => ({
    title: `Line ${d.text('line', 'shown')} does not match its check letters`,
    happened: 'The line as typed is not a line of a share sheet.',
    safe: 'The other lines are kept, and the sheet is unharmed.',
    next: 'Read this line again from the sheet, group by group.',
  }),
  SHARE_SET_VOID: () => ({
    title: 'This share set is void',
    happened: 'It was given up before anything was wrapped under it.',
    safe: 'It opens nothing.',
    next: 'Destroy its sheets under witness and go on with the new set.',
  }),
  SHARE_MANIFEST_INVALID: () => ({
    title: 'The manifest of the set does not hold',
    happened: 'Its signature or its form is not as it must be.',
    safe: 'No share was judged against it.',
    next: 'Use another copy of the manifest, and compare the set fingerprint with the paper.',
  }),
};
