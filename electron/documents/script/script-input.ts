/** What the printed script is made from. */
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Script } from '../../../shared/ceremony/script-types.ts';

export interface ScriptInput { readonly plan: Plan; readonly script: Script; readonly planSha256: string; readonly number: string | null; readonly printedAt: string }
