/**
 * The verifier on a disk: a pure read that writes nothing, follows no link, asks no network and no clock. What it judges is in
 * shared/verify; here are the files, and signatures by node:crypto.
 */
import { basename, resolve } from 'node:path';
import { findings as say } from '../../shared/text/findings.ts';
import { parseAnchor } from '../../shared/transcript/anchor.ts';
import type { VerifyReport } from '../../shared/transcript/report.ts';
import { refused, verifyFound } from '../../shared/verify/verify-archive.ts';
import { nodePorts } from './node-ports.ts';
import { kindOf, listDir } from './read-folder.ts';

/**
 * @param path a ceremony folder (it has a transcript, a plan or a record) or an archive (it has folders such as 0001-root).
 * @param options.anchor the head from paper: 64 hex digits, 32 words, or the text of a file with either; null without one.
 * @returns exitStatus 0 sound and anchored, 3 sound only, 1 a fault, 2 there was nothing to check (no such path, no anchor in the text).
 */
export const verifyPath = (path: string, options: { readonly anchor: string | null }): VerifyReport => {
  const absolute = resolve(path), kind = kindOf(absolute);
  if (options.anchor !== null && parseAnchor(options.anchor) === null) return refused(say.anchorFormat(), 2);
  if (kind === 'nothing') return refused(say.missing(path), 2);
  if (kind === 'link') return refused(say.link(path), 1);
  if (kind !== 'folder') return refused(say.notCeremony(path), 1);
  return verifyFound({ name: basename(absolute), path }, listDir(absolute), options.anchor, nodePorts);
};
