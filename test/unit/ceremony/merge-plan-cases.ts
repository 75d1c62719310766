/** Accepting and refusing plans of merges, by rule. */
import type { Sha256Hex } from '../../../shared/brand.ts';
import type { Charter, Member } from '../../../shared/charter/charter-schema.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { sampleCharter } from '../../support/sample-charter.ts';
import { publicKeyOf, samplePeople } from '../../support/sample-people.ts';
import type { PlanCase } from './custody-plan-cases.ts';

const head = (digit: string): Sha256Hex => digit.repeat(64) as Sha256Hex;
const link = (number: number, digit: string) => ({ number, head: head(digit), record: head('f') });
const NO_KEY: Partial<Plan> = { key: undefined, certificate: undefined, hsm: undefined, pin: undefined, media: undefined };
const merge = (changes: Partial<Plan> = {}): Partial<Plan> => ({
  ...NO_KEY, ceremony: { kind: 'merge', title: 'Merge', organisation: 'Example Trust', place: 'Room 4', date: '2026-12-01' }, parents: [link(2, '2'), link(3, '3')],
  decision: { purpose: 'One archive again', authority: 'Board, decision 2026-19' }, ...changes,
});
const changed = (id: string, changes: Partial<Member>, from: Charter = sampleCharter()): Charter => ({ ...from, members: from.members.map((member) => (member.id === id ? { ...member, ...changes } : member)) });
const under = (charter: Charter, ...before: readonly Charter[]): Partial<Plan> => merge({ charter, before: before.map((one, index) => ({ ceremony: index + 1, head: head(String(index + 1)), charter: one })) });

const base = sampleCharter(), gone = changed('emil', { standing: 'left' }), revoked = changed('emil', { standing: 'revoked' });
const stranger = changed('emil', { name: 'Emilia Stone', credential: { kind: 'file', algorithm: 'Ed25519', publicKey: publicKeyOf('emilia') } });

/** Without Emil. */
const room = (custodians: number): Partial<Plan> => ({ people: samplePeople(custodians), quorum: { threshold: 3, shares: custodians } });

export const MERGE_PLAN_CASES: Readonly<Record<string, readonly PlanCase[]>> = {
  'parents-of-merge': [
    [merge(), merge({ parents: undefined }), 'parents'], [{}, { parents: [link(2, '2'), link(3, '3')] }, 'parents'],
    [merge(), merge({ parents: [link(2, '2'), link(3, '2')] }), 'parents'], [merge(), merge({ parents: [link(2, '2'), { ...link(3, '3'), record: null }] }), 'parents.1.record'],
  ],
  'charter-of-merge': [[merge(), merge({ charter: base }), 'charter'], [under(base, base), merge({ before: [{ ceremony: 1, head: head('1'), charter: base }] }), 'charter']],
  'charters-differ': [[under(gone, base, gone), under(base, base, base), 'before']],
  'merge-keeps-standing': [[under(gone, base, gone), under(base, base, gone), 'charter.members.7.standing'], [{ ...under(revoked, gone, revoked), ...room(4) }, under(gone, gone, revoked), 'charter.members.7.standing']],
  'merge-keeps-person': [[{ ...under(changed('emil', { name: 'Emil Novak-Stone' }), base), ...room(4) }, under(stranger, base), 'charter.members.7.id']],
};
