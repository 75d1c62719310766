/** Signatures at hold points. The rules have compared type, key id and checkpoint; here the signature itself is checked. */
import { fromBase64 } from '../bytes.ts';
import { personById } from '../ceremony/people.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import { findings as say } from '../text/findings.ts';
import { pae, parseEnvelope } from '../transcript/dsse.ts';
import type { Collector } from './collector.ts';
import type { VerifyPorts } from './ports.ts';
import { entriesOf } from './replay.ts';
import type { KeptEntry } from './replay.ts';

/** Does `person` of the plan verify as the signer of the envelope's first signature? */
const verifies = (plan: Plan, person: string, text: string, { checkSignature }: VerifyPorts): boolean => {
  const credential = personById(plan, person)?.credential;
  const envelope = parseEnvelope(text);
  if (envelope === null || credential === undefined || credential.kind === 'paper' || credential.publicKey === null) return false;
  return checkSignature(credential.algorithm, fromBase64(credential.publicKey)!, pae(envelope.payloadType, envelope.payload), envelope.signatures[0]!.sig);
};

/** @returns seqs of the sign-offs whose signature verifies. */
export const checkSignoffs = (plan: Plan, entries: readonly KeptEntry[], ports: VerifyPorts, out: Collector): readonly number[] => {
  const good: number[] = [];
  for (const { seq, body } of entriesOf(entries, 'signoff')) {
    if (verifies(plan, body.person, body.envelope, ports)) good.push(seq);
    else out.add('signoffs', say.signoff(seq, personById(plan, body.person)?.name ?? body.person));
  }
  out.row('signoffs', 'sound', good.length === 0 ? 'No hold point was signed.' : `${good.length} signatures at hold points verify.`);
  return good;
};
