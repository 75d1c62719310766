/** The refused case of each rule about existing shares and copies; rules.test.ts runs them with the others. */
import { copiesToAccount } from '../../../shared/ceremony/select.ts';
import type { Fact } from '../../../shared/ceremony/rule.ts';
import { asPerson, reSharePlan, samplePlanOf, sampleSource } from '../../support/sample-source.ts';
import { accountFact, atOperation, digestOf, exceptionFact, readShareFact, tellStory, type Teller } from '../../support/story.ts';
import { roomPlan } from '../../support/sample-duties.ts';
import { foundingPlan } from '../../support/sample-charter.ts';

export type Case = () => [Teller, Fact];
const at = (plan: Parameters<typeof tellStory>[0], kind: string, holds = 'wrapping-key'): Teller => tellStory(plan, (step) => step.kind === kind && (step.kind !== 'gather' || step.holds === holds));
const setId = sampleSource().set.setId;
const complete = (teller: Teller, actor: string): Fact => ({ type: 'step-completed', actor: asPerson(actor), body: { step: teller.state.current! } });
const personChange = (teller: Teller): void => { const fact = exceptionFact(teller, asPerson('walter')); teller.tell({ ...fact, body: { ...fact.body, kind: 'person-change' } } as Fact); };

export const CUSTODY_CASES: Readonly<Record<string, Case>> = {
  SHARE_WANTED: () => { const teller = at(samplePlanOf('recovery'), 'gather'); teller.tell(readShareFact(teller, 1, setId)); return [teller, readShareFact(teller, 1, setId)]; },
  HOLDER_HISTORY: () => {
    const source = sampleSource({ history: [{ name: 'Ada  OKAFOR', shares: [1, 3] }] });
    const teller = at(samplePlanOf('recovery', { source }), 'gather');
    personChange(teller);
    return [teller, readShareFact(teller, 2, setId, asPerson('ada'))];
  },
  GATHERED_ENOUGH: () => { const teller = at(samplePlanOf('recovery'), 'gather'); teller.tell(readShareFact(teller, 1, setId)); teller.tell(readShareFact(teller, 2, setId)); return [teller, complete(teller, 'maria')]; },
  SLIP_SIGNED: () => { const teller = at(samplePlanOf('share-check'), 'prove'); teller.tell(readShareFact(teller, 1, setId)); return [teller, { type: 'step-completed', actor: 'app', body: { step: teller.state.current! } }]; },
  COPIES_ACCOUNTED: () => { const teller = at(samplePlanOf('share-destruction'), 'account'); return [teller, complete(teller, 'maria')]; },
  KEEP_A_QUORUM: () => {
    const all = sampleSource();
    const source = sampleSource({ copies: all.copies.filter(({ copy }) => copy.kind === 'medium' || copy.share <= 3) });
    const teller = at(samplePlanOf('recovery', { source }), 'account');
    return [teller, accountFact(teller, copiesToAccount(teller.state, 'used')[0]!.copy, 'destroyed', null)];
  },
  ENACTS_THE_PLAN: () => { const teller = atOperation('enact', foundingPlan()); return [teller, { type: 'charter-enacted', actor: 'app', body: { step: teller.state.current!, sha256: digestOf('another charter') } }]; },
  DEPUTY_STANDS_IN: () => { const teller = at(roomPlan(), 'roll-call'); return [teller, { type: 'deputised', actor: asPerson('walter'), body: { step: teller.state.current!, for: asPerson('ada'), by: asPerson('goran'), reason: { commitment: digestOf('a reason') } } }]; },
  DUTIES_HOLD: () => {
    const teller = at(roomPlan({ bruno: { reportsTo: 'Ada Okafor' }, chen: { reportsTo: 'Ada Okafor' } }), 'roll-call');
    for (const { id } of teller.state.plan.people) teller.tell({ type: 'presence', actor: asPerson('maria'), body: { step: teller.state.current!, person: id, present: true, identity: 'known' } });
    return [teller, complete(teller, 'maria')];
  },
  PROVED_BEFORE_SUPERSEDED: () => { const teller = atOperation('supersede', reSharePlan()); return [teller, { type: 'set-superseded', actor: 'app', body: { step: teller.state.current!, setId: teller.state.set!.setId, by: setId } }]; },
};
