/** Wording of the steps that gather, check, replace and destroy shares: the same on screen and on paper. */
import { custodiansOf, personById, sourceOf } from '../ceremony/people.ts';
import type { KeyPlan, SetRef } from '../ceremony/plan-schema.ts';
import type { AccountStep } from '../ceremony/script-types.ts';
import { handoverSentence } from './handover.ts';
import { keyName, type StepWords } from './script.ts';

type Statement = StepWords & { readonly statement: string };
export const purposeWord = (holds: SetRef['holds']): string => (holds === 'pin' ? 'PIN' : 'wrapping key');
const setWords = (set: SetRef): string => `set ${set.setName}, epoch ${set.epoch}`;
const nameOf = (plan: KeyPlan, id: string): string => personById(plan, id)?.name ?? id;

export const aimOf = (plan: KeyPlan): string => {
  const { set, purpose, authority } = sourceOf(plan);
  switch (plan.ceremony.kind) {
    case 'recovery': return `This ceremony recovers the key ${keyName(plan)} into HSM ${plan.hsm.serial ?? ''}, from shares of ${setWords(set)}. Purpose: ${purpose}. Decided by: ${authority}.`;
    case 're-share': return `This ceremony replaces the shares of ${setWords(set)} of the key ${keyName(plan)}: a new wrapping key, a new set, and the old copies accounted for. Purpose: ${purpose}. Decided by: ${authority}.`;
    case 'share-check': return `This ceremony checks shares of ${setWords(set)} of the key ${keyName(plan)}, one holder at a time. No share is combined and none is shown. Purpose: ${purpose}. Decided by: ${authority}.`;
    case 'share-destruction': return `This ceremony destroys the copies of ${setWords(set)} of the key ${keyName(plan)}. Purpose: ${purpose}. Decided by: ${authority}.`;
    default: return '';
  }
};

export const testPrinter = (): StepWords => ({
  title: 'Test the printer',
  text: 'A test page is printed. Measure its ruler, look at its letters, and hold its symbol under the camera.',
  why: 'A printer that cannot print a symbol that reads would print shares that are lost.',
});
export const agreeToRecover = (plan: KeyPlan): Statement => {
  const { set, purpose } = sourceOf(plan);
  return {
    title: 'Agree to recover the key', text: `Any ${set.threshold} of ${set.shares} custodians sign that the key is recovered into this HSM now.`,
    why: 'Whoever recovers the key can use it. The purpose is agreed before any share is read.',
    statement: `I agree that ${keyName(plan)} is recovered into HSM ${plan.hsm.serial ?? ''} now, from shares of set ${set.setName}. Purpose: ${purpose}.`,
  };
};
export const gather = (set: SetRef): StepWords => ({
  title: set.holds === 'pin' ? 'Gather PIN shares' : 'Gather the shares',
  text: `Holders of ${setWords(set)} come to the desk one after the other. Each share is judged as it is read; ${set.threshold} good ones are needed.`,
  why: 'A share that does not belong is told from a good one, with its holder, before anything is combined.',
});
export const combine = (set: SetRef): StepWords => ({
  title: `Rebuild the ${purposeWord(set.holds)}`, text: `The ${set.holds === 'pin' ? 'PIN secret' : 'wrapping key'} of set ${set.setName} is rebuilt from the accepted shares and compared with the manifest. Nothing is shown.`,
  why: 'Shares that fit together but not to this set must stop here.',
});
export const openPin = (plan: KeyPlan): StepWords => ({
  title: 'Open the HSM by quorum', text: `The PIN of ${[plan.hsm.serial, plan.hsm.secondSerial].filter((one) => one !== null).map((serial) => `HSM ${serial}`).join(' and ')} is derived from the PIN secret and used. Nobody sees it.`,
  why: 'No single person can use this HSM.',
});
export const restoreToTarget = (plan: KeyPlan): StepWords => ({
  title: 'Restore on the HSM', text: `The wrapped key is read from its medium and restored on HSM ${plan.hsm.serial ?? ''}. The public key must be equal, and the HSM signs a challenge.`,
  why: 'What was recovered must be this key and no other.',
});
export const agreeToReplace = (plan: KeyPlan): Statement => {
  const { set, purpose } = sourceOf(plan);
  return {
    title: 'Agree to replace the shares', text: `Any ${set.threshold} of ${set.shares} holders of ${setWords(set)} sign that a new set replaces theirs.`,
    why: 'Only the old quorum can open the old wrapped key; it says so before the work begins.',
    statement: `I hold a share of set ${set.setName}. I agree that a new set for ${keyName(plan)} replaces it: any ${plan.quorum.threshold} of ${plan.quorum.shares}. Purpose: ${purpose}.`,
  };
};
export const rewrap = (plan: KeyPlan): StepWords => ({
  title: 'Wrap the key anew', text: `The old wrapped key is opened inside HSM ${plan.hsm.serial ?? ''} and wrapped under the new wrapping key, for ${plan.media} numbered ${plan.media === 1 ? 'medium' : 'media'}. The locked copies of the key are not touched.`,
  why: 'The key that was locked stays locked: what is wrapped anew is the old backup, opened for this one moment.',
});
export const proveRestore = (plan: KeyPlan): StepWords => ({
  title: 'Prove the new backup', text: `The new wrapped key is opened on HSM ${plan.hsm.secondSerial ?? ''} for one moment and signs a challenge; then it is gone again.`,
  why: 'A backup that never recombined is not a backup.',
});
export const agreeToSupersede = (plan: KeyPlan): Statement => ({
  title: 'Agree that the old set ends', text: `Any ${plan.quorum.threshold} of ${plan.quorum.shares} custodians of the new set sign that the proof was shown and the old set is superseded.`,
  why: 'From here on the old shares are only to be collected and destroyed.',
  statement: `I have seen the new shares read back and the new backup of ${keyName(plan)} proved. I agree that set ${sourceOf(plan).set.setName} is superseded.`,
});
export const supersede = (plan: KeyPlan): StepWords => ({ title: 'Supersede the old set', text: `Set ${sourceOf(plan).set.setName} is marked as superseded. A share of it is refused from now on, by name.`, why: 'An old share must never pass for a new one.' });

const ACCOUNT: Readonly<Record<AccountStep['about'], StepWords>> = {
  used: { title: 'Account for the shares', text: 'Each sheet and card that was read goes back into a new numbered bag, or is destroyed under the eyes of the witness, or is said to be missing.', why: 'A share that was opened is not in custody again until somebody says where it is.' },
  superseded: { title: 'Account for the old copies', text: 'Every old sheet, card and medium is called by its number and destroyed, collected, or said to be missing.', why: 'Old shares and an old wrapped key together still open the key, on any computer.' },
  all: { title: 'Destroy and account', text: 'Every copy is called by its number, destroyed under the eyes of the witness, or said to be kept or missing.', why: 'What is not accounted for may still exist.' },
};
export const account = (about: AccountStep['about']): StepWords => ACCOUNT[about];
export const prove = (plan: KeyPlan, share: number, custodian: string): Statement => {
  const { set } = sourceOf(plan), name = nameOf(plan, custodian);
  return {
    title: `Share ${share}, ${name}`, text: `${name} opens the bag, has the share read, seals it in a new bag, and signs the slip. The share is judged and forgotten.`,
    why: 'A share that cannot be read any more must be known while enough others can.',
    statement: `I hold share ${share} of set ${set.setName}. It was read today, and it is back in a sealed bag with me.`,
  };
};
export const agreeToDestroy = (plan: KeyPlan): Statement => {
  const { set } = sourceOf(plan);
  return {
    title: 'Agree to destroy', text: `${plan.quorum.threshold} people sign that the copies of ${setWords(set)} are destroyed.`,
    why: 'What is destroyed cannot be brought back.',
    statement: `I agree that the copies of set ${set.setName} of ${keyName(plan)} named in the plan are destroyed now. I know that they cannot be brought back.`,
  };
};
export const splitPin = (plan: KeyPlan): StepWords => ({
  title: 'Split the PIN secret', text: `32 fresh bytes are made and split: any ${plan.quorum.threshold} of ${plan.quorum.shares} PIN shares rebuild them. The PIN of each HSM is derived from them and its serial number.`,
  why: 'Whoever knows the PIN can use the key. From here on only a quorum can.',
});
export const pinHandover = (plan: KeyPlan, share: number): StepWords => {
  const name = custodiansOf(plan)[share - 1]?.name ?? '';
  return { title: `PIN share ${share} to ${name}`, text: `${handoverSentence(plan, share)} The internal witness stands by.`, why: 'The old PIN dies only after every PIN share was read back.' };
};
export const rebuildPin = (plan: KeyPlan): StepWords => ({ title: 'Rebuild the PIN secret', text: `The PIN secret is rebuilt from two different sets of ${plan.quorum.threshold} shares, as they were read back.`, why: 'A PIN that nobody can derive again would lock everyone out.' });
export const changePin = (plan: KeyPlan): StepWords => ({
  title: 'Change the PIN', text: `Each HSM gets the PIN derived from the PIN secret${plan.pin.control === 'quorum' && plan.pin.so === 'quorum' ? ', and an SO PIN derived from it too' : ''}. The new PIN must open it; the old one must not.`,
  why: 'The SO PIN can reset the User PIN, so it is under the same control or nobody holds it; the record says which.',
});
