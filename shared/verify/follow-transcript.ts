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

interface SignedHead { readonly isSigned: () => boolean; /** The head that a signed record says, where it is neither this one nor this one is the anchor. Signatures are asked only then. */ readonly against: (head: Sha256Hex | null) => Sha256Hex | null }
const signedHead = ({ record, planFile, anchor }: Followed, ports: VerifyPorts): SignedHead => {
  const plan = planFile?.read?.plan ?? null, claimed = record && planFile ? claimedHeadOf(record, planFile.digest) : null;
  const isSignedBy = once(() => claimed !== null && plan !== null && isSigned(record!, plan, ports));
  // A head that is the anchor is right, whatever the record says.
  return { isSigned: isSignedBy, against: (head) => (head === anchor || head === claimed || !isSignedBy() ? null : claimed) };
};

const readSlowly = (bytes: Uint8Array, { anchor, texts }: Followed, signed: SignedHead, ports: VerifyPorts): Course => {
  const first = readChain(bytes, signed.against, ports.chain);
  // Without a signed record the anchor helps, once something is broken.
  const chain = first.faults.length > 0 && anchor !== null && !signed.isSigned() ? readChain(bytes, () => anchor, ports.chain) : first;
  const brokenAt = chain.faults[0]?.seq;
  return { chain, replay: (plan) => replay(plan, brokenAt === undefined ? chain.lines : chain.lines.slice(0, brokenAt), texts) };
};

export const followTranscript = (followed: Followed, ports: VerifyPorts): Course => {
  const bytes = followed.folder.files.get('transcript.jsonl') ?? new Uint8Array(), plan = followed.planFile?.read?.plan ?? null, signed = signedHead(followed, ports);
  const replaying = plan && startReplay(plan, followed.texts), chain = replaying && walkChain(bytes, replaying.see, ports.chain);
  if (!chain || signed.against(chain.head) !== null) return readSlowly(bytes, followed, signed, ports);
  return { chain, replay: () => replaying.done() };
};
