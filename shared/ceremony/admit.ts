/** All rules over one entry. `decide` asks before an entry is written, the verifier asks again at every entry of a replay. */
import type { Refusal } from '../errors.ts';
import { refuse } from '../errors.ts';
import { ENTRY_TYPES } from '../transcript/entry-schema.ts';
import { abortedCloses } from './rules/aborted-closes.ts';
import { actorActs } from './rules/actor-acts.ts';
import { actsInTheRoom } from './rules/acts-in-the-room.ts';
import { airGapAccepted } from './rules/air-gap-accepted.ts';
import { answerRight } from './rules/answer-right.ts';
import { closedIsClosed } from './rules/closed-is-closed.ts';
import { closingComplete } from './rules/closing-complete.ts';
import { custodianSignsOnce } from './rules/custodian-signs-once.ts';
import { exceptionsInOrder } from './rules/exceptions-in-order.ts';
import { holdPoint } from './rules/hold-point.ts';
import { inventoryExplained } from './rules/inventory-explained.ts';
import { madeOnce } from './rules/made-once.ts';
import { nameUnused } from './rules/name-unused.ts';
import { objectionHeard } from './rules/objection-heard.ts';
import { oneEffect } from './rules/one-effect.ts';
import { oneSheetOut } from './rules/one-sheet-out.ts';
import { oneStepOpen } from './rules/one-step-open.ts';
import { openingFirst } from './rules/opening-first.ts';
import { pausedWaits } from './rules/paused-waits.ts';
import { pinTypedAsPlanned } from './rules/pin-typed-as-planned.ts';
import { planBound } from './rules/plan-bound.ts';
import { proofOrder } from './rules/proof-order.ts';
import { readBackFirst } from './rules/read-back-first.ts';
import { resultAgrees } from './rules/result-agrees.ts';
import { rollComplete } from './rules/roll-complete.ts';
import { sameTokens } from './rules/same-tokens.ts';
import { sheetAccounted } from './rules/sheet-accounted.ts';
import { signedBytes } from './rules/signed-bytes.ts';
import { stepKind } from './rules/step-kind.ts';
import { thisKey } from './rules/this-key.ts';
import { tokenOpen } from './rules/token-open.ts';
import { twoStay } from './rules/two-stay.ts';
import { voidOpensNothing } from './rules/void-opens-nothing.ts';
import { workDone } from './rules/work-done.ts';
import { workInItsStep } from './rules/work-in-its-step.ts';
import { shareWanted } from './rules/share-wanted.ts';
import { holderHistory } from './rules/holder-history.ts';
import { gatheredEnough } from './rules/gathered-enough.ts';
import { slipSigned } from './rules/slip-signed.ts';
import { copiesAccounted } from './rules/copies-accounted.ts';
import { keepAQuorum } from './rules/keep-a-quorum.ts';
import { provedBeforeSuperseded } from './rules/proved-before-superseded.ts';
import { enactsThePlan } from './rules/enacts-the-plan.ts';
import { deputyStandsIn } from './rules/deputy-stands-in.ts';
import { dutiesHold } from './rules/duties-hold.ts';
import { twoAnswer } from './rules/two-answer.ts';
import { postponedBeforeEffect } from './rules/postponed-before-effect.ts';
import { materialsCalled } from './rules/materials-called.ts';
import { breakChecked } from './rules/break-checked.ts';
import { exceptionTyped } from './rules/exception-typed.ts';
import type { Fact, Rule } from './rule.ts';
import type { CeremonyState } from './state.ts';

/** Order matters only for which refusal a person sees first. */
export const RULES: readonly Rule[] = [
  openingFirst, planBound, closedIsClosed, abortedCloses, objectionHeard, pausedWaits, oneStepOpen, stepKind,
  actorActs, actsInTheRoom, airGapAccepted, answerRight, closingComplete, custodianSignsOnce, exceptionsInOrder, holdPoint, inventoryExplained, madeOnce, nameUnused, oneEffect, oneSheetOut, pinTypedAsPlanned, proofOrder, readBackFirst, resultAgrees, rollComplete, sameTokens, sheetAccounted, signedBytes, thisKey, tokenOpen, twoStay, voidOpensNothing, workDone, workInItsStep,
  shareWanted, holderHistory, gatheredEnough, slipSigned, copiesAccounted, keepAQuorum, provedBeforeSuperseded, enactsThePlan,
  deputyStandsIn, dutiesHold,
  twoAnswer, exceptionTyped, postponedBeforeEffect, materialsCalled, breakChecked,
];

/** What is asked of each type of entry, in the order of the list. */
const ABOUT: ReadonlyMap<string, readonly Rule[]> = new Map(ENTRY_TYPES.map((type) => [type, RULES.filter(({ about }) => about === undefined || about.includes(type))]));

/** @returns null when the entry may join the state; otherwise `RULE_<id>` with the reason and the type of the entry. */
export const admit = (state: CeremonyState, fact: Fact): Refusal | null => {
  for (const rule of ABOUT.get(fact.type) ?? RULES) {
    const reason = rule.check(state, fact);
    if (reason !== null) return refuse(`RULE_${rule.id}`, { reason, entry: fact.type, rule: rule.says });
  }
  return null;
};
