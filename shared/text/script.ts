/** Wording of the script: what the room reads and hears, the same on screen and on paper. One function a step. */
import type { KeyPlan } from '../ceremony/plan-schema.ts';
import { custodiansOf, personById, pinPeopleOf } from '../ceremony/people.ts';
import { commonNameOf } from '../x509/names.ts';
import { handoverSentence } from './handover.ts';

export interface StepWords { readonly title: string; readonly text: string; readonly why: string }
const PROFILE_NAMES: Readonly<Record<KeyPlan['key']['profile'], string>> = {
  'rsa-3072': 'RSA-3072', 'rsa-4096': 'RSA-4096', 'ec-p256': 'P-256', 'ec-p384': 'P-384', 'ec-p521': 'P-521', ed25519: 'Ed25519',
};
export const profileName = (profile: KeyPlan['key']['profile']): string => PROFILE_NAMES[profile];
export const keyName = (plan: KeyPlan): string => `${plan.key.label} ${profileName(plan.key.profile)}`;
const names = (plan: KeyPlan, ids: readonly string[]): string => ids.map((id) => personById(plan, id)?.name ?? id).join(' and ');

export const readAim = (aim: string): StepWords => ({ title: 'Read the aim aloud', text: `“${aim}”`, why: 'Everyone hears the same aim before anything is done.' });
export const rollCall = (): StepWords => ({
  title: 'Call the roll',
  text: 'Call each person by name. Each says “here”. Say how the identity was checked.',
  why: 'The record names who was in the room. A quorum that is not in the room cannot sign.',
});
export const checkPlanWords = (): StepWords => ({
  title: 'Check the plan',
  text: 'Read the words asked for from the digest on your printed script.',
  why: 'It shows that the plan on this computer is the plan that was printed and approved.',
});
export const checkPreviousHead = (): StepWords => ({
  title: 'Check the last head',
  text: 'Read the row asked for of the closing head that you wrote on paper at the end of the ceremony before this one.',
  why: 'An archive that was put back to an earlier day is sound in itself. Only the paper shows that something is missing.',
});
export const preflight = (): StepWords => ({
  title: 'Check the air gap',
  text: 'The computer shows what it sees of itself: network, radios, swap, clock, devices. Look at each row and at the machine.',
  why: 'A key made on a connected machine may already have left it.',
});
export const wallClock = (): StepWords => ({
  title: 'Check the clock',
  text: 'Read the time in UTC from the wall clock, hours and minutes.',
  why: 'The computer has no network time. Every entry carries its clock.',
});
export const hsmSerial = (plan: KeyPlan): StepWords => ({
  title: 'Check the serial',
  text: plan.hsm.software
    ? 'Read the serial number of the software token from your printed script.'
    : 'Read the serial number on the label of the HSM.',
  why: 'It shows that the device on the table is the device the plan names.',
});
export const login = (plan: KeyPlan, which: 'first' | 'second'): StepWords => ({
  title: which === 'first' ? 'Open the HSM' : 'Open the second HSM',
  text: `${names(plan, pinPeopleOf(plan))} ${plan.pin.control === 'halves' ? 'type one half of the PIN each, one after the other.' : 'types the PIN. This is single control and the record says so.'}`,
  why: 'The PIN is typed in a window made for one person and reaches only the vault process.',
});
export const inventory = (when: 'before' | 'after'): StepWords => ({
  title: when === 'before' ? 'Take the inventory' : 'Take the inventory again',
  text: when === 'before' ? 'The app lists every object on the tokens.' : 'The app lists every object on the tokens again and explains each difference.',
  why: when === 'before' ? 'Label and key id must be unused, and later nothing may have appeared that no entry explains.' : 'Nothing may be on a token that no entry of this record explains.',
});
export const agreeToMake = (plan: KeyPlan): StepWords & { statement: string } => ({
  title: 'Agree to make the key',
  text: `Any ${plan.quorum.threshold} of ${plan.quorum.shares} custodians sign that the key is made now.`,
  why: 'Making the key cannot be undone without a record of its destruction.',
  statement: `I have seen the steps before this one. I agree that the key ${keyName(plan)} is made in HSM ${plan.hsm.serial ?? ''} now.`,
});
export const generate = (plan: KeyPlan): StepWords => ({
  title: 'Make the key pair',
  text: `The HSM makes the key pair ${keyName(plan)}. The app reads it back, checks the public key and verifies a test signature.`,
  why: 'What the HSM says of the key is recorded as its claim; the signature is checked outside it.',
});
export const readFingerprint = (): StepWords => ({
  title: 'Read out the fingerprint',
  text: 'Read the 32 words aloud, row by row. The internal witness writes them into the printed script.',
  why: 'Paper outside this computer is what a later check can rest on.',
});
/** Where the key was made the paper is the script of today; else it is one from that day. */
export const checkKeyWords = (plan: KeyPlan): StepWords => (plan.ceremony.kind === 'root-key-generation' ? {
  title: 'Check the written words',
  text: 'Take the script the witness wrote in. Read the words asked for from the paper.',
  why: 'It shows that the paper holds what the screen showed.',
} : {
  title: 'Check the key’s words',
  text: 'Take a paper from the day the key was made: the script the witness wrote in then, or a printed record. Read the words asked for from it.',
  why: 'It shows that this key is the one whose fingerprint people took home.',
});
export const certificate = (plan: KeyPlan): StepWords => ({
  title: 'Sign the root certificate',
  text: `The certificate for “${commonNameOf(plan.certificate.subject, plan.mode)}” is linted with a throw-away signature, then signed by the HSM, compared and linted again.`,
  why: 'A certificate that fails its rules must be found before the root key signs it.',
});
export const actComplete = (act: number): StepWords => ({ title: `Complete act ${act}`, text: `“Act ${act} is complete.” The internal witness repeats it and writes the four words of the transcript into the script.`, why: 'A spoken end keeps anyone from skipping ahead.' });
export const split = (plan: KeyPlan): StepWords => ({
  title: 'Split the wrapping key',
  text: `A fresh wrapping key is made and split: any ${plan.quorum.threshold} of ${plan.quorum.shares} shares rebuild it. It opens nothing yet.`,
  why: 'Nothing is wrapped under it until the shares have been read back from paper and proved.',
});
export const handover = (plan: KeyPlan, share: number): StepWords => ({
  title: `Share ${share} to ${custodiansOf(plan)[share - 1]?.name ?? ''}`, text: `${handoverSentence(plan, share)} The internal witness stands by.`, why: 'A share that was never read back is not a backup.',
});
export const rebuild = (plan: KeyPlan): StepWords => ({ title: 'Rebuild from the shares', text: `The wrapping key is rebuilt from two different sets of ${plan.quorum.threshold} shares, as they were read back.`, why: 'It shows that the paper, not the memory of this computer, recovers the key.' });
export const wrap = (plan: KeyPlan): StepWords => ({ title: 'Wrap the key', text: `The HSM wraps the key under the wrapping key. The wrapped key goes to ${plan.media} numbered ${plan.media === 1 ? 'medium' : 'media'}.`, why: 'It never enters the archive: an archive cannot forget, and old wrapped keys must be destroyed when shares are replaced.' });
export const restore = (plan: KeyPlan): StepWords => ({ title: 'Restore on the second HSM', text: `The wrapped key is read from medium 1 and restored on HSM ${plan.hsm.secondSerial ?? ''}, which signs a challenge.`, why: 'A backup that never recombined is not a backup.' });
export const agreeToLock = (plan: KeyPlan): StepWords & { statement: string } => ({
  title: 'Agree to lock the key',
  text: `Any ${plan.quorum.threshold} of ${plan.quorum.shares} custodians sign that the proof was shown and that the key is locked now.`,
  why: 'After the lock the key cannot be wrapped again.',
  statement: plan.key.backup.kind === 'split'
    ? `I have seen the shares read back, the key restored on HSM ${plan.hsm.secondSerial ?? ''} and its signature verified. I agree that every copy of ${keyName(plan)} is locked now.`
    : `I know that ${keyName(plan)} has no backup. I agree that it is locked now.`,
});
export const noBackup = (plan: KeyPlan): StepWords => ({
  title: 'Say that there is no backup',
  text: `“This key has no backup. If the HSM is lost, the key is lost.${plan.key.backup.kind === 'none' ? ` Reason: ${plan.key.backup.reason} Approved by ${plan.key.backup.approvedBy}.` : ''}”`,
  why: 'A missing backup is a decision, and the room hears it.',
});
export const lock = (): StepWords => ({ title: 'Lock the key', text: 'Every copy of the key is set to not extractable, read back, and a wrap is tried and must be refused.', why: 'A wrapped key outside these media must be impossible from now on.' });
export const wipe = (): StepWords => ({ title: 'Wipe the vault', text: 'The vault process forgets every secret and is ended; a new one starts.', why: 'JavaScript cannot promise that memory was erased, so the process ends and the machine is powered off afterwards.' });
export const reviewExceptions = (): StepWords => ({ title: 'Review the exceptions', text: 'Read every exception aloud, or say that there is none.', why: 'What went differently is part of what happened.' });
export const close = (): StepWords => ({ title: 'Close the transcript', text: 'The closing entry is written. Nothing follows it. Everyone then signs the record and writes the closing head on paper.', why: 'Only a head that lies outside this computer shows later that nothing was replaced.' });
