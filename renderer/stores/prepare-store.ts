/** The draft as it is edited here: kept on disk by main as it is typed, judged by main after each save. */
import { create } from 'zustand';
import type { Mode, Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { PlanFinding } from '../../shared/ceremony/plan-findings.ts';
import type { DraftView } from '../../shared/ipc/contract.ts';
import type { Question } from '../../shared/charter/unite.ts';
import type { CharterInForce } from '../../shared/register/charter.ts';
import type { MaterialState } from '../../shared/register/materials.ts';
import type { Sha256Hex } from '../../shared/brand.ts';
import { call } from '../bridge.ts';
import type { Task } from '../screens/prepare/charter-view.ts';
import { formFromText, textOfForm } from '../screens/prepare/plan-form.ts';
import { useUi } from './ui-store.ts';

export type PreparePane = Task | 'review';
interface PrepareState {
  readonly mode: Mode;
  /** The plan while it is edited: right in structure, perhaps not in its values. Null when the text is no such thing. */
  readonly form: Plan | null;
  readonly findings: readonly PlanFinding[];
  readonly sha256: Sha256Hex | null;
  readonly pane: PreparePane;
  /** An edit that main has not answered yet. */
  readonly unsaved: boolean;
  /** People who were taken out of the roster while it was edited, as they were. */
  readonly kept: readonly Person[];
  /** The charter of the archive; null before its founding, and until it is read. */
  readonly inForce: CharterInForce | null;
  /** What a merge of the archive has to settle. */
  readonly questions: readonly Question[];
  /** Where the archive saw each material last; null until it is read. */
  readonly knownMaterials: readonly MaterialState[] | null;
}

export const usePrepare = create<PrepareState>()(() => ({ mode: 'rehearsal', form: null, findings: [], sha256: null, pane: 'ceremony', unsaved: false, kept: [], inForce: null, questions: [], knownMaterials: null }));
export const openPane = (pane: PreparePane): void => usePrepare.setState({ pane });

export const keepPerson = (person: Person): void => usePrepare.setState(({ kept }) => ({ kept: [...kept.filter((one) => one.id !== person.id), person] }));

/** A key that stands twice has two values, and a form would show one of them: such a text is not shown as a form. */
const asForm = ({ plan, text, findings }: DraftView): Plan | null => plan ?? (findings.some((finding) => finding.code === 'PLAN_DUPLICATE_KEY') ? null : formFromText(text));

/** Takes a draft over as main has it, with its text. */
export const takeDraft = (view: DraftView): void =>
  usePrepare.setState({ form: asForm(view), findings: view.findings, sha256: view.sha256, unsaved: false });

const QUIET_MS = 250;
let timer: ReturnType<typeof setTimeout> | null = null;
let saving: Promise<void> = Promise.resolve();

/** Saves the form as it stands; findings come back, the form stays as it is typed. */
const save = async (): Promise<void> => {
  const { form, mode, unsaved } = usePrepare.getState();
  if (!form || !unsaved) return;
  const answer = await call('draft.save', { mode, text: textOfForm(form) });
  if (!answer.ok) { useUi.setState({ fault: answer.fault }); return; }
  const same = usePrepare.getState().form === form;
  usePrepare.setState({ findings: answer.value.findings, sha256: same ? answer.value.sha256 : null, ...(same ? { unsaved: false } : {}) });
};

/** Ends the waiting: everything typed is with main when this resolves. */
export const flushDraft = async (): Promise<void> => {
  if (timer !== null) { clearTimeout(timer); timer = null; }
  saving = saving.then(save);
  await saving;
};

export const editPlan = (change: (plan: Plan) => Plan): void => {
  const { form } = usePrepare.getState();
  if (!form) return;
  usePrepare.setState({ form: change(form), sha256: null, unsaved: true });
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => void flushDraft(), QUIET_MS);
};
