/** The corpus, by the command line: each case has the verdict, the code, the file and the entry that its line says. */
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
import { caseFiles, casesOf, writeCorpus } from '../../support/archive-corpus.ts';

const anew = process.env['QUORATE_WRITE_CORPUS'];
if (anew !== undefined) writeCorpus(anew === '1' ? null : anew);
const cases = casesOf();
const verdict = ({ exitStatus, findings }: VerifyReport) => {
  const fault = findings.find(({ level }) => level === 'fault');
  return { exit: exitStatus, code: fault?.code ?? null, file: fault?.file ?? null, seq: fault?.seq ?? null };
};

describe.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
  test('by the command line', () => {
    const { name, files, anchor } = caseFiles(one);
    const dir = mkdtempSync(join(tmpdir(), 'quorate-corpus-'));
    writeFiles(join(dir, name), files);
    try { expect(verdict(verifyPath(join(dir, name), { anchor }))).toEqual(one.expect); } finally { rmSync(dir, { recursive: true }); }
  });
  test('by the verifier alone, with every finding the same', () => {
    const { name, files, anchor } = caseFiles(one);
    const dir = mkdtempSync(join(tmpdir(), 'quorate-corpus-'));
    writeFiles(join(dir, name), files);
    const place = { name, path: join(dir, name) }, pure = verifyFound(place, treeOf([...files].map(([path, bytes]) => ({ path, bytes }))), anchor, purePorts);
    try { expect(pure).toEqual(verifyPath(join(dir, name), { anchor })); } finally { rmSync(dir, { recursive: true }); }
  });
});
test('there are sound cases, and faults in every kind of file', () => {
  expect(cases.filter(({ expect: { code } }) => code === null).length).toBeGreaterThan(4);
  const parts = new Set(cases.map(({ expect: { file } }) => file?.split('/').at(-1)));
  for (const file of ['transcript.jsonl', 'plan.json', 'record.dsse.json', 'manifest.dsse.json', 'source-manifest.dsse.json', 'root.crt', 'root.pem', 'pop.csr', 'openings.jsonl', 'ada.pem']) expect(parts, file).toContain(file);
});
