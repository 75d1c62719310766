/** Issues a share set in a vault as a ceremony does, on paper, and keeps what the papers say for later gathers. */
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import type { Vault } from '../../electron/vault/vault.ts';
import type { PersonId, Sha256Hex } from '../../shared/brand.ts';
import { interpolate, type Point } from '../../shared/custody/gf256.ts';
import { parseLines } from '../../shared/custody/lines.ts';
import type { SetPurpose, VaultRequest } from '../../shared/vault/contract.ts';
import { sheetLines } from './sheet-text.ts';
import { bytes, shareSpec, typeInto } from './typing.ts';

export const HOLDERS = ['ana', 'bob', 'chi'].map((person, index) => ({ number: index + 1, person: person as PersonId, name: person }));

export interface IssuedSet {
  readonly setId: Sha256Hex; readonly manifest: string;
  /** Lines of each share's paper, in the order of the numbers. */
  readonly papers: readonly (readonly string[])[];
  /** What any two papers rebuild: only a test reads them together. */
  readonly secret: Uint8Array;
}

const facts = { organisation: 'Example Trust', ceremonyNumber: 7, ceremonyTitle: 'Root', date: '2027-03-02', paper: 'A4', mode: 'rehearsal', software: true, attempt: 1, toolVersion: '0.1.0', printedAt: '2027-03-02T15:23:00.000Z', variant: 'standard' } as const;

const pointOf = (lines: readonly string[]): Point => {
  const core = parseLines(lines.map(bytes));
  if (!core.ok) throw new Error(core.fault.code);
  return core.value;
};

/** A set of 2 of 3, split, printed and read back; it stays in hand, not rebuilt. @param dir for its sheets */
export const issueSheets = async (vault: Vault, dir: string, request: Pick<VaultRequest<'custody.split'>, 'module' | 'serial'> & Partial<VaultRequest<'custody.split'>>): Promise<IssuedSet> => {
  const sheetsDir = mkdtempSync(path.join(dir, 'sheets-')), holds: SetPurpose = request.holds ?? 'wrapping-key';
  const { setId, manifest } = await vault.call('custody.split', { ceremony: '0007', nonce: '22'.repeat(32) as Sha256Hex, threshold: 2, custodians: HOLDERS, drill: true, epoch: 1, issuedAt: '2026-11-24T09:30:00.000Z', reviewBy: null, ...request });
  const papers: (readonly string[])[] = [];
  for (const { number, person } of HOLDERS) {
    await vault.call('custody.print', { share: number, printer: { kind: 'folder', dir: sheetsDir }, facts: { ...facts, holds } });
    const lines = sheetLines(path.join(sheetsDir, `share-${number}-attempt-1.pdf`));
    await vault.call('custody.read-back', { share: number, entryId: await typeInto(vault, shareSpec(person, number), ...lines) });
    papers.push(lines);
  }
  return { setId, manifest, papers, secret: interpolate(papers.slice(0, 2).map(pointOf), 0) };
};

/** As {@link issueSheets}, and rebuilt: ready to wrap or to give PINs. */
export const issueSet = async (...args: Parameters<typeof issueSheets>): Promise<IssuedSet> => {
  const set = await issueSheets(...args);
  await args[0].call('custody.rebuild', { subsets: [[1, 2], [2, 3]] });
  return set;
};

/** Gathers shares of a set from its papers and combines them. */
export const gatherSet = async (vault: Vault, { setId, manifest, papers }: IssuedSet, shares: readonly number[] = [1, 3]): Promise<void> => {
  await vault.call('gather.begin', { manifest, drill: true, known: [] });
  for (const share of shares) {
    const { person, name } = HOLDERS[share - 1]!;
    await vault.call('gather.read', { setId, entryId: await typeInto(vault, shareSpec(person, null), ...papers[share - 1]!), presenter: { name, person, holder: person } });
  }
  await vault.call('gather.combine', { setId, shares });
};
