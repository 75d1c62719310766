/** What a whole archive says of keys, sets, holders and copies: folded from sealed folders of every kind. */
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../shared/brand.ts';
import type { Person, KeyPlan } from '../../../shared/ceremony/plan-schema.ts';
import { copyName } from '../../../shared/ceremony/select.ts';
import type { SetState } from '../../../shared/register/custody-types.ts';
import { custodyRegister, findSet } from '../../../shared/register/custody.ts';
import { accountFact, destroyFact, exceptionFact, readShareFact } from '../../support/story.ts';
import { buildFolder, buildOn, registerOf } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const id = (name: string): PersonId => name as PersonId;
/** Bruno has a card, Chen paper and a card, the others a sheet. */
const withCards = (): Person[] => samplePeople().map((person): Person => {
  const card = { module: '/usr/lib/m.so', serial: `C-${person.id}` };
  return person.id === 'bruno' ? { ...person, custody: { carrier: 'card', sheet: 'standard', card } } : person.id === 'chen' ? { ...person, custody: { carrier: 'both', sheet: 'large', card } } : person;
});
const first = buildFolder({ plan: samplePlan({ people: withCards() }) });
const newest = (folders: readonly BuiltFolder[]): SetState => registerOf(folders).keys[0]!.sets.at(-1)!;
const counted = (set: SetState, status: string): number => set.copies.filter((copy) => copy.status === status).length;
const farah = samplePeople(6).find((person) => person.id === 'farah')!;
/** Emil leaves, Farah comes. */
const replaceEmil = (plan: KeyPlan): KeyPlan => ({ ...plan, people: [...plan.people.map((person) => (person.id === 'emil' ? { ...person, role: 'holder' as const } : person)), farah] });

describe('a key generation', () => {
  it('gives a key with its tokens, one set, and every copy that was sealed or written', () => {
    const [key] = registerOf([first]).keys;
    expect(key).toMatchObject({ label: 'example-root-2026', madeBy: 1, backup: 'current', demand: 'none', tokens: [{ serial: '8f2c41d09be3a776', pinSet: null }, { serial: '13b0d7e52c9f4a68' }] });
    const [set] = key!.sets;
    expect(set).toMatchObject({ epoch: 1, threshold: 3, shares: 5, drill: true, holds: 'wrapping-key', issuedBy: 1, status: 'current', margin: 2, head: first.head, record: first.link.record, wrapped: { fileName: `${first.name}.wrapped` } });
    expect(set!.copies.map(({ copy, bag }) => `${copyName(copy).replace(set!.setId, '')} ${bag ?? '-'}`)).toEqual(['sheet  1.1 N-1', 'sheet  3.1 N-3', 'sheet  4.1 N-4', 'sheet  5.1 N-5', 'card  2 C-bruno N-2', 'card  3 C-chen N-3-C', 'medium  1 -', 'medium  2 -']);
    expect(set!.people.map(({ carrier, sheet, card }) => `${carrier} ${sheet} ${card?.serial ?? '-'}`)).toEqual(['paper standard -', 'card standard C-bruno', 'both large C-chen', 'paper standard -', 'paper standard -']);
    expect(set!.history).toContainEqual({ name: 'chen wei', shares: [3] });
  });
  it('without a backup gives a key that has none, and asks for nothing', () => {
    const base = samplePlan();
    const none = buildFolder({ plan: samplePlan({ key: { ...base.key, profile: 'ed25519', backup: { kind: 'none', reason: 'It cannot', approvedBy: 'Board' } }, hsm: { ...base.hsm, secondSerial: null }, media: 0 }) });
    expect(registerOf([none]).keys).toMatchObject([{ backup: 'none', demand: 'none', sets: [], tokens: [{ serial: base.hsm.serial }] }]);
  });
  it('with a quorum PIN gives a PIN set beside, and says which tokens it opens', () => {
    const pin = buildFolder({ plan: samplePlan({ pin: { control: 'quorum', typedBy: [id('maria'), id('walter')], so: 'nobody', soTypedBy: [] } }) });
    const [key] = registerOf([pin]).keys;
    expect(key!.pinSets).toMatchObject([{ holds: 'pin', epoch: 1, status: 'current', wrapped: null, copies: { length: 5 } }]);
    expect(key!.tokens.map(({ pinSet }) => pinSet)).toEqual([key!.pinSets[0]!.setId, key!.pinSets[0]!.setId]);
  });
  it('that was aborted before the restore was proved gives nothing; after it, what was proved', () => {
    expect(registerOf([buildFolder({ abortAfter: '5.2' })]).keys).toEqual([]);
    expect(registerOf([buildFolder({ abortAfter: '5.3' })]).keys).toMatchObject([{ backup: 'current', sets: [{ margin: 2 }] }]);
  });
});

describe('a recovery', () => {
  const folder = buildOn('recovery', [first]);
  it('adds its target, and every share that was read is fresh and in a new bag', () => {
    const register = registerOf([first, folder]), set = newest([first, folder]);
    expect(register.keys[0]!.tokens.at(-1)).toMatchObject({ serial: 'target-2', ceremony: 2 });
    expect(set.people.map(({ lastRead }) => lastRead.ceremony)).toEqual([2, 2, 2, 1, 1]);
    const bag = (name: string): string | null => set.copies.find(({ copy }) => copyName(copy).endsWith(name))!.bag;
    expect([bag('1.1'), bag('C-bruno'), bag('3.1'), bag('4.1')]).toEqual(['R2-0', 'R2-2', 'R2-1', 'N-4']);
  });
  it('counts a share that somebody else brought for that person too', () => {
    const brought = buildOn('recovery', [first], {
      play: (teller, step) => {
        if (step.kind !== 'gather') return false;
        teller.tell({ ...exceptionFact(teller, id('walter')), body: { ...exceptionFact(teller, id('walter')).body, kind: 'person-change' } } as never);
        const { setId } = teller.state.plan.source!.set;
        teller.tell(readShareFact(teller, 1, setId));
        teller.tell(readShareFact(teller, 2, setId, id('ada')));
        teller.tell(readShareFact(teller, 3, setId));
        teller.complete(id('maria'));
        return true;
      },
    });
    const set = newest([first, brought]);
    expect(set.history.find(({ name }) => name === 'ada okafor')).toEqual({ name: 'ada okafor', shares: [1, 2] });
    expect(set.history.find(({ name }) => name === 'bruno keller')).toEqual({ name: 'bruno keller', shares: [2] });
  });
  it('that was aborted counts for what it did to copies, and not as a token', () => {
    const cut = buildOn('recovery', [first], { abortAfter: '3.3' });
    expect(registerOf([first, cut]).keys[0]!.tokens).toHaveLength(2);
    expect(newest([first, cut]).people.map(({ lastRead }) => lastRead.ceremony)).toEqual([2, 2, 2, 1, 1]);
  });
});

describe('a share check', () => {
  const unproved = (share: number, reason: 'absent' | 'lost' | 'unreadable' | 'exposed'): BuiltFolder => buildOn('share-check', [first], {
    play: (teller, step) => {
      if (step.kind !== 'prove' || step.shareNumber !== share) return false;
      teller.tell({ type: 'share-unproved', actor: id('maria'), body: { step: step.id, share, person: step.custodian, reason } });
      teller.complete('app');
      return true;
    },
  });
  it('makes every proved share fresh', () => {
    expect(newest([first, buildOn('share-check', [first])]).people.every(({ lastRead, trouble }) => lastRead.ceremony === 2 && trouble === null)).toBe(true);
  });
  it.each([['lost', 1, 're-share-soon'], ['unreadable', 1, 're-share-soon'], ['exposed', 1, 're-share-soon'], ['absent', 2, 'none']] as const)('that finds a share %s leaves a margin of %i and asks for %s', (reason, margin, demand) => {
    const folders = [first, unproved(4, reason)];
    expect(newest(folders)).toMatchObject({ margin });
    expect(newest(folders).people[3]!.trouble).toBe(reason === 'absent' ? null : reason);
    expect(registerOf(folders).keys[0]!.demand).toBe(demand);
  });
  it('that reads a lost share again takes it back; an exposed share stays exposed', () => {
    const again = (before: BuiltFolder): SetState => { const third = buildOn('share-check', [first, before]); return newest([first, before, third]); };
    expect(again(unproved(4, 'lost')).people[3]!.trouble).toBeNull();
    expect(again(unproved(4, 'exposed')).people[3]!.trouble).toBe('exposed');
  });
  it('is due when a share was not read for twelve months, and only when a date is given', () => {
    expect(registerOf([first], '2027-11-23T00:00:00.000Z').keys[0]!.demand).toBe('none');
    expect(registerOf([first], '2027-11-25T00:00:00.000Z').keys[0]!.demand).toBe('check-due');
    expect(registerOf([first, buildOn('share-check', [first])], '2027-11-25T00:00:00.000Z').keys[0]!.demand).toBe('none');
  });
});

describe('a re-share', () => {
  const folder = buildOn('re-share', [first], { change: replaceEmil });
  it('gives a new set of the next epoch, and supersedes the old one', () => {
    const [old, fresh] = registerOf([first, folder]).keys[0]!.sets;
    expect(fresh).toMatchObject({ epoch: 2, issuedBy: 2, status: 'current', margin: 2 });
    expect(fresh!.holders.map(({ person }) => person)).toEqual(['ada', 'bruno', 'chen', 'dalia', 'farah']);
    expect(old).toMatchObject({ epoch: 1, supersededBy: fresh!.setId, status: 'destroyed', margin: -3 });
  });
  it('leaves the old set superseded while one of its copies is left', () => {
    const kept = buildOn('re-share', [first], {
      play: (teller, step) => {
        if (step.kind !== 'account') return false;
        for (const [index, { copy }] of teller.state.plan.source!.copies.entries()) if (index === 0) teller.tell(accountFact(teller, copy, 'missing', null)); else destroyFact(teller, copy);
        teller.complete(id('maria'));
        return true;
      },
    });
    const [old] = registerOf([first, kept]).keys[0]!.sets;
    expect(old!.status).toBe('superseded');
    expect([counted(old!, 'missing'), counted(old!, 'destroyed')]).toEqual([1, 7]);
  });
  it('that was aborted after its proof leaves both sets, and neither is superseded', () => {
    const steps = folder.teller.state.script.acts.flatMap(({ steps: all }) => all);
    const proof = steps.find((step) => step.kind === 'machine' && step.operation === 'prove-restore')!.id;
    const cut = buildOn('re-share', [first], { change: replaceEmil, abortAfter: proof });
    expect(registerOf([first, cut]).keys[0]!.sets.map(({ status }) => status)).toEqual(['current', 'current']);
  });
  it('renews a PIN set where the plan says so', () => {
    const pin = buildFolder({ plan: samplePlan({ pin: { control: 'quorum', typedBy: [id('maria'), id('walter')], so: 'nobody', soTypedBy: [] } }) });
    const renewed = buildOn('re-share', [pin], { change: (plan) => ({ ...plan, pin: plan.pin.control === 'held-by-quorum' ? { ...plan.pin, renew: true } : plan.pin }) });
    const [old, fresh] = registerOf([pin, renewed]).keys[0]!.pinSets;
    expect(old).toMatchObject({ status: 'superseded', supersededBy: fresh!.setId });
    expect(fresh).toMatchObject({ epoch: 2, status: 'current' });
  });
});

describe('a destruction', () => {
  const folder = buildOn('share-destruction', [first]);
  it('leaves no backup: the set is destroyed, and the key can only be used where it is', () => {
    const [key] = registerOf([first, folder]).keys;
    expect(key).toMatchObject({ backup: 'lost', demand: 'not-recoverable' });
    expect(key!.sets[0]).toMatchObject({ status: 'destroyed', margin: -3 });
    expect(key!.sets[0]!.people.every(({ trouble }) => trouble === 'gone')).toBe(true);
  });
});

describe('the register', () => {
  const folders = [first, buildOn('recovery', [first]), ...[0].map(() => buildOn('share-check', [first, buildOn('recovery', [first])]))];
  it('says the same whenever it is folded, and in whatever order the folders are read', () => {
    expect(registerOf(folders)).toEqual(registerOf(folders));
    expect(registerOf(folders.toReversed())).toEqual(registerOf(folders));
  });
  it('leaves out a ceremony that is not closed', () => {
    const { state } = first.teller;
    expect(custodyRegister([{ number: 1, state: { ...state, closing: null } }])).toEqual({ keys: [] });
  });
  it('never lets practice touch a real set', () => {
    const check = buildOn('share-check', [first]).teller.state;
    // The same entries under a plan that is no drill: they are of another kind of shares.
    const real = { ...check, plan: { ...check.plan, mode: 'production' as const } };
    const told = [{ number: 1, state: first.teller.state }, { number: 2, state: real }];
    expect(custodyRegister(told).keys[0]!.sets[0]!.people.every(({ lastRead }) => lastRead.ceremony === 1)).toBe(true);
  });
  it('finds a set by its id, and no set that it does not know', () => {
    expect(findSet(registerOf([first]), newest([first]).setId)?.set.epoch).toBe(1);
    expect(findSet(registerOf([first]), 'ab'.repeat(32))).toBeNull();
  });
});
