/** `npm run bench [-- name…]`: one JSON line a measure, all of them in out/bench.json. Exit 1 when one does not reach what it must. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { coreCeremony } from './bench/core-ceremony.ts';
import { frames } from './bench/frames.ts';
import { reaches, type Bench, type Measure } from './bench/measure.ts';
import { scan, scanFrame } from './bench/scan.ts';
import { scanWindow } from './bench/scan-window.ts';
import { start } from './bench/start.ts';
import { verifyGrowth, verifyLong, verifyPage } from './bench/verify.ts';
import { vaultSign } from './bench/vault-sign.ts';
import { ROOT } from './setup/paths.mjs';

const BENCHES: readonly Bench[] = [coreCeremony, vaultSign, start, frames, scan, scanFrame, scanWindow, verifyLong, verifyPage, verifyGrowth];

const main = async (names: readonly string[]): Promise<number> => {
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) { console.error(`Unknown: ${unknown.join(', ')}. There are: ${BENCHES.map((bench) => bench.name).join(', ')}.`); return 2; }
  const measures: Measure[] = [];
  for (const bench of BENCHES.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const measure = await bench.run();
    measures.push(measure);
    console.log(JSON.stringify(measure));
  }
  mkdirSync(path.join(ROOT, 'out'), { recursive: true });
  writeFileSync(path.join(ROOT, 'out/bench.json'), `${JSON.stringify({ node: process.version, measures }, null, 2)}\n`);
  return measures.every(reaches) ? 0 : 1;
};

process.exitCode = await main(process.argv.slice(2));
