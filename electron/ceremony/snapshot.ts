/** Projects a session for the renderer. */
import { stepOfOperation } from '../../shared/ceremony/build-script.ts';
import { witnessOf } from '../../shared/ceremony/people.ts';
import { recordSigners, stepOf } from '../../shared/ceremony/select.ts';
import type { Fault } from '../../shared/errors.ts';
import type { RecordStatus, Snapshot, TranscriptRow } from '../../shared/ipc/snapshot.ts';
import { entryText } from '../../shared/text/entries.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import { recordDigest } from '../../shared/transcript/record.ts';
import { hideAnswers } from './hidden-answers.ts';
import { recordKeyIds, signedBy } from './effects/sign.ts';
import type { Session } from './session.ts';

const EXCEPTIONAL = new Set(['exception', 'objection', 'paused', 'resumed', 'set-voided', 'aborted', 'postponed', 'sheet-destroyed', 'deputised']);
const FAULTY = new Set(['failed', 'login-failed', 'read-back-failed', 'restarted', 'repair']);

const rowOf = (session: Session, entry: Entry): TranscriptRow => ({
  seq: entry.seq, at: entry.at, step: 'step' in entry.body ? entry.body.step : null, text: entryText(entry, session.state.plan),
  kind: EXCEPTIONAL.has(entry.type) ? 'exception' : FAULTY.has(entry.type) ? 'fault' : 'fact',
});

/** Rows are facts: each is worded once, when its entry is new, and never again. */
const worded = new WeakMap<Session, TranscriptRow[]>();
const rowsOf = (session: Session): readonly TranscriptRow[] => {
  const rows = worded.get(session) ?? [];
  worded.set(session, rows);
  for (const entry of session.entries.slice(rows.length)) rows.push(rowOf(session, entry));
  return [...rows];
};

const textsOf = (session: Session): Record<number, Record<string, string>> => {
  const texts: Record<number, Record<string, string>> = {};
  for (const { seq, field, text } of session.openings) texts[seq] = { ...texts[seq], [field]: text };
  return texts;
};

/** Who has signed the record and who has not; null before the closing entry. */
export const recordOf = async (session: Session): Promise<RecordStatus | null> => {
  const { state, ports, folder } = session;
  if (!state.closing) return null;
  const signed = signedBy(session, await recordKeyIds(session));
  const signers = recordSigners(state).map((person) => person.id);
  const documents = await ports.disk.exists(`${folder.path}/record.pdf`);
  return { digest: recordDigest(state), signed, missing: signers.filter((id) => !signed.includes(id)), paperOnly: state.plan.people.filter((person) => person.credential.kind === 'paper').map((person) => person.id), documents };
};

/** While the serial is what a check asks for, it is not shown anywhere. */
const hsmOf = (session: Session): Snapshot['hsm'] => {
  const { plan: { hsm }, loggedIn } = session.state;
  const step = stepOf(session.state);
  const asked = step?.kind === 'check' && step.check === 'hsm-serial';
  return { serial: asked ? null : hsm?.serial ?? null, present: loggedIn.includes(hsm?.serial ?? ''), software: hsm?.software === true };
};

const airGapOf = (session: Session): Snapshot['airGap'] => {
  const { preflight } = session.state;
  if (preflight.length === 0) return 'not-checked';
  if (preflight.every((row) => row.ok)) return 'intact';
  const step = stepOfOperation(session.state.script, 'preflight')?.id;
  return session.state.exceptions.some((one) => one.step === step && one.noticedBy === witnessOf(session.state.plan)) ? 'excepted' : 'broken';
};

export const snapshotOf = async (session: Session, planSha256: Snapshot['planSha256'], revision: number, fault: Fault | null): Promise<Snapshot> => hideAnswers({
  revision, folder: session.folder, planSha256, state: session.state, rows: rowsOf(session), texts: textsOf(session),
  activity: session.activity, fault: session.broken ?? fault, record: await recordOf(session), hsm: hsmOf(session), airGap: airGapOf(session),
});
