/** After a pause of a plan of format 2: the roll, the head-count, the serial and the sealed bags. */
import { describe, expect, it } from 'vitest';
import { admit } from '../../../shared/ceremony/admit.ts';
import { decide } from '../../../shared/ceremony/decide.ts';
import type { Fact } from '../../../shared/ceremony/rule.ts';
import { isPresent } from '../../../shared/ceremony/select.ts';
import { hideAnswers } from '../../../electron/ceremony/hidden-answers.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import type { Body } from '../../../shared/transcript/entry-schema.ts';
import { roomPlan } from '../../support/room-plan.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { asPerson } from '../../support/sample-source.ts';
import { atStep, digestOf, exceptionFact, type Teller } from '../../support/story.ts';

const people = roomPlan().people.map(({ id }) => id), serial = roomPlan().hsm.serial!;
const paused = (sealed?: string[], plan = roomPlan()): Teller => {
  const teller = atStep('3.1', plan);
  teller.tell({ type: 'paused', actor: 'app', body: { reason: 'break', text: { commitment: digestOf('a text') }, stayed: people.slice(0, 2), ...(sealed ? { sealed } : {}) } });
  return teller;
};
const resumed = (change: Partial<Body<'resumed'>> = {}): Fact => ({ type: 'resumed', actor: 'app', body: { present: people, serial, heads: people.length, ...change } });
const code = (teller: Teller, fact: Fact): string | undefined => admit(teller.state, fact)?.fault.code;

describe('a resume', () => {
  it('counts the room, and the roll is that of the resume', () => {
    const teller = paused(), { heads: _heads, ...uncounted } = resumed().body as Body<'resumed'>;
    expect([code(teller, { type: 'resumed', actor: 'app', body: uncounted }), code(teller, resumed({ heads: people.length - 1 }))]).toEqual(['RULE_BREAK_CHECKED', 'RULE_BREAK_CHECKED']);
    teller.tell(resumed({ present: people.filter((id) => id !== 'emil') }));
    expect([isPresent(teller.state, 'emil'), isPresent(teller.state, 'ada')]).toEqual([false, true]);
  });
  it('reads the sealed bags again, in any order; other bags need an exception since the pause', () => {
    const teller = paused(['S-1', 'S-2']);
    expect([code(teller, resumed()), code(teller, resumed({ bags: ['S-1', 'S-3'] }))]).toEqual(['RULE_BREAK_CHECKED', 'RULE_BREAK_CHECKED']);
    expect(code(teller, resumed({ bags: ['S-2', 'S-1'] }))).toBeUndefined();
    teller.tell(exceptionFact(teller, asPerson('walter')));
    expect([code(teller, resumed({ bags: ['S-1', 'S-3'] })), code(teller, resumed({ bags: ['S-1'] }))]).toEqual([undefined, 'RULE_BREAK_CHECKED']);
  });
  it('gets the numbers from the bags: the window does not have them', () => {
    const teller = paused(['S-0048117']);
    expect(JSON.stringify(hideAnswers({ state: teller.state } as unknown as Snapshot))).not.toContain('S-0048117');
    expect(decide(teller.state, { type: 'resume', present: people, serial, heads: 9, bags: ['S-0048117'] }, '2026-11-24T09:41:30.000Z')).toMatchObject({ ok: true, value: { drafts: [{ body: { heads: 9, bags: ['S-0048117'] } }] } });
  });
  it('of a plan of format 1 stays as it was', () => {
    const { heads: _heads, ...body } = resumed().body as Body<'resumed'>;
    const teller = paused(undefined, samplePlan());
    teller.tell({ type: 'resumed', actor: 'app', body: { ...body, present: people.filter((id) => id !== 'emil') } });
    expect(isPresent(teller.state, 'emil')).toBe(true);
  });
});
