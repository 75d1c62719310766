/** Plans of format 2: with the room protocol. */
import type { KeyPlan } from '../../shared/ceremony/plan-schema.ts';
import { samplePlan } from './sample-plan.ts';

export const roomPlan = (changes: Partial<KeyPlan> = {}): KeyPlan => samplePlan({ format: 'quorate-plan/2', ...changes });
