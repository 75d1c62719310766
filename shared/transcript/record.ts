/** The summary that participants sign at the end. It is derived from the replayed state alone, so a verifier derives the same bytes. */
import type { Sha256Hex } from '../brand.ts';
import { utf8 } from '../bytes.ts';
import { AppError } from '../errors.ts';
import type { BackupFacts, CeremonyState, SetFacts } from '../ceremony/state.ts';
import { wrappingSetOf } from '../ceremony/select.ts';
import { sha256Of } from './digest.ts';
import { custodyParts } from './record-custody.ts';
import { keyPlan } from '../ceremony/people.ts';

export const RECORD_TYPE = 'application/vnd.quorate.record+json';

const keyPart = (state: CeremonyState) => state.key && {
  label: state.key.label, keyId: state.key.keyId, profile: keyPlan(state.plan).key.profile, serial: keyPlan(state.plan).hsm.serial,
  software: keyPlan(state.plan).hsm.software, spkiSha256: state.key.spkiSha256, spki: state.key.spki,
};
const certificatePart = (state: CeremonyState) => state.certificate && {
  certificateSha256: state.certificate.certificateSha256, popSha256: state.certificate.popSha256,
  secondSignatureMayExist: state.certificate.secondSignatureMayExist,
};
const custodyPart = (state: CeremonyState, set: SetFacts | null) => set && {
  setId: set.setId, setName: set.setName, setFingerprint: set.setFingerprint, manifestSha256: set.manifestSha256,
  threshold: state.plan.quorum.threshold,
  shares: set.shares.map(({ number, custodian, status, bag }) => ({ number, custodian, status, bag })),
};
const backupPart = (backup: BackupFacts | null) => backup && {
  algorithm: backup.algorithm, mechanism: backup.mechanism, length: backup.length, sha256: backup.sha256, media: [...backup.media],
  restoredSpkiSha256: backup.restored?.spkiSha256 ?? null,
};
const lockedTokens = ({ locked }: CeremonyState) =>
  locked?.kind === 'lock' ? locked.tokens.map(({ serial, extractable, refusedWith }) => ({ serial, extractable, refusedWith })) : null;

const writePayload = (state: CeremonyState): Uint8Array => {
  const { opening, closing, plan } = state;
  if (opening === null || closing === null) throw new AppError('TRANSCRIPT_NOT_CLOSED', { entries: state.count });
  return utf8(JSON.stringify({
    format: 'quorate-record/1', number: opening.number, slug: opening.slug, nonce: opening.nonce, mode: opening.mode,
    title: plan.ceremony.title, organisation: plan.ceremony.organisation, place: plan.ceremony.place, date: plan.ceremony.date,
    planSha256: opening.planSha256, entries: state.count, head: state.head, outcome: closing.outcome,
    key: keyPart(state), certificate: certificatePart(state), custody: custodyPart(state, wrappingSetOf(state)), backup: backupPart(state.backup),
    locked: lockedTokens(state),
    exceptions: state.exceptions.map(({ number, seq, kind, step, effect }) => ({ number, seq, kind, step, effect })),
    objections: state.objections.map(({ seq, step, person }) => ({ seq, step, person })),
    voidedSets: state.voided.map(({ setId, reason }) => ({ setId, reason })),
    ...custodyParts(state),
  }));
};

/** A record is asked for again by each ceremony that links to its own. */
interface Made { readonly payload: Uint8Array; digest: Sha256Hex | null }
const made = new WeakMap<CeremonyState, Made>();
const recordOf = (state: CeremonyState): Made => {
  const before = made.get(state), one = before ?? { payload: writePayload(state), digest: null };
  if (before === undefined) made.set(state, one);
  return one;
};

/**
 * Compact JSON, UTF-8, keys in the order written here. `head` is that of the closing line; `entries` counts it.
 * @throws TRANSCRIPT_NOT_CLOSED when the state has no closing entry.
 */
export const recordPayload = (state: CeremonyState): Uint8Array => recordOf(state).payload;

/**
 * What the next ceremony's `previous.record` holds: SHA-256 of the payload, which later signatures do not change.
 * @param digest SHA-256, where there is a faster one.
 */
export const recordDigest = (state: CeremonyState, digest: (bytes: Uint8Array) => Sha256Hex = sha256Of): Sha256Hex => {
  const record = recordOf(state);
  return record.digest ??= digest(record.payload);
};
