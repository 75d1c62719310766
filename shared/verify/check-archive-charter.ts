/** Compares each plan of an archive with the charter that the ceremonies before it put in force. */
import { personById } from '../ceremony/people.ts';
import { charterDepartures, charterInForce } from '../register/charter.ts';
import type { ToldCeremony } from '../register/issued-set.ts';
import { departureText } from '../text/charter.ts';
import { findings as say } from '../text/findings.ts';
import type { FolderVerdict } from './verify-folder.ts';

const toldBefore = (verdicts: readonly FolderVerdict[], openedAt: string): readonly ToldCeremony[] => verdicts.flatMap(({ state }): readonly ToldCeremony[] =>
  (state?.closing && state.opening && state.openedAt !== null && state.openedAt < openedAt ? [{ number: state.opening.number, state }] : []));

const checkOne = ({ state, openedAt, out }: FolderVerdict, verdicts: readonly FolderVerdict[]): void => {
  if (state === null || openedAt === null) return;
  const { plan } = state, inForce = charterInForce(toldBefore(verdicts, openedAt));
  const departures = charterDepartures(plan, inForce);
  for (const departure of departures) {
    if (departure.part === 'unfounded') out.add('previous', say.unfounded());
    else out.add('previous', say.charter(departureText(departure, (id) => personById(plan, id)?.name ?? id)));
  }
  if (departures.length === 0 && inForce !== null) out.row('previous', 'sound', `The plan keeps to the charter that ceremony ${inForce.ceremony} enacted.`);
};

/** @param verdicts every folder of the archive. */
export const checkArchiveCharters = (verdicts: readonly FolderVerdict[]): void => { for (const verdict of verdicts) checkOne(verdict, verdicts); };
