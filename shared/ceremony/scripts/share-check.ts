/** The script of a share check: each holder who came proves their own share, alone, and signs a slip. */
import * as custody from '../../text/custody-script.ts';
import { custodiansOf, sourceOf, witnessOf } from '../people.ts';
import type { KeyPlan } from '../plan-schema.ts';
import type { ActDraft, StepDraft } from '../step-draft.ts';
import { wallClock } from './checks.ts';
import { materials } from './materials.ts';
import { close, open, preflight } from './common.ts';

const proveSteps = (plan: KeyPlan): readonly StepDraft[] => custodiansOf(plan).flatMap((person): readonly StepDraft[] => {
  const holder = sourceOf(plan).set.holders.find(({ person: id }) => id === person.id);
  return holder ? [{ kind: 'prove', shareNumber: holder.number, custodian: person.id, ...custody.prove(plan, holder.number, person.id), actors: [person.id, witnessOf(plan)], irreversible: false, expectedMinutes: 4 }] : [];
});

/** The acts of a share check under `plan`, in order. */
export const shareCheck = (plan: KeyPlan): readonly ActDraft[] => [
  open(plan, custody.aimOf(plan)),
  { title: 'Environment', aim: 'We look at the room and the computer before a share is opened.', steps: [...materials(plan, 'in'), preflight(plan), wallClock(plan)] },
  { title: 'Check', aim: 'Each holder proves their share, one at a time. No share is combined.', steps: proveSteps(plan) },
  close(plan),
];
