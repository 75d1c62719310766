/** A ceremony in which people said something of every kind: an exception, a break with its reason, an objection. For tests of what a copy shows. */
import type { StepId } from '../../shared/brand.ts';
import { concatBytes, toHex, utf8 } from '../../shared/bytes.ts';
import { administratorOf, custodiansOf, keyPlan, witnessOf } from '../../shared/ceremony/people.ts';
import { commitText } from '../../shared/transcript/commitment.ts';
import { encodeOpening } from '../../shared/transcript/openings.ts';
import type { Opening } from '../../shared/transcript/openings.ts';
import { buildFolder } from './ceremony-folder.ts';
import type { BuiltFolder } from './ceremony-folder.ts';
import type { Teller } from './story.ts';

/** Every text that {@link toldFolder} has, by its field in the table of levels. */
export const TOLD_TEXTS = {
  'exception.what': 'The label printer was out of paper.\nIt was filled.', 'exception.done': 'We went on after two minutes – “all well”.',
  'paused.text': 'Bruno had to take his medicine.', 'objection.words': 'I did not see the second token.',
} as const;
export interface ToldFolder extends BuiltFolder { readonly openings: readonly Opening[] }

const say = (teller: Teller, field: Opening['field'], text: string, openings: Opening[]) => {
  const seq = teller.state.count;
  openings.push({ seq, field, text });
  return { commitment: commitText(toHex(utf8(String(seq).padStart(16, '0'))), field, text) };
};
const pauseAndGoOn = (teller: Teller, reason: 'break' | 'objection', openings: Opening[]): void => {
  const { plan } = teller.state, administrator = administratorOf(plan);
  teller.tell({ type: 'paused', actor: administrator, body: { reason, text: say(teller, 'text', TOLD_TEXTS['paused.text'], openings), stayed: [administrator, witnessOf(plan)] } });
  teller.tell({ type: 'resumed', actor: administrator, body: { present: plan.people.map(({ id }) => id), serial: keyPlan(plan).hsm.serial! } });
};

/** Step 3.3 is interrupted: a break, then an objection by the first custodian. */
export const toldFolder = (): ToldFolder => {
  const openings: Opening[] = [];
  const folder = buildFolder({
    play: (teller, step) => {
      if (step.id !== ('3.3' as StepId)) return false;
      pauseAndGoOn(teller, 'break', openings);
      const person = custodiansOf(teller.state.plan)[0]!.id;
      teller.tell({ type: 'objection', actor: person, body: { step: step.id, person, words: say(teller, 'words', TOLD_TEXTS['objection.words'], openings) } });
      pauseAndGoOn(teller, 'objection', openings);
      return false;
    },
  });
  const all = concatBytes(...openings.map(encodeOpening), folder.files.get('openings.jsonl')!);
  return { ...folder, openings, files: new Map([...folder.files, ['openings.jsonl', all], ['record.pdf', utf8(`%PDF ${Object.values(TOLD_TEXTS).join(' ')}`)], ['VERIFY.md', utf8('# old')]]) };
};
