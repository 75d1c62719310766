/** What the screen says while main works outside a ceremony. */
export const ACTIVITY_TEXT = {
  tokens: 'The rehearsal tokens are being made. The people who hold the PIN type it in the window in front.',
  cards: 'The rehearsal cards are being made. Each custodian chooses the PIN of their card in the window in front.',
  enrol: 'A person is choosing a passphrase in the window in front.',
  module: 'The library is being opened. Some need a few seconds.',
  script: 'The ceremony script is being printed to a file.',
  record: 'The record is being printed to a file.',
  certificate: 'The destruction certificate is being printed to a file.',
  inventory: 'The inventory is being printed to a file.',
  join: 'Both archives are being verified, and what is missing is copied.',
  verify: 'The ceremony folder is being verified.',
  look: 'The machine is being looked at.',
} as const;
