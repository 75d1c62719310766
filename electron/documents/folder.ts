/**
 * Reads a ceremony folder for printing: plan, transcript replayed into a state, openings, record signatures, certificate. Checks what it
 * prints (line form, chain, commitments, record signatures) but is not the verifier: rules and sign-offs are judged by electron/verify.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Sha256Hex, StepId } from '../../shared/brand.ts';
import { equalBytes, fromBase64 } from '../../shared/bytes.ts';
import { buildScript } from '../../shared/ceremony/build-script.ts';
import { evolve, initialState } from '../../shared/ceremony/evolve.ts';
import { frozenPlan, planDigest } from '../../shared/ceremony/parse-plan.ts';
import type { Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { AppError } from '../../shared/errors.ts';
import { splitLines } from '../../shared/transcript/chain.ts';
import { commitmentIn } from '../../shared/transcript/committed-fields.ts';
import { commitText } from '../../shared/transcript/commitment.ts';
import { parseEnvelope, pae } from '../../shared/transcript/dsse.ts';
import type { Envelope } from '../../shared/transcript/dsse.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import { keyIdOf } from '../../shared/transcript/key-id.ts';
import { FIRST_PREV, lineDigest, parseLine } from '../../shared/transcript/line.ts';
import { parseOpening } from '../../shared/transcript/openings.ts';
import { RECORD_TYPE, recordPayload } from '../../shared/transcript/record.ts';
import { checkSignature } from '../verify/check-signature.ts';

export interface PlanFile { readonly plan: Plan; readonly planSha256: Sha256Hex }
/** An entry with the step it belongs to: its own, or the one that was open. */
export interface PlacedEntry { readonly entry: Entry; readonly step: StepId | null }
/** `none`: no signature. `signed`: checked when this was printed. `wrong`: there is one, and it does not verify over this record. */
export type RecordSignature = { readonly state: 'none' | 'signed' | 'wrong'; readonly keyId: string | null };
/** `plan` is the plan as it stood at the end: with deputies in the places of those they stood in for. */
export interface CeremonyFolder extends PlanFile {
  /** As it was frozen. */
  readonly planned: Plan;
  readonly dir: string;
  readonly name: string;
  readonly state: CeremonyState;
  readonly entries: readonly PlacedEntry[];
  /** Text of `field` of entry `seq`; null when its opening is not in the folder or does not fit the commitment. */
  readonly textOf: (seq: number, field: string) => string | null;
  readonly signatureOf: (person: Person) => RecordSignature;
  readonly certificate: Uint8Array | null;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
const readOptional = async (file: string): Promise<Uint8Array | null> => {
  try { return new Uint8Array(await readFile(file)); } catch (error) { if (isMissing(error)) return null; throw error; }
};
const readRequired = async (dir: string, name: string): Promise<Uint8Array> => {
  const bytes = await readOptional(path.join(dir, name));
  if (bytes === null) throw new AppError('FOLDER_FILE_MISSING', { file: name });
  return bytes;
};
const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** @throws FOLDER_FILE_MISSING, or the code of the plan's first finding. */
export const readPlanFile = async (dir: string): Promise<PlanFile> => {
  const text = asText(await readRequired(dir, 'plan.json'));
  return { plan: frozenPlan(text), planSha256: planDigest(text) };
};

const replay = (plan: Plan, bytes: Uint8Array): { state: CeremonyState; entries: readonly PlacedEntry[] } => {
  let state = initialState(plan, buildScript(plan)), prev: string = FIRST_PREV;
  const entries = splitLines(bytes).lines.map((line, seq): PlacedEntry => {
    const read = parseLine(line);
    if (!read.ok) throw new AppError(read.fault.code, { ...read.fault.details, seq });
    if (read.value.seq !== seq) throw new AppError('TRANSCRIPT_SEQ', { seq });
    if (read.value.prev !== prev) throw new AppError('TRANSCRIPT_PREV_MISMATCH', { seq });
    const own = 'step' in read.value.body ? read.value.body.step : null, placed = { entry: read.value, step: own ?? state.current };
    const head = lineDigest(line);
    state = evolve(state, read.value, head);
    prev = head;
    return placed;
  });
  return { state, entries };
};

const openingTexts = (bytes: Uint8Array | null, entries: readonly PlacedEntry[]): CeremonyFolder['textOf'] => {
  const texts = new Map<string, string>();
  for (const line of bytes === null ? [] : splitLines(bytes).lines) {
    const opening = parseOpening(line.subarray(0, -1));
    const entry = opening && entries[opening.seq]?.entry;
    if (!opening || !entry) continue;
    if (commitmentIn(entry, opening.field) === commitText(entry.salt, opening.field, opening.text)) texts.set(`${opening.seq} ${opening.field}`, opening.text);
  }
  return (seq, field) => texts.get(`${seq} ${field}`) ?? null;
};

const NONE: RecordSignature = { state: 'none', keyId: null };
const signatures = (bytes: Uint8Array | null, state: CeremonyState): CeremonyFolder['signatureOf'] => {
  const envelope: Envelope | null = bytes === null ? null : parseEnvelope(asText(bytes).replace(/\n$/, ''));
  if (envelope === null || state.closing === null) return () => NONE;
  const covers = envelope.payloadType === RECORD_TYPE && equalBytes(envelope.payload, recordPayload(state));
  const message = pae(envelope.payloadType, envelope.payload);
  return ({ credential }) => {
    const spki = credential.kind === 'paper' || credential.publicKey === null ? null : fromBase64(credential.publicKey);
    if (spki === null || credential.kind === 'paper') return NONE;
    const keyId = keyIdOf(spki), signature = envelope.signatures.find((one) => one.keyid === keyId);
    if (!signature) return { state: 'none', keyId };
    return { state: covers && checkSignature(credential.algorithm, spki, message, signature.sig) ? 'signed' : 'wrong', keyId };
  };
};

/**
 * @param dir path of the folder, for people. @param files its bytes by name.
 * @throws FOLDER_FILE_MISSING, PLAN_ and TRANSCRIPT_ codes: what cannot be read is not printed.
 */
export const ceremonyFolderFrom = (dir: string, files: ReadonlyMap<string, Uint8Array>): CeremonyFolder => {
  const required = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (bytes === undefined) throw new AppError('FOLDER_FILE_MISSING', { file: name });
    return bytes;
  };
  const text = asText(required('plan.json')), planned = frozenPlan(text);
  const { state, entries } = replay(planned, required('transcript.jsonl'));
  if (state.opening === null) throw new AppError('TRANSCRIPT_EMPTY', {});
  return {
    dir, name: path.basename(path.resolve(dir)), plan: state.plan, planned, planSha256: planDigest(text), state, entries, certificate: files.get('root.crt') ?? null,
    textOf: openingTexts(files.get('openings.jsonl') ?? null, entries), signatureOf: signatures(files.get('record.dsse.json') ?? null, state),
  };
};
const PRINTED_FROM = ['plan.json', 'transcript.jsonl', 'openings.jsonl', 'record.dsse.json', 'root.crt'] as const;
/**
 * @param dir path of archive/000N-slug.
 * @throws what ceremonyFolderFrom throws.
 */
export const readCeremonyFolder = async (dir: string): Promise<CeremonyFolder> => {
  const read = await Promise.all(PRINTED_FROM.map(async (name) => [name, await readOptional(path.join(dir, name))] as const));
  return ceremonyFolderFrom(dir, new Map(read.flatMap(([name, bytes]) => (bytes === null ? [] : [[name, bytes] as const]))));
};
