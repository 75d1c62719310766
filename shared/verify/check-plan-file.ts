/** plan.json against the opening, and people/*.pem against the plan. */
import type { Sha256Hex } from '../brand.ts';
import { equalBytes, fromBase64, fromUtf8, utf8 } from '../bytes.ts';
import { parsePlan } from '../ceremony/parse-plan.ts';
import type { ReadPlan } from '../ceremony/parse-plan.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import { findings as say } from '../text/findings.ts';
import { encodePem } from '../transcript/pem.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './folder-files.ts';
import type { VerifyPorts } from './ports.ts';

/** Where a digest of the plan is written in the transcript, and in which entry. */
export interface Expected { readonly digest: Sha256Hex; readonly seq: number }

/** plan.json, read once and not judged yet. `read` is null when it is not UTF-8. */
export interface PlanFile { readonly digest: Sha256Hex; readonly read: ReadPlan | null }
/** @returns null where there is no plan.json. */
export const readPlanFile = (folder: FolderFiles, { chain }: VerifyPorts): PlanFile | null => {
  const bytes = folder.files.get('plan.json'), text = bytes === undefined ? null : fromUtf8(bytes);
  return bytes === undefined ? null : { digest: chain.digest(bytes), read: text === null ? null : parsePlan(text, { draft: false }) };
};

/** @returns the plan when its bytes are those that the transcript names and it reads strictly; null otherwise. */
export const checkPlanFile = (file: PlanFile | null, expected: Expected | null, out: Collector): Plan | null => {
  if (file === null) { out.add('plan', say.fileMissing('plan.json', 'Without the plan nothing else can be checked.')); return null; }
  if (expected !== null && file.digest !== expected.digest) { out.add('plan', say.fileDigest('plan.json', expected.seq)); return null; }
  if (file.read === null) { out.add('plan', say.fileInvalid('plan.json', 'it is not UTF-8.')); return null; }
  const { plan, findings } = file.read;
  out.add('plan', ...findings.map((found) => say.fileInvalid('plan.json', `${found.where === '' ? '' : `${found.where}: `}${found.text}`)));
  if (plan !== null) out.row('plan', 'sound', expected === null ? 'The plan reads.' : `The plan is the one that entry ${expected.seq} names.`);
  return plan;
};

const peopleFile = (id: string): string => `people/${id}.pem`;

/** Exactly one file for each person with a key, with exactly the roster's key in it. */
export const checkPeople = (folder: FolderFiles, plan: Plan, out: Collector): void => {
  const expected = new Set<string>();
  for (const { id, credential } of plan.people) {
    if (credential.kind === 'paper' || credential.publicKey === null) continue;
    const file = peopleFile(id);
    expected.add(file);
    const bytes = folder.files.get(file);
    if (bytes === undefined) out.add('plan', say.fileMissing(file, 'It holds the public key that the plan gives this person.'));
    else if (!equalBytes(bytes, utf8(encodePem('PUBLIC KEY', fromBase64(credential.publicKey)!)))) out.add('plan', say.fileInvalid(file, 'it is not the public key that the plan gives this person, in PEM.'));
  }
  for (const file of folder.files.keys()) if (file.startsWith('people/') && !expected.has(file)) out.add('folder', say.unknownFile(file));
};
