import { describe, expect, it } from 'vitest';
import type { ArchiveItem } from '../../../shared/ipc/contract.ts';
import type { FolderReport } from '../../../shared/transcript/report.ts';
import { diceOf } from '../../../renderer/screens/begin/dice.ts';
import { itemState, rowAction, rowLabel, unfinished } from '../../../renderer/screens/home/home-view.ts';
import { stripOf, stripSentence } from '../../../shared/text/verify-report.ts';
import { sessionName } from '../../../shared/text/session.ts';
import { askedOf, readQuestion } from '../../../renderer/entry/question.ts';
import { readReply } from '../../../renderer/entry/reply.ts';
import { minutesText, runningText } from '../../../renderer/text/time.ts';

const item = (change: Partial<ArchiveItem>): ArchiveItem => ({
  number: 1, name: '0001-root', title: 'Root', label: 'root', profile: 'ec-p384', kind: 'root-key-generation', mode: 'rehearsal', status: 'closed', planSha256: null, quorum: { threshold: 3, shares: 5 }, serial: null,
  spkiSha256: null, sealedShares: 5, step: null, lastAt: null, openExceptions: 0, notAfter: null, recordSigned: true, fault: null, ...change,
});

describe('the list of ceremonies', () => {
  it('calls a ceremony closed only once its record is signed', () => {
    expect(itemState(item({})).word).toBe('Closed');
    expect(itemState(item({ recordSigned: false })).word).toBe('Record not signed');
    expect([rowAction(item({})), rowAction(item({ recordSigned: false })), rowAction(item({ status: 'unreadable' }))]).toEqual(['verify', 'enter', 'verify']);
    expect(rowLabel(item({ status: 'paused' }))).toBe('Resume');
  });
  it('offers the one ceremony that waits: under way before paused before frozen', () => {
    const items = [item({ number: 1 }), item({ number: 2, status: 'frozen' }), item({ number: 3, status: 'paused' }), item({ number: 4, status: 'frozen' })];
    expect(unfinished(items)?.number).toBe(3);
    expect(unfinished(items.filter((one) => one.status !== 'paused'))?.number).toBe(4);
    expect(unfinished([item({})])).toBeNull();
  });
});

const folder = (change: Partial<FolderReport>): FolderReport => ({ name: '0001-root', title: null, mode: 'rehearsal', outcome: 'completed', entries: 100, closedAt: null, head: null, checks: [], signoffs: [20, 60], brokenAt: null, signedThrough: 60, ...change });
describe('the verify strip', () => {
  it('is solid up to what is signed, and never past a break', () => {
    expect(stripOf(folder({}))).toEqual({ signed: 0.61, broken: null, marks: [0.205, 0.605] });
    expect(stripOf(folder({ brokenAt: 40, signedThrough: 60 }))).toMatchObject({ signed: 0.4, broken: 0.4 });
    expect(stripOf(folder({ entries: 0 }))).toBeNull();
  });
  it('carries its meaning in a sentence', () => {
    expect(stripSentence(folder({ brokenAt: 40 }))).toMatch(/Entry 40 does not hold.*up to entry 99/);
    expect(stripSentence(folder({ signedThrough: null }))).toMatch(/None is covered/);
  });
});

describe('dice', () => {
  it('takes digits 1 to 6 with spaces between, and nothing else', () => {
    expect(diceOf('123 456,\n1')).toEqual({ throws: '1234561', problem: null });
    expect(diceOf('1270').problem).toMatch(/1 to 6/);
    expect(diceOf('1'.repeat(401)).problem).toMatch(/400/);
    expect(diceOf('').problem).toBeNull();
  });
});

describe('the entry window', () => {
  it('listens only to the question of its own preload', () => {
    const spec = { kind: 'share', person: 'ada', share: 3, ways: ['type'], blind: false };
    expect(readQuestion({ type: 'vault-port', spec, personName: 'Ada', mode: 'production', software: false })).toMatchObject({ personName: 'Ada', mode: 'production' });
    expect(readQuestion({ type: 'vault-port', spec, mode: 'production', session: sessionName({ number: 7, nonce: `e58294f2${'0'.repeat(56)}` as never }) })?.session).toBe('Ceremony 0007, session topmost Istanbul Pluto vagabond');
    for (const other of [null, 'x', { type: 'other', spec }, { type: 'vault-port' }, { type: 'vault-port', spec: { kind: 'reveal' } }]) expect(readQuestion(other)).toBeNull();
  });
  it('asks for four lines, for new secrets twice, and for the rest once', () => {
    const asked = (spec: object): number => askedOf({ spec: spec as never, personName: 'Ada', session: null, mode: 'production', software: false }).labels.length;
    expect([{ kind: 'share', share: 1, ways: ['type'], blind: false }, { kind: 'new-pin', half: 'whole', minLength: 4, maxLength: 8 }, { kind: 'new-passphrase', minLength: 15 }, { kind: 'pin-half', half: 'first' }, { kind: 'passphrase' }].map(asked)).toEqual([4, 2, 2, 1, 1]);
  });
  it('reads replies strictly', () => {
    expect(readReply({ type: 'line-checked', index: 2, ok: false })).toEqual({ type: 'line-checked', index: 2, ok: false });
    expect(readReply({ type: 'refused', code: 'HSM_PIN_FORMAT' })).toEqual({ type: 'refused', code: 'HSM_PIN_FORMAT', details: {} });
    expect([readReply({ type: 'line-checked' }), readReply(null), readReply({ type: 'secret', value: 'x' })]).toEqual([null, null, null]);
  });
});

describe('times', () => {
  it('are whole minutes in words, and seconds while something runs', () => {
    expect([minutesText(0.4), minutesText(7.9), minutesText(107)]).toEqual(['under 1 min', '7 min', '1 h 47 min']);
    expect(runningText('2026-11-24T09:00:00.000Z', new Date('2026-11-24T09:01:07.900Z'))).toBe('1:07');
  });
});
