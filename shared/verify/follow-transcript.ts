/**
 * Reads and replays a transcript. A sound one goes by in one pass and is not held; only where something is off is it read line by line to
 * tell what, with the same verdict.
 */
import type { Sha256Hex } from '../brand.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import { readChain, walkChain } from '../transcript/chain.ts';
import type { Chain } from '../transcript/chain.ts';
import type { Envelope } from '../transcript/dsse.ts';
import type { PlanFile } from './check-plan-file.ts';
import { claimedHeadOf, isSigned } from './check-record.ts';
import type { FolderFiles } from './folder-files.ts';
import type { VerifyPorts } from './ports.ts';
import { replay, startReplay } from './replay.ts';
import type { Replay } from './replay.ts';

/** `replay` is of the lines before the first that is at fault. Asked with the plan of plan.json, once that is known to be the plan of the transcript. */
export interface Course { readonly chain: Chain; readonly replay: (plan: Plan) => Replay }
export interface Followed {
  readonly folder: FolderFiles; readonly record: Envelope | null; readonly planFile: PlanFile | null;
  /** A head from paper that may help to tell which line was altered. */
  readonly anchor: Sha256Hex | null;
  /** Seqs of entries of which a text is there. */
  readonly texts: ReadonlySet<number>;
}

/** The answer to a question that is asked at most once. */
const once = (ask: () => boolean): (() => boolean) => { let answer: boolean | null = null; return () => (answer ??= ask()); };

/** What the record says of the head, and whether somebody of the plan signed it: asked only where the record says another head. */
const signedHead = ({ record, planFile }: Followed, ports: VerifyPorts): { readonly claimed: Sha256Hex | null; readonly isSigned: () => boolean } => {
  const plan = planFile?.read?.plan ?? null, claimed = record && planFile ? claimedHeadOf(record, planFile.digest) : null;
  return { claimed, isSigned: once(() => claimed !== null && plan !== null && isSigned(record!, plan, ports)) };
};

const readSlowly = (bytes: Uint8Array, followed: Followed, ports: VerifyPorts): Course => {
  const { anchor, texts } = followed, signed = signedHead(followed, ports);
  // A head that is the anchor is right, whatever the record says.
  const first = readChain(bytes, (head) => (head === anchor || head === signed.claimed || !signed.isSigned() ? null : signed.claimed), ports.chain);
  // Without a signed record the anchor helps, once something is broken.
  const chain = first.faults.length > 0 && anchor !== null && !signed.isSigned() ? readChain(bytes, () => anchor, ports.chain) : first;
  const brokenAt = chain.faults[0]?.seq;
  return { chain, replay: (plan) => replay(plan, brokenAt === undefined ? chain.lines : chain.lines.slice(0, brokenAt), texts) };
};

export const followTranscript = (followed: Followed, ports: VerifyPorts): Course => {
  const bytes = followed.folder.files.get('transcript.jsonl') ?? new Uint8Array(), plan = followed.planFile?.read?.plan ?? null;
  const replaying = plan && startReplay(plan, followed.texts), chain = replaying && walkChain(bytes, replaying.see, ports.chain);
  if (!chain) return readSlowly(bytes, followed, ports);
  const { claimed, isSigned: isSignedOther } = signedHead(followed, ports), { anchor } = followed;
  const isRight = chain.head === anchor || claimed === null || chain.head === claimed || !isSignedOther();
  return isRight ? { chain, replay: () => replaying.done() } : readSlowly(bytes, followed, ports);
};
