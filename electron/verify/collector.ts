/** Gathers what the parts of the verifier find in one folder: findings, and one row for each kind of check. */
import type { Check, Finding } from '../../shared/transcript/report.ts';

type Name = Check['name'];
const ORDER: readonly Name[] = ['folder', 'plan', 'chain', 'replay', 'signoffs', 'key', 'certificate', 'custody', 'record', 'anchor', 'previous'];
const STRENGTH: Readonly<Record<Check['result'], number>> = { fault: 3, 'not-done': 2, claim: 1, sound: 0 };

export interface Collector {
  /** A fault also makes the row of its check a fault. */
  add(check: Name, ...found: readonly Finding[]): void;
  /** Sets the row; what weighs more stays, and texts of one weight follow each other. A fault that was added before or comes later stays. */
  row(check: Name, result: Check['result'], text: string): void;
  readonly findings: readonly Finding[];
  rows(): readonly Check[];
  hasFault(check: Name): boolean;
}

export const createCollector = (): Collector => {
  const findings: Finding[] = [];
  const rows = new Map<Name, Check>();
  const faults = new Map<Name, string>();
  const put = (name: Name, result: Check['result'], text: string): void => {
    const before = rows.get(name);
    if (before === undefined || STRENGTH[result] > STRENGTH[before.result]) rows.set(name, { name, result, text });
    else if (result === before.result && !before.text.includes(text)) rows.set(name, { name, result, text: `${before.text} ${text}` });
  };
  return {
    add: (check, ...found) => {
      findings.push(...found);
      for (const { level, text } of found) if (level === 'fault' && !faults.has(check)) faults.set(check, text);
    },
    row: put,
    findings,
    rows: () => ORDER.flatMap((name): readonly Check[] => {
      const text = faults.get(name);
      if (text !== undefined) return [{ name, result: 'fault', text }];
      const row = rows.get(name);
      return row === undefined ? [] : [row];
    }),
    hasFault: (check) => faults.has(check),
  };
};
