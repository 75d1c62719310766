/** What each role does in the room and after the ceremony: printed in the script, in the record and on the card on the table. */
import { issuesPinSet, issuesShares } from '../../shared/ceremony/people.ts';
import type { Plan, Role } from '../../shared/ceremony/plan-schema.ts';

export interface RoleDuties {
  /** Completes "You ...": one sentence for the card on the table. */
  readonly you: string;
  readonly during: readonly string[];
  readonly speaks: string;
  readonly after: readonly string[];
}
const KEEP_SHARE = ['Keep the sealed bag where the plan says, and do not open or copy it.', 'Report a loss, an opened bag or a move at once, and come when a ceremony calls.'];
const KEEP_SECRET = 'Tell nobody a PIN, a passphrase or a share, now or later.';

const DUTIES: Readonly<Record<Role, RoleDuties>> = {
  administrator: {
    you: 'lead the ceremony step by step, and touch nothing that the script does not name.',
    during: ['Read every step aloud, as it is printed.', 'Press the one button of the step, and only when the room is ready.', 'Stop when anyone says “stop”, and ask what they saw.'],
    speaks: 'You read the script. You ask the questions; others answer.', after: ['Keep the folder in two places and the papers under lock.', 'See to it that everything in section “After the ceremony” is done.'],
  },
  'deputy-administrator': {
    you: 'follow the script beside the administrator and take over when the administrator has to leave.', during: ['Follow every step in your own copy.', 'Take over only when the room has recorded the change of person.'],
    speaks: 'You speak when the administrator hands over to you, or when you see a mistake.', after: ['Know where folder and papers are kept.'],
  },
  'crypto-officer': {
    you: 'handle the HSM and type its PIN.', during: ['Bring the HSM, and read its seal and serial number aloud.', 'Type the PIN alone at the window, with nobody behind you.'],
    speaks: 'You answer when you are asked for a number on the HSM or its bag.', after: ['Bring the HSM back to its safe in a new sealed bag.', KEEP_SECRET],
  },
  'security-officer': {
    you: 'answer for the security of the room.', during: ['Count the people, and keep out who has no role.', 'See that phones, cameras and other devices are where the form says.'],
    speaks: 'You speak before anyone enters or leaves, and whenever the room is not as it should be.', after: ['Keep the logs of door, safe and camera with the record.', 'Follow up what the exceptions ask for.'],
  },
  custodian: {
    you: 'hold one share, and decide with the others at every hold point.', during: ['Watch every step, and ask when something is unclear.', 'Sign a hold point only when you agree with its sentence. Nobody may hurry you.', 'At the desk: do what the entry window says, alone with the witness.'],
    speaks: 'You answer at each hold point: I agree, or I do not agree, and why.', after: KEEP_SHARE,
  },
  'deputy-custodian': {
    you: 'stand in for a custodian who is not here.', during: ['Watch every step, as the custodian would.', 'Sign only in the place of the custodian who is absent.'],
    speaks: 'You speak when you are called in the place of the custodian.', after: ['Hand over or keep what the record says that you took.', ...KEEP_SHARE],
  },
  holder: {
    you: 'bring a share of the set that is used, replaced or destroyed.', during: ['Bring your bag unopened. Open it when you are called, under the eyes of the witness.', 'See what becomes of your share before you leave the desk.'],
    speaks: 'You speak when your share is called, or when your bag is not as you sealed it.', after: ['Keep no copy. Report one that is found.', KEEP_SECRET],
  },
  'internal-witness': {
    you: 'watch that the script is followed, and write down what is not.', during: ['Write initials and time of every step.', 'Read asked values from the thing itself, never from the screen.', 'Write the fingerprint and the closing head by hand.', 'Fill in an exception form for everything that goes differently.'],
    speaks: 'You answer the checks. You speak whenever what happens is not what the script says.', after: ['Keep your paper with the closing head apart from the archive.', 'Read it aloud when the next ceremony asks for it.'],
  },
  'external-auditor': {
    you: 'watch for those who are not in the room.', during: ['Watch every step, and see every device and paper you ask for.', 'Compare the words that are read aloud on a paper of your own.', 'Write the closing head by hand and take it away.'],
    speaks: 'You speak when you are asked, and whenever you want to. Nobody can ask you to be silent.', after: ['Check the folder with a verifier of your own, against your paper.', 'Write your report, and name in it every exception.'],
  },
  candidate: {
    you: 'are being enrolled, and do nothing else.', during: ['Show that you have the key that the roster gives you.'], speaks: 'You speak when you are asked.', after: ['Keep your credential to yourself, and report its loss at once.'],
  },
};

/** @returns what a role does under this plan; custodians have no share to keep where none is issued and none exists. */
export const dutiesOf = (plan: Plan, role: Role): RoleDuties => {
  const duties = DUTIES[role], shares = issuesShares(plan) || issuesPinSet(plan) || plan.source !== undefined;
  if (role !== 'custodian' || shares) return duties;
  return { ...duties, you: 'decide with the other custodians at every hold point.', during: duties.during.slice(0, 2), after: ['Keep your credential to yourself, and report its loss at once.', 'Come when a ceremony calls.'] };
};
/** Roles of the plan's people, each once, in the order of the plan. */
export const rolesIn = (plan: Plan): readonly Role[] => [...new Set(plan.people.map(({ role }) => role))];
