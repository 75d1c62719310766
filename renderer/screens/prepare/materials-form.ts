/**
 * Edits of the list of things on the table, and what Prepare says of it. Pure. Bags are not typed here: the archive says where a thing
 * was last, and two people read its bag on the day.
 */
import { fourDigits } from '../../../shared/text/ceremony-number.ts';
import { MOST_MATERIALS, type Material } from '../../../shared/ceremony/material-schema.ts';
import { materialsOf, tokensOf } from '../../../shared/ceremony/people.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { MaterialState } from '../../../shared/register/materials.ts';

type Register = readonly MaterialState[];

/** An empty list is no list: the script then has no steps for it. */
const withList = (plan: Plan, list: readonly Material[]): Plan => {
  const { materials: _before, ...rest } = plan;
  return list.length === 0 ? rest : { ...rest, materials: [...list] };
};
/** A name in this archive for ever, so neither of the plan nor of anything that the archive knows. */
const freeId = (plan: Plan, register: Register, stem: string): string => {
  const isTaken = (id: string): boolean => [...materialsOf(plan), ...register].some((one) => one.id === id);
  for (let number = 1; ; number++) if (!isTaken(`${stem}-${number}`)) return `${stem}-${number}`;
};
const asListed = ({ id, kind, what, serial, bag, from }: MaterialState): Material => ({ id, kind, what, serial, bag, from });

/** What a thing is, and its serial number, cannot change once the archive has seen it. */
export const isKnown = ({ id, from }: Material, register: Register): boolean => from !== null || register.some((one) => one.id === id);
export const isFull = (plan: Plan): boolean => materialsOf(plan).length >= MOST_MATERIALS;

/** By place, since ids may be wrong while a plan is drawn up. */
export const withMaterial = (plan: Plan, index: number, change: Partial<Pick<Material, 'kind' | 'what' | 'serial'>>): Plan =>
  withList(plan, materialsOf(plan).map((item, at) => (at === index ? { ...item, ...change } : item)));
/** A thing that does not come, or was listed by mistake. */
export const removeMaterial = (plan: Plan, index: number): Plan => withList(plan, materialsOf(plan).filter((_, at) => at !== index));
export const addMaterial = (plan: Plan, register: Register): Plan =>
  withList(plan, [...materialsOf(plan), { id: freeId(plan, register, 'thing'), kind: 'other', what: '', serial: null, bag: null, from: null }]);

/** What the archive knows and the plan does not call, in the archive's order. */
export const leftOut = (plan: Plan, register: Register): Register => register.filter(({ id }) => !materialsOf(plan).some((item) => item.id === id));
/** A thing of the archive comes after all, as the archive saw it last. */
export const bringMaterial = (plan: Plan, item: MaterialState): Plan => (leftOut(plan, [item]).length === 0 ? plan : withList(plan, [...materialsOf(plan), asListed(item)]));

const holdsKeys = ({ kind }: Material): boolean => kind === 'hsm' || kind === 'token';
/** Serials of the HSMs that the ceremony opens and the list does not name. */
export const unlistedHsms = (plan: Plan): readonly string[] => tokensOf(plan).filter((serial) => !materialsOf(plan).some((item) => holdsKeys(item) && item.serial === serial));
/** Each as the archive knows it, or as a new thing. */
export const addHsms = (plan: Plan, register: Register): Plan => unlistedHsms(plan).reduce((next, serial) => {
  const known = leftOut(next, register).find((item) => holdsKeys(item) && item.serial === serial);
  if (known) return bringMaterial(next, known);
  const what = serial === plan.hsm?.serial ? 'HSM' : 'Second HSM';
  return withList(next, [...materialsOf(next), { id: freeId(next, register, 'hsm'), kind: 'hsm', what, serial, bag: null, from: null }]);
}, plan);

/** Where the archive saw it last: "Bag 0048117, ceremony 0003". */
export const lastSeen = ({ id, bag, from }: Material, register: Register): string => {
  if (from === null) return bag === null ? 'New' : `New, in bag ${bag}`;
  const missing = register.find((one) => one.id === id && one.from === from)?.missing ?? false;
  return `${missing ? 'Missing' : bag === null ? 'No bag' : `Bag ${bag}`}, ceremony ${fourDigits(from)}`;
};

const number = (count: number): string => `${count} ${count === 1 ? 'thing' : 'things'}`;
/** Each thing for the last look, in the order of the list. */
export const materialLines = (plan: Plan): readonly string[] => materialsOf(plan).map(({ what, serial }) => (serial === null ? what : `${what}, serial ${serial}`));
/** One line under the task. */
export const materialsSummary = (plan: Plan): string => {
  const list = materialsOf(plan), fresh = list.filter(({ from }) => from === null).length;
  if (list.length === 0) return 'Nothing is called in';
  return `${number(list.length)} called in and out${fresh === 0 ? '' : fresh === list.length ? ', all new to the archive' : `, ${fresh} new to the archive`}`;
};
