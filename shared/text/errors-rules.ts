/** Texts of refusals by a rule of the ceremony: a title by rule, the rule's own reason, and what to do. */
import type { RuleCode } from '../errors.ts';
import type { DetailReader, ErrorText } from './error-text.ts';

type Guide = readonly [title: string, next: string];
const GO_ON = 'Go on with the step that is open.';
/** By rule id. A rule that is not here gets {@link FALLBACK}. */
const GUIDES: Readonly<Record<string, Guide>> = {
  ABORTED_CLOSES: ['The ceremony was ended or postponed', 'Close it and sign the record of what was done.'],
  ACTOR_ACTS: ['Another person acts here', 'The person shown under “acts now” does this.'],
  ACTS_IN_THE_ROOM: ['Someone who is needed is not here', 'Wait for this person, or pause the ceremony.'],
  AIR_GAP_ACCEPTED: ['The air gap is not as expected', 'Mend it and check again, or let the internal witness record an exception for it.'],
  ANSWER_RIGHT: ['No answer matches yet', 'Read the value again. After two answers that differ, an exception is needed to go on.'],
  CLOSED_IS_CLOSED: ['The transcript is closed', 'Nothing can be added. Sign the record.'],
  CLOSING_COMPLETE: ['The transcript cannot be closed yet', GO_ON],
  CUSTODIAN_SIGNS_ONCE: ['This person does not sign here', 'Call a custodian who has not signed yet.'],
  EXCEPTIONS_IN_ORDER: ['The exception cannot be recorded like this', 'Name a person of the roster as the one who noticed it.'],
  HOLD_POINT: ['The hold point is not open', 'Collect the signatures that are missing.'],
  INVENTORY_EXPLAINED: ['Something is on a token that no entry explains', 'Find out what it is and record an exception, or pause. The app does not delete what it did not make.'],
  MADE_ONCE: ['This has been done already', GO_ON],
  NAME_UNUSED: ['The name of the key is taken', 'Use another label in a new plan, or another token. What is there is not touched.'],
  OBJECTION_HEARD: ['An objection comes first', 'Hear the objection, then resume or end the ceremony.'],
  ONE_EFFECT: ['Something is still under way', 'Wait until it has ended.'],
  ONE_SHEET_OUT: ['A sheet is out already', 'Seal it, or let custodian and witness destroy it first.'],
  ONE_STEP_OPEN: ['Another step is open', GO_ON],
  OPENING_FIRST: ['The ceremony has not begun', 'Begin it first.'],
  PAUSED_WAITS: ['The ceremony is paused', 'Resume it first.'],
  PIN_TYPED_AS_PLANNED: ['The token is not opened as planned', 'Let the people whom the plan names type the PIN.'],
  PLAN_BOUND: ['This plan does not belong to this ceremony', 'Open the ceremony that the plan was frozen for.'],
  PROOF_ORDER: ['Something must be proved first', GO_ON],
  READ_BACK_FIRST: ['The share cannot be sealed like this', 'Read it back from the paper first; then both people type the same, new bag number.'],
  RESULT_AGREES: ['The result is not what was asked for', 'Do not go on. Record an exception and pause.'],
  ROLL_COMPLETE: ['The roll call is not complete', 'Call everyone. Administrator, witness, auditor and a quorum of custodians must be here.'],
  SAME_TOKENS: ['These are not the same tokens', 'Connect the tokens of the first inventory.'],
  SHEET_ACCOUNTED: ['A sheet is not accounted for', 'Custodian and internal witness destroy the sheets that are listed, then record it.'],
  SIGNED_BYTES: ['The signature is over something else', 'Sign again. If it happens again, pause and keep the computer as it is.'],
  STEP_KIND: ['This does not belong to the open step', GO_ON],
  THIS_KEY: ['This is another key or another set', 'Check that the tokens of this ceremony are connected.'],
  TOKEN_OPEN: ['The token is closed', 'Open the token with its PIN, then do this step again.'],
  TWO_STAY: ['The break is not as the rules want it', 'Two people stay. After it, administrator, witness and a quorum are here, and the serial is read from the HSM.'],
  VOID_OPENS_NOTHING: ['The set cannot be given up now', GO_ON],
  SHARE_WANTED: ['This share is not asked for now', 'Call a holder whose share has not been read. If another person brings it, the internal witness first records why, as a change of person.'],
  HOLDER_HISTORY: ['One person would come to hold too many shares', 'Let another person bring this share. Nobody may read as many shares of one set as open it.'],
  GATHERED_ENOUGH: ['More shares are needed', 'Call the next holder.'],
  SLIP_SIGNED: ['The check of this share is not complete', 'Have the share read and sealed in a new bag; its holder signs the slip last. Or say why it is not proved today.'],
  COPIES_ACCOUNTED: ['A copy is not accounted for', 'Say of each copy that is listed what became of it, with the internal witness at hand. What cannot be found is said to be missing.'],
  KEEP_A_QUORUM: ['Too few shares would be left', 'Seal the share again. To destroy it all the same, the internal witness first records an exception with the reason.'],
  ENACTS_THE_PLAN: ['This is not the charter of the plan', 'Nothing was recorded. Start the step again: the program records what is left of the changes that were approved.'],
  DEPUTY_STANDS_IN: ['This deputy cannot stand in now', 'Mark the person who is absent, and the deputy as present. Somebody whom the plan does not name as their deputy takes nobody’s place.'],
  DUTIES_HOLD: ['A separation rule is not kept', 'Let the people leave or come whom the rule is about, or a deputy stand in. What the plan does not except cannot be excepted now.'],
  PROVED_BEFORE_SUPERSEDED: ['The old set is still needed', 'Prove the new backup first.'],
  POSTPONED_BEFORE_EFFECT: ['It is too late to postpone', 'Go on, or end the ceremony: what was done stays on record.'],
  MATERIALS_CALLED: ['A material is not called as it should be', 'Both people read the number from the bag itself. What is absent, or in another or a broken bag, needs an exception, or the ceremony stops here.'],
  BREAK_CHECKED: ['The room is not as it was left', 'Count the people, and read the numbers of the sealed bags again. Where a bag is another, record an exception first.'],
  EXCEPTION_TYPED: ['The exception sheet is not complete', 'Say what was expected and who decided how to go on. A note needs neither.'],
  TWO_ANSWER: ['This check is answered by two people', 'Each of the two people named types what they read, once. Then both are compared.'],
  WORK_DONE: ['The work of this step is not done', 'Do the work of the step first.'],
  WORK_IN_ITS_STEP: ['This work belongs to another step', GO_ON],
};
const FALLBACK: Guide = ['The rules of the ceremony do not allow this now', GO_ON];

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** @param code RULE_<ID>; `details.reason` is the rule's own word, `details.rule` the rule as a sentence. */
export const ruleText = (code: RuleCode, details: DetailReader): ErrorText => {
  const id = code.slice('RULE_'.length);
  const [title, next] = Object.hasOwn(GUIDES, id) ? GUIDES[id]! : FALLBACK;
  const reason = details.text('reason', `the rule ${id.toLowerCase().replaceAll('_', ' ')} refused it`);
  return { title, happened: sentence(reason), safe: `Nothing was done and nothing was written.${details.has('rule') ? ` The rule: ${details.text('rule', '')}` : ''}`, next };
};
/** Rule ids with words of their own, for tests. */
export const GUIDED_RULES = Object.keys(GUIDES);
