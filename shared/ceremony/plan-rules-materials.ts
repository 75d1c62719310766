/** Plan rules of the materials on the table. */
import { hasRoomProtocol } from './people.ts';
import { when, type PlanRule } from './plan-rule.ts';

export const materialRules = {
  'materials-in-room-protocol': (plan) => when(plan.materials !== undefined && !hasRoomProtocol(plan), 'materials', 'Materials are called in ceremonies of plans of format "quorate-plan/2". Write that format, or remove this field.'),
  'material-once': (plan) => (plan.materials ?? []).flatMap(({ id, kind, serial }, index, all) => [
    ...when(all.findIndex((one) => one.id === id) < index, `materials.${index}.id`, `Another material has the id "${id}". Each thing has an id of its own.`),
    ...when(serial !== null && all.findIndex((one) => one.kind === kind && one.serial === serial) < index, `materials.${index}.serial`, 'Another material of this kind has the same serial number.'),
  ]),
  'material-bag-once': (plan) => (plan.materials ?? []).flatMap(({ bag, kind }, index, all) =>
    when(bag !== null && kind !== 'bag' && all.findIndex((one) => one.bag === bag && one.kind === 'bag') >= 0, `materials.${index}.bag`, 'A bag of this number is listed as a thing of its own. List the bag, or what is in it.')),
} satisfies Record<string, PlanRule>;
