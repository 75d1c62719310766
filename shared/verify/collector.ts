/** Gathers what the parts of the verifier find in one folder: findings, and one row for each kind of check. */
import type { Check, Finding } from '../transcript/report.ts';

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
  /** A collector that holds the same and goes its own way. */
  fork(): Collector;
}

interface Held { readonly findings: readonly Finding[]; readonly rows: ReadonlyMap<Name, Check>; readonly faults: ReadonlyMap<Name, string> }
const NOTHING: Held = { findings: [], rows: new Map(), faults: new Map() };

export const createCollector = (held: Held = NOTHING): Collector => {
  const findings = [...held.findings], rows = new Map(held.rows), faults = new Map(held.faults);
  const put = (name: Name, result: Check['result'], text: string): void => {
    const before = rows.get(name);
    if (before === undefined || STRENGTH[result] > STRENGTH[before.result]) rows.set(name, { name, result, text });
    else if (result === before.result && !before.text.includes(text)) rows.set(name, { name, result, text: `${before.text} ${text}` });
  };
  return {
    add: (check, ...found) => {
      for (const one of found) {
        const { level, text } = one;
        findings.push(one);
        if (level === 'fault' && !faults.has(check)) faults.set(check, text);
      }
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
    fork: () => createCollector({ findings, rows, faults }),
  };
};
