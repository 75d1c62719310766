/**
 * Verifies one ceremony folder that has been read into memory. Order matters: a file is named before what follows from it, and nothing
 * after the first line that does not hold is relied on.
 */
import type { Sha256Hex } from '../brand.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { findings as say } from '../text/findings.ts';
import type { Chain, ChainFault } from '../transcript/chain.ts';
import type { Envelope } from '../transcript/dsse.ts';
import type { Finding, FolderReport } from '../transcript/report.ts';
import { checkCertificate } from './check-certificate.ts';
import { checkCustody } from './check-custody.ts';
import { checkClosingFiles, checkSideFiles } from './check-files.ts';
import { checkKey } from './check-key.ts';
import { checkOpenings, readOpenings } from './check-openings.ts';
import type { OpeningsFile } from './check-openings.ts';
import { checkPeople, checkPlanFile, readPlanFile } from './check-plan-file.ts';
import type { Expected } from './check-plan-file.ts';
import { checkRecord, readRecord } from './check-record.ts';
import { checkSignoffs } from './check-signoffs.ts';
import { checkSource } from './check-source.ts';
import { createCollector } from './collector.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './folder-files.ts';
import { followTranscript } from './follow-transcript.ts';
import type { VerifyPorts } from './ports.ts';
import { remarksOn } from './remarks.ts';
import type { Replay } from './replay.ts';

export interface FolderVerdict {
  readonly report: FolderReport;
  readonly findings: readonly Finding[];
  /** The whole replay; null when a line, the plan or a rule stops it. */
  readonly state: CeremonyState | null;
  /** Line 0 as written, for the links between folders; null when it cannot be read. */
  readonly opening: CeremonyState['opening'];
  readonly openedAt: string | null;
  readonly out: Collector;
}

const told = (fault: ChainFault): Finding => {
  switch (fault.kind) {
    case 'line': return say.line(fault.seq, fault.reason, fault.where);
    case 'torn': return say.torn(fault.seq, fault.bytes);
    case 'number': return say.number(fault.seq, fault.says);
    case 'altered': return say.altered(fault.seq);
    case 'salt': return say.salt(fault.seq, fault.earlier);
  }
};

/** Where the transcript names the plan's digest: the opening, or the closing when line 0 is at fault. */
const planDigestIn = ({ first, last, count }: Chain, brokenAt: number | null): Expected | null => {
  if (brokenAt !== 0 && first?.type === 'opening') return { digest: first.body.planSha256, seq: 0 };
  const digest = last?.type === 'closing' ? last.body.files['plan.json'] : undefined;
  return digest === undefined ? null : { digest, seq: count - 1 };
};
const tellChain = ({ count, faults, backwards }: Chain, out: Collector): void => {
  out.add('chain', ...faults.map(told));
  out.add('chain', ...backwards.map((seq) => say.clockBack(seq)));
  out.row('chain', 'sound', `${count} entries hold together.`);
};

const checkReplay = (result: Replay, brokenAt: number | null, out: Collector): Replay => {
  if (result.refused !== null) out.add('replay', say.replay(result.refused.seq, result.refused.rule, result.refused.reason));
  else if (brokenAt !== null) out.row('replay', 'not-done', `Only the entries before entry ${brokenAt} were replayed.`);
  else if (result.state.closing === null) out.add('replay', say.notClosed());
  else out.row('replay', 'sound', 'Every entry keeps the rules of the ceremony.');
  return result;
};

/** Everything that needs the whole replay. @returns the last seq that a signature covers. */
const checkWhole = (folder: FolderFiles, record: Envelope | null, texts: OpeningsFile, { state, entries, commitments }: Replay, ports: VerifyPorts, out: Collector): number | null => {
  const spki = checkKey(state, entries, ports, out);
  const checked = { folder, state, entries, ports, out };
  checkCertificate(checked, spki);
  checkSource(checked);
  checkCustody(checked);
  checkSideFiles(folder, entries, ports, out);
  checkOpenings(texts, commitments, out);
  const signers = state.closing === null ? [] : checkRecord(folder, record, state, ports, out);
  checkClosingFiles(folder, state, ports, out);
  out.add('folder', ...remarksOn(folder, state, signers));
  return signers.length > 0 ? state.count - 1 : null;
};

const reportOf = (folder: FolderFiles, chain: Chain, plan: Plan | null, state: CeremonyState | null, more: Pick<FolderReport, 'signoffs' | 'brokenAt' | 'signedThrough' | 'checks'>): FolderReport => {
  const { last, count } = chain;
  return {
    name: folder.name, title: plan?.ceremony.title ?? null, mode: plan?.mode ?? null, outcome: state?.closing?.outcome ?? null,
    entries: count, closedAt: state?.closing && last ? last.at : null, head: chain.head, ...more,
  };
};

/** @param anchor a head from paper that may help to tell which line was altered; it is compared by the caller. */
export const verifyFolder = (folder: FolderFiles, anchor: Sha256Hex | null, ports: VerifyPorts): FolderVerdict => {
  const out = createCollector(), record = readRecord(folder, ports), planFile = readPlanFile(folder, ports), texts = readOpenings(folder);
  out.add('folder', ...folder.findings);
  const { chain, replay } = followTranscript({ folder, record, planFile, anchor, texts: texts.seqs }, ports);
  tellChain(chain, out);
  const brokenAt = chain.faults[0]?.seq ?? null;
  const plan = checkPlanFile(planFile, planDigestIn(chain, brokenAt), out);
  if (plan !== null) checkPeople(folder, plan, out);
  if (chain.count === 0 && brokenAt === null) out.add('chain', folder.files.has('transcript.jsonl') ? say.empty() : say.fileMissing('transcript.jsonl', 'Without it there is no ceremony to verify.'));
  const done = plan === null || chain.count === 0 ? null : checkReplay(replay(plan), brokenAt, out);
  const isWhole = done !== null && done.refused === null && brokenAt === null;
  const signoffs = plan !== null && done !== null ? checkSignoffs(plan, done.entries, ports, out) : [];
  const throughRecord = isWhole ? checkWhole(folder, record, texts, done, ports, out) : null;
  const signedThrough = throughRecord ?? (signoffs.length > 0 ? signoffs.at(-1)! - 1 : null);
  if (signedThrough !== null) out.add('signoffs', say.signedThrough(signedThrough));
  out.row('folder', 'sound', 'The folder holds what it must and nothing else.');
  const state = isWhole ? done.state : null;
  const report = reportOf(folder, chain, plan, state, { signoffs, brokenAt: brokenAt ?? done?.refused?.seq ?? null, signedThrough, checks: out.rows() });
  return { report, findings: out.findings, state, opening: done?.state.opening ?? null, openedAt: done?.state.openedAt ?? null, out };
};
