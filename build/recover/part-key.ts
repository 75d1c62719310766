/** Parts 4 to 6: rebuild, open, compare, save. */
import { join, same, fromBase64, fromHex, textOf, toBase32, toHex, utf8, wipe } from './bytes.ts';
import { button, chosen, facts, fileBytes, grouped, input, onChange, onClick, openPart, say, sayFault, save, show } from './dom.ts';
import { rebuild } from './judge.ts';
import { certificateSpki, openKey, pem } from './pkcs8.ts';
import { hkdf, sha256 } from './sha2.ts';
import { state } from './state.ts';
import { fault, isFault, type Fault } from './text.ts';
import { MAX_WRAPPED, unwrap, type Algorithm } from './unwrap.ts';

const doRebuild = (ended: () => void): void => {
  const answer = rebuild(state.wanted!, state.taken);
  sayFault('rebuild-fault', isFault(answer) ? answer : null);
  if (isFault(answer)) return;
  state.secret = answer;
  for (const one of state.taken) wipe(one.y);
  button('rebuild').disabled = true;
  say('rebuild-status', 'The secret of this set is rebuilt, and its check fits.');
  ended();
  openPart('part-open');
};

const loadWrapped = async (): Promise<void> => {
  wipe(state.wrapped);
  state.wrapped = null;
  input('digest-compared').checked = false;
  button('open').disabled = true;
  facts('wrapped-facts', []);
  const bytes = await fileBytes('wrapped', MAX_WRAPPED);
  sayFault('open-fault', bytes === 'too-large' ? fault('FILE_TOO_LARGE') : null);
  if (bytes === 'none' || bytes === 'too-large') return;
  state.wrapped = bytes;
  facts('wrapped-facts', [['Length', `${bytes.length} bytes`], ['SHA-256', grouped(toHex(sha256(bytes)))]]);
};

const showKey = (): void => {
  const { kind, spki } = state.key!;
  facts('key-facts', [['Kind', kind], ['SHA-256 of the public key', grouped(toHex(sha256(spki)))]]);
  openPart('part-key');
};
const doOpen = (): void => {
  const plain = state.wrapped === null ? null : unwrap(state.secret!, state.wrapped, chosen('algorithm') as Algorithm), key = plain === null ? null : openKey(plain);
  sayFault('open-fault', plain === null ? fault('KEY_NOT_OPENED') : key === null ? fault('KEY_UNKNOWN') : null);
  if (key === null) { wipe(plain); return; }
  wipe(state.key?.pkcs8);
  state.key = key;
  forgetComparison();
  showKey();
};

const allowSaving = (allowed: boolean): void => { for (const id of ['save-pem', 'save-der']) button(id).disabled = !allowed; };
const forgetComparison = (): void => {
  input('save-anyway').checked = false;
  for (const id of ['certificate', 'digest']) input(id).value = '';
  say('key-status', '');
  sayFault('key-fault', null);
  allowSaving(false);
};

/** DER, or the one PEM block of a certificate. */
const certificateDer = (file: Uint8Array): Uint8Array | null => {
  const text = file[0] === 0x30 ? null : textOf(file), body = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(text ?? '')?.[1];
  return file[0] === 0x30 ? file : body === undefined ? null : fromBase64(body.replaceAll(/\s/g, ''));
};
const MAX_CERTIFICATE = 65_536;
/** The digest to compare with, from the certificate or from what was typed. */
const wantedDigest = async (): Promise<Uint8Array | null> => {
  const file = await fileBytes('certificate', MAX_CERTIFICATE);
  if (typeof file === 'string') return file === 'none' ? fromHex(input('digest').value.toLowerCase().replaceAll(/\s/g, '')) : null;
  const der = certificateDer(file), spki = der === null ? null : certificateSpki(der);
  return spki === null ? null : sha256(spki);
};
const doCompare = async (): Promise<void> => {
  const wanted = await wantedDigest();
  const right = wanted?.length === 32 && same(wanted, sha256(state.key!.spki));
  sayFault('key-fault', right ? null : fault(wanted?.length === 32 ? 'KEY_DIFFERS' : 'KEY_COMPARE_FORM'));
  say('key-status', right ? 'The same: this is the key of that certificate or record.' : '');
  input('save-anyway').checked = false;
  allowSaving(right);
};

/** FORMATS-custody.md: the PINs of a token, made from the secret of a set that holds a PIN. */
const makePins = (): Fault | null => {
  const serial = input('serial').value.trim(), longest = Number(input('pin-length').value);
  if (serial === '' || !Number.isInteger(longest) || longest < 8) return fault('PIN_FORM');
  const made = (label: string): Uint8Array => hkdf(state.secret!, state.setId!, join(utf8(label), Uint8Array.of(0), utf8(serial)));
  const user = made('KCS1/pin'), so = made('KCS1/so-pin');
  input('user-pin').value = toBase32(user).slice(0, Math.min(16, longest));
  input('so-pin').value = toHex(so).slice(0, 16).toUpperCase();
  wipe(user, so);
  show('pins', true);
  return null;
};

const startPins = (): void => {
  onClick('pin-go', () => { sayFault('pin-fault', makePins()); });
  onChange('pin-reveal', () => { for (const id of ['user-pin', 'so-pin']) input(id).type = input('pin-reveal').checked ? 'text' : 'password'; });
};

/** Two drill sets or ceremonies are told apart by the name of the file. */
const fileName = (ending: string): string => `${state.wanted?.drill === true ? 'drill-' : ''}recovered-key.${ending}`;

/** @param ended what happens when the secret is rebuilt. */
export const startKeyParts = (ended: () => void): void => {
  onClick('rebuild', () => { doRebuild(ended); });
  onChange('wrapped', loadWrapped);
  for (const id of ['digest-compared', 'wrapped']) onChange(id, () => { button('open').disabled = !input('digest-compared').checked || state.wrapped === null; });
  onClick('open', doOpen);
  onClick('compare', doCompare);
  onChange('save-anyway', () => { allowSaving(input('save-anyway').checked); });
  onClick('save-pem', () => { const text = utf8(pem('PRIVATE KEY', state.key!.pkcs8)); save(fileName('pem'), text, 'application/x-pem-file'); wipe(text); });
  onClick('save-der', () => { save(fileName('der'), state.key!.pkcs8, 'application/pkcs8'); });
  onClick('save-public', () => { save('recovered-public.pem', utf8(pem('PUBLIC KEY', state.key!.spki)), 'application/x-pem-file'); });
  startPins();
};
