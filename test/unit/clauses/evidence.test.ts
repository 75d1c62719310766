/** Evidence by clause after a ceremony: entries by number, what was planned and not done, and how it reads. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { clausesAnnex } from '../../../electron/documents/clauses-annex.ts';
import { evidenceMarkdown } from '../../../electron/documents/clauses.ts';
import type { Html } from '../../../electron/documents/html.ts';
import { ceremonyFolderFrom } from '../../../electron/documents/folder.ts';
import type { CeremonyFolder } from '../../../electron/documents/folder.ts';
import { CLAUSES } from '../../../shared/clauses/clauses.ts';
import { evidenceOf, seqRanges } from '../../../shared/clauses/evidence.ts';
import type { Evidence } from '../../../shared/clauses/evidence.ts';
import { buildFolder, buildOn } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { TOLD_TEXTS, toldFolder } from '../../support/told-folder.ts';

const read = ({ name, files }: Pick<BuiltFolder, 'name' | 'files'>): CeremonyFolder => ceremonyFolderFrom(name, files);
const told = read(toldFolder()), first = buildFolder(), aborted = read(buildFolder({ abortAfter: '3.3', exception: false }));
const rowOf = (folder: CeremonyFolder, id: string): Evidence => evidenceOf(folder.plan, folder.entries).find(({ clause }) => clause.id === id)!;
const typesAt = (folder: CeremonyFolder, row: Evidence): void => {
  for (const { type, seqs } of row.entries) for (const seq of seqs) expect(folder.entries[seq]!.entry.type).toBe(type);
};

describe('the evidence of a ceremony', () => {
  it('names entries by their numbers, each of its type and once', () => {
    for (const row of evidenceOf(told.plan, told.entries)) {
      typesAt(told, row);
      const seqs = row.entries.flatMap((one) => one.seqs);
      expect(new Set(seqs).size, row.clause.id).toBe(seqs.length);
    }
  });
  it('has every entry of the steps of a clause, and those of its types wherever they stand', () => {
    const key = rowOf(told, 'BR-6.1.1.1-LOG'), ids = new Set<string>(key.steps.map(({ id }) => id));
    const expected = told.entries.filter(({ entry, step }) => ids.has(String(step)) || ['intent', 'result', 'failed'].includes(entry.type)).map(({ entry }) => entry.seq);
    expect(key.entries.flatMap(({ seqs }) => seqs).toSorted((a, b) => a - b)).toEqual(expected);
    expect(rowOf(told, 'WT-4.1-DEVIATIONS').entries.find(({ type }) => type === 'objection')!.seqs).toEqual(told.state.objections.map(({ seq }) => seq));
  });
  it('has no entries for a clause without steps and types', () => { expect(rowOf(told, 'BR-6.1.1.1-ROOM')).toMatchObject({ status: 'outside', entries: [] }); });
  it('calls nothing covered that was planned and not done', () => {
    const log = rowOf(aborted, 'BR-6.1.1.1-LOG'), undone = aborted.state.script.acts.flatMap(({ steps }) => steps).filter(({ id }) => log.steps.every((step) => step.id !== id));
    expect(log.status).toBe('partly');
    expect(log.steps.map((step) => step.kind === 'machine' && step.operation)).toEqual(['generate-key']);
    expect(log.gaps.at(-1)).toMatch(/^Not done: 3\.\d+, 5\.\d+\.$/);
    expect(undone.length).toBeGreaterThan(0);
    expect(rowOf(aborted, 'SP80057-BACKUP').status).toBe('open');
    expect(evidenceOf(aborted.plan, aborted.entries).filter(({ status, steps }) => (status === 'covered' || status === 'shared') && steps.length === 0)).toEqual([]);
  });
  it('is there for every kind of ceremony', () => {
    for (const kind of ['share-check', 'share-destruction', 'recovery', 're-share'] as const) {
      const folder = read(buildOn(kind, [first])), rows = evidenceOf(folder.plan, folder.entries);
      expect(rows.length).toBeGreaterThan(5);
      for (const row of rows) { typesAt(folder, row); if (row.status !== 'outside') expect(row.entries.length, row.clause.id).toBeGreaterThan(0); }
    }
  });
});

describe('evidence-by-clause.md', () => {
  const text = evidenceMarkdown([told, aborted]), rows = text.split('\n').filter((line) => /^\| [^-c]/.test(line));
  it('marks every clause that could not be read as unverified, and no other', () => {
    expect(rows.length).toBeGreaterThan(CLAUSES.length);
    for (const row of rows) expect(row.includes('(unverified) |'), row).toBe(!CLAUSES.find(({ id }) => row.includes(`\`${id}\``))!.verified);
    expect(text).toContain('could not be read in the original');
  });
  it('has a table with six cells in every row, for each ceremony', () => {
    for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(8);
    expect(text.match(/^## /gm)).toHaveLength(2);
    expect(text).toContain('Outcome: aborted. **A rehearsal is evidence for no clause.');
  });
  it('has no text of people', () => { for (const words of Object.values(TOLD_TEXTS)) expect(text).not.toContain(words.split('\n')[0]); });
  it('says that it is no judgement', () => { expect(text).toContain('It is no judgement that a clause is met'); });
});

describe('the annex of the record', () => {
  const page = (clausesAnnex(told, 'C') as Html).markup, rows = page.split('<tr>').filter((part) => part.startsWith('<td>'));
  it('has a row for every clause that is asked, and marks those that could not be read', () => {
    expect(rows).toHaveLength(evidenceOf(told.plan, told.entries).length);
    expect(rows.filter((row) => row.includes('unverified'))).toHaveLength(evidenceOf(told.plan, told.entries).filter(({ clause }) => !clause.verified).length);
    expect(page).toContain('Annex C: evidence by clause');
  });
  it('says that a rehearsal is evidence for none, and has no text of people', () => {
    expect(page).toContain('A rehearsal is evidence for no clause');
    for (const words of Object.values(TOLD_TEXTS)) expect(page).not.toContain(words.split('\n')[0]);
  });
  it('is not there before the ceremony is closed', () => { expect(clausesAnnex({ ...told, state: { ...told.state, closing: null } }, 'C')).toBeNull(); });
});

describe('numbers of entries in short', () => {
  it.each([[[], ''], [[3], '3'], [[3, 4], '3–4'], [[1, 2, 3, 7, 9, 10], '1–3, 7, 9–10']])('%j is %j', (seqs, text) => { expect(seqRanges(seqs)).toBe(text); });
  it('names exactly the numbers given', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(60)), (list) => {
      const seqs = list.toSorted((a, b) => a - b);
      const named = seqRanges(seqs).split(', ').filter((part) => part !== '').flatMap((part) => { const [from, to] = part.split('–').map(Number); return Array.from({ length: (to ?? from!) - from! + 1 }, (_, at) => from! + at); });
      expect(named).toEqual(seqs);
    }));
  });
});
