/** Compares what each plan of an archive says of the set it stands on with what the ceremonies before it say. */
import type { Plan } from '../ceremony/plan-schema.ts';
import { materialsOf } from '../ceremony/people.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { materialDifferences, materialRegister } from '../register/materials.ts';
import { custodyRegister } from '../register/custody.ts';
import { sourceDifferences, type SourcePart } from '../register/source.ts';
import { findings as say } from '../text/findings.ts';
import type { ToldCeremony } from '../register/issued-set.ts';
import { toldBefore, type ArchiveGraph } from './archive-graph.ts';
import type { FolderVerdict } from './verify-folder.ts';

/** The room may have learnt of another set between two looks at the archive; that changes no share of this one. */
const COUNTS: (part: SourcePart) => boolean = (part) => part !== 'known';
const issuersOf = ({ source, pin }: Plan): readonly number[] => [...(source ? [source.set.issuedBy] : []), ...(pin?.control === 'held-by-quorum' ? [pin.set.issuedBy] : [])];

/** A ceremony that is named and not here has told nothing: its things are not compared. */
const checkMaterials = (state: CeremonyState, told: readonly ToldCeremony[], out: FolderVerdict['out']): void => {
  const items = materialsOf(state.plan), named = items.flatMap(({ from }) => (from === null ? [] : [from]));
  if (items.length === 0 || named.some((number) => !told.some((one) => one.number === number))) return;
  const differs = materialDifferences(materialRegister(told), state.plan);
  if (differs.length > 0) out.add('previous', say.materials(differs));
};

const checkOne = (graph: ArchiveGraph, index: number): void => {
  const { state, openedAt, out } = graph.verdicts[index]!;
  if (state === null || openedAt === null) return;
  const issuers = issuersOf(state.plan), told = toldBefore(graph, index, openedAt);
  checkMaterials(state, told, out);
  if (issuers.length === 0) return;
  const unseen = issuers.find((number) => !told.some((one) => one.number === number));
  if (unseen !== undefined) { out.add('previous', say.sourceNotSeen(unseen)); out.row('previous', 'not-done', `What the plan says of ceremony ${unseen} was not compared.`); return; }
  const differs = sourceDifferences(custodyRegister(told), state.plan).filter(COUNTS);
  for (const part of differs) out.add('previous', say.source(part, issuers[0]!));
  if (differs.length === 0) out.row('previous', 'sound', 'What the plan says of the share set is what the ceremonies before it say.');
};

/** @param graph every folder of the archive. A folder alone is not compared, and says so. */
export const checkArchiveSources = (graph: ArchiveGraph): void => {
  for (const index of graph.verdicts.keys()) checkOne(graph, index);
};
