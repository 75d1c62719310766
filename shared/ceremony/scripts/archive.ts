/** The scripts of ceremonies about the archive itself: it gets a charter, or another one. */
import { approversOf } from '../../charter/approvers.ts';
import { provesKey } from '../../charter/changes.ts';
import * as words from '../../text/charter-script.ts';
import { charterOf, chartersBefore } from '../people.ts';
import type { Plan } from '../plan-schema.ts';
import type { ActDraft, StepDraft } from '../step-draft.ts';
import { wallClock } from './checks.ts';
import { materials } from './materials.ts';
import { close, machine, open, preflight, say, sign, signBy } from './common.ts';

const environment = (plan: Plan): ActDraft => ({ title: 'Environment', aim: 'We look at the room and the computer before we rely on them.', steps: [...materials(plan, 'in'), preflight(plan), wallClock(plan)] });

/** The old quorum approves the new charter; at a founding the first one approves itself. */
const approvals = (plan: Plan): readonly StepDraft[] => {
  const charters = plan.before ?? [{ ceremony: null, charter: charterOf(plan) }];
  return charters.map(({ ceremony, charter }) => signBy(approversOf(plan, charter).map(({ id }) => id), charter.approval, words.approve(plan, charter.approval, charters.length === 1 ? null : ceremony)));
};

const enrolment = (plan: Plan): readonly StepDraft[] => {
  const ids = provesKey(chartersBefore(plan), charterOf(plan));
  return ids.length === 0 ? [] : [signBy(ids, ids.length, words.enrol(plan, ids))];
};

const charterAct = (plan: Plan): ActDraft => ({
  title: 'Charter', aim: plan.before === undefined ? 'We hear who may act and under which policy, and approve it.' : 'We hear what changes, and those who hold the trust approve it.',
  steps: [
    say(plan, words.readCharter(charterOf(plan))), say(plan, plan.before === undefined ? words.readRoster(charterOf(plan)) : words.readDifference()),
    ...enrolment(plan), ...approvals(plan), machine(plan, 'enact', words.enact(), { irreversible: true }),
  ],
});

/** An archive that nobody founded has no charter: the custodians of the plan answer for its joining. */
const joinAct = (plan: Plan): ActDraft => ({
  title: 'Join', aim: 'We hear what each archive holds, and approve that they are one from here on.',
  steps: [say(plan, words.readParents(plan)), sign(plan, words.approveJoin())],
});

/** The acts of a merge: the archives are joined by line 0, and the act between opening and closing is where people answer for it. */
export const mergeCeremony = (plan: Plan): readonly ActDraft[] => {
  const charter = plan.charter === undefined ? null : charterAct(plan);
  const join = charter === null ? joinAct(plan) : { ...charter, steps: [say(plan, words.readParents(plan)), ...charter.steps] };
  return [open(plan, words.aimOfCharter(plan)), environment(plan), join, close(plan)];
};

/** The acts of a founding or an amendment under `plan`, in order. */
export const charterCeremony = (plan: Plan): readonly ActDraft[] => [open(plan, words.aimOfCharter(plan)), environment(plan), charterAct(plan), close(plan)];
