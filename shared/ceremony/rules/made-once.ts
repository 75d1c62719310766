import type { RuleAbout } from '../rule.ts';
import { gatheringOfSet } from '../select.ts';

/** What has been made in this ceremony is not made a second time. */
export const madeOnce: RuleAbout<'intent'> = {
  id: 'MADE_ONCE',
  says: 'What has been made in this ceremony is not made a second time.',
  about: ['intent'],
  check: (state, fact) => {
    if (fact.type !== 'intent') return null;
    switch (fact.body.intent.kind) {
      case 'generate-key': return state.key ? 'the key has been made' : null;
      case 'sign-certificate': return state.certificate ? 'the certificate has been signed' : null;
      case 'sign-pop': return state.certificate?.popSha256 ? 'the request has been signed' : null;
      case 'split': return state.set && (state.set.holds === 'pin' || fact.body.intent.holds !== 'pin') ? 'a share set is in use' : null;
      case 'combine': return gatheringOfSet(state, fact.body.intent.setId)?.combined ? 'the shares have been combined' : null;
      case 'rewrap': return state.backup ? 'the key has been wrapped' : null;
      case 'prove-restore': return state.backup?.restored ? 'the new backup has been proved' : null;
      case 'change-pin': return state.pinChanged ? 'the PIN has been changed' : null;
      case 'test-printer': return state.printerTested ? 'the printer has been tested' : null;
      case 'wrap': return state.backup ? 'the key has been wrapped' : null;
      case 'restore': return state.backup?.restored ? 'the key has been restored' : null;
      case 'lock': return state.locked ? 'the key has been locked' : null;
      default: return null;
    }
  },
};
