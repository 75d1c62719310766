/** Small strict parsers shared by the plan, the transcript and the IPC contract. Built on valibot; nothing here repairs its input. */
import * as v from 'valibot';
import { fromBase64 } from './bytes.ts';
import type { Base64, EffectId, KeyIdHex, PersonId, Sha256Hex, StepId } from './brand.ts';

const branded = <T>(pattern: RegExp) => v.custom<T>((value) => typeof value === 'string' && pattern.test(value));
export const sha256Hex = branded<Sha256Hex>(/^[0-9a-f]{64}$/);
export const personId = branded<PersonId>(/^[a-z][a-z0-9-]{0,31}$/);
export const stepId = branded<StepId>(/^[1-9]\.[1-9][0-9]?$/);
export const effectId = branded<EffectId>(/^e[1-9][0-9]{0,3}$/);
export const keyIdHex = branded<KeyIdHex>(/^([0-9a-f]{2}){1,32}$/);
export const base64 = v.custom<Base64>((value) => typeof value === 'string' && value.length <= 65_536 && fromBase64(value) !== null);
/** ISO 8601 UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const utcInstant = branded<string>(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/);
/** Calendar date, ISO 8601. */
export const isoDate = branded<string>(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
/** Seconds-precision UTC instant, as certificates have. */
export const utcSecond = branded<string>(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/);

/** The name of a time zone by its form, such as "Europe/Berlin". Whether there is such a zone, a process with the zone data says. */
export const timeZoneName = branded<string>(/^(?=.{1,64}$)[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/);

// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
/** One line of text for people: NFC, no control or direction characters, no outer spaces, 1 to `max` characters. */
export const line = (max: number) =>
  v.custom<string>((value) => typeof value === 'string' && value.length >= 1 && value.length <= max && value === value.normalize('NFC') && value === value.trim() && !CONTROL.test(value));
/** Free text of people: as {@link line}, but newlines are allowed. */
export const prose = (max: number) =>
  v.custom<string>((value) => typeof value === 'string' && value.length >= 1 && value.length <= max && value === value.normalize('NFC') && !CONTROL.test(value.replaceAll('\n', ' ')));
export const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
export const between = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
