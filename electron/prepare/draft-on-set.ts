/** The draft of a ceremony on an existing share set: everything that the archive knows of it is filled in; people change what is theirs. */
import { administratorOf, custodyOf, witnessOf } from '../../shared/ceremony/people.ts';
import type { ARCHIVE_KINDS, CeremonyKind, KeyPlan, Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { Material } from '../../shared/ceremony/material-schema.ts';
import type { CustodyRegister, KeyState, SetState } from '../../shared/register/custody-types.ts';
import { setRefOf, sourceOfSet } from '../../shared/register/source.ts';

export type SetKind = Exclude<CeremonyKind, 'root-key-generation' | (typeof ARCHIVE_KINDS)[number]>;
/** @param issuing the plan of the ceremony that issued the set: its people, module and printer are taken over. */
export interface OnSet { /** What the archive has seen of materials. */ readonly materials: readonly Material[]; readonly register: CustodyRegister; readonly key: KeyState; readonly set: SetState; readonly issuing: KeyPlan }

const TITLES: Readonly<Record<SetKind, string>> = { recovery: 'Recovery of', 're-share': 'Re-share of', 'share-check': 'Share check of', 'share-destruction': 'Destruction of shares of' };
const PURPOSES: Readonly<Record<SetKind, string>> = {
  recovery: 'The key is needed in another HSM', 're-share': 'The holders of shares change', 'share-check': 'Yearly check that every share can be read', 'share-destruction': 'The shares are not needed any more',
};
export const isSetKind = (kind: CeremonyKind): kind is SetKind => kind in TITLES;
const titleOf = (kind: SetKind, label: string): string => `${TITLES[kind]} ${label}`.slice(0, 64).trim();

/**
 * Officers and holders of the ceremony that issued the set; whoever handed a share in there has none now. Cards stay theirs: in a re-share
 * the new share lies beside the old one until that is erased.
 */
const peopleNow = ({ set, issuing }: OnSet): Person[] => issuing.people
  .filter(({ id, role }) => role !== 'holder' && (role !== 'custodian' || set.holders.some(({ person }) => person === id)));

const usesTokens = (kind: SetKind): boolean => kind === 'recovery' || kind === 're-share';
const hsmNow = ({ key, issuing }: OnSet, kind: SetKind): KeyPlan['hsm'] => {
  const [first, second] = key.tokens;
  if (kind === 'recovery') return { ...issuing.hsm, serial: null, secondSerial: null };
  return { ...issuing.hsm, serial: first?.serial ?? issuing.hsm.serial, secondSerial: kind === 're-share' ? second?.serial ?? null : null };
};

/**
 * The PIN as the key's tokens have it. In a recovery the target is fresh and people type its first PIN; where a quorum holds the others',
 * it goes to a quorum there too.
 */
const pinNow = ({ key, issuing }: OnSet, kind: SetKind): KeyPlan['pin'] => {
  const officers = [administratorOf(issuing), witnessOf(issuing)] as const;
  const opens = kind === 're-share' ? key.tokens[0]?.pinSet : key.tokens.findLast((token) => token.pinSet !== null)?.pinSet;
  const pinSet = usesTokens(kind) ? key.pinSets.find(({ setId }) => setId === opens) : undefined;
  if (pinSet && kind === 're-share') return { control: 'held-by-quorum', set: setRefOf(pinSet), renew: false, ...(pinSet.soByQuorum ? { so: 'quorum' as const } : {}) };
  if (pinSet) return issuing.mode === 'rehearsal' ? { control: 'quorum', typedBy: [...officers], so: 'nobody', soTypedBy: [] } : { control: 'quorum', typedBy: [...officers], so: 'quorum', soTypedBy: [...officers] };
  const { pin } = issuing;
  if (pin.control === 'single' || pin.control === 'halves') return pin;
  return { control: 'halves', first: officers[0], second: officers[1] };
};

/** @param today ISO calendar date. @returns a draft whose shape is right; what only the day can fill in (a target token, new cards) is null. */
export const draftOnSet = (kind: SetKind, on: OnSet, today: string): KeyPlan => {
  const { key, set, issuing, register } = on;
  const people = peopleNow(on);
  const { test: _test, ...sheets } = issuing.sheets;
  return {
    format: 'quorate-plan/2', mode: issuing.mode,
    ceremony: { ...issuing.ceremony, kind, title: titleOf(kind, key.label), date: today },
    people, quorum: { threshold: set.threshold, shares: set.shares },
    key: { label: key.label, profile: key.profile, backup: { kind: 'split' } }, certificate: key.certificate,
    hsm: hsmNow(on, kind), pin: pinNow(on, kind),
    sheets: usesTokens(kind) ? issuing.sheets : sheets, media: kind === 're-share' ? Math.max(1, issuing.media) : 0,
    ...(issuing.drill === true ? { drill: true as const } : {}),
    ...(on.materials.length === 0 ? {} : { materials: [...on.materials] }),
    source: sourceOfSet(register, key, set, { purpose: PURPOSES[kind], authority: issuing.ceremony.organisation }),
  };
};

/** Custodians whose share goes to a card that is not named yet. */
export const cardless = (plan: Plan): readonly Person[] => plan.people.filter((person) => person.role === 'custodian' && custodyOf(person).carrier !== 'paper' && (custodyOf(person).card?.serial ?? null) === null);
