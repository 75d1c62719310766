/** The script of a ceremony: acts and numbered steps, derived from the plan alone. Screens and paper show the same numbers. */
import type { PersonId, StepId } from '../brand.ts';
import type { SetRef } from './plan-schema.ts';

/** What a machine step makes the app or the HSM do; each has its runner in electron/ceremony/effects. */
export const OPERATIONS = [
  'preflight', 'inventory-before', 'generate-key', 'issue-certificate', 'split', 'rebuild', 'wrap', 'restore', 'lock', 'wipe',
  'inventory-after', 'close',
  'test-printer', 'combine', 'open-pin', 'rewrap', 'prove-restore', 'supersede', 'split-pin', 'rebuild-pin', 'change-pin',
  'enact',
] as const;
export type Operation = (typeof OPERATIONS)[number];

interface StepBase {
  readonly id: StepId;
  readonly act: number;
  /** Short, for the rail: "Make the key pair". */
  readonly title: string;
  /** Full sentence(s) for the room: what is said or done. */
  readonly text: string;
  readonly why: string;
  /** Who acts, in order. */
  readonly actors: readonly PersonId[];
  /** Cannot be undone once done: thick double rule on screen and paper. */
  readonly irreversible: boolean;
  readonly expectedMinutes: number;
}
/** Read aloud by the first actor; done when confirmed. */
export interface SayStep extends StepBase { readonly kind: 'say' }
/** Everyone in the room is called; each is present or absent, and how the identity was checked. */
export interface RollCallStep extends StepBase { readonly kind: 'roll-call' }
/** One of the two people who answer a check; `label` names the field they type in. */
export interface Answerer { readonly person: PersonId; readonly label: string }
/** A value read from something that is not the screen, typed by the last actor; compared after commit. `answeredBy`: by these two, compared after both. */
export interface CheckStep extends StepBase { readonly kind: 'check'; readonly answeredBy?: readonly [Answerer, Answerer]; readonly check: 'plan-words' | 'previous-head' | 'wall-clock' | 'hsm-serial' | 'key-words'; readonly hint: string; readonly answerLabel: string; /** Which of the parents of a merge the question is about, from 0. */ readonly parent?: number }
/** The app or the HSM acts. */
export interface MachineStep extends StepBase { readonly kind: 'machine'; readonly operation: Operation }
/** A PIN is typed by each actor in turn in their own entry window, then the token is opened. */
export interface LoginStep extends StepBase { readonly kind: 'login'; readonly token: 'first' | 'second' }
/** Hold point: `threshold` distinct custodians sign the checkpoint. */
export interface SignStep extends StepBase { readonly kind: 'sign'; readonly threshold: number; readonly statement: string }
/** One custodian at the desk: print or write, read back, seal. `holds`: which of the ceremony's sets the share is of. */
export interface HandoverStep extends StepBase { readonly kind: 'handover'; readonly shareNumber: number; readonly custodian: PersonId; readonly holds: SetRef['holds'] }
/** Holders bring their shares until `threshold` are accepted; each is judged as it is read. */
export interface GatherStep extends StepBase { readonly kind: 'gather'; readonly holds: SetRef['holds']; readonly threshold: number }
/** One holder proves their own share, alone, without revealing it, seals it again and signs the slip; or it is said why not. */
export interface ProveStep extends StepBase { readonly kind: 'prove'; readonly shareNumber: number; readonly custodian: PersonId; readonly statement: string }
/** Every copy that the step is about is accounted for, one by one. `used`: what this ceremony read; `superseded`, `all`: every copy the plan lists. */
export interface AccountStep extends StepBase { readonly kind: 'account'; readonly about: 'used' | 'superseded' | 'all' }
/** Each material of the plan is called in, or out, by its holder and the witness. */
export interface MaterialsStep extends StepBase { readonly kind: 'materials'; readonly when: 'in' | 'out' }
export type Step = SayStep | RollCallStep | CheckStep | MachineStep | LoginStep | SignStep | HandoverStep | GatherStep | ProveStep | AccountStep | MaterialsStep;
export type StepKind = Step['kind'];

export interface Act { readonly number: number; readonly title: string; readonly aim: string; readonly expectedMinutes: number; readonly steps: readonly Step[] }
export interface Script { readonly acts: readonly Act[] }
