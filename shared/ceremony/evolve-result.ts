/** What the result of an effect adds to the state. */
import { assertNever } from '../assert-never.ts';
import type { EffectId } from '../brand.ts';
import type { Outcome } from '../transcript/entry-schema.ts';
import { gatheredSetOf } from './people.ts';
import { freshSet, printed, written, type IntentOf } from './shares.ts';
import type { BackupFacts, CeremonyState, OpenEffect } from './state.ts';

/** A PIN set follows the wrapping set of the same ceremony, which is finished by then. */
const afterSplit = (state: CeremonyState, outcome: Extract<Outcome, { kind: 'split' }>, intent: IntentOf<'split'>): CeremonyState => {
  const previous = gatheredSetOf(state.plan, intent.holds ?? 'wrapping-key');
  return { ...state, issued: state.set ? [...state.issued, state.set] : state.issued, set: freshSet(state.plan, outcome, intent, (previous?.epoch ?? 0) + 1) };
};
const wrapped = (outcome: Extract<Outcome, { kind: 'wrap' | 'rewrap' }>): BackupFacts =>
  ({ algorithm: outcome.algorithm, mechanism: outcome.mechanism, length: outcome.length, sha256: outcome.sha256, media: outcome.media.map((medium) => medium.number), restored: null });
/** In a recovery the wrapped key is the one that the plan names. */
const restoredFrom = (state: CeremonyState): BackupFacts | null => {
  const known = state.plan.source?.wrapped;
  return state.backup ?? (known ? { algorithm: known.algorithm, mechanism: '', length: known.length, sha256: known.sha256, media: known.media, restored: null } : null);
};
const withRestored = (state: CeremonyState, restored: BackupFacts['restored']): CeremonyState => {
  const backup = restoredFrom(state);
  return { ...state, backup: backup && { ...backup, restored } };
};
const combined = (state: CeremonyState, setId: string, shares: readonly number[]): CeremonyState =>
  ({ ...state, gatherings: state.gatherings.map((one) => (one.setId === setId ? { ...one, combined: shares } : one)) });
/** Shares of void sets were erased from the card before it was written. */
const cardWritten = (state: CeremonyState, { share, serial }: IntentOf<'write-card'>, encryptedTo: string | null): CeremonyState => ({
  ...state, set: state.set && written(state.set, share, encryptedTo),
  voided: state.voided.map((set) => ({ ...set, cards: set.cards.map((card) => (card.serial === serial ? { ...card, erased: true } : card)) })),
});
const destroyed = (state: CeremonyState, intent: IntentOf<'destroy-copy'>, found: boolean, effect: EffectId): CeremonyState =>
  ({ ...state, destroyedCopies: [...state.destroyedCopies, { copy: intent.copy, found, effect }] });

/** @param open the effect that `outcome` answers; its kind is the outcome's (admit has checked). */
export const evolveResult = (state: CeremonyState, outcome: Outcome, { intent, effect }: OpenEffect, seq: number): CeremonyState => {
  switch (outcome.kind) {
    case 'generate-key': {
      const made = intent as IntentOf<'generate-key'>;
      return { ...state, key: { keyId: made.keyId, label: made.label, spki: outcome.spki, spkiSha256: outcome.spkiSha256, claims: outcome.claims, checks: outcome.checks, seq } };
    }
    case 'sign-certificate': return { ...state, certificate: { certificateSha256: outcome.certificateSha256, lint: outcome.lint, secondSignatureMayExist: outcome.secondSignatureMayExist, popSha256: null } };
    case 'sign-pop': return { ...state, certificate: state.certificate && { ...state.certificate, popSha256: outcome.popSha256, secondSignatureMayExist: state.certificate.secondSignatureMayExist || outcome.secondSignatureMayExist } };
    case 'split': return afterSplit(state, outcome, intent as IntentOf<'split'>);
    case 'print-sheet': { const { share, attempt } = intent as IntentOf<'print-sheet'>; return { ...state, set: state.set && printed(state.set, share, attempt) }; }
    case 'write-card': return cardWritten(state, intent as IntentOf<'write-card'>, outcome.encryptedTo);
    case 'rebuild': return { ...state, set: state.set && { ...state.set, rebuilt: outcome.subsets } };
    case 'wrap':
    case 'rewrap': return { ...state, backup: wrapped(outcome) };
    case 'restore': return withRestored(state, { spkiSha256: outcome.spkiSha256, challenge: outcome.challenge, signature: outcome.signature, claims: outcome.claims });
    case 'prove-restore': return withRestored(state, { spkiSha256: outcome.spkiSha256, challenge: outcome.challenge, signature: outcome.signature, claims: null });
    case 'combine': return combined(state, (intent as IntentOf<'combine'>).setId, outcome.shares);
    case 'change-pin': return { ...state, pinChanged: outcome };
    case 'test-printer': return { ...state, printerTested: { seq, how: outcome.how } };
    case 'destroy-copy': return destroyed(state, intent as IntentOf<'destroy-copy'>, outcome.found, effect);
    case 'lock': return { ...state, locked: outcome };
    case 'destroy-debris': return state;
    case 'wipe': return { ...state, wiped: true, loggedIn: [], gatherings: state.gatherings.map((one) => ({ ...one, open: false })) };
    default: return assertNever(outcome);
  }
};
