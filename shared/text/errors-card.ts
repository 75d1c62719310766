/** Texts of custodians' cards. A card is named by its serial number; whose it is, is said where the caller knows it. */
import type { CardCode } from '../errors.ts';
import type { DetailReader, TextOf } from './error-text.ts';

const card = (d: DetailReader): string => (d.has('serial') ? `card ${d.text('serial', '')}` : 'the card');
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const held = (d: DetailReader): string => (d.has('setName') ? `Set ${d.text('setName', '')}${d.has('share') ? `, share ${d.text('share', '')}` : ''}` : 'An object under the name of a share');

export const cardTexts: Readonly<Record<CardCode, TextOf>> = {
  CARD_ABSENT: (d) => ({
    title: `${capital(card(d))} is not in a reader`,
    happened: `No reader shows ${card(d)}.`,
    safe: 'Nothing was sent to any card, and no PIN try was used.',
    next: `Insert ${card(d)} with the chip first, then do this step again.`,
  }),
  CARD_OTHER: (d) => ({
    title: d.has('owner') ? `This is ${d.text('owner', '')}’s card` : 'This is another card',
    happened: `${d.has('person') ? `It is ${d.text('person', '')}’s turn. ` : ''}The readers show ${d.text('found', 'another card')}, and not ${card(d)}.`,
    safe: 'No PIN try was used, and nothing was sent to it.',
    next: `Remove it and insert ${card(d)}.`,
  }),
  CARD_NOT_EMPTY: (d) => ({
    title: 'This card already holds a share',
    happened: `${held(d)} is on ${card(d)}.`,
    safe: 'It was not changed.',
    next: 'Use a blank card from the sealed pack.',
  }),
  CARD_NO_SHARE: (d) => ({
    title: 'This card holds no such share',
    happened: d.has('found') ? `${capital(card(d))} holds ${d.text('found', '')} instead.` : `No share was found on ${card(d)}.`,
    safe: 'The card was only read.',
    next: 'Check the label on the card, and insert the card of this set.',
  }),
  CARD_FULL: (d) => ({
    title: 'There is no room on this card',
    happened: `${capital(card(d))} did not take ${d.has('needed') ? `the ${d.text('needed', '')} bytes` : 'the object'} of the share.`,
    safe: 'No part of the share was left on it, and what it held is unharmed.',
    next: 'Use a blank card from the sealed pack.',
  }),
  CARD_DIFFERS: (d) => ({
    title: `${capital(card(d))} does not hold what was written`,
    happened: 'The card failed its check: what was read back is not the share.',
    safe: 'The object was taken off the card again. The share is still in the vault.',
    next: 'Put the card aside as faulty, record an exception, and take a new one.',
  }),
};
