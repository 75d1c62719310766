/** Brands keep strings of one shape but different meaning from being swapped. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };

/** 64 lower-case hex digits: a SHA-256. */
export type Sha256Hex = Brand<string, 'Sha256Hex'>;
/** A participant's id in the plan: `[a-z][a-z0-9-]{0,31}`. Names the file people/<id>.pem. */
export type PersonId = Brand<string, 'PersonId'>;
/** A step number as people say it aloud, such as "3.4". */
export type StepId = Brand<string, 'StepId'>;
/** Names one effect on the world from its intent to its result: "e1", "e2", … in order of intents. */
export type EffectId = Brand<string, 'EffectId'>;
/** Lower-case hex of a CKA_ID. */
export type KeyIdHex = Brand<string, 'KeyIdHex'>;
/** Standard base64 (RFC 4648 §4) with padding, canonical. */
export type Base64 = Brand<string, 'Base64'>;

const SHA256_HEX = /^[0-9a-f]{64}$/;
export const isSha256Hex = (text: string): text is Sha256Hex => SHA256_HEX.test(text);
