/** Compares each plan of an archive with the charter that the ceremonies before it put in force. */
import { personById } from '../ceremony/people.ts';
import { charterInForce, departuresFrom } from '../register/charter.ts';
import { departureText } from '../text/charter.ts';
import { findings as say } from '../text/findings.ts';
import { toldBefore, type ArchiveGraph } from './archive-graph.ts';

const checkOne = (graph: ArchiveGraph, index: number): void => {
  const { state, openedAt, out } = graph.verdicts[index]!;
  if (state === null || openedAt === null) return;
  const { plan } = state, told = toldBefore(graph, index, openedAt), inForce = charterInForce(told), departures = departuresFrom(plan, told, inForce);
  for (const departure of departures) {
    if (departure.part === 'unfounded') out.add('previous', say.unfounded());
    else out.add('previous', say.charter(departureText(departure, (id) => personById(plan, id)?.name ?? id)));
  }
  if (departures.length === 0 && inForce !== null) out.row('previous', 'sound', `The plan keeps to the charter that ceremony ${inForce.ceremony} enacted.`);
};

/** @param graph every folder of the archive. */
export const checkArchiveCharters = (graph: ArchiveGraph): void => { for (const index of graph.verdicts.keys()) checkOne(graph, index); };
