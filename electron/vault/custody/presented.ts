/**
 * A share on its way from an entry window or a card to the table of faults. Opens blind sheets; keeps nothing, and decides nothing that
 * shared/custody/judge.ts decides.
 */
import { accept, AppError, refuse, type Refusal, type Result } from '../../../shared/errors.ts';
import { unblindCore, unblindShare } from '../../../shared/custody/blind.ts';
import { judgeCore, judgeShare, type Accepted, type Presented, type Taken, type Wanted } from '../../../shared/custody/judge.ts';
import { parseLines, type Core } from '../../../shared/custody/lines.ts';
import { readShareSymbol } from '../../../shared/custody/qr-text.ts';
import type { ShareHow, ShareWay } from '../../../shared/vault/contract.ts';
import type { ShareSpec } from '../context.ts';

/** Judges the one share it was made for. The caller wipes the `y` of what is accepted. */
export type Judge = (wanted: Wanted, presented: Presented, taken: readonly Taken[]) => Result<Accepted>;

/** A share as one person committed it; see EntryStore. Whoever took it from there wipes the values. */
export interface EnteredShare { readonly spec: ShareSpec; readonly values: readonly Buffer[]; readonly way: ShareWay }

const HOW: Readonly<Record<ShareWay, ShareHow>> = { scan: 'scanned', image: 'image', type: 'typed' };
export const howOf = (way: ShareWay): ShareHow => HOW[way];

const named = ({ fault }: Refusal, { presenter }: Presented): Refusal => refuse(fault.code, { presenter, ...fault.details });
/** The value of an expected refusal as a fault. @throws AppError with its code */
export const must = <T>(result: Result<T>): T => { if (!result.ok) throw new AppError(result.fault.code, result.fault.details); return result.value; };

/** A whole share, as a card carries it. @param bytes wiped by the caller */
export const judgeWhole = (bytes: Uint8Array): Judge => (wanted, presented, taken) => judgeShare(bytes, wanted, presented, taken);

/** @param code the dice code of a blind sheet, null for another. A plain symbol where a blind one was asked for is not the sheet. */
const judgeSymbol = (text: Buffer, code: Buffer | null): Judge => (wanted, presented, taken) => {
  const read = readShareSymbol(text);
  try {
    if (read === null || (read.kind === 'blind') !== (code !== null)) return refuse('SHARE_NOT_A_SHARE', { presenter: presented.presenter });
    if (code === null) return judgeShare(read.bytes, wanted, presented, taken);
    const opened = unblindShare(read.bytes, code);
    if (!opened.ok) return named(opened, presented);
    try { return judgeShare(opened.value, wanted, presented, taken); } finally { opened.value.fill(0); }
  } finally { read?.bytes.fill(0); }
};

const openCore = (core: Core, code: Buffer | null, wanted: Extract<Wanted, { by: 'manifest' }>): Result<Core> =>
  (code === null ? accept({ ...core, y: Uint8Array.from(core.y) }) : unblindCore(core, wanted.manifest, code));

/** Typed lines always need a manifest: they carry no signature. */
const judgeLines = (lines: readonly Buffer[], code: Buffer | null): Judge => (wanted, presented, taken) => {
  if (wanted.by !== 'manifest') return refuse('SHARE_MANIFEST_INVALID', { presenter: presented.presenter, why: 'lines-need-it' });
  const read = parseLines(lines);
  if (!read.ok) return named(read, presented);
  try {
    const core = openCore(read.value, code, wanted);
    if (!core.ok) return named(core, presented);
    const judged = judgeCore(core.value, wanted.manifest, wanted.drill, presented, taken, wanted.known);
    if (!judged.ok) core.value.y.fill(0);
    return judged;
  } finally { read.value.y.fill(0); }
};

/** One value is a symbol's text, four are lines; the code of a blind sheet comes after them. */
export const judgeEntered = ({ spec, values, way }: EnteredShare): Judge => {
  const code = spec.blind ? (values.at(-1) ?? null) : null;
  return way === 'type' ? judgeLines(values.slice(0, code === null ? undefined : -1), code) : judgeSymbol(values[0]!, code);
};
