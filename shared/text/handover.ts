/** What a custodian does at the desk when a share is handed over. */
import { custodiansOf, custodyOf } from '../ceremony/people.ts';
import type { Plan } from '../ceremony/plan-schema.ts';

/** One or two sentences, by what carries the share away. @param share its number; empty for a number that nobody has */
export const handoverSentence = (plan: Plan, share: number): string => {
  const person = custodiansOf(plan)[share - 1];
  if (!person) return '';
  const { carrier, sheet } = custodyOf(person);
  const paper = sheet === 'blind' ? 'types a code thrown with dice, takes the sheet from the tray' : 'takes the sheet from the tray';
  if (carrier === 'card') return `${person.name} puts in the card and types its PIN; the share is written, the card taken out, put in again and read back, and sealed.`;
  if (carrier === 'both') return `${person.name} ${paper}, has the share written to the card too, has both read back, and seals each.`;
  return `${person.name} ${paper}, has it read back from the paper, and seals it.`;
};
