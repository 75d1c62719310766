/** An archive of any length for the verifier's measure: real ceremonies of seven custodians, with many breaks and notes in the middle. In memory. */
import type { BuiltFolder } from '../../test/support/ceremony-folder.ts';
import { buildFolder } from '../../test/support/ceremony-folder.ts';
import { onToken } from '../../test/support/folder-signers.ts';
import { samplePeople } from '../../test/support/sample-people.ts';
import { samplePlan } from '../../test/support/sample-plan.ts';
import type { CredentialAlgorithm } from '../../shared/ceremony/plan-schema.ts';
import { commitText } from '../../shared/transcript/commitment.ts';
import { administratorOf, witnessOf } from '../../shared/ceremony/people.ts';
import type { Teller } from '../../test/support/story.ts';
import { inOrder } from '../../shared/verify/folder-files.ts';
import type { Found } from '../../shared/verify/folder-files.ts';
import { treeOf } from '../../shared/verify/tree.ts';

const PEOPLE = 7, PAD_AT = '3.3', MAX_NOTES = 900;
/** Officers sign with files, custodians with tokens of every algorithm. */
const ALGORITHMS: readonly CredentialAlgorithm[] = ['ECDSA-P256-SHA256', 'ECDSA-P384-SHA384', 'RSASSA-PSS-SHA256', 'RSASSA-PSS-SHA384'];
const people = samplePeople(PEOPLE).map((person, index) => (person.role === 'custodian' ? onToken(person, ALGORITHMS[index % ALGORITHMS.length]!) : person));
const plan = samplePlan({ people, quorum: { threshold: PEOPLE, shares: PEOPLE } });
const everyone = plan.people.map(({ id }) => id);
const words = { commitment: commitText('00'.repeat(16), 'what', 'A note of the bench.') };

/** Two notes, then a break: four entries. */
const padOnce = (teller: Teller): void => {
  const by = administratorOf(plan), note = (): void => {
    if (teller.state.exceptions.length < MAX_NOTES) teller.tell({ type: 'exception', actor: by, body: { number: teller.state.exceptions.length + 1, kind: 'note', step: teller.state.current!, what: words, done: words, effect: 'none', noticedBy: by } });
  };
  note();
  teller.tell({ type: 'paused', actor: by, body: { reason: 'break', text: words, stayed: [by, witnessOf(plan)] } });
  note();
  teller.tell({ type: 'resumed', actor: by, body: { present: everyone, serial: plan.hsm.serial! } });
};

/** @param entries about how many lines each has. */
const longFolder = (number: number, entries: number, previous: BuiltFolder['link'] | null): BuiltFolder => buildFolder({
  plan, number, previous, exception: false,
  play: (teller, step) => {
    if (step.id === PAD_AT) while (teller.state.count < entries - 100) padOnce(teller);
    return false;
  },
});

export interface LongArchive { readonly found: readonly Found[]; readonly entries: number; readonly head: string; readonly bytes: number }
/** @param ceremonies how many, of about `each` entries. */
export const longArchive = (ceremonies: number, each: number): LongArchive => {
  const files: { path: string; bytes: Uint8Array }[] = [];
  let previous: BuiltFolder['link'] | null = null, entries = 0;
  for (let number = 1; number <= ceremonies; number++) {
    const folder = longFolder(number, each, previous);
    previous = folder.link;
    entries += folder.teller.lines.length;
    for (const [name, bytes] of folder.files) files.push({ path: `${folder.name}/${name}`, bytes });
  }
  return { found: inOrder(treeOf(files)), entries, head: previous!.head, bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0) };
};
