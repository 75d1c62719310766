/** The corpus, by the command line: each case has the verdict, the code, the file and the entry that its line says. And the same by the page's ports. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyPath } from '../../../electron/verify/verify.ts';
import { purePorts } from '../../../shared/verify/pure-ports.ts';
import { treeOf } from '../../../shared/verify/tree.ts';
import { verifyFound } from '../../../shared/verify/verify-archive.ts';
import type { VerifyReport } from '../../../shared/transcript/report.ts';
import { writeFiles } from '../../support/archive-edits.ts';
import { caseFiles, casesOf, writeCorpus, writeForged } from '../../support/archive-corpus.ts';
import type { Case } from '../../support/archive-corpus.ts';
import { remembering } from '../../support/remembering-ports.ts';

const anew = process.env['QUORATE_WRITE_CORPUS'];
if (anew === 'forged') writeForged();
else if (anew !== undefined) writeCorpus(anew === '1' ? null : anew);
const cases = casesOf(), ports = remembering(purePorts);
const verdict = ({ exitStatus, findings }: VerifyReport) => {
  const fault = findings.find(({ level }) => level === 'fault');
  return { exit: exitStatus, code: fault?.code ?? null, file: fault?.file ?? null, seq: fault?.seq ?? null };
};
/** By both, from one and the same place. */
const judge = (one: Case): { readonly byCommand: VerifyReport; readonly byPage: VerifyReport } => {
  const { name, files, anchor } = caseFiles(one), dir = mkdtempSync(join(tmpdir(), 'quorate-corpus-')), path = join(dir, name);
  writeFiles(path, files);
  try {
    return { byCommand: verifyPath(path, { anchor }), byPage: verifyFound({ name, path }, treeOf([...files].map(([file, bytes]) => ({ path: file, bytes }))), anchor, ports) };
  } finally { rmSync(dir, { recursive: true }); }
};

describe.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
  test('by the command line, and by the page with every finding the same', () => {
    const { byCommand, byPage } = judge(one);
    expect(verdict(byCommand)).toEqual(one.expect);
    expect(byPage).toEqual(byCommand);
  });
});
test('no two cases have one name', () => { expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length); });
test('without an anchor nothing is called more than consistent, whoever made it', () => {
  const unanchored = cases.filter(({ anchor }) => anchor === null);
  expect(unanchored.some(({ archive }) => archive === 'forged')).toBe(true);
  for (const one of unanchored) for (const report of Object.values(judge(one))) {
    expect([3, 1], one.name).toContain(report.exitStatus);
    expect(report.anchored, one.name).toBe(false);
    if (report.exitStatus === 3) expect(report.headline).toBe('Consistent, but not anchored.');
  }
});
test('there are sound cases, and faults in every kind of file', () => {
  expect(cases.filter(({ expect: { code } }) => code === null).length).toBeGreaterThan(4);
  const parts = new Set(cases.map(({ expect: { file } }) => file?.split('/').at(-1)));
  for (const file of ['transcript.jsonl', 'plan.json', 'record.dsse.json', 'manifest.dsse.json', 'source-manifest.dsse.json', 'root.crt', 'root.pem', 'pop.csr', 'openings.jsonl', 'ada.pem']) expect(parts, file).toContain(file);
});
