/** Which sections a record has, by kind of ceremony, and their numbers: the first page is 1. References use the same table. */
import { hasRoomProtocol } from '../../../shared/ceremony/people.ts';
import type { CeremonyKind, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export type SectionId =
  | 'people' | 'duties' | 'devices' | 'workstation' | 'steps' | 'key' | 'certificate' | 'source' | 'gathered' | 'checked' | 'custody' | 'backup' | 'pin'
  | 'room' | 'reading' | 'after' | 'charter' | 'accounted' | 'remains' | 'exceptions' | 'close' | 'attestation' | 'verify';

const END = ['exceptions', 'close', 'attestation', 'after', 'verify'] as const;
/** A ceremony about the archive itself uses no device and touches no key. */
const ARCHIVE = ['people', 'room', 'workstation', 'reading', 'steps', 'charter', ...END] as const;
const SECTIONS: Readonly<Record<CeremonyKind, readonly SectionId[]>> = {
  'root-key-generation': ['people', 'room', 'devices', 'workstation', 'reading', 'steps', 'key', 'certificate', 'custody', 'backup', 'pin', ...END],
  recovery: ['people', 'room', 'devices', 'workstation', 'reading', 'steps', 'key', 'source', 'gathered', 'backup', 'pin', 'accounted', ...END],
  're-share': ['people', 'room', 'devices', 'workstation', 'reading', 'steps', 'key', 'source', 'gathered', 'custody', 'backup', 'pin', 'accounted', 'remains', ...END],
  'share-check': ['people', 'room', 'workstation', 'reading', 'steps', 'key', 'source', 'checked', ...END],
  'share-destruction': ['people', 'room', 'workstation', 'reading', 'steps', 'key', 'source', 'accounted', 'remains', ...END],
  founding: ARCHIVE, amendment: ARCHIVE, merge: ARCHIVE,
};
const byQuorum = ({ pin }: Plan): boolean => pin?.control === 'quorum' || pin?.control === 'held-by-quorum';

/** In the order in which they are printed. */
export const sectionsOf = (plan: Plan): readonly SectionId[] => SECTIONS[plan.ceremony.kind].filter((id) => (id !== 'pin' || byQuorum(plan))).flatMap((id): readonly SectionId[] => (id === 'people' && hasRoomProtocol(plan) ? [id, 'duties'] : [id]));
/** @returns 2 or more; 0 for a section that this record does not have. */
export const sectionNumber = (plan: Plan, id: SectionId): number => { const at = sectionsOf(plan).indexOf(id); return at < 0 ? 0 : at + 2; };
export const heading = (plan: Plan, id: SectionId, title: string): Html => html`<h2>${sectionNumber(plan, id)} ${title}</h2>`;
