/** Names of ceremonies, carriers, outcomes and faults of shares, as every screen says them. */
import type { CeremonyKind, Carrier, Custody, SetRef } from '../../shared/ceremony/plan-schema.ts';
import type { COPY_OUTCOMES, UNPROVED } from '../../shared/transcript/entry-schema.ts';
import type { Demand } from '../../shared/register/custody-types.ts';

export const KIND_NAMES: Readonly<Record<CeremonyKind, string>> = {
  'root-key-generation': 'generation', recovery: 'recovery', 're-share': 're-share', 'share-check': 'share check', 'share-destruction': 'destruction of shares',
  founding: 'founding of the archive', amendment: 'change of people or policy', merge: 'joining of archives',
};
export interface KindCard { readonly kind: CeremonyKind; readonly title: string; readonly what: string; readonly undo: string; readonly people: string; readonly action: string }
/** The catalogue: what each ceremony does in one sentence, what of it cannot be undone, and who must come. */
export const KIND_CARDS: readonly KindCard[] = [
  { kind: 'recovery', title: 'Recovery', what: 'Rebuilds the wrapping key from a quorum’s shares and puts the key into another HSM.', undo: 'The key is then in one more HSM; that cannot be taken back.', people: 'a quorum of holders, administrator, witness, auditor', action: 'Prepare a recovery' },
  { kind: 'share-check', title: 'Share check', what: 'Each holder proves their own share, alone; none is shown and none is combined.', undo: 'Nothing is changed.', people: 'any holders, one at a time, administrator, witness, auditor', action: 'Prepare a share check' },
  { kind: 're-share', title: 'Re-share', what: 'Replaces the shares, the wrapping key and its backup: for another custodian, another M of N, or a lost share.', undo: 'The old set ends for good.', people: 'an old quorum, all new custodians, administrator, witness, auditor', action: 'Prepare a re-share' },
  { kind: 'share-destruction', title: 'Destruction of shares', what: 'Destroys the sheets, cards and wrapped keys of a set, or says where they are.', undo: 'What is destroyed cannot be brought back.', people: 'holders, administrator, witness, auditor', action: 'Prepare a destruction' },
];
export const ROOT_CARD: KindCard = { kind: 'root-key-generation', title: 'Root key generation', what: 'Makes a root key in an HSM, signs its certificate, splits and proves its backup, and locks it.', undo: 'Making the key cannot be undone.', people: 'at least 5: administrator, internal witness, external auditor, 2 or more custodians', action: 'Prepare a new root key' };

export const CARRIER_NAMES: Readonly<Record<Carrier, string>> = { paper: 'Paper', card: 'Card', both: 'Paper and card' };
export const SHEET_NAMES: Readonly<Record<Custody['sheet'], string>> = { standard: 'Standard sheet', large: 'Large print', blind: 'Printer-blind: needs the holder’s dice code' };
export const HOW_NAMES: Readonly<Record<'typed' | 'scanned' | 'image' | 'card', string>> = { typed: 'Paper, typed', scanned: 'Paper, scanned', image: 'Paper, picture file', card: 'Card' };
export const HOLDS_NAMES: Readonly<Record<SetRef['holds'], string>> = { 'wrapping-key': 'shares', pin: 'PIN shares' };

export const OUTCOME_NAMES: Readonly<Record<(typeof COPY_OUTCOMES)[number], string>> = {
  destroyed: 'Destroyed now', collected: 'Collected in a sealed bag, destroyed later', resealed: 'Back in custody in a new bag', retained: 'Kept by its holder', missing: 'Missing',
};
export const OUTCOME_WORDS: Readonly<Record<(typeof COPY_OUTCOMES)[number], string>> = { destroyed: 'Destroyed', collected: 'Collected', resealed: 'Sealed again', retained: 'Kept', missing: 'Missing' };
export const UNPROVED_NAMES: Readonly<Record<(typeof UNPROVED)[number], string>> = { absent: 'Holder is absent', lost: 'Share is lost', unreadable: 'Cannot be read', exposed: 'Was seen by others' };

/** One short word for the table; the whole wording stands in the fault card. */
const REFUSALS: Readonly<Record<string, string>> = {
  SHARE_DAMAGED: 'damaged', SHARE_UNKNOWN_VERSION: 'unknown version', SHARE_ILLEGAL_FIELD: 'illegal value', SHARE_FORGED: 'not signed by this set', SHARE_OTHER_SET: 'other set', SHARE_OLD_EPOCH: 'replaced set',
  SHARE_DRILL: 'practice share', SHARE_NOT_DRILL: 'not a practice share', SHARE_NOT_IN_MANIFEST: 'not in the manifest', SHARE_DUPLICATE: 'already in', SHARE_WRONG_PERSON: 'another holder’s share',
  SHARE_LINE_MISTYPED: 'line mistyped', SHARE_NOT_A_SHARE: 'not a share', SHARE_BLIND_CODE: 'dice code does not fit', SHARE_CARD_OBJECT: 'card object not whole', CARD_OTHER: 'another card', CARD_NO_SHARE: 'no share on the card', CARD_ABSENT: 'no card',
};
export const refusalWord = (code: string): string => REFUSALS[code] ?? 'not accepted';

export const DEMAND_WORDS: Readonly<Record<Demand, string>> = {
  none: '', 'check-due': 'A share check is due', 're-share-soon': 'One share to spare: prepare a re-share', 're-share-now': 'No share to spare: re-share now', 'not-recoverable': 'Not recoverable: too few shares are left',
};
export const BACKUP_WORDS: Readonly<Record<'current' | 'none' | 'lost', string>> = {
  current: '', none: 'This key was made without a backup.', lost: 'The key can be used, but not be backed up any more: its rotation is due.',
};
export const DRILL_SENTENCE = 'Drill: the shares of this ceremony are practice and never pass a real recovery.';
