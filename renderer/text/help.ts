/** Keys and words of the help. */
export const KEYS = [
  ['F1', 'Help'], ['F6', 'Next part of the screen; with Shift the one before'], ['F8', 'Pause the ceremony'], ['F9', 'Exception or note'],
  ['Ctrl + Enter', 'The primary action of the step'], ['Tab', 'Next control'], ['Esc', 'Leave a dialog; nothing is done'],
] as const;
export const GLOSSARY = [
  ['Hold point', 'A step that goes on only when a quorum of custodians has signed.'],
  ['Quorum', 'Any M of the N custodians. M of them recover the wrapping key and sign hold points.'],
  ['Share', 'One of N parts of the wrapping key. Fewer than M tell nothing about it.'],
  ['Wrapping key', 'A fresh key that wraps the root key for its backup. It is split and then wiped.'],
  ['Set, epoch', 'All shares of one wrapping key. A new set has a new epoch.'],
  ['Transcript', 'The list of everything that happened. It is the state of the ceremony.'],
  ['Head', 'The SHA-256 of the last line. On paper, it is the anchor of the whole transcript.'],
  ['Claim', 'What the HSM’s module says of a key. It is recorded as said, not as proved.'],
  ['Exception', 'Something that went differently from the script. It is recorded, read aloud and printed.'],
  ['Record', 'The signed summary of a closed ceremony.'],
] as const;
