/** Starts the draft of a ceremony. A draft that somebody worked on is never thrown away without a question. */
import { isKeyPlan } from '../../../shared/ceremony/people.ts';
import type { CeremonyKind, Mode, Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { run } from '../../actions.ts';
import { formFromText } from '../prepare/plan-form.ts';
import { goTo, openDialog } from '../../stores/ui-store.ts';

export interface Start { readonly mode: Mode; readonly kind: CeremonyKind; readonly setId: Sha256Hex | null }

/** Somebody chose a token, enrolled a credential, or drew the draft up for an existing set or for the archive itself. In a founded archive the keys of people come with the roster. */
export const isWorkedOn = (plan: Plan | null): boolean => plan !== null
  && (plan.source !== undefined || !isKeyPlan(plan) || plan.hsm.serial !== null || (plan.under === undefined && plan.people.some(({ credential }) => credential.kind !== 'paper' && credential.publicKey !== null)));

export const startAnew = async ({ mode, kind, setId }: Start): Promise<void> => {
  if (await run('draft.start', { mode, kind, setId })) goTo({ screen: 'prepare', mode });
};
export const startCeremony = async (start: Start): Promise<void> => {
  const draft = await run('draft.get', { mode: start.mode });
  if (!draft) return;
  if (isWorkedOn(formFromText(draft.text))) openDialog({ name: 'replace-draft', start });
  else await startAnew(start);
};
