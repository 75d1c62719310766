/** Texts of refusals by a rule of the ceremony. A rule without an entry here still gets a whole sentence. */
import type { RuleCode } from '../errors.ts';
import type { DetailReader, ErrorText } from './errors.ts';

type Reason = (details: DetailReader) => { readonly title: string; readonly happened: string; readonly next: string };
const REASONS: Readonly<Record<string, Reason>> = {};

const SAFE = 'Nothing was done and nothing was written.';

/** @param code RULE_<ID>; the id names a file in shared/ceremony/rules. */
export const ruleText = (code: RuleCode, details: DetailReader): ErrorText => {
  const reason = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  if (reason) return { ...reason(details), safe: SAFE };
  return {
    title: 'The rules of the ceremony do not allow this now',
    happened: `${details.text('text', `The rule ${code.slice('RULE_'.length).toLowerCase().replaceAll('_', ' ')} refused it`)}.`,
    safe: SAFE,
    next: 'Go on with the step that is open.',
  };
};
