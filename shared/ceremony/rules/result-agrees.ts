
import type { RuleAbout } from '../rule.ts';

/** A result agrees with its intent and with what was recorded before: same subsets, same public key, every copy locked. */
export const resultAgrees: RuleAbout<'result'> = {
  id: 'RESULT_AGREES',
  says: 'A result agrees with its intent and with what was recorded before: same subsets, same public key, every copy locked.',
  about: ['result'],
  check: (state, fact) => {
    if (fact.type !== 'result') return null;
    const { outcome } = fact.body;
    const intent = state.openEffect?.intent;
    if (outcome.kind === 'rebuild' && intent?.kind === 'rebuild') return JSON.stringify(outcome.subsets) === JSON.stringify(intent.subsets) ? null : 'other subsets';
    if (outcome.kind === 'restore' || outcome.kind === 'prove-restore') return outcome.spkiSha256 === state.key?.spkiSha256 ? null : 'the restored key is another key';
    if (outcome.kind === 'combine' && intent?.kind === 'combine') return outcome.shares.join() === intent.shares.join() ? null : 'other shares';
    if (outcome.kind === 'change-pin' && intent?.kind === 'change-pin') return outcome.tokens.map((token) => token.serial).join() === intent.serials.join() && outcome.tokens.every((token) => token.soChanged === (intent.so === 'quorum')) ? null : 'not every PIN is changed';
    if ((outcome.kind === 'wrap' && intent?.kind === 'wrap') || (outcome.kind === 'rewrap' && intent?.kind === 'rewrap')) {
      const right = outcome.media.every((medium) => medium.sha256 === outcome.sha256) && outcome.media.map((medium) => medium.number).join() === intent.media.join();
      return right ? null : 'the media do not hold the wrapped key';
    }
    if (outcome.kind !== 'lock' || intent?.kind !== 'lock') return null;
    const locked = outcome.tokens.map((token) => token.serial).join() === intent.serials.join() && outcome.tokens.every((token) => !token.extractable);
    return locked ? null : 'a copy is not locked';
  },
};
