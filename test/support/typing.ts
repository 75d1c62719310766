/** Plays a person at the entry window: commits values through a port as the window does. */
import { randomUUID } from 'node:crypto';
import type { EntryMessageIn, EntryMessageOut, EntrySpec, ShareWay, TokenInfo } from '../../shared/vault/contract.ts';
import type { PersonId } from '../../shared/brand.ts';
import type { EntryPort, Vault } from '../../electron/vault/vault.ts';

export interface Hand { readonly port: EntryPort; send(message: EntryMessageIn): void; close(): void; readonly answers: EntryMessageOut[]; /** The first answer to a commit, which may take a while. */ verdict(): Promise<EntryMessageOut> }

export const makeHand = (): Hand => {
  const answers: EntryMessageOut[] = [];
  let onMessage: (message: unknown) => void = () => undefined;
  let onClose: () => void = () => undefined;
  let judged: (answer: EntryMessageOut) => void = () => undefined;
  const verdict = new Promise<EntryMessageOut>((resolve) => { judged = resolve; });
  return {
    verdict: () => verdict,
    port: { postMessage: (message) => { answers.push(message); if (message.type !== 'line-checked') judged(message); }, onMessage: (listener) => { onMessage = listener; }, onClose: (listener) => { onClose = listener; } },
    send: (message) => { onMessage(structuredClone(message)); }, close: () => { onClose(); }, answers,
  };
};

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** How a person brings these values: the text of a symbol was scanned, lines were typed; other kinds have no way. */
export const wayOf = (spec: EntrySpec, values: readonly string[]): { readonly way?: ShareWay } =>
  spec.kind === 'test-symbol' ? { way: 'scan' } : spec.kind === 'share' ? { way: values[0]?.includes(':') === true ? 'scan' : 'type' } : {};
/** The entry of a share as the ceremonies ask for it. */
export const shareSpec = (person: PersonId, share: number | null, blind = false): EntrySpec => ({ kind: 'share', person, share, ways: ['scan', 'image', 'type'], blind });

/** Types the values into an entry of the vault and gives its id. Throws when they are not accepted. */
export const typeInto = async (vault: Pick<Vault, 'attachEntry'>, spec: EntrySpec, ...values: readonly string[]): Promise<string> => {
  const entryId = randomUUID();
  const hand = makeHand();
  const done = vault.attachEntry(entryId, spec, hand.port);
  hand.send({ type: 'commit', values: values.map(bytes), ...wayOf(spec, values) });
  if ((await hand.verdict()).type !== 'accepted') throw new Error(`entry refused: ${JSON.stringify(hand.answers)}`);
  await done;
  return entryId;
};

export const ADMINISTRATOR = 'adm' as PersonId;
export const pinSpec = (token: string, person: PersonId = ADMINISTRATOR): EntrySpec => ({ kind: 'pin', person, token, minLength: 4, maxLength: 255 });
export const TEST_PIN = 'pin-4711-test';

/** A new rehearsal token, logged in. */
export const makeLoggedInToken = async (vault: Vault, module: string, label: string, pin: string = TEST_PIN): Promise<TokenInfo> => {
  const spec: EntrySpec = { kind: 'new-pin', person: null, token: label, minLength: 4, maxLength: 255, half: 'whole' };
  const token = await vault.call('rehearsal.make-token', { module, label, pinEntries: [await typeInto(vault, spec, pin, pin)] });
  await vault.call('token.login', { module, serial: token.serial, pinEntries: [await typeInto(vault, pinSpec(token.serial), pin)] });
  return token;
};
