/** Compares what each plan of an archive says of the set it stands on with what the ceremonies before it say. */
import type { Plan } from '../ceremony/plan-schema.ts';
import { materialsOf } from '../ceremony/people.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { materialDifferences, materialRegister } from '../register/materials.ts';
import { custodyRegister } from '../register/custody.ts';
import type { ToldCeremony } from '../register/issued-set.ts';
import { sourceDifferences, type SourcePart } from '../register/source.ts';
import { findings as say } from '../text/findings.ts';
import type { FolderVerdict } from './verify-folder.ts';

const toldBefore = (verdicts: readonly FolderVerdict[], openedAt: string): readonly ToldCeremony[] => verdicts.flatMap(({ state }): readonly ToldCeremony[] =>
  (state?.closing && state.opening && state.openedAt !== null && state.openedAt < openedAt ? [{ number: state.opening.number, state }] : []));

/** The room may have learnt of another set between two looks at the archive; that changes no share of this one. */
const COUNTS: (part: SourcePart) => boolean = (part) => part !== 'known';
const issuersOf = ({ source, pin }: Plan): readonly number[] => [...(source ? [source.set.issuedBy] : []), ...(pin?.control === 'held-by-quorum' ? [pin.set.issuedBy] : [])];

/** A ceremony that is named and not here has told nothing: its things are not compared. */
const checkMaterials = (state: CeremonyState, openedAt: string, verdicts: readonly FolderVerdict[], out: FolderVerdict['out']): void => {
  const told = toldBefore(verdicts, openedAt), named = materialsOf(state.plan).flatMap(({ from }) => (from === null ? [] : [from]));
  if (named.some((number) => !told.some((one) => one.number === number))) return;
  const differs = materialDifferences(materialRegister(told), state.plan);
  if (differs.length > 0) out.add('previous', say.materials(differs));
};

const checkOne = ({ state, openedAt, out }: FolderVerdict, verdicts: readonly FolderVerdict[]): void => {
  if (state === null || openedAt === null) return;
  checkMaterials(state, openedAt, verdicts, out);
  const issuers = issuersOf(state.plan);
  if (issuers.length === 0) return;
  const told = toldBefore(verdicts, openedAt);
  const unseen = issuers.find((number) => !told.some((one) => one.number === number));
  if (unseen !== undefined) { out.add('previous', say.sourceNotSeen(unseen)); out.row('previous', 'not-done', `What the plan says of ceremony ${unseen} was not compared.`); return; }
  const differs = sourceDifferences(custodyRegister(told), state.plan).filter(COUNTS);
  for (const part of differs) out.add('previous', say.source(part, issuers[0]!));
  if (differs.length === 0) out.row('previous', 'sound', 'What the plan says of the share set is what the ceremonies before it say.');
};

/** @param verdicts every folder of the archive. A folder alone is not compared, and says so. */
export const checkArchiveSources = (verdicts: readonly FolderVerdict[]): void => {
  for (const verdict of verdicts) checkOne(verdict, verdicts);
};
