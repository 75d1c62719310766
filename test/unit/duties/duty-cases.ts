/** Of each duty: plans that keep it and plans that break it, with the people whom the violation is about. */
import type { Person, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { samplePlanOf, sampleSource } from '../../support/sample-source.ts';
import { deputies, id, roomPeople, roomPlan, samplePolicy, under } from '../../support/sample-duties.ts';

export interface DutyCase { readonly keeps: Plan; readonly breaks: Plan; readonly people: readonly string[] }
const token = (serial: string): Person['credential'] => ({ kind: 'token', algorithm: 'Ed25519', publicKey: null, serial, module: '/usr/lib/m.so' });
const card = (serial: string): Person['custody'] => ({ carrier: 'card', sheet: 'standard', card: { module: '/usr/lib/m.so', serial } });
const to = (name: string): Partial<Person> => ({ reportsTo: name });
const single = (person: string): Partial<Plan> => ({ pin: { control: 'single', person: id(person) } });
const quorum = (typedBy: string, soTypedBy: readonly string[]): Partial<Plan> => ({ pin: { control: 'quorum', typedBy: [id(typedBy), id('walter')], so: 'quorum', soTypedBy: soTypedBy.map(id) } });
const from = (organisation: string): Partial<Person> => ({ organisation });
const recovery = (overrides: Partial<Plan> = {}): Plan => samplePlanOf('recovery', { format: 'quorate-plan/2', ...overrides });
const paper: Partial<Person> = { credential: { kind: 'paper' } };
const officer = (changes: Partial<Person> = {}): Plan => roomPlan({}, { people: [...roomPeople(), { ...deputies()[0]!, id: id('ines'), name: 'Ines Duarte', role: 'crypto-officer', credential: { kind: 'paper' }, deputyOf: undefined, ...changes } as Person] });

export const DUTY_CASES: Readonly<Record<string, readonly DutyCase[]>> = {
  'one-person-one-role': [
    { keeps: roomPlan(), breaks: roomPlan({ walter: { name: 'MARIA  Lindqvist' } }), people: ['walter', 'maria'] },
    { keeps: roomPlan({ ada: { credential: token('T1'), custody: card('T1') } }), breaks: roomPlan({ ada: { credential: token('T1') }, xenia: { credential: token('T1') } }), people: ['ada', 'xenia'] },
    { keeps: roomPlan({ ada: { credential: token('T1') }, bruno: { custody: card('C1') } }), breaks: roomPlan({ ada: { credential: token('T1') }, bruno: { custody: card('T1') } }), people: ['bruno', 'ada'] },
    { keeps: roomPlan(), breaks: roomPlan({ bruno: { credential: roomPeople()[3]!.credential } }), people: ['bruno', 'ada'] },
  ],
  'custodian-reporting-line': [
    { keeps: roomPlan({ bruno: to('Ada Okafor') }), breaks: roomPlan({ bruno: to('Ada Okafor'), chen: to('ada okafor') }), people: ['ada', 'bruno', 'chen'] },
    { keeps: roomPlan({ bruno: to('Ada Okafor'), walter: to('Bruno Keller') }), breaks: roomPlan({ chen: to('Bruno Keller'), bruno: to('Walter Brandt'), walter: to('Ada Okafor') }), people: ['ada', 'bruno', 'chen'] },
  ],
  'custodians-one-superior': [{ keeps: roomPlan({ ada: to('Vera Holm'), bruno: to('Vera Holm') }), breaks: roomPlan({ ada: to('Vera Holm'), bruno: to('Vera Holm'), dalia: to('VERA Holm') }), people: ['ada', 'bruno', 'dalia'] }],
  'auditor-independent': [
    { keeps: roomPlan({ xenia: to('Somebody Else') }), breaks: roomPlan({ xenia: to('Ada Okafor') }), people: ['xenia', 'ada'] },
    { keeps: roomPlan(), breaks: roomPlan({ xenia: from('example trust') }), people: ['xenia', 'maria'] },
  ],
  'witness-administrator-apart': [
    { keeps: roomPlan({ walter: to('Vera Holm'), maria: to('Vera Holm') }), breaks: roomPlan({ walter: to('Maria Lindqvist') }), people: ['walter', 'maria'] },
    { keeps: roomPlan({ maria: to('Emil Novak') }), breaks: roomPlan({ maria: to('Emil Novak'), emil: to('Walter Brandt') }), people: ['maria', 'walter'] },
  ],
  'pin-holder-no-share': [
    { keeps: roomPlan({}, single('maria')), breaks: roomPlan({}, single('ada')), people: ['ada'] },
    { keeps: roomPlan({}, quorum('ada', ['maria', 'bruno'])), breaks: roomPlan({}, quorum('ada', ['maria', 'ada'])), people: ['ada'] },
    { keeps: roomPlan({}, quorum('maria', ['maria'])), breaks: roomPlan({}, quorum('maria', ['chen'])), people: ['chen'] },
  ],
  'pin-reporting-line': [{
    keeps: roomPlan({ ada: to('Maria Lindqvist'), bruno: to('Ada Okafor'), chen: to('Maria Lindqvist') }),
    breaks: roomPlan({ ada: to('Maria Lindqvist'), bruno: to('Ada Okafor'), chen: to('Maria Lindqvist'), walter: to('Chen Wei') }), people: ['maria', 'walter', 'ada', 'bruno', 'chen'],
  }],
  'other-organisation-quorum': [{ keeps: roomPlan({ ada: from('Outside'), bruno: from('Outside') }), breaks: roomPlan({ ada: from('Outside'), bruno: from('OUTSIDE'), chen: from('Outside') }), people: ['ada', 'bruno', 'chen'] }],
  'prior-holders': [{
    keeps: recovery({ source: sampleSource({ history: [{ name: 'ada okafor', shares: [1, 2] }] }) }), breaks: recovery({ source: sampleSource({ history: [{ name: 'ada okafor', shares: [2, 4] }] }) }), people: ['ada'],
  }],
  'crypto-officer-no-share': [
    { keeps: officer(), breaks: officer({ deputyOf: id('ada') }), people: ['ines'] },
    { keeps: recovery(), breaks: recovery({ people: [...recovery().people, ...officer().people.filter(({ id: own }) => own === 'ines').map((one) => ({ ...one, name: 'Ada Okafor' }))] }), people: ['ines'] },
  ],
  'deputy-fits': [
    { keeps: roomPlan(), breaks: roomPlan({ farah: { deputyOf: id('ada') } }), people: ['farah'] },
    { keeps: roomPlan(), breaks: roomPlan({ goran: { deputyOf: id('goran') } }), people: ['goran'] },
    { keeps: roomPlan(), breaks: roomPlan({ goran: { deputyOf: id('nobody') } }), people: ['goran'] },
    { keeps: roomPlan(), breaks: roomPlan({ bruno: { deputyOf: id('ada') } }), people: ['bruno'] },
    { keeps: roomPlan(), breaks: roomPlan({ goran: { deputyOf: undefined } as Partial<Person> }), people: ['goran'] },
  ],
  'head-count': [{ keeps: roomPlan({}, { under: under(samplePolicy({ headCount: { always: 4, irreversible: 10 } })) }), breaks: roomPlan({}, { under: under(samplePolicy({ headCount: { always: 4, irreversible: 11 } })) }), people: [] }],
  'credentials-enough': [
    { keeps: roomPlan({ ada: paper }, { under: under(samplePolicy({ credentials: { holdPoint: ['file'], record: ['file', 'paper'] } })) }), breaks: roomPlan({}, { people: roomPeople({ ada: { credential: token('T1') } }), under: under(samplePolicy({ credentials: { holdPoint: ['file'], record: ['file', 'token'] } })) }), people: ['ada'] },
    { keeps: roomPlan({ xenia: paper }, { under: under(samplePolicy()) }), breaks: roomPlan({ xenia: paper }, { under: under(samplePolicy({ credentials: { holdPoint: ['file'], record: ['file', 'token'] } })) }), people: ['xenia'] },
  ],
  'minimum-quorum': [{ keeps: roomPlan({}, { under: under(samplePolicy()) }), breaks: roomPlan({}, { under: under(samplePolicy({ quorum: { threshold: 4, shares: 5 } })) }), people: [] }],
};
