/** The pages of one file that go with the program, by their SHA-256: printed where people look for something to compare them with. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Sha256Hex } from '../../shared/brand.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';

/** Null where the page is not at hand. */
export interface PageDigests { readonly verify: Sha256Hex | null; readonly recover: Sha256Hex | null }
export const NO_PAGES: PageDigests = { verify: null, recover: null };

const digestOf = (file: string): Sha256Hex | null => {
  try { return sha256Of(new Uint8Array(readFileSync(file))); } catch { return null; } // Not built yet, or not in this package.
};
/** @param dir where verify.html and recover.html lie. */
export const readPageDigests = (dir: string): PageDigests => ({ verify: digestOf(path.join(dir, 'verify.html')), recover: digestOf(path.join(dir, 'recover.html')) });
