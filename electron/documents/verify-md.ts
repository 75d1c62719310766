/** VERIFY.md: how to check this one folder with sha256sum and openssl, what each command proves, and what none of them proves. */
import { fromHex } from '../../shared/bytes.ts';
import type { CredentialAlgorithm, Person } from '../../shared/ceremony/plan-schema.ts';
import { toWords } from '../../shared/transcript/words.ts';
import type { CeremonyFolder } from './folder.ts';
import { fourDigits, plural } from './format.ts';
import { kindNoun } from './kind-words.ts';
import { NO_PAGES } from './pages.ts';
import type { PageDigests } from './pages.ts';
import { section } from './verify-section.ts';
import type { Section } from './verify-section.ts';
import { custodySections, keySections } from './verify-sections.ts';
import * as shell from './verify-shell.ts';

/** Text of people inside Markdown: no markup of theirs takes effect. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>()#+!|~&]/g, '\\$&');
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

const purpose = ({ plan }: CeremonyFolder): string => plan.source === undefined ? ''
  : `\n\nA ${kindNoun(plan)}, on set ${plan.source.set.setName}, epoch ${plan.source.set.epoch}. Purpose: ${plain(plan.source.purpose)}. Decided by: ${plain(plan.source.authority)}.`;
const ENDS = { completed: '', aborted: '**Aborted: ended before its last step.** ', postponed: '**Postponed: nothing was done to a key or a card.** ' } as const;
const intro = (folder: CeremonyFolder): string => {
  const { opening, closing } = folder.state;
  return `# Verify ceremony ${fourDigits(opening!.number)} without Quorate

${plain(folder.plan.ceremony.title)}. ${folder.plan.mode === 'rehearsal' ? '**A rehearsal: nothing it made may be used.** ' : ''}${folder.plan.drill === true ? '**A drill: its shares pass no real recovery.** ' : ''}${closing === null ? '**Not closed.**' : `${ENDS[closing.outcome]}Outcome: ${closing.outcome}, ${plural(closing.exceptions, 'exception')}.`}${purpose(folder)}

You need bash, GNU coreutils, sed, grep and openssl 3. Open bash in this folder and paste the blocks in order. Every line that begins with
\`FAULT\`, \`FAILED\` or an error of openssl is a fault. Nothing here writes into the folder. This file and \`record.pdf\` are derived: they
are outside what is signed. The commands take their values from the transcript, not from this page.
`;
};

const headSection = (folder: CeremonyFolder): Section => section('The head, against paper', shell.HEAD,
  `This must be the ${folder.state.closing === null ? 'head so far' : 'closing head'} that people wrote down in the room and took away, all 64 digits or all 32 words:

    ${folder.state.head}

${wordTable(folder.state.head)}

Each word is one byte (PGP word list). **Compare with their paper, not with this page**: whoever can change the folder can change this page
too. Without that paper everything below shows only that the folder agrees with itself.`);

const signoffSection = (folder: CeremonyFolder): Section => {
  const commands = folder.entries.flatMap(({ entry }) => {
    if (entry.type !== 'signoff') return [];
    const person = folder.plan.people.find((one) => one.id === entry.body.person), algorithm = person ? algorithmOf(person) : null;
    return algorithm === null ? [] : [shell.signoffCommand(entry.seq, entry.body.person, algorithm)];
  });
  if (commands.length === 0) return { title: 'Sign-offs', text: 'Nobody signed a hold point.' };
  return section(folder.plan.ceremony.kind === 'share-check' ? 'Slips' : 'Sign-offs at hold points', commands.join('\n'),
    'Each of these people’s keys signed the sentence shown, over the head of the entry before, which names every entry up to there. A\nsignature proves nothing later than that entry.');
};

const pageLine = (name: string, digest: string | null): string => `- \`${name}\`: ${digest === null ? 'not at hand when this was written' : `\`${digest}\``}`;
const pagesText = ({ verify, recover }: PageDigests): string => `## The pages of one file

SHA-256 of the pages that belong to the build that wrote this. Compare with the printed record and the release before you rely on one:

${pageLine('verify.html', verify)}
${pageLine('recover.html', recover)}
`;

const limits = (folder: CeremonyFolder): string => `## What this does not prove

- That the folder is the one from the room: only the head on paper, the roster’s fingerprints, or the next ceremony’s entry 0 tell that.
- That the screen showed what was signed, that no PIN, share or key was copied, that the HSM told the truth about the key.
- That a rule of the ceremony was kept between entries: \`npm run --silent verify -- ${folder.name} --anchor HEAD\` replays the rules too.
- The texts of exceptions and objections in \`openings.jsonl\`: they may be withheld; the transcript holds commitments to them.
- Signatures made with a credential file were made on the ceremony machine, where the file could have been copied.
${folder.plan.source === undefined ? '' : '- That what the plan says of the earlier ceremony is true: its own folder tells, and the verifier over the whole archive.\n- That a share exists nowhere else, or that what people said of a copy was so.\n'}${folder.plan.hsm?.software === true ? '- **The HSM was a software token**: the key lies in files, and no hardware protects it.\n' : ''}${folder.state.opening!.tool.source === 'checkout' ? '- **The program ran from a source checkout**, not from a signed package: a deviation.\n' : ''}
When you are done: \`rm -r "$work"\`.
`;

const recordSection = (folder: CeremonyFolder): Section => section('The record', shell.recordCommands(signersOf(folder)),
  'These people signed the outcome, the key and the custody summary over this head. Who did not sign shows as FAULT and is named so in the\nrecord; whether that matters is for the policy.');
const sections = (folder: CeremonyFolder): readonly Section[] => {
  const closed = folder.state.closing !== null;
  return [
    headSection(folder), section('The chain', shell.CHAIN, `Every line carries the SHA-256 of the line before it, so the head names all ${folder.state.count} lines.`),
    ...(closed ? [section('The files', shell.FILES, 'The closing line names these files by SHA-256; entry 0 names the plan the room approved.')] : []),
    section('People and their keys', `${shell.FUNCTIONS}\n${shell.rosterCommands(signersOf(folder).map(([id]) => id))}`, 'These are the keys of the plan. Whether a key belongs to a person is known from the roster, outside this folder.'),
    signoffSection(folder), ...keySections(folder), ...custodySections(folder), ...(closed ? [recordSection(folder)] : []),
  ];
};

/** @param pages of the build that writes. @returns the Markdown of VERIFY.md. Pure: the same folder and build give the same text. */
export const verifyMarkdown = (folder: CeremonyFolder, pages: PageDigests = NO_PAGES): string => [
  intro(folder), ...sections(folder).map(({ title, text }, index) => `## ${index + 1}. ${title}\n\n${text}\n`), pagesText(pages), limits(folder),
].join('\n');
