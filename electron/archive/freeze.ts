/** Freezes a plan into a new ceremony folder. A plan that no longer says what the archive says is not frozen. */
import { fourDigits } from '../../shared/text/ceremony-number.ts';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { utf8 } from '../../shared/bytes.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../shared/errors.ts';
import { personById } from '../../shared/ceremony/people.ts';
import { departuresFrom } from '../../shared/register/charter.ts';
import { custodyRegister } from '../../shared/register/custody.ts';
import type { ToldCeremony } from '../../shared/register/issued-set.ts';
import { materialDifferences, materialRegister } from '../../shared/register/materials.ts';
import { staleMaterialsText } from '../../shared/text/materials.ts';
import { sourceDifferences, type SourcePart } from '../../shared/register/source.ts';
import { departureText } from '../../shared/text/charter.ts';
import { staleSourceText } from '../../shared/text/source.ts';
import type { Disk } from '../ceremony/ports.ts';
import { assertFollows } from './ends.ts';
import { hasPlan, listFolders, slugOf, writePeople, type Folder } from './folders.ts';
import { toldCeremonies } from './register.ts';
import { sourceFiles } from './source-files.ts';

/** Only sets that are still of use are known by name in a plan; that the archive has learnt of one more stops nothing. */
const STOPS: (part: SourcePart) => boolean = (part) => part !== 'known';

const assertCharter = (told: readonly ToldCeremony[], plan: Plan): void => {
  const departure = departuresFrom(plan, told)[0];
  if (departure === undefined) return;
  const where = departure.part === 'person' ? `people.${plan.people.findIndex(({ id }) => id === departure.person)}` : departure.part === 'before' ? 'before' : departure.part === 'under' ? 'under' : 'ceremony.kind';
  throw new AppError('PLAN_RULE', { where, rule: 'charter-current', text: `${departureText(departure, (id) => personById(plan, id)?.name ?? id)}.` });
};

const assertSource = (told: readonly ToldCeremony[], plan: Plan): void => {
  if (plan.source === undefined && plan.pin?.control !== 'held-by-quorum') return;
  const changed = sourceDifferences(custodyRegister(told), plan).find(STOPS);
  if (changed !== undefined) throw new AppError('PLAN_RULE', { where: changed === 'pin-set' ? 'pin.set' : 'source', rule: 'source-current', text: staleSourceText(changed) });
};

const assertMaterials = (told: readonly ToldCeremony[], plan: Plan): void => {
  if (plan.materials === undefined) return;
  const differs = materialDifferences(materialRegister(told), plan);
  if (differs.length > 0) throw new AppError('PLAN_RULE', { where: 'materials', rule: 'materials-current', text: staleMaterialsText(differs) });
};

/**
 * Compares what `plan` says of the charter, of the sets it stands on and of the materials with the archive as it is now, which is read once.
 * @throws PLAN_RULE with the rule id `charter-current`, `source-current` or `materials-current`, and what changed; TRANSCRIPT_… and PLAN_… when the archive cannot be read whole.
 */
export const assertCurrent = async (disk: Disk, archiveDir: string, plan: Plan): Promise<void> => {
  const told = await toldCeremonies(disk, archiveDir, { skipUnreadable: false });
  assertCharter(told, plan);
  assertSource(told, plan);
  assertMaterials(told, plan);
};

const nextFolder = async (disk: Disk, archiveDir: string, plan: Plan): Promise<Folder> => {
  const last = (await listFolders(archiveDir)).at(-1);
  const takeOver = last !== undefined && !(await hasPlan(disk, last));
  if (takeOver) await fs.rm(last.path, { recursive: true });
  const number = takeOver ? last.number : (last?.number ?? 0) + 1;
  const name = `${fourDigits(number)}-${slugOf(plan.ceremony.title)}`;
  return { number, name, path: path.join(archiveDir, name) };
};

/**
 * Makes the folder of a frozen plan. plan.json is written last: a folder without it is what a kill left, and is taken over.
 * @param text the exact bytes of the plan, already parsed.
 * @throws PLAN_RULE, FOLDER_FILE_DIGEST and others when the plan stands on a set of which the archive says otherwise, or the archive has several ends and
 *   this is no merge of them; nothing is made then.
 */
export const freezePlan = async (disk: Disk, archiveDir: string, plan: Plan, text: string): Promise<Folder> => {
  await disk.makeDir(archiveDir);
  await assertCurrent(disk, archiveDir, plan);
  await assertFollows(disk, archiveDir, plan);
  const sources = await sourceFiles(disk, archiveDir, plan);
  const folder = await nextFolder(disk, archiveDir, plan);
  await disk.makeDir(folder.path);
  await writePeople(disk, folder.path, plan);
  for (const { name, bytes } of sources) await disk.create(path.join(folder.path, name), bytes);
  await disk.create(path.join(folder.path, 'plan.json'), utf8(text));
  return folder;
};
