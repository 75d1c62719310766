/**
 * Folders of ceremonies on existing shares for the document tests: sealed folders as the verifier takes them, with what goes wrong in a
 * real room mixed in (refused shares, an absent holder, a missing sheet). Manifests, keys and signatures are real; shares are not.
 */
import type { PersonId } from '../../../shared/brand.ts';
import type { CeremonyKind, Custody, KeyPlan, Person } from '../../../shared/ceremony/plan-schema.ts';
import type { Step } from '../../../shared/ceremony/script-types.ts';
import { copiesToAccount } from '../../../shared/ceremony/select.ts';
import { buildFolder, buildOn } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { accountFact, destroyFact, readShareFact, type Teller } from '../../support/story.ts';

export const KINDS = ['recovery', 're-share', 'share-check', 'share-destruction'] as const satisfies readonly CeremonyKind[];
export type SampleKind = (typeof KINDS)[number];
const id = (name: string): PersonId => name as PersonId;

const custody = (carrier: Custody['carrier'], sheet: Custody['sheet'], serial: string | null): Custody => ({ carrier, sheet, card: serial === null ? null : { module: '/usr/lib/opensc-pkcs11.so', serial } });
const CUSTODIES: Readonly<Record<string, Custody>> = { ada: custody('paper', 'blind', null), bruno: custody('both', 'standard', 'DECC0401237'), chen: custody('card', 'standard', 'DECC0401298'), dalia: custody('paper', 'large', null) };
const carried = (people: readonly Person[]): Person[] => people.map((person) => (person.role === 'custodian' && CUSTODIES[person.id] ? { ...person, custody: CUSTODIES[person.id]! } : person));

/** A generation with every carrier, a printer test, and its PIN given to a quorum. */
export const generationByQuorum = (changes: Partial<KeyPlan> = {}): BuiltFolder => buildFolder({
  plan: samplePlan({ pin: { control: 'quorum', typedBy: [id('maria'), id('walter')], so: 'quorum', soTypedBy: [id('xenia')] }, people: carried(samplePlan().people), sheets: { paper: 'A4', printer: { kind: 'folder' }, test: true }, ...changes }), exception: false,
});

const refuse = (teller: Teller, presenter: string, code: string, details: Readonly<Record<string, string | number>>): void => teller.tell({
  type: 'share-refused', actor: id(presenter), body: { step: teller.state.current!, setId: teller.state.plan.source!.set.setId, presenter: id(presenter), carrier: 'paper', fault: { code, details } },
});
/** Two good shares, an old one, a damaged one, one of another person, and the third good one. */
const gatherWithTrouble = (teller: Teller): void => {
  const { setId } = teller.state.plan.source!.set;
  refuse(teller, 'bruno', 'SHARE_OLD_EPOCH', { presenter: 'Bruno Keller', claimsNumber: 2, claimsName: 'Bruno Keller', claimsSet: 'JET-7712', claimsEpoch: 2, supersededAt: '2026-01-17' });
  for (const share of [1, 2]) teller.tell(readShareFact(teller, share, setId));
  refuse(teller, 'chen', 'SHARE_DAMAGED', { presenter: 'Chen Wei' });
  refuse(teller, 'dalia', 'SHARE_WRONG_PERSON', { presenter: 'Dalia Haddad', number: 3, name: 'Chen Wei', person: 'chen' });
  teller.tell(readShareFact(teller, 3, setId));
  teller.complete(id('maria'));
};
/** Share 3 cannot be read, and the holder of share 4 is absent. */
const proveWithTrouble = (teller: Teller, step: Extract<Step, { kind: 'prove' }>): boolean => {
  if (step.shareNumber !== 3 && step.shareNumber !== 4) return false;
  if (step.shareNumber === 3) refuse(teller, 'chen', 'SHARE_DAMAGED', { presenter: 'Chen Wei' });
  teller.tell({ type: 'share-unproved', actor: id('walter'), body: { step: step.id, share: step.shareNumber, person: step.custodian, reason: step.shareNumber === 3 ? 'unreadable' : 'absent' } });
  teller.complete('app');
  return true;
};
/** Share 3 is missing and share 2 is collected or kept; everything else is destroyed. */
const accountWithLoss = (teller: Teller, step: Extract<Step, { kind: 'account' }>): void => {
  for (const { copy } of copiesToAccount(teller.state, step.about)) {
    const share = copy.kind === 'medium' ? 0 : copy.share;
    if (share === 3) teller.tell(accountFact(teller, copy, 'missing', null));
    else if (share === 2) teller.tell(step.about === 'all' ? accountFact(teller, copy, 'retained', null) : accountFact(teller, copy, 'collected', `C-12${copy.kind}`));
    else destroyFact(teller, copy);
  }
  teller.complete(id('maria'));
};

export interface CustodyOptions {
  readonly on?: BuiltFolder;
  /** Which set the ceremony is about. */
  readonly holds?: 'wrapping-key' | 'pin';
  readonly change?: (plan: KeyPlan) => KeyPlan;
  /** Refused shares, holders who cannot prove theirs, copies that are not destroyed. Default true. */
  readonly trouble?: boolean;
}
const plain = buildFolder();
/** Emil leaves and Farah comes. */
const newPeople = (plan: KeyPlan): KeyPlan => ({ ...plan, people: [...plan.people.map((person) => (person.id === 'emil' ? { ...person, role: 'holder' as const } : person)), ...samplePeople(6).slice(-1)] });

/** A completed ceremony of the kind on a generation, played through the rules. Nothing is written to disk. */
export const custodyFolder = (kind: SampleKind, { on = plain, trouble = true, change = (plan) => plan, holds }: CustodyOptions = {}): BuiltFolder => buildOn(kind, [on], {
  ...(holds ? { holds } : {}), change: (plan) => change(kind === 're-share' ? newPeople(plan) : plan),
  play: (teller, step) => {
    if (!trouble) return false;
    if (step.kind === 'gather' && step.holds === 'wrapping-key') gatherWithTrouble(teller);
    else if (step.kind === 'account' && step.about !== 'used') accountWithLoss(teller, step);
    else return step.kind === 'prove' && proveWithTrouble(teller, step);
    return true;
  },
});
