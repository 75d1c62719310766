/** What is left blank beside a step, for the value that a person sees and writes. */
import { personById } from '../../../shared/ceremony/people.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Operation, Step } from '../../../shared/ceremony/script-types.ts';
import { shortRoleOf } from '../people-words.ts';
import { assertNever } from '../../../shared/assert-never.ts';

const OPERATION_BLANKS: Readonly<Record<Operation, readonly string[]>> = {
  preflight: ['Rows not as planned'], 'inventory-before': ['Objects, first token', 'Objects, second token'], 'generate-key': ['Key id begins'],
  'issue-certificate': ['SHA-256 begins'], split: ['Set name'], rebuild: ['Shares used'], wrap: ['SHA-256 begins'], restore: ['Public key equal'],
  lock: ['Wrap refused with'], wipe: [], 'inventory-after': ['Differences'], close: ['Entries'],
  'test-printer': ['Ruler, 100 mm', 'Symbol read'], combine: ['Shares used'], 'open-pin': ['Serials opened'], rewrap: ['SHA-256 begins'], 'prove-restore': ['Public key equal'],
  supersede: ['Old set'], 'split-pin': ['PIN set name'], 'rebuild-pin': ['Shares used'], 'change-pin': ['Old PIN refused with', 'SO PIN changed'], enact: ['Charter digest begins'],
};

/** What carries the share: a sheet has its attempt, a card its serial number, and with both each has a bag. */
const HANDOVER_BLANKS = { paper: ['Sheet, attempt', 'Bag number'], card: ['Card, serial', 'Bag number'], both: ['Sheet, attempt', 'Bag number', 'Bag of the card'] } as const;

const CHECK_BLANKS = { 'wall-clock': 'Clock, UTC', 'hsm-serial': 'Serial', 'plan-words': 'Words', 'previous-head': 'Words', 'key-words': 'Words' } as const;
const shortRole = (plan: Plan, id: string): string => { const person = personById(plan, id); return person ? shortRoleOf(plan, person).toLowerCase() : id; };

/** @returns the labels of the lines to write on, in order; none where nothing is observed. */
export const blanksOf = (plan: Plan, step: Step): readonly string[] => {
  switch (step.kind) {
    case 'say': return [];
    case 'roll-call': return ['Present', 'Absent'];
    case 'check': return step.answeredBy ? step.answeredBy.map(({ person }) => `${CHECK_BLANKS[step.check]}, ${shortRole(plan, person)}`) : step.check === 'wall-clock' ? ['Wall clock, UTC'] : step.check === 'hsm-serial' ? ['Serial read'] : ['Words asked for'];
    case 'machine': return OPERATION_BLANKS[step.operation];
    case 'login': return ['Serial opened'];
    case 'sign': return [];
    case 'handover': return HANDOVER_BLANKS[personById(plan, step.custodian)?.custody?.carrier ?? 'paper'];
    case 'gather': return ['Shares accepted', 'Shares refused'];
    case 'prove': return ['New bag'];
    case 'account': return ['Copies accounted for'];
    case 'materials': return [step.when === 'in' ? 'Things called in' : 'Things called out'];
    default: return assertNever(step);
  }
};
