/** The digests of the pages of one file, on the record and in VERIFY.md. */
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ceremonyFolderFrom } from '../../../electron/documents/folder.ts';
import { NO_PAGES, readPageDigests } from '../../../electron/documents/pages.ts';
import { renderDocument } from '../../../electron/documents/page.ts';
import { recordLayout } from '../../../electron/documents/record/record-document.ts';
import { verifyMarkdown } from '../../../electron/documents/verify-md.ts';
import { buildFolder } from '../../support/ceremony-folder.ts';

const built = buildFolder(), folder = ceremonyFolderFrom(built.name, built.files);
const dir = mkdtempSync(join(tmpdir(), 'quorate-pages-'));
writeFileSync(join(dir, 'verify.html'), '<!doctype html>');
const sha256 = createHash('sha256').update('<!doctype html>').digest('hex');
const textOf = (pages = NO_PAGES): string => renderDocument(recordLayout(folder, '2026-11-24T17:41:00.000Z', pages), 0).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, '');

test('are those of the files that are at hand', () => { expect(readPageDigests(dir)).toEqual({ verify: sha256, recover: null }); });
test('stand on the record and in VERIFY.md, or it says that they were not at hand', () => {
  expect(textOf(readPageDigests(dir))).toContain(`SHA-256ofverify.html${sha256}`);
  expect(textOf(readPageDigests(dir))).toContain('SHA-256ofrecover.htmlNotathand');
  expect(verifyMarkdown(folder, readPageDigests(dir))).toContain(`- \`verify.html\`: \`${sha256}\`\n- \`recover.html\`: not at hand`);
  expect(textOf()).toContain('SHA-256ofverify.htmlNotathand');
});
