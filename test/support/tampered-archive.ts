/** The real archive of a 3-of-5 quorum in test/vectors, and its verdict after any change: by the ports of the command line, and by those of verify.html. */
import path from 'node:path';
import { expect } from 'vitest';
import { nodePorts } from '../../electron/verify/node-ports.ts';
import { concatBytes } from '../../shared/bytes.ts';
import { splitLines } from '../../shared/transcript/chain.ts';
import type { Finding, VerifyReport } from '../../shared/transcript/report.ts';
import type { VerifyPorts } from '../../shared/verify/ports.ts';
import { purePorts } from '../../shared/verify/pure-ports.ts';
import { treeOf } from '../../shared/verify/tree.ts';
import type { Listed } from '../../shared/verify/tree.ts';
import { judgeArchive, judgeFolder, takeArchive, verifyFound } from '../../shared/verify/verify-archive.ts';
import type { FolderVerdict } from '../../shared/verify/verify-folder.ts';
import { CORPUS, headsOf } from './archive-corpus.ts';
import { readFiles } from './archive-edits.ts';
import { remembering } from './remembering-ports.ts';

export type Files = ReadonlyMap<string, Uint8Array>;
export const archive: Files = new Map([...readFiles(path.join(CORPUS, 'rehearsal'))].filter(([name]) => !name.endsWith('VERIFY.md')));
const heads = headsOf()['rehearsal']!, anchor = Object.values(heads).at(-1) as NonNullable<Parameters<typeof judgeArchive>[2]>;
/** Its ceremonies: a key generation, a share check and a re-share. */
export const [FIRST, CHECK, LAST] = Object.keys(heads) as [string, string, string];
export const transcriptOf = (folder: string): string => `${folder}/transcript.jsonl`;
export const linesOf = (folder: string, files: Files = archive): readonly Uint8Array[] => splitLines(files.get(transcriptOf(folder)) ?? new Uint8Array()).lines;

/** Judges archives by some ports; folders in which every file is the one that it was are not judged again. */
const judgeWith = (ports: VerifyPorts): ((files: Files) => VerifyReport) => {
  const kept = new Map<string, FolderVerdict | null>();
  return (files) => {
    const taken = takeArchive(treeOf([...files].map(([name, bytes]) => ({ path: name, bytes }))));
    const judged = taken.folders.map((folder) => {
      const isSame = folder.findings.length === 0 && [...archive].every(([name, bytes]) => !name.startsWith(`${folder.name}/`) || folder.files.get(name.slice(folder.name.length + 1)) === bytes)
        && [...folder.files.keys()].every((name) => archive.has(`${folder.name}/${name}`));
      if (!isSame) return judgeFolder(folder, ports);
      if (!kept.has(folder.name)) kept.set(folder.name, judgeFolder(folder, ports));
      return kept.get(folder.name)!;
    });
    return judgeArchive(taken, judged, anchor);
  };
};
const commandPorts = remembering(nodePorts);
export const byCommand = judgeWith(commandPorts), byPage = judgeWith(remembering(purePorts));
/** Of one ceremony alone, with its own head. @param transcript in the place of its own. */
const own = (folder: string): readonly Listed[] => [...archive].flatMap(([file, bytes]) => (file.startsWith(`${folder}/`) && file !== transcriptOf(folder) ? [{ path: file.slice(folder.length + 1), bytes }] : []));
export const faultsAlone = (folder: string, transcript: Uint8Array): readonly Finding[] =>
  verifyFound({ name: folder, path: folder }, treeOf([...own(folder), { path: 'transcript.jsonl', bytes: transcript }]), heads[folder]!, commandPorts).findings.filter(({ level }) => level === 'fault');
/** @param both whether the page is asked too; it must say the same. */
export const faultsOf = (files: Files, both = false): readonly Finding[] => {
  const report = byCommand(files);
  if (both) expect(byPage(files)).toEqual(report);
  expect(report.anchored).toBe(report.holds);
  return report.findings.filter(({ level }) => level === 'fault');
};
export const changed = (changes: Readonly<Record<string, Uint8Array | null>>): Files => {
  const files = new Map(archive);
  for (const [name, bytes] of Object.entries(changes)) if (bytes === null) files.delete(name); else files.set(name, bytes);
  return files;
};
export const relined = (folder: string, lines: readonly Uint8Array[]): Files => changed({ [transcriptOf(folder)]: concatBytes(...lines) });
/** The first fault is in this transcript, at this entry or the next: a line that is gone or added shows at its neighbour. */
export const namesEntry = (files: Files, folder: string, seq: number, both = false): void => {
  const [fault] = faultsOf(files, both);
  expect(fault, `entry ${seq}`).toMatchObject({ file: transcriptOf(folder) });
  expect(Math.abs((fault!.seq ?? Number.POSITIVE_INFINITY) - seq), `entry ${seq}, told ${fault!.seq}`).toBeLessThanOrEqual(1);
};
