/** The card.* calls. Cards that are read for a set that is gathered go through the custody and gather calls. */
import type { HandlersOf, VaultContext } from '../context.ts';
import { lookForCard } from './card.ts';
import { eraseCard } from './erase.ts';
import { writeCard } from './write.ts';

export const cardCalls = (context: VaultContext): HandlersOf<'card.look' | 'card.write' | 'card.erase'> => ({
  'card.look': async ({ module, serial }) => lookForCard(context, module, serial),
  'card.write': (request) => writeCard(context, request),
  'card.erase': (request) => eraseCard(context, request),
});
