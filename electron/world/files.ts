/** Reads small files and folders of the kernel; what is not there is null or empty, never an error. */
import { readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { PreflightRow } from '../../shared/transcript/entry-schema.ts';

export const readText = async (file: string): Promise<string | null> => readFile(file, 'utf8').then((text) => text.trim(), () => null);
export const readDir = async (dir: string): Promise<readonly string[]> => readdir(dir).then((names) => names.sort(), () => []);
export const readLinkName = async (file: string): Promise<string | null> => readlink(file).then((target) => path.basename(target), () => null);

const MAX_LENGTH = 400;
// oxlint-disable-next-line no-control-regex -- control and direction characters are what is taken out
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]+/g;

/** A row that fits the transcript: one line, at most 400 characters, with the cut said. Names of devices come from the devices. */
export const row = (id: string, observed: string, ok: boolean): PreflightRow => {
  const text = observed.normalize('NFC').replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim();
  const fits = text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 12).replace(/[\ud800-\udbff]$/, '').trimEnd()} … (cut)`;
  return { id, observed: fits === '' ? 'nothing' : fits, ok };
};

export const listed = (items: readonly string[], none: string): string => (items.length === 0 ? none : items.join('; '));
