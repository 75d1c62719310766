/** What a restored key signs to prove itself: never free bytes, and nothing that could be a certificate. */
import { fromHex } from '../bytes.ts';
import type { Sha256Hex } from '../brand.ts';
import { labelled } from './digests.ts';

/** `quorate/restore/1`, a zero byte, the 32 bytes of the challenge. Signed with the key profile's algorithm; ECDSA signatures are DER. */
export const restoreMessage = (challenge: Sha256Hex): Uint8Array => labelled('quorate/restore/1', fromHex(challenge)!);
