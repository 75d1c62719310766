/** What is true of a ceremony and worth knowing: mode, control, exceptions, objections, how people signed. Never a fault. */
import { fourDigits } from '../text/ceremony-number.ts';
import { isKeyPlan, personById } from '../ceremony/people.ts';
import { dutyOf } from '../duties/duties.ts';
import { namesIn } from '../text/duties.ts';
import type { Person } from '../ceremony/plan-schema.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { findings as say } from '../text/findings.ts';
import type { Finding } from '../transcript/report.ts';
import { remarksOnCustody } from './remarks-custody.ts';
import { DERIVED_FILES } from './folder-files.ts';
import type { FolderFiles } from './folder-files.ts';

const nameIn = (state: CeremonyState, id: string): string => personById(state.plan, id)?.name ?? id;

const remarksOnPlan = (state: CeremonyState, recordSigners: readonly Person[]): readonly Finding[] => {
  const { plan } = state;
  const signed = new Set<string>([...recordSigners.map(({ id }) => id), ...state.signoffs.map(({ person }) => person)]);
  const namesOf = (people: readonly Person[]): string => people.map(({ name }) => name).join(', ');
  const byFile = namesOf(plan.people.filter(({ id, credential }) => credential.kind === 'file' && signed.has(id)));
  const onPaper = namesOf(plan.people.filter(({ credential }) => credential.kind === 'paper'));
  return [
    ...(plan.mode === 'rehearsal' ? [say.rehearsal(isKeyPlan(plan))] : []),
    ...(plan.drill === true ? [say.drill()] : []),
    ...(plan.hsm?.software ? [say.software()] : []),
    ...(plan.pin?.control === 'single' ? [say.singleControl(nameIn(state, plan.pin.person))] : []),
    ...(plan.key?.backup.kind === 'none' ? [say.noBackup(plan.key.backup.reason, plan.key.backup.approvedBy)] : []),
    ...(byFile === '' ? [] : [say.fileCredentials(byFile)]),
    ...(onPaper === '' ? [] : [say.paperOnly(onPaper)]),
    ...(plan.waivers ?? []).map(({ rule, people, reason, by }, index) => say.waived(index + 1, namesIn(plan, by), dutyOf(rule)?.says ?? rule, namesIn(plan, people), reason)),
  ];
};

const remarksOnCourse = (state: CeremonyState): readonly Finding[] => {
  const notExpected = state.preflight.filter(({ ok }) => !ok).map(({ id }) => id).join(', ');
  return [
    ...(state.opening?.tool.source === 'checkout' ? [say.checkout()] : []),
    ...(notExpected === '' ? [] : [say.preflight(notExpected)]),
    ...state.exceptions.map(({ seq, number, kind, effect }) => say.exception(seq, number, kind, effect)),
    ...state.deputised.map((one) => say.deputised(one.seq, nameIn(state, one.by), nameIn(state, one.for))),
    ...state.objections.map(({ seq, person }) => say.objection(seq, nameIn(state, person))),
    ...state.voided.map(({ setId }) => say.voided(setId)),
    ...state.restarts.map(({ seq }) => say.restarted(seq)),
    ...(state.certificate?.secondSignatureMayExist ? [say.secondSignature()] : []),
    ...(state.charter ? [say.charterEnacted(state.charter.seq, state.memberChanges.length)] : []),
    ...(state.closing?.outcome === 'postponed' ? [say.postponed(state.count - 1)] : []),
    ...(state.closing?.outcome === 'aborted' ? [say.aborted(state.count - 1)] : []),
  ];
};

/** A folder that was joined to an archive where its name was taken has the first digits of its head after it. */
const isNameOf = (name: string, expected: string, head: string): boolean => name === expected || name === `${expected}-${head.slice(0, 8)}`;

/** @param recordSigners whose signature on the record verifies. In the order of the plan, then of the ceremony, then of the folder. */
export const remarksOn = (folder: FolderFiles, state: CeremonyState, recordSigners: readonly Person[]): readonly Finding[] => {
  const derived = DERIVED_FILES.filter((name) => folder.files.has(name)).join(', ');
  const expected = state.opening && `${fourDigits(state.opening.number)}-${state.opening.slug}`;
  return [
    ...remarksOnPlan(state, recordSigners), ...remarksOnCourse(state), ...remarksOnCustody(state),
    ...(derived === '' ? [] : [say.derived(derived)]),
    ...(expected !== null && !isNameOf(folder.name, expected, state.head) ? [say.folderName(folder.name, expected)] : []),
  ];
};
