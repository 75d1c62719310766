/** The printed ceremony record: everything from the folder, the outcome first. It is derived: the transcript is what is signed. */
import { recordDigest } from '../../../shared/transcript/record.ts';
import { keyName } from '../../../shared/text/script.ts';
import type { CeremonyFolder } from '../folder.ts';
import { fourDigits, stamp } from '../format.ts';
import { CHECKOUT_NOTICE, SOFTWARE_NOTICE } from '../notices.ts';
import type { Layout } from '../page.ts';
import { firstWords } from '../parts.ts';
import { backupSection, custodySection } from './custody-and-backup.ts';
import { attestationSection, closeSection, exceptionsSection, verifySection } from './ending.ts';
import { firstPage } from './first-page.ts';
import { certificateAnnex, certificateSection, keySection } from './key-and-certificate.ts';
import { devicesSection, peopleSection, workstationSection } from './people-and-devices.ts';
import { RECORD_CSS } from './record-css.ts';
import { stepsSection } from './steps.ts';

const notices = ({ plan, state }: CeremonyFolder): readonly string[] => [
  ...(plan.hsm.software ? [SOFTWARE_NOTICE] : []), ...(state.opening?.tool.source === 'checkout' ? [CHECKOUT_NOTICE] : []),
];

/**
 * @param folder a folder with at least the opening entry; one that is not closed says so on the first page.
 * @param printedAt ISO 8601 UTC.
 */
export const recordLayout = (folder: CeremonyFolder, printedAt: string): Layout => {
  const { plan, state } = folder, number = fourDigits(state.opening!.number);
  const digest = state.closing === null ? null : recordDigest(state);
  return {
    frame: {
      kind: 'record', paper: plan.sheets.paper, mode: plan.mode, title: 'Ceremony record', subject: `Ceremony ${number} · ${keyName(plan)} · generation`, notices: notices(folder),
      foot: [plan.mode === 'rehearsal' ? 'Rehearsal' : 'Production', `Printed ${stamp(printedAt)}`], digest: digest ?? state.head, digestWords: firstWords(digest ?? state.head), number,
    },
    css: RECORD_CSS,
    body: [
      firstPage(folder), peopleSection(folder), devicesSection(folder), workstationSection(folder), stepsSection(folder), keySection(folder), certificateSection(folder), custodySection(folder),
      backupSection(folder), exceptionsSection(folder), closeSection(folder), attestationSection(folder), verifySection(folder, digest), certificateAnnex(folder),
    ],
  };
};
