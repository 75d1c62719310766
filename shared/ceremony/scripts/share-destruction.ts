/** The script of a destruction of shares: every copy of a set is called by its number and destroyed, or it is said where it is. */
import * as custody from '../../text/custody-script.ts';
import { administratorOf } from '../people.ts';
import type { KeyPlan } from '../plan-schema.ts';
import type { ActDraft } from '../step-draft.ts';
import { wallClock } from './checks.ts';
import { materials } from './materials.ts';
import { close, open, preflight, sign } from './common.ts';

/** The acts of a destruction of shares under `plan`, in order. */
export const shareDestruction = (plan: KeyPlan): readonly ActDraft[] => [
  open(plan, custody.aimOf(plan)),
  { title: 'Environment', aim: 'We look at the room and the computer before anything is destroyed.', steps: [...materials(plan, 'in'), preflight(plan), wallClock(plan), sign(plan, custody.agreeToDestroy(plan))] },
  {
    title: 'Destroy', aim: 'Every copy is destroyed under the eyes of the witness, or it is said where it is.',
    steps: [{ kind: 'account', about: 'all', ...custody.account('all'), actors: [administratorOf(plan)], irreversible: true, expectedMinutes: 15 }],
  },
  close(plan),
];
