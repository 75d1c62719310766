/** The transcript on disk: chain, openings, torn ends, and what is refused to be continued. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDisk } from '../../../electron/archive/disk.ts';
import { openJournal, type Journal } from '../../../electron/archive/journal.ts';
import type { Disk } from '../../../electron/ceremony/ports.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { commitText } from '../../../shared/transcript/commitment.ts';
import type { Draft, Entry } from '../../../shared/transcript/entry-schema.ts';
import { FIRST_PREV, lineDigest } from '../../../shared/transcript/line.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import { exceptionFact, atStep } from '../../support/story.ts';

let dir: string;
beforeEach(() => { dir = mkdtempSync(path.join(tmpdir(), 'quorate-journal-')); });
afterEach(() => { rmSync(dir, { recursive: true, force: true }); });
const file = (name = 'transcript.jsonl'): string => path.join(dir, name);
let salts = 0;
const random = (count: number): Uint8Array => new Uint8Array(count).fill(++salts);
const open = (disk: Disk = createDisk()): Promise<Journal> => openJournal(disk, dir, random);
const AT = '2026-11-24T09:00:00.000Z';
const drafts = atStep('2.1').told.map(({ fact }) => fact as Draft);
const fill = async (journal: Journal, count: number): Promise<void> => { for (const draft of drafts.slice(0, count)) await journal.append(draft, AT); };
const text = (): string => readFileSync(file(), 'utf8');
const heads = (journal: Journal): readonly string[] => journal.entries.map((one) => one.head);

describe('appending', () => {
  it('links each line to the digest of the one before, from 64 zeros', async () => {
    const journal = await open();
    await fill(journal, 3);
    const lines = text().split('\n').slice(0, -1);
    const entries = lines.map((line) => JSON.parse(line) as Entry);
    expect(entries.map((entry) => entry.seq)).toEqual([0, 1, 2]);
    expect(entries[0]!.prev).toBe(FIRST_PREV);
    expect(entries[2]!.prev).toBe(lineDigest(new TextEncoder().encode(`${lines[1]!}\n`)));
    expect(new Set(entries.map((entry) => entry.salt)).size).toBe(3);
  });
  it('is read back as it was written', async () => {
    const journal = await open();
    await fill(journal, 4);
    const again = await open();
    expect(heads(again)).toEqual(heads(journal));
    expect(again.torn).toBeNull();
  });
  it('keeps texts in openings.jsonl, and their commitments in the line', async () => {
    const journal = await open();
    await fill(journal, 1);
    const teller = atStep('1.1');
    const draft = { ...exceptionFact(teller, teller.state.plan.people[0]!.id), open: { what: 'A lamp went out.', done: 'It was replaced.' } } as Draft;
    const { entry } = await journal.append(draft, AT);
    expect(entry.type === 'exception' && entry.body.what).toEqual({ commitment: commitText(entry.salt, 'what', 'A lamp went out.') });
    expect(text()).not.toContain('lamp');
    expect((await open()).openings).toEqual([{ seq: 1, field: 'what', text: 'A lamp went out.' }, { seq: 1, field: 'done', text: 'It was replaced.' }]);
  });
  it('drops the texts of a line that was never written', async () => {
    await fill(await open(), 2);
    writeFileSync(file('openings.jsonl'), '{"seq":2,"field":"what","text":"never recorded"}\n{"seq":2,"fie');
    expect((await open()).openings).toEqual([]);
    expect(readFileSync(file('openings.jsonl'), 'utf8')).toBe('');
  });
});

/** Cuts the last line so that `bytes` of it are left. */
const tear = (bytes: number): Buffer => {
  const all = readFileSync(file());
  const start = all.subarray(0, -1).lastIndexOf(10) + 1;
  truncateSync(file(), start + bytes);
  return all.subarray(start, start + bytes);
};

describe('a torn last line', () => {
  it('is set aside whole, cut off, and told', async () => {
    await fill(await open(), 3);
    const torn = tear(17);
    const journal = await open();
    expect(journal.entries).toHaveLength(2);
    expect(journal.torn).toEqual({ tornBytes: 17, tornSha256: sha256Of(torn), sideFile: 'torn-2.bin' });
    expect(readFileSync(file('torn-2.bin'))).toEqual(torn);
    expect(text().endsWith('\n')).toBe(true);
  });
  it.each([1, 'all but the newline'] as const)('may be of %s bytes', async (size) => {
    await fill(await open(), 3);
    const length = readFileSync(file(), 'utf8').split('\n')[2]!.length;
    tear(size === 1 ? 1 : length);
    const journal = await open();
    expect(journal.entries).toHaveLength(2);
    expect(journal.torn?.tornBytes).toBe(size === 1 ? 1 : length);
  });
  it('is still told when the program died between the cut and the repair entry', async () => {
    await fill(await open(), 3);
    tear(17);
    const first = await open();
    expect((await open()).torn).toEqual(first.torn);
  });
  it('is no longer told once a repair entry names it', async () => {
    await fill(await open(), 3);
    tear(17);
    const journal = await open();
    await journal.append({ type: 'repair', actor: 'app', body: journal.torn! } as Draft, AT);
    expect((await open()).torn).toBeNull();
  });
  it('twice in one place: both pieces are kept, in order, in the one side file', async () => {
    await fill(await open(), 3);
    const first = tear(17);
    const journal = await open();
    await journal.append({ type: 'repair', actor: 'app', body: journal.torn! } as Draft, AT);
    const second = tear(9);
    const again = await open();
    const both = Buffer.concat([first, second]);
    expect(readFileSync(file('torn-2.bin'))).toEqual(both);
    expect(again.torn).toEqual({ tornBytes: 26, tornSha256: sha256Of(both), sideFile: 'torn-2.bin' });
  });
  it('survives a death between the copy and the cut', async () => {
    await fill(await open(), 3);
    const torn = tear(17);
    const dies: Disk = { ...createDisk(), truncate: async () => { throw new Error('killed'); } };
    await expect(open(dies)).rejects.toThrow('killed');
    const journal = await open();
    expect(journal.torn).toEqual({ tornBytes: 17, tornSha256: sha256Of(torn), sideFile: 'torn-2.bin' });
    expect(readFileSync(file('torn-2.bin'))).toEqual(torn);
  });
  it('of line 0 is told until a later entry records it', async () => {
    await fill(await open(), 1);
    tear(40);
    const journal = await open();
    expect(journal.entries).toHaveLength(0);
    await fill(journal, 1);
    const again = await open();
    expect(again.torn?.sideFile).toBe('torn-0.bin');
    await again.append({ type: 'repair', actor: 'app', body: again.torn! } as Draft, AT);
    expect((await open()).torn).toBeNull();
  });
});

describe('a transcript that is not as it was written', () => {
  const change = (edit: (text: string) => string): void => { writeFileSync(file(), edit(text())); };
  beforeEach(async () => { await fill(await open(), 4); });
  const untouched = async (code: string): Promise<void> => {
    const before = text();
    await expect(open()).rejects.toMatchObject({ code });
    expect(text()).toBe(before);
    expect(existsSync(file('torn-4.bin'))).toBe(false);
  };
  it('with one character changed is never continued (TRANSCRIPT_PREV_MISMATCH)', async () => {
    change((whole) => whole.replace('"at":"2026-11-24T09:00:00.000Z"', '"at":"2026-11-24T09:00:00.001Z"'));
    await untouched('TRANSCRIPT_PREV_MISMATCH');
  });
  it('with a line left out is never continued (TRANSCRIPT_SEQ)', async () => {
    change((whole) => whole.split('\n').filter((_, index) => index !== 1).join('\n'));
    await untouched('TRANSCRIPT_SEQ');
  });
  it('with two lines swapped is never continued (TRANSCRIPT_SEQ)', async () => {
    change((whole) => { const lines = whole.split('\n'); return [lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n'); });
    await untouched('TRANSCRIPT_SEQ');
  });
  it('with a line that is no entry is never continued (TRANSCRIPT_LINE)', async () => {
    appendFileSync(file(), '{"seq":4}\n');
    await untouched('TRANSCRIPT_LINE');
  });
  it('with a field that is unknown, or a space more, is never continued (TRANSCRIPT_LINE)', async () => {
    change((whole) => whole.replace('{"seq":3,', '{ "seq":3,'));
    await untouched('TRANSCRIPT_LINE');
  });
  it('a head is the digest of its line, so that the last line counts too', async () => {
    const journal = await open();
    const last = `${text().split('\n')[3]!}\n`;
    expect(journal.entries.at(-1)?.head).toBe(lineDigest(new TextEncoder().encode(last)) satisfies Sha256Hex);
  });
});
