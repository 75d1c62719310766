/** VERIFY.md: how to check this one folder with sha256sum and openssl, what each command proves, and what none of them proves. */
import { fromHex } from '../../shared/bytes.ts';
import type { CredentialAlgorithm, Person } from '../../shared/ceremony/plan-schema.ts';
import type { Outcome } from '../../shared/transcript/entry-schema.ts';
import { toWords } from '../../shared/transcript/words.ts';
import type { CeremonyFolder } from './folder.ts';
import { fourDigits, plural } from './format.ts';
import * as shell from './verify-shell.ts';

/** Text of people inside Markdown: no markup of theirs takes effect. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>()#+!|~&]/g, '\\$&');
const block = (code: string): string => `\`\`\`bash\n${code}\n\`\`\``;
const section = (title: string, code: string, proves: string): string => `## ${title}\n\n${block(code)}\n\n${proves}\n`;

const seqOfOutcome = ({ entries }: CeremonyFolder, kind: Outcome['kind']): number | null =>
  entries.findLast(({ entry }) => entry.type === 'result' && entry.body.outcome.kind === kind)?.entry.seq ?? null;
/** Seq of the entry whose head the proof of possession carries; its `prev` successor names it. */
const placeOfPossession = ({ entries }: CeremonyFolder): number | null => {
  const intent = entries.findLast(({ entry }) => entry.type === 'intent' && entry.body.intent.kind === 'sign-pop')?.entry;
  const head = intent?.type === 'intent' && intent.body.intent.kind === 'sign-pop' ? intent.body.intent.head : null;
  const next = head === null ? undefined : entries.find(({ entry }) => entry.prev === head)?.entry;
  return next ? next.seq - 1 : null;
};
const algorithmOf = (person: Person): CredentialAlgorithm | null => (person.credential.kind === 'paper' ? null : person.credential.algorithm);
const signersOf = ({ plan }: CeremonyFolder): readonly (readonly [string, CredentialAlgorithm])[] =>
  plan.people.flatMap((person) => { const algorithm = algorithmOf(person); return algorithm === null ? [] : [[person.id, algorithm] as const]; });

const wordTable = (head: string): string => {
  const words = toWords(fromHex(head)!);
  const row = (at: number): string => {
    const cells = [0, 1, 2, 3].map((column) => words[at * 4 + column]!);
    return `| ${at % 2 === 0 ? 'ABCD'[at / 2]! : ' '} | ${cells.join(' | ')} | \`${head.slice(at * 8, at * 8 + 4)} ${head.slice(at * 8 + 4, at * 8 + 8)}\` |`;
  };
  return ['|   |   |   |   |   | hex |', '|---|---|---|---|---|---|', ...Array.from({ length: 8 }, (_, at) => row(at))].join('\n');
};

const intro = (folder: CeremonyFolder): string => {
  const { opening, closing } = folder.state;
  return `# Verify ceremony ${fourDigits(opening!.number)} without Quorate

${plain(folder.plan.ceremony.title)}. ${folder.plan.mode === 'rehearsal' ? '**A rehearsal: nothing it made may be used.** ' : ''}${closing === null ? '**Not closed.**' : `Outcome: ${closing.outcome}, ${plural(closing.exceptions, 'exception')}.`}

You need bash, GNU coreutils, sed, grep and openssl 3. Open bash in this folder and paste the blocks in order. Every line that begins with
\`FAULT\`, \`FAILED\` or an error of openssl is a fault. Nothing here writes into the folder. This file and \`record.pdf\` are derived: they
are outside what is signed. The commands take their values from the transcript, not from this page.
`;
};

const headSection = (folder: CeremonyFolder): string => `${section('1. The head, against paper', shell.HEAD,
  `This must be the ${folder.state.closing === null ? 'head so far' : 'closing head'} that people wrote down in the room and took away, all 64 digits or all 32 words:`)}
    ${folder.state.head}

${wordTable(folder.state.head)}

Each word is one byte (PGP word list). **Compare with their paper, not with this page**: whoever can change the folder can change this page
too. Without that paper everything below shows only that the folder agrees with itself.
`;

const signoffSection = (folder: CeremonyFolder): string => {
  const commands = folder.entries.flatMap(({ entry }) => {
    if (entry.type !== 'signoff') return [];
    const person = folder.plan.people.find((one) => one.id === entry.body.person), algorithm = person ? algorithmOf(person) : null;
    return algorithm === null ? [] : [shell.signoffCommand(entry.seq, entry.body.person, algorithm)];
  });
  return commands.length === 0 ? '## 5. Sign-offs\n\nNobody signed a hold point.\n' : section('5. Sign-offs at hold points', commands.join('\n'),
    'Each of these people’s keys signed the sentence shown, over the head of the entry before, which names every entry up to there. A\nsignature proves nothing later than that entry.');
};

const keySections = (folder: CeremonyFolder): readonly string[] => {
  const made = seqOfOutcome(folder, 'generate-key'), signed = seqOfOutcome(folder, 'sign-certificate'), pop = seqOfOutcome(folder, 'sign-pop');
  const place = placeOfPossession(folder), split = folder.state.set ? seqOfOutcome(folder, 'split') : null, restored = folder.state.backup?.restored ? seqOfOutcome(folder, 'restore') : null;
  return [
    made === null || signed === null ? '' : section('6. The key and its certificate', shell.certificateCommands(made, signed), 'The certificate is signed by the key that the transcript says was made. That it was made inside an HSM is the module’s claim; no\ncommand can show it.'),
    pop === null || place === null ? '' : section('7. Proof of possession', shell.possessionCommands(place, pop), 'The key signed a request that carries the head at that moment: whoever held the key knew the transcript up to there.'),
    split === null ? '' : section('8. The share set', shell.manifestCommands(split), 'One set key signed the whole list of shares and custodians, and the transcript names that set. The manifest holds commitments; it\nsays nothing about where the shares are now.'),
    restored === null ? '' : section('9. The restore', shell.restoreCommands(restored, folder.plan.key.profile), 'A key equal to the first, restored from the wrapped key on the second token, says the record, signed the challenge. The signature\nitself does not tell which of the two tokens made it.'),
  ].filter((text) => text !== '');
};

const limits = (folder: CeremonyFolder): string => `## What this does not prove

- That the folder is the one from the room: only the head on paper, the roster’s fingerprints, or the next ceremony’s entry 0 tell that.
- That the screen showed what was signed, that no PIN, share or key was copied, that the HSM told the truth about the key.
- That a rule of the ceremony was kept between entries: \`npm run --silent verify -- ${folder.name} --anchor HEAD\` replays the rules too.
- The texts of exceptions and objections in \`openings.jsonl\`: they may be withheld; the transcript holds commitments to them.
- Signatures made with a credential file were made on the ceremony machine, where the file could have been copied.
${folder.plan.hsm.software ? '- **The HSM was a software token**: the key lies in files, and no hardware protects it.\n' : ''}${folder.state.opening!.tool.source === 'checkout' ? '- **The program ran from a source checkout**, not from a signed package: a deviation.\n' : ''}
When you are done: \`rm -r "$work"\`.
`;

/** @returns the Markdown of VERIFY.md. Pure: the same folder gives the same text. */
export const verifyMarkdown = (folder: CeremonyFolder): string => [
  intro(folder), headSection(folder),
  section('2. The chain', shell.CHAIN, `Every line carries the SHA-256 of the line before it, so the head names all ${folder.state.count} lines.`),
  ...(folder.state.closing === null ? [] : [section('3. The files', shell.FILES, 'The closing line names these files by SHA-256; entry 0 names the plan the room approved.')]),
  section('4. People and their keys', `${shell.FUNCTIONS}\n${shell.rosterCommands(signersOf(folder).map(([id]) => id))}`, 'These are the keys of the plan. Whether a key belongs to a person is known from the roster, outside this folder.'),
  signoffSection(folder), ...keySections(folder),
  ...(folder.state.closing === null ? [] : [section('10. The record', shell.recordCommands(signersOf(folder)), 'These people signed the outcome, the key and the custody summary over this head. Who did not sign shows as FAULT and is named so in the\nrecord; whether that matters is for the policy.')]),
  limits(folder),
].join('\n');
