/** README.txt of a bundle: what it is, how to check it, and what it does not prove. Plain text, for somebody who has nothing of ours. */
import { BUNDLE, DIGESTS } from '../../shared/bundle/layout.ts';
import type { BundleManifest } from '../../shared/bundle/layout.ts';
import type { Level } from '../../shared/disclosure/levels.ts';

const LEVEL_TEXT: Readonly<Record<Level, string>> = {
  public: 'public: for anyone. Texts that people wrote are withheld.',
  restricted: 'restricted: for those who audit under an agreement. Reasons for breaks are withheld, since they may be a matter of health.',
  confidential: 'confidential: everything. For the organisation and the people who were in the room.',
};
const times = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What a copy at this level no longer proves, in sentences. */
export const notProved = (ceremonies: BundleManifest['ceremonies'], level: Level): readonly string[] => {
  const withheld = ceremonies.reduce((sum, one) => sum + one.withheld.length, 0), clear = new Set(ceremonies.flatMap(({ inClear }) => inClear)).size;
  return [
    ...(withheld > 0 ? [
      `${times(withheld, 'text')} of people ${withheld === 1 ? 'is' : 'are'} withheld. That ${withheld === 1 ? 'it was' : 'they were'} written, by whom, when and in which step is shown and proved; what ${withheld === 1 ? 'it says' : 'they say'} is not. A text that is given later can be checked against the commitment in the transcript.`,
      'No rule of a ceremony reads these texts: every rule is still checked on this copy.',
    ] : []),
    ...(ceremonies.some(({ leftOut }) => leftOut.includes('record.pdf')) ? ['The printed record (record.pdf) is left out, because it may show texts above this level. It is not what is signed: the transcript is.'] : []),
    ...(clear > 0 ? [`${times(clear, 'field')} above the level "${level}", such as names and serial numbers, stand in clear in what is hashed and signed. They cannot be withheld without breaking the signatures; manifest.json lists them.`] : []),
  ];
};

const ceremonyLines = (ceremonies: BundleManifest['ceremonies']): readonly string[] => ceremonies.flatMap(({ folder, title, mode, outcome, entries, head }) => [
  `  ${folder}: ${title ?? 'title unknown'}, ${mode ?? 'mode unknown'}, ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${outcome ?? 'not closed'}`, `    closing head ${head ?? 'none'}`,
]);
const checkLines = (verifiers: readonly string[]): readonly string[] => [
  `  1. In the folder ${BUNDLE}:  sha256sum -c ${DIGESTS}`,
  '     This finds damage. It proves nothing else: whoever changes a file can change the list.',
  '  2. With a verifier from a release of Quorate that you fetched yourself:',
  '       npm run --silent verify -- PATH/archive --anchor HEAD     or verify.html in a browser',
  '     HEAD is the closing head of the newest ceremony, from the paper of somebody who was in the room. Without it the answer is',
  '     "Consistent, but not anchored": everything in a bundle can be forged together.',
  '  3. Without Quorate: archive/<ceremony>/VERIFY.md has the commands for sha256sum and openssl.',
  ...(verifiers.length === 0 ? [] : [
    '', `The verifier${verifiers.length === 1 ? '' : 's'} in this bundle (${verifiers.join(', ')}) ${verifiers.length === 1 ? 'is' : 'are'} a convenience. Whoever made the bundle could have changed ${verifiers.length === 1 ? 'it' : 'them'}: compare`,
    'the SHA-256 with the one in the printed record and the one published with the release, or use your own copy.',
  ]),
];

/** @param verifiers names of the verifiers in the bundle. */
export const readmeText = (manifest: BundleManifest, verifiers: readonly string[]): string => {
  const { verdict, ceremonies, level, others } = manifest;
  return [
    ...(verdict.holds ? [] : ['THE ARCHIVE OF THIS BUNDLE DOES NOT HOLD', `  ${verdict.headline}`, '']),
    'Quorate auditor bundle', '',
    `When it was made, the verifier said: ${verdict.headline}`,
    `Level ${LEVEL_TEXT[level]}`, '',
    'Ceremonies', ...ceremonyLines(ceremonies), ...(others > 0 ? [`  ${times(others, 'other thing')} in the archive's folder ${others === 1 ? 'was' : 'were'} not looked at and ${others === 1 ? 'is' : 'are'} not here.`] : []), '',
    'How to check it', ...checkLines(verifiers), '',
    'What this copy does not prove', ...(manifest.notProved.length === 0 ? ['  Nothing was withheld.'] : manifest.notProved.map((sentence) => `  - ${sentence}`)),
    '  - What no copy proves is in each VERIFY.md, and the verifier says it.', '',
    'What is here', `  ${DIGESTS}, manifest.json   what is in the bundle, and what is not`, '  archive/                      the ceremonies, and time stamps where there are some',
    '  evidence-by-clause.md         which entries are evidence for which clause of a standard', ...(verifiers.length === 0 ? [] : ['  verifiers/                    a convenience, as said above']),
    '', 'No share, no key, no PIN, no credential and no wrapped key is here.', '',
  ].join('\n');
};
