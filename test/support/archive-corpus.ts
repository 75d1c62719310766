/**
 * The corpus of archives that all verifiers must agree on: frozen files and, as data, what somebody did to them and what must be said.
 * To write the files anew while version 1 is not released: QUORATE_WRITE_CORPUS=1 npx vitest run test/unit/verify/corpus.test.ts; or one archive of them:
 * QUORATE_WRITE_CORPUS=merged …, QUORATE_WRITE_CORPUS=forged …
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromHex, fromUtf8, utf8 } from '../../shared/bytes.ts';
import { frozenPlan } from '../../shared/ceremony/parse-plan.ts';
import type { KeyPlan, KeyProfile, Person } from '../../shared/ceremony/plan-schema.ts';
import { splitLines } from '../../shared/transcript/chain.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import { applyEdits, readFiles, writeFiles } from './archive-edits.ts';
import type { ArchiveFiles, Edit } from './archive-edits.ts';
import { buildFolder, buildOn } from './ceremony-folder.ts';
import { peopleOnTokens } from './folder-signers.ts';
import { buildMerged } from './merged-archive.ts';
import { publicKeyOf, samplePeople } from './sample-people.ts';
import { samplePlan } from './sample-plan.ts';
import { createAuthority } from './time-stamp.ts';

export const CORPUS = fileURLToPath(new URL('../vectors/archives', import.meta.url));
export interface Case {
  readonly name: string;
  /** A folder of the corpus; or a folder in it, for a ceremony alone. */
  readonly archive: string;
  /** `head`: of the newest ceremony; a folder's name: of that one; null: none; else the text itself. */
  readonly anchor: string | null;
  readonly edits: readonly Edit[];
  /** Of the first fault; null where there is none. */
  readonly expect: { readonly exit: 0 | 1 | 2 | 3; readonly code: string | null; readonly file: string | null; readonly seq: number | null };
}
const HEADS = 'heads.json';
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(CORPUS, name), 'utf8'));
export const casesOf = (): readonly Case[] => read('cases.json') as readonly Case[];
/** Heads by archive and folder. */
export const headsOf = (): Readonly<Record<string, Readonly<Record<string, string>>>> => read(HEADS) as Record<string, Record<string, string>>;

/** The files of a case, with its edits, relative to `name`; and its anchor. */
export const caseFiles = ({ archive, anchor, edits }: Case): { readonly name: string; readonly files: ArchiveFiles; readonly anchor: string | null } => {
  const heads = headsOf()[archive.split('/')[0]!]!, newest = Object.keys(heads).sort().at(-1)!;
  return { name: path.basename(archive), files: applyEdits(readFiles(path.join(CORPUS, archive)), edits), anchor: anchor === null ? null : anchor === 'head' ? heads[newest]! : heads[anchor] ?? anchor };
};

const writeHeads = (heads: Readonly<Record<string, Readonly<Record<string, string>>>>): void => { writeFileSync(path.join(CORPUS, HEADS), `${JSON.stringify(heads, null, 2)}\n`); };
/** Closing heads of the folders of an archive. */
const headsIn = (archive: string): Readonly<Record<string, string>> => Object.fromEntries([...readFiles(path.join(CORPUS, archive))].flatMap(([name, bytes]) => (name.endsWith('/transcript.jsonl') ? [[path.dirname(name), sha256Of(splitLines(bytes).lines.at(-1)!)]] : [])));

/**
 * rehearsal: what the program itself left on real (software) tokens: `npm run rehearse -- --out DIR --quorum 3/5`, then `--archive DIR` with
 * `--ceremony drill` and `--ceremony reshare`; without the PDFs. forged: the first ceremony of it by somebody else, under the same names, all keys new.
 */
export const writeForged = (): void => {
  const real = frozenPlan(fromUtf8(readFiles(path.join(CORPUS, 'rehearsal')).get('0001-example-root/plan.json')!)!);
  const people = real.people.map((person): Person => ({ ...person, credential: { kind: 'file', algorithm: 'Ed25519', publicKey: publicKeyOf(person.id) } }));
  const { files } = buildFolder({ plan: { ...real, people } });
  rmSync(path.join(CORPUS, 'forged'), { recursive: true, force: true });
  writeFiles(path.join(CORPUS, 'forged/0001-example-root-2026'), files);
  writeHeads({ ...headsOf(), rehearsal: headsIn('rehearsal'), forged: headsIn('forged') });
};
/**
 * custody: a key generation, a share check and a re-share, with a time stamp and a note. tokens: custodians with a token of each algorithm and
 * an RSA key. no-backup: an Ed25519 key. p521: an aborted ceremony, after its certificate.
 * merged: two archives of one past, each with a ceremony more, joined and merged, and a ceremony after that.
 */
export const writeCorpus = (only: string | null = null): void => {
  const key = (profile: KeyProfile): KeyPlan['key'] => ({ label: `example-root-${profile}`, profile, backup: { kind: 'split' } });
  const first = buildFolder({ plan: samplePlan({ people: samplePeople(3), quorum: { threshold: 2, shares: 3 } }) });
  const second = buildOn('share-check', [first]), third = buildOn('re-share', [first, second]);
  const tokens = buildFolder({ plan: samplePlan({ people: peopleOnTokens(), key: key('rsa-3072') }) });
  const noBackup = buildFolder({ plan: samplePlan({ people: samplePeople(3), quorum: { threshold: 2, shares: 3 }, key: { ...key('ed25519'), backup: { kind: 'none', reason: 'The device cannot wrap it.', approvedBy: 'Board of Example Trust' } }, hsm: { ...samplePlan().hsm, secondSerial: null }, media: 0 }) });
  const aborted = buildFolder({ plan: samplePlan({ people: samplePeople(3), quorum: { threshold: 2, shares: 3 }, key: key('ec-p521') }), abortAfter: '3.3' });
  const heads: Record<string, Readonly<Record<string, string>>> = { ...headsOf() };
  for (const [name, folders] of [['custody', [first, second, third]], ['tokens', [tokens]], ['no-backup', [noBackup]], ['p521', [aborted]], ['merged', buildMerged().all]] as const) {
    if (only !== null && name !== only) continue;
    rmSync(path.join(CORPUS, name), { recursive: true, force: true });
    for (const folder of folders) writeFiles(path.join(CORPUS, name, folder.name), folder.files);
    heads[name] = Object.fromEntries(folders.map((folder) => [folder.name, folder.head]));
  }
  if (only === null) writeFiles(path.join(CORPUS, 'custody/timestamps'), new Map([[`${first.head}.tsr`, createAuthority().stamp(fromHex(first.head)!)], [`${third.head}.txt`, utf8('Example Gazette, 3 March 2027, page 14.\n')]]));
  writeHeads(heads);
};
