/** The printer.* calls: a test page whose symbol must scan back. The vault remembers the text of the last one only. */
import { randomBytes } from 'node:crypto';
import { encodeBase32 } from '../../../shared/custody/base32.ts';
import { AppError } from '../../../shared/errors.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { HandlersOf, VaultContext } from '../context.ts';
import { wipeAll } from '../entries.ts';
import { printTestPage } from './print.ts';

const PREFIX = 'KCT1:', RANDOM_BYTES = 16;
const lastTexts = new WeakMap<VaultContext, string>();

const test = async (context: VaultContext, { printer, paper, mode }: VaultRequest<'printer.test'>): Promise<VaultResponse<'printer.test'>> => {
  const text = PREFIX + encodeBase32(randomBytes(RANDOM_BYTES));
  lastTexts.delete(context);
  const printed = await printTestPage({ paper, rehearsal: mode === 'rehearsal', printedAt: context.now(), text }, printer);
  lastTexts.set(context, text);
  return printed;
};

const testRead = (context: VaultContext, { entryId }: VaultRequest<'printer.test-read'>): VaultResponse<'printer.test-read'> => {
  const { spec, values, way } = context.entries.take(entryId);
  try {
    if (spec.kind !== 'test-symbol') throw new AppError('VAULT_STATE', { reason: 'entry' });
    const text = lastTexts.get(context);
    if (text === undefined) throw new AppError('PRINT_TEST_DIFFERS', { reason: 'none' });
    if (!values[0]!.equals(Buffer.from(text))) throw new AppError('PRINT_TEST_DIFFERS', { reason: 'other' });
    return { ok: true, how: way === 'image' ? 'image' : 'scanned' };
  } finally { wipeAll(values); }
};

export const printerCalls = (context: VaultContext): HandlersOf<'printer.test' | 'printer.test-read'> => ({
  'printer.test': (request) => test(context, request),
  'printer.test-read': async (request) => testRead(context, request),
});
