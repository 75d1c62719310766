/** What a handover says at each moment, by what carries the share away. Pure. */
import type { ShareFacts } from '../../../shared/ceremony/state.ts';
import type { Activity } from '../../../shared/ipc/snapshot.ts';
import type { Stage } from './stage-flow.tsx';

const CALL: Stage = ['Call', 'to the desk'], SEAL: Stage = ['Seal', 'bag number twice'];
const PAPER: readonly Stage[] = [CALL, ['Print', 'one sheet'], ['Read back', 'from the sheet'], SEAL];
const BLIND: readonly Stage[] = [['Dice code', '50 throws, typed twice'], ['Print', 'one sheet'], ['Read back', 'sheet and code'], SEAL];
const CARD: readonly Stage[] = [['Insert', 'their own card'], ['PIN', 'typed by the holder'], ['Write', 'and take it out'], ['Read back', 'from the card'], SEAL];
const BOTH: readonly Stage[] = [['Print', 'one sheet'], ['Write', 'to the card'], ['Read sheet', 'from the paper'], ['Read card', 'put in again'], ['Seal', 'two bags']];

export interface HandoverView { readonly stages: readonly Stage[]; readonly at: number; readonly ask: string }
interface People { readonly name: string; readonly witness: string }

const onPaper = (share: ShareFacts, activity: Activity | null): Pick<HandoverView, 'stages' | 'at'> => {
  const at = { waiting: 1, printed: 2, 'read-back': 3, sealed: 4 }[share.status];
  if (share.sheet !== 'blind') return { stages: PAPER, at };
  return { stages: BLIND, at: at === 1 && !(activity?.kind === 'effect' && activity.operation === 'print') ? 0 : at };
};
const onCard = (share: ShareFacts, activity: Activity | null): Pick<HandoverView, 'stages' | 'at'> => {
  if (share.status === 'sealed') return { stages: CARD, at: 5 };
  if (share.card?.status === 'read-back') return { stages: CARD, at: 4 };
  if (share.card?.status === 'written') return { stages: CARD, at: activity?.kind === 'card' && activity.until === 'removed' ? 2 : 3 };
  if (activity?.kind === 'entry') return { stages: CARD, at: 1 };
  return { stages: CARD, at: activity?.kind === 'effect' ? 2 : 0 };
};
const onBoth = (share: ShareFacts): Pick<HandoverView, 'stages' | 'at'> => {
  if (share.status === 'sealed') return { stages: BOTH, at: 5 };
  const places = [share.paper !== 'waiting', share.card?.status !== 'waiting', share.paper === 'read-back', share.card?.status === 'read-back'];
  const at = places.indexOf(false);
  return { stages: BOTH, at: at < 0 ? 4 : at };
};

const paperAsk = ({ name, witness }: People, share: ShareFacts): string => {
  if (share.paper === 'waiting') return share.sheet === 'blind'
    ? `${name} throws a die at least 50 times, alone, and types the throws twice. Then ${witness} watches the print.`
    : `${name} comes to the desk. ${witness} shields the tray and watches the print.`;
  return share.sheet === 'blind' ? `${name} takes the sheet face down, has it read, and types the dice code once more.` : `${name} takes the sheet face down and has it read in the window of their own: by camera, or its four lines typed.`;
};
const cardAsk = ({ name }: People, share: ShareFacts): string =>
  (share.card?.status === 'waiting' ? `${name} puts in card ${share.card.serial} and types its PIN. The share is written to it.` : `${name} takes the card out, puts it in again, and has the share read back from it.`);
const sealAsk = ({ name }: People, share: ShareFacts): string => {
  if (share.carrier === 'both') return `${name} puts the folded sheet into one bag and the card into another. Both numbers are read twice.`;
  return share.carrier === 'card' ? `${name} puts the card into a bag. Both type the bag number.` : `${name} folds the sheet and puts it into a bag. Both type the bag number.`;
};
const askOf = (people: People, share: ShareFacts): string => {
  if (share.status === 'sealed') return `Share of ${people.name} is sealed.`;
  if (share.paper === 'waiting') return paperAsk(people, share);
  if (share.card?.status === 'waiting') return cardAsk(people, share);
  if (share.paper === 'printed') return paperAsk(people, share);
  return share.card?.status === 'written' ? cardAsk(people, share) : sealAsk(people, share);
};

export const handoverView = (share: ShareFacts, activity: Activity | null, people: People): HandoverView => {
  const stages = share.carrier === 'both' ? onBoth(share) : share.carrier === 'card' ? onCard(share, activity) : onPaper(share, activity);
  return { ...stages, ask: askOf(people, share) };
};
