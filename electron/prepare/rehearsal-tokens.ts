/** Makes the SoftHSM tokens of a rehearsal in its own folder. The people of the plan choose the PIN, as they would on a real HSM. */
import path from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { keyPlan, pinPeopleOf } from '../../shared/ceremony/people.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import type { DraftView } from '../../shared/ipc/contract.ts';
import type { EntryId, EntrySpec } from '../../shared/vault/contract.ts';
import type { Disk, Workspace } from '../ceremony/ports.ts';
import { changeDraft, readDraft } from './drafts.ts';
import type { EnrolPlace } from './enrol.ts';
import { softHsmModule } from './known-modules.ts';

/** SoftHSM's own limits are 4 and 255; a real HSM asks for at least this many. */
const PIN_LENGTH = { minLength: 8, maxLength: 64 };

export const configPath = (workspace: Workspace): string => path.join(workspace.tokensDir, 'softhsm2.conf');

/** SoftHSM's configuration: its tokens lie in the rehearsal's folder and nowhere else. */
export const writeConfig = async (disk: Disk, workspace: Workspace): Promise<void> => {
  const store = path.join(workspace.tokensDir, 'store');
  await disk.makeDir(store);
  await disk.replace(configPath(workspace), new TextEncoder().encode(`directories.tokendir = ${store}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n`));
};

/** The first PIN of a token is typed by the people of the plan; a quorum may take it over in the ceremony. */
const specsOf = (plan: Plan, token: string): readonly EntrySpec[] => {
  const [first, second] = pinPeopleOf(plan);
  if (first === undefined) throw new AppError('PLAN_RULE', { where: 'pin.control', text: 'A new token has no PIN that a quorum holds already. Name who types its first PIN.' });
  if (second === undefined) return [{ kind: 'new-pin', person: first, token, ...PIN_LENGTH, half: 'whole' }];
  return [{ kind: 'new-pin', person: first, token, ...PIN_LENGTH, half: 'first' }, { kind: 'new-pin', person: second, token, ...PIN_LENGTH, half: 'second' }];
};

const askAll = async (place: EnrolPlace, specs: readonly EntrySpec[]): Promise<readonly EntryId[]> => {
  const entries: EntryId[] = [];
  for (const spec of specs) {
    const entry = await place.desk.ask(spec);
    if (entry === null) throw new AppError('VAULT_ENTRY_CANCELLED', { person: spec.person });
    entries.push(entry);
  }
  return entries;
};

const makeToken = async (place: EnrolPlace, plan: Plan, module: string, label: string): Promise<string> => {
  const pinEntries = await askAll(place, specsOf(plan, label));
  return (await place.vault.call('rehearsal.make-token', { module, label, pinEntries })).serial;
};

/** Tokens that the ceremony of a draft starts with empty. A recovery has one: its target. */
const newTokens = (plan: Plan): 0 | 1 | 2 => {
  switch (plan.ceremony.kind) {
    case 'root-key-generation': return keyPlan(plan).key.backup.kind === 'split' ? 2 : 1;
    case 'recovery': return 1;
    default: return 0;
  }
};

/**
 * Writes module, digest and serials into the draft.
 * @throws HSM_MODULE_MISSING without SoftHSM; VAULT_ENTRY_CANCELLED; PLAN_RULE in a ceremony that works on tokens that exist, or on none.
 */
export const makeTokens = async (place: EnrolPlace): Promise<DraftView> => {
  const { plan, findings } = await readDraft(place);
  if (plan === null) throw new AppError('PLAN_FIELD', { where: findings[0]?.where ?? '' });
  const count = newTokens(plan);
  if (count === 0) throw new AppError('PLAN_RULE', { where: 'hsm', text: 'This ceremony starts with no new token. Its tokens are those that hold the key.' });
  const module = await softHsmModule();
  if (module === null) throw new AppError('HSM_MODULE_MISSING', { path: 'libsofthsm2.so' });
  const { sha256 } = await place.vault.call('module.open', { path: module });
  const serial = await makeToken(place, plan, module, plan.ceremony.kind === 'recovery' ? 'rehearsal-target' : 'rehearsal-first');
  const secondSerial = count === 2 ? await makeToken(place, plan, module, 'rehearsal-second') : null;
  return await changeDraft(place, (now) => ({ ...now, hsm: { module: { path: module, sha256 }, serial, secondSerial, software: true } }));
};
