/** What the result of an effect adds to the state. */
import { assertNever } from '../assert-never.ts';
import type { Intent, Outcome } from '../transcript/entry-schema.ts';
import { custodiansOf } from './people.ts';
import type { Plan } from './plan-schema.ts';
import type { CeremonyState, SetFacts, ShareFacts } from './state.ts';

type IntentOf<K extends Intent['kind']> = Extract<Intent, { kind: K }>;

/** Shares of a set that has just been made. */
const freshShares = (plan: Plan): readonly ShareFacts[] =>
  custodiansOf(plan).map((person, index) => ({ number: index + 1, custodian: person.id, status: 'waiting', attempts: [], destroyed: [], bag: null, readBackFaults: 0 }));

const afterSplit = (state: CeremonyState, outcome: Extract<Outcome, { kind: 'split' }>, intent: IntentOf<'split'>): CeremonyState => {
  const { setId, setName, setFingerprint, manifestSha256, sources } = outcome;
  return { ...state, set: { setId, setName, setFingerprint, manifestSha256, sources, attempt: intent.attempt, shares: freshShares(state.plan), rebuilt: [] } };
};
const afterPrint = (set: SetFacts, intent: IntentOf<'print-sheet'>): SetFacts =>
  ({ ...set, shares: set.shares.map((share) => (share.number === intent.share ? { ...share, status: 'printed', attempts: [...share.attempts, intent.attempt] } : share)) });

/** @param intent the open intent that `outcome` answers; its kind is the outcome's (admit has checked). */
export const evolveResult = (state: CeremonyState, outcome: Outcome, intent: Intent, seq: number): CeremonyState => {
  switch (outcome.kind) {
    case 'generate-key': {
      const made = intent as IntentOf<'generate-key'>;
      return { ...state, key: { keyId: made.keyId, label: made.label, spki: outcome.spki, spkiSha256: outcome.spkiSha256, claims: outcome.claims, checks: outcome.checks, seq } };
    }
    case 'sign-certificate': return { ...state, certificate: { certificateSha256: outcome.certificateSha256, lint: outcome.lint, secondSignatureMayExist: outcome.secondSignatureMayExist, popSha256: null } };
    case 'sign-pop': return { ...state, certificate: state.certificate && { ...state.certificate, popSha256: outcome.popSha256, secondSignatureMayExist: state.certificate.secondSignatureMayExist || outcome.secondSignatureMayExist } };
    case 'split': return afterSplit(state, outcome, intent as IntentOf<'split'>);
    case 'print-sheet': return { ...state, set: state.set && afterPrint(state.set, intent as IntentOf<'print-sheet'>) };
    case 'rebuild': return { ...state, set: state.set && { ...state.set, rebuilt: outcome.subsets } };
    case 'wrap': return { ...state, backup: { algorithm: outcome.algorithm, mechanism: outcome.mechanism, length: outcome.length, sha256: outcome.sha256, media: outcome.media.map((medium) => medium.number), restored: null } };
    case 'restore': return { ...state, backup: state.backup && { ...state.backup, restored: { spkiSha256: outcome.spkiSha256, challenge: outcome.challenge, signature: outcome.signature, claims: outcome.claims } } };
    case 'lock': return { ...state, locked: outcome };
    case 'destroy-debris': return state;
    case 'wipe': return { ...state, wiped: true, loggedIn: [] };
    default: return assertNever(outcome);
  }
};
