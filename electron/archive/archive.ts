/** What the archive holds, told from its transcripts: the list on the home screen. */
import path from 'node:path';
import { admit } from '../../shared/ceremony/admit.ts';
import { buildScript, findStep } from '../../shared/ceremony/build-script.ts';
import { evolve, initialState } from '../../shared/ceremony/evolve.ts';
import { frozenPlan, planDigest } from '../../shared/ceremony/parse-plan.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { AppError, toFault } from '../../shared/errors.ts';
import type { ArchiveItem } from '../../shared/ipc/contract.ts';
import { splitLines } from '../../shared/transcript/chain.ts';
import { lineDigest, parseLine } from '../../shared/transcript/line.ts';
import type { Disk, HostPorts } from '../ceremony/ports.ts';
import { listFolders, readText, type Folder } from './folders.ts';

/**
 * Replays a folder without writing. A torn last line is left out: it was never told to anyone.
 * @throws PLAN_…, TRANSCRIPT_… or FOLDER_… when it cannot be read.
 */
export const replayFolder = async (disk: Disk, dir: string): Promise<CeremonyState> => {
  const plan = frozenPlan(await readText(disk, dir, 'plan.json'));
  let state = initialState(plan, buildScript(plan));
  const bytes = (await disk.read(path.join(dir, 'transcript.jsonl'))) ?? new Uint8Array();
  for (const line of splitLines(bytes).lines) {
    const read = parseLine(line);
    if (!read.ok) throw new AppError(read.fault.code, { ...read.fault.details, seq: state.count });
    const refusal = read.value.seq === state.count && read.value.prev === state.head ? admit(state, read.value) : { fault: { code: 'TRANSCRIPT_PREV_MISMATCH' as const } };
    if (refusal) throw new AppError('TRANSCRIPT_REPLAY', { seq: state.count, rule: refusal.fault.code });
    state = evolve(state, read.value, lineDigest(line));
  }
  return state;
};

const statusOf = (state: CeremonyState): ArchiveItem['status'] => {
  if (!state.opening) return 'frozen';
  if (state.closing) return state.closing.outcome === 'completed' ? 'closed' : state.closing.outcome;
  return state.pause ? 'paused' : 'running';
};

const itemOf = async (disk: Disk, folder: Folder, state: CeremonyState): Promise<ArchiveItem> => {
  const { plan } = state;
  const step = state.current ? findStep(state.script, state.current) : null;
  return {
    number: folder.number, name: folder.name, title: plan.ceremony.title, label: plan.key?.label ?? null, profile: plan.key?.profile ?? null, kind: plan.ceremony.kind, mode: plan.mode,
    status: statusOf(state), planSha256: planDigest(await readText(disk, folder.path, 'plan.json')), quorum: plan.quorum, serial: plan.hsm?.serial ?? null,
    spkiSha256: state.key?.spkiSha256 ?? null, sealedShares: state.set?.shares.filter((share) => share.status === 'sealed').length ?? 0,
    step: step && `${step.id} ${step.title}`, lastAt: state.lastAt, openExceptions: state.exceptions.filter((one) => one.effect === 'uncertain').length,
    notAfter: state.certificate ? plan.certificate?.notAfter ?? null : null, recordSigned: (await disk.read(path.join(folder.path, 'record.dsse.json'))) !== null, fault: null,
  };
};

const unreadable = (folder: Folder, error: unknown): ArchiveItem => ({
  number: folder.number, name: folder.name, title: folder.name, label: null, profile: null, kind: null, mode: 'production', status: 'unreadable', planSha256: null, quorum: null, serial: null,
  spkiSha256: null, sealedShares: 0, step: null, lastAt: null, openExceptions: 0, notAfter: null, recordSigned: false, fault: toFault(error).code,
});

/** Every ceremony of the archive in order. One that cannot be read stays in the list, with the reason. */
export const listArchive = async ({ disk, workspace }: Pick<HostPorts, 'disk' | 'workspace'>): Promise<readonly ArchiveItem[]> => {
  const items: ArchiveItem[] = [];
  for (const folder of await listFolders(workspace.archiveDir)) {
    try { items.push(await itemOf(disk, folder, await replayFolder(disk, folder.path))); } catch (error) { items.push(unreadable(folder, error)); }
  }
  return items;
};
