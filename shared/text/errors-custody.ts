/** Texts of shares and share sets. Every fault is told apart; none says how close an entry was. */
import type { ShareCode } from '../errors.ts';
import type { DetailReader, TextOf } from './error-text.ts';

const share = (d: DetailReader): string => (d.has('share') ? `Share ${d.text('share', '')}` : 'This share');
const presenter = (d: DetailReader): string => d.text('person', d.text('presenter', 'the person at the desk'));

/** By `reason` of SHARE_CARD_OBJECT. */
const CARD_REASONS: ReadonlyMap<string, string> = new Map([
  ['no-container', 'holds something under the name of a share that is not one'],
  ['key-not-here', 'holds a share that is encrypted to a key it does not have, so it was written for another card'],
  ['not-opened', 'did not open the share with its key'],
  ['key-length', 'opened the share to something that is not its key'],
  ['not-authentic', 'holds a share that was changed after it was written, or that was written for another card'],
  ['several', 'holds several shares that fit'],
]);

export const custodyTexts: Readonly<Record<ShareCode, TextOf>> = {
  SHARE_DAMAGED: (d) => ({
    title: 'The share is damaged',
    happened: `What ${presenter(d)} presented does not match its own checksum.`,
    safe: 'It was not combined with any other share.',
    next: 'Read the lines again from the paper, group by group.',
  }),
  SHARE_UNKNOWN_VERSION: (d) => ({
    title: 'The share has a form this version does not know',
    happened: `It names version ${d.text('version', 'unknown')}.`,
    safe: 'It was not combined with any other share.',
    next: 'Use the version of Quorate that is named on the sheet, or a newer one.',
  }),
  SHARE_ILLEGAL_FIELD: (d) => ({
    title: 'The share holds a value that no share has',
    happened: `The field ${d.text('field', 'named in the transcript')} is outside its range.`,
    safe: 'It was not combined with any other share.',
    next: `Set it aside as evidence. ${presenter(d)} presented it.`,
  }),
  SHARE_FORGED: (d) => ({
    title: 'The share is not signed by this set',
    happened: `${presenter(d)} presented a share whose signature does not fit the set.${d.has('claims') ? ` It claims to be share ${d.text('claims', '')}.` : ''}`,
    safe: 'It was not combined with any other share.',
    next: 'Set it aside as evidence and record an exception.',
  }),
  SHARE_OTHER_SET: (d) => ({
    title: 'The share is from another set',
    happened: `It belongs to ${d.has('found') ? `set ${d.text('found', '')}` : 'another set'}. This ceremony needs ${d.has('expected') ? `set ${d.text('expected', '')}` : 'the set shown'}.`,
    safe: 'It is unharmed, and nothing was combined.',
    next: 'Check the label on the sheet and take the sheet of this set.',
  }),
  SHARE_OLD_EPOCH: (d) => ({
    title: `${share(d)} was replaced`,
    happened: `It is of epoch ${d.text('found', 'an earlier one')}; this set is epoch ${d.text('expected', 'the newer one')}.`,
    safe: 'It was not combined with any other share.',
    next: 'Ask for the newer sheet. The old one can be destroyed under witness later.',
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
    happened: `${share(d)} is signed, but the manifest of the set does not name it as it is.`,
    safe: 'It was not combined with any other share.',
    next: 'Set it aside and record an exception.',
  }),
  SHARE_DUPLICATE: (d) => ({
    title: `${share(d)} is already in`,
    happened: 'The same share was presented twice. The count stays as it was.',
    safe: 'Nothing was combined.',
    next: 'Call the next custodian.',
  }),
  SHARE_WRONG_PERSON: (d) => ({
    title: `This sheet is not ${d.text('expected', 'this person')}’s`,
    happened: `It belongs to ${d.text('owner', 'another custodian')}.`,
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
    happened: d.has('blind') ? (d.text('blind', 'no') === 'yes' ? 'It is the symbol of a sheet that was printed blind, and this one is not expected to be.' : 'It is a share, but not the symbol of a sheet that was printed blind.') : 'The symbol holds something else, or the picture holds no symbol.',
    safe: 'Nothing of it was kept or opened.',
    next: 'Take the symbol of the key share sheet, or type its four lines.',
  }),
  SHARE_CODE_FORMAT: (d) => ({
    title: 'This is not a dice code',
    happened: `A dice code has ${d.text('minThrows', '50')} to ${d.text('maxThrows', '100')} digits, each from 1 to 6.`,
    safe: 'Nothing was printed or opened with it.',
    next: 'Type the digits in the order in which they were thrown. Spaces do not count.',
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
