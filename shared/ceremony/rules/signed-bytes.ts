import { equalBytes } from '../../bytes.ts';
import { CHECKPOINT_TYPE } from '../../transcript/checkpoint.ts';
import { parseEnvelope } from '../../transcript/dsse.ts';
import { checkpointOf } from '../checkpoint-of.ts';
import { rosterKeysOf } from '../roster-keys.ts';
import { personOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** A sign-off signs the checkpoint of the line before it, for this step, person and sentence, under the key of the roster. */
export const signedBytes: RuleAbout<'signoff'> = {
  id: 'SIGNED_BYTES',
  says: 'A sign-off signs the checkpoint of the line before it, for this step, person and sentence, under the key of the roster.',
  about: ['signoff'],
  check: (state, fact) => {
    if (fact.type !== 'signoff') return null;
    const envelope = parseEnvelope(fact.body.envelope);
    const credential = personOf(state, fact.body.person)?.credential;
    if (!envelope || !credential || credential.kind === 'paper' || credential.publicKey === null) return 'not an envelope of a roster key';
    if (envelope.payloadType !== CHECKPOINT_TYPE || envelope.signatures.length !== 1) return 'not one signature over a checkpoint';
    if (envelope.signatures[0]!.keyid !== rosterKeysOf(state.plan).keyIds.get(fact.body.person)) return 'the key id is not that of the roster';
    const payload = checkpointOf(state, fact.body.person);
    return payload && equalBytes(envelope.payload, payload) ? null : 'the signed checkpoint is not this one';
  },
};
