/** The texts in openings.jsonl against the commitments of the transcript. */
import { findings as say } from '../text/findings.ts';
import { splitLines } from '../transcript/chain.ts';
import { commitText } from '../transcript/commitment.ts';
import { commitmentIn } from '../transcript/committed-fields.ts';
import { parseOpening } from '../transcript/openings.ts';
import type { Opening } from '../transcript/openings.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './folder-files.ts';
import type { Commitments } from './replay.ts';

/** `openings`: one a line, null for a line in another form. */
export interface OpeningsFile { readonly openings: readonly (Opening | null)[]; readonly seqs: ReadonlySet<number> }
export const readOpenings = (folder: FolderFiles): OpeningsFile => {
  const { lines, rest } = splitLines(folder.files.get('openings.jsonl') ?? new Uint8Array());
  const openings = [...lines.map((line) => parseOpening(line.subarray(0, -1))), ...(rest.length > 0 ? [null] : [])];
  return { openings, seqs: new Set(openings.flatMap((opening) => (opening === null ? [] : [opening.seq]))) };
};

/** Every text that is there must open its commitment; a text that is not there was withheld, which is allowed and said. */
export const checkOpenings = ({ openings }: OpeningsFile, { count, entryOf }: Commitments, out: Collector): void => {
  const seen = new Set<string>();
  let opened = 0;
  for (const [index, opening] of openings.entries()) {
    if (opening === null) { out.add('folder', say.openingLine(index + 1)); continue; }
    const { seq, field, text } = opening, place = `${seq} ${field}`, isSecond = seen.has(place);
    const entry = entryOf(seq), commitment = entry === undefined ? null : commitmentIn(entry, field);
    if (commitment === null || isSecond || commitText(entry!.salt, field, text) !== commitment) out.add('folder', say.opening(seq, field));
    if (commitment !== null && !isSecond) opened++;
    seen.add(place);
  }
  if (count > opened) out.add('folder', say.withheld(count - opened));
};
