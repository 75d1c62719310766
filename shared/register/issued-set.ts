/** What a ceremony that issued a share set says of it: the set, its holders, and every copy it put into the world. */
import { fourDigits } from '../text/ceremony-number.ts';
import type { Sha256Hex } from '../brand.ts';
import { allSteps } from '../ceremony/build-script.ts';
import { custodiansOf, custodyOf, isDrill, personById, soControlOf } from '../ceremony/people.ts';
import type { SetRef } from '../ceremony/plan-schema.ts';
import { cardsWritten, sheetsOut } from '../ceremony/shares.ts';
import type { BackupFacts, CeremonyState, SetFacts, ShareFacts } from '../ceremony/state.ts';
import { recordDigest } from '../transcript/record.ts';
import type { CopyState, HolderState, SetState } from './custody-types.ts';
import { foldName } from '../ceremony/fold-name.ts';

/** A ceremony of the archive with its folder's number; `state` is its whole replay. */
export interface ToldCeremony { readonly number: number; readonly state: CeremonyState }

export const folderNameOf = ({ number, state }: ToldCeremony): string => `${fourDigits(number)}-${state.opening?.slug ?? ''}`;
/** A ceremony's wrapped key lies in a file of this name on each of its media. */
export const wrappedFileName = (one: ToldCeremony): string => `${folderNameOf(one)}.wrapped`;

const nameIn = (state: CeremonyState, id: string): string => personById(state.plan, id)?.name ?? id;
const readAt = (state: CeremonyState, set: SetFacts, share: ShareFacts): string => {
  const step = allSteps(state.script).find((one) => one.kind === 'handover' && one.shareNumber === share.number && one.holds === set.holds);
  return (step && state.completed[step.id]?.at) ?? state.lastAt ?? '';
};

const holderOf = ({ number, state }: ToldCeremony, set: SetFacts, share: ShareFacts): HolderState => {
  const person = personById(state.plan, share.custodian);
  return {
    number: share.number, person: share.custodian, name: nameIn(state, share.custodian), carrier: share.carrier, sheet: share.sheet, card: person ? custodyOf(person).card : null,
    lastRead: { at: readAt(state, set, share), ceremony: number }, trouble: null,
  };
};

/** Sheets and cards of the set, and the media under it, as they stood when its ceremony ended. */
const copiesOf = ({ number, state }: ToldCeremony, set: SetFacts, backup: BackupFacts | null): readonly CopyState[] => {
  const facts = { status: 'held' as const, ceremony: number, at: state.lastAt ?? '' };
  const shareOf = (share: number): ShareFacts | undefined => set.shares.find((one) => one.number === share);
  return [
    ...sheetsOut(set).map(({ share, attempt }): CopyState => ({ copy: { kind: 'sheet', setId: set.setId, share, attempt }, bag: shareOf(share)?.bag ?? null, ...facts })),
    ...cardsWritten(set).map(({ share, serial }): CopyState => ({ copy: { kind: 'card', setId: set.setId, share, serial }, bag: shareOf(share)?.card?.bag ?? null, ...facts })),
    ...(backup?.media ?? []).map((medium): CopyState => ({ copy: { kind: 'medium', setId: set.setId, number: medium }, bag: null, ...facts })),
  ];
};

const refOf = ({ number, state }: ToldCeremony, set: SetFacts): SetRef => ({
  setId: set.setId, setName: set.setName, setFingerprint: set.setFingerprint, manifestSha256: set.manifestSha256, epoch: set.epoch,
  threshold: state.plan.quorum.threshold, shares: state.plan.quorum.shares, drill: isDrill(state.plan), holds: set.holds, issuedBy: number,
  holders: custodiansOf(state.plan).map((person, index) => ({ number: index + 1, person: person.id, name: person.name, custody: custodyOf(person) })),
});

/** @param backup the wrapped key that the set opens; null for a PIN set. @returns the set as it was when `one` ended. */
export const issuedSet = (one: ToldCeremony, set: SetFacts, backup: BackupFacts | null): SetState => ({
  ...refOf(one, set), status: 'current', supersededAt: null, supersededBy: null, issuedAt: one.state.lastAt ?? '',
  people: set.shares.map((share) => holderOf(one, set, share)), copies: copiesOf(one, set, backup),
  wrapped: backup && { algorithm: backup.algorithm, length: backup.length, sha256: backup.sha256, fileName: wrappedFileName(one) },
  soByQuorum: set.holds === 'pin' && (one.state.pinChanged?.tokens.every(({ soChanged }) => soChanged) ?? soControlOf(one.state.plan) === 'quorum'),
  margin: 0, history: set.shares.map(({ number, custodian }) => ({ name: foldName(nameIn(one.state, custodian)), shares: [number] })),
  head: one.state.head, record: one.state.closing ? recordDigest(one.state) : null as Sha256Hex | null,
});
