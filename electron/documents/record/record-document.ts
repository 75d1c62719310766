/** The printed ceremony record: everything from the folder, the outcome first. It is derived: the transcript is what is signed. */
import { recordDigest } from '../../../shared/transcript/record.ts';
import { CHARTER_CSS } from '../charter/charter-css.ts';
import { CONVENTIONS_CSS } from '../conventions.ts';
import type { CeremonyFolder } from '../folder.ts';
import { fourDigits } from '../format.ts';
import type { Html, HtmlValue } from '../html.ts';
import { endMarks, marksOf, purposeOf, subjectOf } from '../kind-words.ts';
import { clausesAnnex } from '../clauses-annex.ts';
import { footOf, noticesOf } from '../notices.ts';
import type { Layout } from '../page.ts';
import { NO_PAGES } from '../pages.ts';
import type { PageDigests } from '../pages.ts';
import { firstWords } from '../parts.ts';
import { accountedSection, remainsSection } from './accounted.ts';
import { charterSection } from './charter.ts';
import { checkedSection } from './checked.ts';
import { backupSection, custodySection } from './custody-and-backup.ts';
import { dutiesSection } from './duties.ts';
import { attestationSection, closeSection, exceptionsSection, verifySection } from './ending.ts';
import { firstPage } from './first-page.ts';
import { certificateAnnex, certificateSection, keySection } from './key-and-certificate.ts';
import { devicesSection, peopleSection, workstationSection } from './people-and-devices.ts';
import { inventoryAnnex } from './inventory-annex.ts';
import { distributionAnnex } from './distribution-annex.ts';
import { followUpSection } from './follow-up.ts';
import { pinSection } from './pin.ts';
import { readingSection } from './reading.ts';
import { RECORD_CSS } from './record-css.ts';
import { inZone } from '../zone.ts';
import { roomSection } from './room.ts';
import { sectionsOf } from './sections.ts';
import type { SectionId } from './sections.ts';
import { gatheredSection, sourceSection } from './source.ts';
import { stepsSection } from './steps.ts';

const SECTIONS: Readonly<Record<SectionId, (folder: CeremonyFolder, pages: PageDigests) => Html>> = {
  people: peopleSection, duties: dutiesSection, devices: devicesSection, workstation: workstationSection, steps: stepsSection, key: keySection, certificate: certificateSection,
  source: sourceSection, gathered: gatheredSection, checked: checkedSection, custody: custodySection, backup: backupSection, pin: pinSection,
  room: roomSection, reading: readingSection, after: followUpSection, charter: charterSection, accounted: accountedSection, remains: remainsSection, exceptions: exceptionsSection, close: closeSection, attestation: attestationSection, verify: verifySection,
};

/** Lettered in order; one that has nothing to say is left out, and takes no letter. */
const annexesOf = (folder: CeremonyFolder): readonly HtmlValue[] => {
  const before = [certificateAnnex(folder), inventoryAnnex(folder)].filter((annex) => annex !== null);
  const after = [clausesAnnex, distributionAnnex].map((annex, index) => annex(folder, 'ABCD'[before.length + index]!));
  return [...before, ...after];
};

/**
 * @param folder a folder with at least the opening entry; one that is not closed says so on the first page.
 * @param printedAt ISO 8601 UTC.
 * @param pages verify.html and recover.html of the build that prints.
 */
export const recordLayout = (folder: CeremonyFolder, printedAt: string, pages: PageDigests = NO_PAGES): Layout => inZone(folder.plan.ceremony.timeZone, () => compose(folder, printedAt, pages));

const compose = (folder: CeremonyFolder, printedAt: string, pages: PageDigests): Layout => {
  const { plan, state } = folder, number = fourDigits(state.opening!.number);
  const digest = state.closing === null ? null : recordDigest(state);
  return {
    frame: {
      kind: 'record', paper: plan.sheets.paper, marks: [...endMarks(state), ...marksOf(plan)], title: 'Ceremony record', subject: subjectOf(plan, `Ceremony ${number}`),
      purpose: purposeOf(plan), notices: noticesOf(plan, state.opening!.tool.source, state.closing?.outcome),
      foot: footOf(plan, printedAt), digest: digest ?? state.head, digestWords: firstWords(digest ?? state.head), number,
    },
    css: RECORD_CSS + CHARTER_CSS + CONVENTIONS_CSS,
    body: [firstPage(folder), ...sectionsOf(plan).map((id) => SECTIONS[id](folder, pages)), ...annexesOf(folder)],
  };
};
