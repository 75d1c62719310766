/** Every rule of the separation of duties, in the order in which they are listed to people. */
import type { Duty } from './duty.ts';
import { auditorIndependent } from './rules/auditor-independent.ts';
import { credentialsEnough } from './rules/credentials-enough.ts';
import { cryptoOfficerNoShare } from './rules/crypto-officer-no-share.ts';
import { custodianReportingLine } from './rules/custodian-reporting-line.ts';
import { custodiansOneSuperior } from './rules/custodians-one-superior.ts';
import { deputyFits } from './rules/deputy-fits.ts';
import { headCount } from './rules/head-count.ts';
import { minimumQuorum } from './rules/minimum-quorum.ts';
import { onePersonOneRole } from './rules/one-person-one-role.ts';
import { otherOrganisationQuorum } from './rules/other-organisation-quorum.ts';
import { pinHolderNoShare } from './rules/pin-holder-no-share.ts';
import { pinReportingLine } from './rules/pin-reporting-line.ts';
import { priorHolders } from './rules/prior-holders.ts';
import { witnessAdministratorApart } from './rules/witness-administrator-apart.ts';

export const DUTIES: readonly Duty[] = [
  onePersonOneRole, custodianReportingLine, custodiansOneSuperior, auditorIndependent, witnessAdministratorApart, pinHolderNoShare, pinReportingLine,
  otherOrganisationQuorum, priorHolders, cryptoOfficerNoShare, deputyFits, headCount, credentialsEnough, minimumQuorum,
];
export const dutyOf = (id: string): Duty | null => DUTIES.find((duty) => duty.id === id) ?? null;
