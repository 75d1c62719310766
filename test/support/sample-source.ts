/** Plans of the kinds that stand on an earlier ceremony, for tests: the set, key and copies of a sample generation with paper and cards. */
import type { Base64, KeyIdHex, PersonId, Sha256Hex } from '../../shared/brand.ts';
import { toBase64, utf8 } from '../../shared/bytes.ts';
import type { KeyKind, KeyPlan, Plan, SetRef, Source } from '../../shared/ceremony/plan-schema.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import { samplePeople } from './sample-people.ts';
import { samplePlan } from './sample-plan.ts';

const digest = (text: string): Sha256Hex => sha256Of(utf8(text));
export const SOURCE_KEY_ID = '0102030405060708090a0b0c0d0e0f10' as KeyIdHex;
export const SOURCE_SPKI: Base64 = toBase64(utf8('a public key that is only a name'));

const custodians = () => samplePeople().filter((person) => person.role === 'custodian');
export const sampleSet = (changes: Partial<SetRef> = {}): SetRef => ({
  setId: digest('old set'), setName: 'KITE-4417', setFingerprint: '670Y YTGD', manifestSha256: digest('old manifest'), epoch: 1, threshold: 3, shares: 5, drill: true,
  holds: 'wrapping-key', issuedBy: 1, holders: custodians().map((person, index) => ({ number: index + 1, person: person.id, name: person.name })), ...changes,
});
export const samplePinSet = (): SetRef => sampleSet({ setId: digest('old pin set'), setName: 'FERN-2087', setFingerprint: '2E6T', manifestSha256: digest('old pin manifest'), holds: 'pin' });

/** Share 1 to 4 on sheets, share 5 on a card, the wrapped key on two media. */
export const sampleSource = (changes: Partial<Source> = {}): Source => {
  const set = sampleSet();
  return {
    ceremony: { number: 1, head: digest('head'), record: digest('record') }, purpose: 'Move the key to a new HSM', authority: 'Decision 2026-31',
    key: { keyId: SOURCE_KEY_ID, spki: SOURCE_SPKI, spkiSha256: digest('spki'), certificateSha256: digest('certificate') }, set,
    wrapped: { algorithm: 'RFC5649', length: 88, sha256: digest('old blob'), fileName: '0001-example-root-2026.wrapped', media: [1, 2] },
    copies: [
      ...[1, 2, 3, 4].map((share) => ({ copy: { kind: 'sheet' as const, setId: set.setId, share, attempt: 1 }, bag: `B-${share}` })),
      { copy: { kind: 'card' as const, setId: set.setId, share: 5, serial: 'c5' }, bag: 'B-5' },
      ...[1, 2].map((number) => ({ copy: { kind: 'medium' as const, setId: set.setId, number }, bag: null })),
    ],
    history: set.holders.map(({ name, number }) => ({ name, shares: [number] })), known: [], ...changes,
  };
};

const people = (): Plan['people'] => samplePeople().map((person) => (person.id === 'emil' ? { ...person, custody: { carrier: 'card' as const, sheet: 'standard' as const, card: { module: '/usr/lib/softhsm/libsofthsm2.so', serial: 'c5' } } } : person));
const TITLES: Readonly<Record<KeyKind, string>> = { 'root-key-generation': 'Example Root 2026', recovery: 'Recovery 2027', 're-share': 'Re-share 2027', 'share-check': 'Share check 2027', 'share-destruction': 'Destruction 2027' };

/** A complete, sound plan of the kind, on {@link sampleSource}. In a recovery the token is a third one. */
export const samplePlanOf = (kind: Exclude<KeyKind, 'root-key-generation'>, overrides: Partial<Plan> = {}): KeyPlan => {
  const plan = samplePlan();
  const hsm = kind === 'recovery' ? { ...plan.hsm, serial: '77aa41d09be3a776', secondSerial: null } : plan.hsm;
  return samplePlan({ ceremony: { ...plan.ceremony, kind, title: TITLES[kind], date: '2027-03-02' }, people: people(), hsm, source: sampleSource(), ...overrides });
};
/** Emil leaves and Farah comes: 2 of 5 from now on. */
export const reSharePlan = (overrides: Partial<Plan> = {}): KeyPlan => {
  const base = samplePlanOf('re-share');
  const farah = samplePeople(6).find((person) => person.id === 'farah')!;
  return samplePlanOf('re-share', { people: [...base.people.map((person) => (person.id === 'emil' ? { ...person, role: 'holder' as const } : person)), farah], quorum: { threshold: 2, shares: 5 }, ...overrides });
};
export const asPerson = (id: string): PersonId => id as PersonId;
