import { stepOf } from '../select.ts';
import type { StepKind } from '../script-types.ts';
import type { EntryType } from '../../transcript/entry-schema.ts';

const KINDS: Readonly<Partial<Record<EntryType, readonly StepKind[]>>> = {
  'answer': ['check'],
  'answers-compared': ['check'],
  'material': ['materials'],
  'preflight': ['machine'],
  'inventory': ['machine'],
  'login': ['login', 'machine', 'handover'],
  'login-failed': ['login', 'machine', 'handover'],
  'intent': ['machine', 'handover', 'account'],
  'signoff': ['sign', 'prove'],
  'share-read': ['gather', 'prove', 'machine'],
  'share-refused': ['gather', 'prove', 'machine'],
  'share-unproved': ['prove'],
  'copy-accounted': ['account', 'prove'],
  'set-superseded': ['machine'],
  'member-changed': ['machine'],
  'charter-enacted': ['machine'],
  'read-back': ['handover'],
  'read-back-failed': ['handover'],
  'sealed': ['handover'],
  'sheet-destroyed': ['handover', 'machine'],
};
import type { Rule } from '../rule.ts';

/** An entry fits the kind of the step that is open. */
export const stepKind: Rule = {
  id: 'STEP_KIND',
  says: 'An entry fits the kind of the step that is open.',
  about: Object.keys(KINDS) as EntryType[],
  check: (state, fact) => {
    const kinds = KINDS[fact.type];
    const step = stepOf(state);
    if (!kinds || !step) return null;
    if (!kinds.includes(step.kind)) return `${fact.type} in a ${step.kind} step`;
    if (step.kind !== 'machine') return null;
    if (fact.type === 'preflight' && step.operation !== 'preflight') return 'the air gap is checked in its own step';
    if ((fact.type === 'share-read' || fact.type === 'share-refused') && step.operation !== 'change-pin') return `${fact.type} in a machine step`;
    if ((fact.type === 'member-changed' || fact.type === 'charter-enacted') && step.operation !== 'enact') return 'a charter is enacted in its own step';
    if (fact.type === 'set-superseded' && step.operation !== 'supersede') return 'a set is superseded in its own step';
    if (fact.type === 'inventory' && step.operation !== `inventory-${fact.body.when}`) return 'the inventory is taken in its own step';
    return null;
  },
};
