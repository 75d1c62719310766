/** A closed ceremony in which a duty was excepted, a custodian was absent and their deputy stood in. For tests of the verifier and of the record. */
import type { Step } from '../../shared/ceremony/script-types.ts';
import { administratorOf, witnessOf } from '../../shared/ceremony/people.ts';
import { commitText } from '../../shared/transcript/commitment.ts';
import { encodeOpening } from '../../shared/transcript/openings.ts';
import { concatBytes, toHex, utf8 } from '../../shared/bytes.ts';
import { buildFolder, type BuiltFolder } from './ceremony-folder.ts';
import { id, roomPlan } from './sample-duties.ts';
import type { Teller } from './story.ts';

export const STOOD_IN_BECAUSE = 'Her train was cancelled.';
/** Bruno and Chen report to Ada, whose deputy Goran stands in. */
export const excepted = () => roomPlan({ bruno: { reportsTo: 'Ada Okafor' }, chen: { reportsTo: 'Ada Okafor' } }, {
  waivers: [{ rule: 'custodian-reporting-line', people: ['ada', 'bruno', 'chen'].map(id), reason: 'The team has no other members', by: ['walter', 'xenia'].map(id) }],
});

const callWithout = (teller: Teller, absent: string, deputy: string, step: Step): void => {
  const { plan } = teller.state;
  for (const person of plan.people) teller.tell({ type: 'presence', actor: administratorOf(plan), body: { step: step.id, person: person.id, present: person.id !== absent, identity: person.id === absent ? 'absent' : 'known' } });
  const salt = toHex(utf8(String(teller.state.count).padStart(16, '0')));
  teller.tell({ type: 'deputised', actor: witnessOf(plan), body: { step: step.id, for: id(absent), by: id(deputy), reason: { commitment: commitText(salt, 'reason', STOOD_IN_BECAUSE) } } });
  teller.complete(administratorOf(plan));
};

export const dutiesFolder = (): BuiltFolder => {
  let seq = 0;
  const folder = buildFolder({
    plan: excepted(), exception: false, signers: ['maria', 'walter', 'xenia', 'goran', 'bruno', 'chen', 'dalia', 'emil', 'farah'],
    play: (teller, step) => {
      if (step.kind !== 'roll-call') return false;
      seq = teller.state.count + teller.state.plan.people.length;
      callWithout(teller, 'ada', 'goran', step);
      return true;
    },
  });
  return { ...folder, files: new Map([...folder.files, ['openings.jsonl', concatBytes(encodeOpening({ seq, field: 'reason', text: STOOD_IN_BECAUSE }), folder.files.get('openings.jsonl') ?? new Uint8Array())]]) };
};
