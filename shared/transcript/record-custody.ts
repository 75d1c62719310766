/** What a record says of custody beyond a first split on plain sheets. Derived from the state alone; absent where there is nothing to say. */
import { isKeyPlan, issuesPinSet } from '../ceremony/people.ts';
import { pinSetOf, wrappingSetOf } from '../ceremony/select.ts';
import type { CeremonyState, SetFacts } from '../ceremony/state.ts';

type Part = Readonly<Record<string, unknown>>;

const sourcePart = ({ plan }: CeremonyState): Part => {
  const { source, ceremony } = plan;
  if (source === undefined) return {};
  const { setId, setName, epoch, manifestSha256, holds } = source.set;
  return { kind: ceremony.kind, source: { ceremony: source.ceremony, setId, setName, epoch, holds, manifestSha256, purpose: source.purpose, authority: source.authority } };
};
const drillPart = ({ plan }: CeremonyState): Part => (plan.drill === true ? { drill: true } : {});

/** Shares that went elsewhere than onto one plain sheet. */
const carriersPart = (set: SetFacts | null): Part => {
  const special = (set?.shares ?? []).filter(({ carrier, sheet }) => carrier !== 'paper' || sheet !== 'standard');
  return special.length === 0 ? {} : {
    carriers: special.map(({ number, carrier, sheet, card }) => ({ share: number, carrier, sheet, card: card && { serial: card.serial, encryptedTo: card.encryptedTo, bag: card.bag } })),
  };
};

const gatheredPart = ({ gatherings }: CeremonyState): Part => (gatherings.length === 0 ? {} : {
  gathered: gatherings.map(({ holds, setId, shares, combined }) => ({
    holds, setId, combined: combined === null ? null : [...combined], shares: shares.map(({ share, person, presenter, carrier, how }) => ({ share, person, presenter, carrier, how })),
  })),
});
const refusedPart = ({ refused }: CeremonyState): Part => (refused.length === 0 ? {} : { refusedShares: refused.map(({ seq, presenter, carrier, code }) => ({ seq, presenter, carrier, code })) });
const proofsPart = ({ proofs }: CeremonyState): Part => (proofs.length === 0 ? {} : { proofs: proofs.map(({ share, person, found, carriers, how }) => ({ share, person, found, carriers: [...carriers], how })) });
const accountedPart = ({ accounted }: CeremonyState): Part => (accounted.length === 0 ? {} : { accounted: accounted.map(({ copy, outcome, method, bag, by, witness }) => ({ copy, outcome, method, bag, by, witness })) });
const supersededPart = ({ superseded }: CeremonyState): Part => (superseded === null ? {} : { superseded: { setId: superseded.setId, by: superseded.by } });

const pinPart = (state: CeremonyState): Part => {
  const { pin, quorum } = state.plan;
  if (pin?.control !== 'quorum' && pin?.control !== 'held-by-quorum') return {};
  const set = issuesPinSet(state.plan) ? pinSetOf(state) : null;
  const held = pin.control === 'held-by-quorum' ? { set: pin.set.setId, renewed: state.pinChanged !== null, ...(pin.so === undefined ? {} : { so: pin.so }) } : { so: pin.so };
  return {
    pin: { control: pin.control, ...held, tokens: (state.pinChanged?.tokens ?? []).map(({ serial, oldRefusedWith, soChanged }) => ({ serial, oldRefusedWith, soChanged })) },
    ...(set === null ? {} : {
      pinSet: {
        setId: set.setId, setName: set.setName, setFingerprint: set.setFingerprint, manifestSha256: set.manifestSha256, threshold: quorum.threshold,
        shares: set.shares.map(({ number, custodian, status, bag }) => ({ number, custodian, status, bag })), ...carriersPart(set),
      },
    }),
  };
};
const printerPart = ({ printerTested }: CeremonyState): Part => (printerTested === null ? {} : { printerTested: printerTested.how });

const charterPart = ({ charter, memberChanges, plan }: CeremonyState): Part => (isKeyPlan(plan)
  ? (plan.under === undefined ? {} : { under: { ceremony: plan.under.ceremony, head: plan.under.head, sha256: plan.under.sha256 } })
  : { kind: plan.ceremony.kind, charter: charter && { sha256: charter.sha256, changes: memberChanges.map(({ person, change, keyBefore, keyAfter }) => ({ person, change, keyBefore, keyAfter })) } });

/** @returns the parts in the order they stand in the record; an empty object for a ceremony that has none of them. */
export const custodyParts = (state: CeremonyState): Part => ({
  ...sourcePart(state), ...drillPart(state), ...carriersPart(wrappingSetOf(state)), ...gatheredPart(state), ...refusedPart(state),
  ...proofsPart(state), ...accountedPart(state), ...supersededPart(state), ...pinPart(state), ...printerPart(state), ...charterPart(state),
});
