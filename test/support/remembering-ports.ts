/** Ports of the verifier that answer the same question once: tests ask for the same signatures and lines many thousand times. */
import { createHash } from 'node:crypto';
import type { Sha256Hex } from '../../shared/brand.ts';
import type { VerifyPorts } from '../../shared/verify/ports.ts';

/** @param ports asked for what was not asked before; nothing is left out of a question. */
export const remembering = (ports: VerifyPorts): VerifyPorts => {
  const known = new Map<string, boolean>(), digests = new Map<string, Sha256Hex>();
  const remember = (kind: string, parts: readonly Uint8Array[], check: () => boolean): boolean => {
    const hash = createHash('sha256').update(kind);
    for (const part of parts) hash.update(` ${part.length} `).update(part);
    const place = hash.digest('hex'), answer = known.get(place) ?? check();
    known.set(place, answer);
    return answer;
  };
  const { checkSignature, checkKeySignature, secondReading, chain } = ports;
  return {
    checkSignature: (kind, ...given) => remember(`person ${kind}`, given, () => checkSignature(kind, ...given)),
    checkKeySignature: (kind, ...given) => remember(`key ${kind}`, given, () => checkKeySignature(kind, ...given)),
    secondReading: secondReading && ((...given) => remember('certificate', given, () => secondReading(...given))),
    chain: {
      latin1: chain.latin1,
      digest: (line) => {
        const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1'), digest = digests.get(text) ?? chain.digest(line);
        digests.set(text, digest);
        return digest;
      },
    },
  };
};
