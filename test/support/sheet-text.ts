/** Reads a share sheet as a person or a scanner would: the printed lines, and both symbols. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const pdfText = (file: string): string => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });

/** The four lines as printed, such as "KH3D QNKH ERPZ VDNM T6 SB". */
export const sheetLines = (file: string): string[] =>
  [...pdfText(file).matchAll(/^ *([1-4]) +((?:[0-9A-Z]{4} ){4}[0-9A-Z]{2}) +([0-9A-Z]{2}) *$/gm)].map((match) => `${match[2]!} ${match[3]!}`);

/** Prints the page at `dpi` and gives what every QR symbol on it says; hatching and letters now and then look like a bar code. Needs poppler-utils and zbar-tools. */
export const sheetSymbols = (file: string, dpi: number): string[] => {
  const dir = mkdtempSync(path.join(tmpdir(), 'quorate-sheet-'));
  try {
    execFileSync('pdftoppm', ['-r', String(dpi), '-png', file, path.join(dir, 'page')], { stdio: ['ignore', 'pipe', 'ignore'] });
    return readdirSync(dir).flatMap((name) => execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', path.join(dir, name)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n'));
  } finally { rmSync(dir, { recursive: true, force: true }); }
};
