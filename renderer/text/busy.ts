/** What main is busy with outside a ceremony. */
const TEXTS: Readonly<Record<string, string>> = {
  tokens: 'The tokens are being made; the PIN is typed in entry windows', enrol: 'A credential is being made; the passphrase is typed in the entry window', module: 'The module is being asked',
  script: 'The script is being made', record: 'The record is being made', verify: 'The folder is being verified', look: 'The computer looks at itself',
};
export const busyText = (busy: string): string => TEXTS[busy] ?? 'Work is under way';
