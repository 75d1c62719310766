import { describe, expect, it } from 'vitest';
import type { Charter } from '../../../shared/charter/charter-schema.ts';
import type { PlanFinding } from '../../../shared/ceremony/plan-findings.ts';
import { DUTIES } from '../../../shared/duties/duties.ts';
import { readCharter } from '../../../shared/text/charter-script.ts';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { standingLine, waitsForCharter } from '../../../renderer/screens/home/charter-panel-view.ts';
import { addMember, comesAs, inStep, replaceCredential, withCredential, withMember, withMemberRole, withStanding, type CharterPlan } from '../../../renderer/screens/prepare/charter-form.ts';
import { approvalSentence, CHARTER_TASKS, charterSummary, exceptableRows, placeFindings, roomList, roomRows, rosterRows } from '../../../renderer/screens/prepare/charter-view.ts';
import { summaryOf, taskName, tasksOf } from '../../../renderer/screens/prepare/prepare-view.ts';
import { ceremonyName, isDesk, purposeNote, sayExtra } from '../../../renderer/screens/run/run-view.ts';
import { peopleByRole, rolesLine } from '../../../renderer/text/charter.ts';
import { foundingPlan, sampleCharter } from '../../support/sample-charter.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { digestOf, tellStory } from '../../support/story.ts';

const founding = (): CharterPlan => inStep(foundingPlan() as CharterPlan);
const amendment = (changes: Partial<Charter> = {}): CharterPlan => {
  const plan = foundingPlan(), charter = sampleCharter(changes);
  return inStep({ ...plan, ceremony: { ...plan.ceremony, kind: 'amendment' }, charter, before: [{ ceremony: 1, head: digestOf('head'), charter }] } as CharterPlan);
};
const finding = (where: string, task: PlanFinding['task'] = 'ceremony'): PlanFinding => ({ code: 'PLAN_RULE', task, where, text: `about ${where}` });

describe('the tasks of a charter', () => {
  it('are those that apply, and any other that has something to mend', () => {
    const asked = CHARTER_TASKS.filter((task) => task !== 'materials');
    expect(tasksOf({ ...founding(), format: 'quorate-plan/2' }, [])).toEqual(CHARTER_TASKS);
    expect(tasksOf(founding(), [])).toEqual(asked);
    expect(tasksOf(founding(), [finding('sheets.printer', 'sheets')])).toEqual([...asked, 'sheets']);
    expect(tasksOf(samplePlan(), [])).not.toContain('room');
    expect(['quorum', 'room'].map((task) => taskName(founding(), task as 'room'))).toEqual(['Policy', 'People in the room']);
    expect(taskName(samplePlan(), 'quorum')).toBe('Quorum policy');
  });
  it('mend what is found where it is typed', () => {
    const places = { 'charter.members.2.credential.publicKey': 'credentials', 'people.1.credential.publicKey': 'credentials', 'charter.members.0.name': 'roster', 'people.0.name': 'roster', 'people.3': 'room', people: 'room', 'quorum.shares': 'room', 'charter.approval': 'quorum', 'charter.policy.quorum.threshold': 'quorum', 'decision.purpose': 'ceremony', 'ceremony.date': 'ceremony', charter: 'roster' };
    expect(Object.fromEntries(placeFindings(founding(), Object.keys(places).map((where) => finding(where))).map(({ where, task }) => [where, task]))).toEqual(places);
    expect(placeFindings(samplePlan(), [finding('people.0.name', 'roster')])).toEqual([finding('people.0.name', 'roster')]);
  });
  it('say once what is wrong with a person and their place on the roster', () => {
    const same = (where: string, text = 'Enrol this person.'): PlanFinding => ({ code: 'PLAN_INCOMPLETE', task: 'credentials', where, text });
    const at = founding().people.findIndex(({ id }) => id === 'ada'), member = founding().charter.members.findIndex(({ id }) => id === 'ada');
    const found = [same(`people.${at}.credential.publicKey`), same(`charter.members.${member}.credential.publicKey`), same('people.0.credential.publicKey')];
    expect(placeFindings(founding(), found).map(({ where }) => where)).toEqual([found[0]!.where, found[2]!.where]);
  });
  it('are summed up', () => {
    expect(CHARTER_TASKS.map((task) => charterSummary(founding(), task)).slice(1)).toEqual(['8 people', '8 people act; 3 custodians must approve', 'At least 2 of 3; 3 change the charter', 'Nothing is called in', '8 of 8 new keys ready']);
    const plan = addMember(withStanding(replaceCredential(amendment(), 'ada'), 'bruno', 'left')) as CharterPlan;
    expect(CHARTER_TASKS.map((task) => summaryOf(plan, task)).slice(1)).toEqual(['8 people; 1 new, 1 changed, 1 left', '7 people act, 2 candidates; 3 custodians must approve', 'At least 2 of 3; 3 change the charter', 'Nothing is called in', '0 of 2 new keys ready']);
    expect([charterSummary(amendment(), 'roster'), charterSummary(amendment(), 'credentials')]).toEqual(['8 people; nobody changes', 'No key changes']);
  });
});

describe('the roster beside the one in force', () => {
  it('shows every change at once as before and after', () => {
    const plan = withMemberRole(withMember(withStanding(amendment(), 'bruno', 'revoked'), 'ada', { organisation: 'Quay Audit' }), 'ada', 'crypto-officer', true) as CharterPlan;
    const row = (id: string) => rosterRows(plan).find(({ member }) => member.id === id)!;
    expect([row('ada').look.word, row('ada').lines]).toEqual(['Changed', [{ what: 'Organisation', before: 'Example Trust', after: 'Quay Audit' }, { what: 'Roles', before: 'Custodian', after: 'Crypto officer, custodian' }]]);
    expect([row('bruno').look.word, row('bruno').lines]).toEqual(['Key revoked', [{ what: 'Standing', before: 'Active', after: 'Key revoked' }]]);
    expect([row('chen').look.word, row('chen').lines]).toEqual(['No change', []]);
  });
  it('says that a key is still missing, and follows a name that changes', () => {
    const plan = replaceCredential(withMember(amendment(), 'ada', { name: 'Ada O.' }), 'ada') as CharterPlan;
    expect(rosterRows(plan).find(({ member }) => member.id === 'ada')!.lines).toEqual([
      { what: 'Name', before: 'Ada Okafor', after: 'Ada O.' }, { what: 'Signs with', before: expect.stringMatching(/^Credential file, key [0-9a-f ]{19}$/), after: 'Credential file, no key yet' },
    ]);
  });
  it('has no changes at a founding, where all is new, and none for a newcomer', () => {
    expect(rosterRows(founding()).every(({ lines, look }) => lines.length === 0 && look.word === 'Key ready')).toBe(true);
    expect(rosterRows(addMember(amendment()) as CharterPlan).at(-1)).toMatchObject({ look: { word: 'New' }, lines: [], was: null });
  });
});

describe('who comes', () => {
  it('are people in roles of the charter in force, and candidates', () => {
    const plan = withStanding(addMember(amendment()), 'bruno', 'revoked') as CharterPlan;
    expect(roomRows(plan).map(({ member }) => member.id)).not.toContain('bruno');
    expect(roomRows(plan).at(-1)).toMatchObject({ roles: ['candidate'], must: true });
    expect(roomList(plan).at(-1)).toBe(', candidate for custodian');
  });
  it('offers a deputy those who can be stood in for', () => {
    const plan = comesAs(withMemberRole(founding(), 'emil', 'deputy-custodian', true), 'emil', 'deputy-custodian') as CharterPlan;
    expect(roomRows(plan).find(({ member }) => member.id === 'emil')!.principals.map(({ id }) => id)).toEqual(['ada', 'bruno', 'chen', 'dalia']);
  });
  it('is said to be enough to approve or not, without those who sign with ink', () => {
    expect(approvalSentence(founding())).toEqual({ enough: true, here: 5, text: 'Any 3 custodians of this charter approve. 5 come, so 2 may be absent.' });
    const ink = ['ada', 'bruno', 'chen'].reduce((plan, id) => withCredential(plan, id, { kind: 'paper' }) as CharterPlan, founding());
    expect(approvalSentence(ink)).toEqual({ enough: false, here: 2, text: 'Any 3 custodians of this charter approve. Only 2 of them come with a key. 3 custodians sign with ink only and do not count here.' });
  });
});

it('offers every rule of the separation of duties to be excepted, and keeps ids it does not know', () => {
  const rows = exceptableRows({ ...sampleCharter().policy, exceptable: ['prior-holders', 'a-later-rule'] });
  expect(rows).toHaveLength(DUTIES.length + 1);
  expect(rows.filter(({ on }) => on).map(({ id }) => id)).toEqual(['prior-holders', 'a-later-rule']);
});

describe('a charter at home', () => {
  it('is shown by role; whoever acts no more stands last', () => {
    const charter = sampleCharter({ members: sampleCharter().members.map((member) => (member.id === 'ada' ? { ...member, roles: ['custodian', 'crypto-officer'] } : member.id === 'bruno' ? { ...member, standing: 'left' } : member)) });
    const groups = peopleByRole(charter);
    expect(groups.map(({ role, members }) => [role, members.length])).toEqual([['administrator', 1], ['crypto-officer', 1], ['custodian', 4], ['internal-witness', 1], ['external-auditor', 1], [null, 1]]);
    expect(standingLine(charter)).toBe('7 people may act, 1 acts no more.');
    expect(rolesLine(['custodian', 'internal-witness'])).toBe('Custodian and internal witness');
  });
  it('is not changed while a ceremony about the archive is under way', () => {
    const item = (kind: string, status: string) => ({ kind, status }) as never;
    expect(waitsForCharter([item('founding', 'closed'), item('recovery', 'running')])).toBeNull();
    expect(waitsForCharter([item('amendment', 'frozen')])).toEqual(item('amendment', 'frozen'));
    expect(waitsForCharter([item('founding', 'aborted')])).toBeNull();
  });
});

describe('a charter in the room', () => {
  const { told } = tellStory(foundingPlan());
  const reading = told.map(({ before }) => before).find(({ current, script, plan }) => allSteps(script).find(({ id }) => id === current)?.title === readCharter(plan.charter!).title)!;
  it('is read beside its words, with the width of the rail', () => {
    const extras = allSteps(reading.script).map((step) => sayExtra(reading, step)).filter((extra) => extra !== null);
    expect(extras).toEqual(['policy', 'roster', 'exceptions']);
    expect(isDesk(reading)).toBe(true);
  });
  it('is named by whose archive it is, with purpose and decision in sight', () => {
    expect(ceremonyName(reading.plan)).toBe('Example Trust · founding of the archive');
    expect(purposeNote(reading)).toBe('Purpose: Set up the key management of Example Trust. Decided by: Board, decision 2026-14.');
  });
});
