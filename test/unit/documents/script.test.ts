import { expect, test } from 'vitest';
import { allSteps, buildScript } from '../../../shared/ceremony/build-script.ts';
import { encodePlan, planDigest } from '../../../shared/ceremony/parse-plan.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { renderDocument } from '../../../electron/documents/page.ts';
import { scriptLayout } from '../../../electron/documents/script/script-document.ts';
import { excepted } from '../../support/duties-folder.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const render = (plan: Plan, pages = 0): string => renderDocument(scriptLayout({ plan, script: buildScript(plan), planSha256: planDigest(encodePlan(plan)), number: '0001', printedAt: '2026-11-23T09:00:00.000Z' }), pages);

test('has every step of the script with its number, in order', () => {
  const plan = samplePlan(), page = render(plan);
  const numbers = [...page.matchAll(/<(?:td><b|b class="hn")>(\d\.\d+)<\/b>/g)].map((match) => match[1]);
  expect(numbers).toEqual(allSteps(buildScript(plan)).map((step) => step.id));
});

test('marks what cannot be undone, in the list and at the step', () => {
  const plan = samplePlan(), page = render(plan), irreversible = allSteps(buildScript(plan)).filter((step) => step.irreversible);
  expect(page.match(/IRREVERSIBLE<\/b>/g)).toHaveLength(irreversible.length);
  for (const step of irreversible) expect(page).toContain(`<li><b>${step.id}</b>`);
});

test('has a box for initials and one for the time beside every step that is not a hold point', () => {
  const plan = samplePlan(), page = render(plan), steps = allSteps(buildScript(plan)).filter((step) => step.kind !== 'sign');
  expect(page.match(/<td class="bx"><i><\/i><\/td><td class="bx t"><i><\/i><\/td>/g)).toHaveLength(steps.length);
});

test('leaves room for the fingerprint and for the closing head, 32 words each', () => {
  expect(render(samplePlan()).match(/<div class="words blank">/g)).toHaveLength(2);
});

test('prints four exception forms, a place for every participant, and the digest in 32 numbered words', () => {
  const plan = samplePlan(), page = render(plan);
  expect(page.match(/<div class="form">/g)).toHaveLength(4);
  for (const person of plan.people) expect(page.split(person.name).length - 1).toBeGreaterThanOrEqual(2);
  expect(page).toContain('<small>32</small>');
});

test('a key without backup has no share and no media, and says who approved it', () => {
  const plan = samplePlan({ key: { label: 'k', profile: 'ed25519', backup: { kind: 'none', reason: 'It cannot be wrapped.', approvedBy: 'A. Board' } }, media: 0, hsm: { ...samplePlan().hsm, secondSerial: null } });
  const page = render(plan);
  expect(page).toContain('Approved by A. Board.');
  expect(page).not.toContain('Share sheet');
});

test('escapes what the plan says', () => {
  const plan = samplePlan({ ceremony: { ...samplePlan().ceremony, title: '<img src=x onerror=1>' } });
  expect(render(plan)).toContain('<h1>&lt;img src=x onerror=1&gt;</h1>');
});

test('takes the paper of the plan and needs nothing from outside', () => {
  const letter = render(samplePlan({ sheets: { paper: 'Letter', printer: { kind: 'folder' } } }));
  expect(letter).toContain('@page{size:816px 1056px;margin:0}');
  expect(letter).not.toMatch(/https?:|<script|src="|@import/);
  expect(render(samplePlan())).toContain('@page{size:794px 1123px;margin:0}');
});

test('numbers every page, with a symbol for each', () => {
  const page = render(samplePlan(), 3);
  expect([...page.matchAll(/Page (\d) of 3/g)].map((match) => match[1])).toEqual(['1', '2', '3']);
  expect(page.match(/aria-label="Page symbol, page \d"/g)).toHaveLength(3);
});

test('what was excepted is approved with the script, and a deputy is said to stand in for somebody', () => {
  const page = render(excepted());
  expect(page).toMatch(/<h2>Exceptions from the separation of duties<\/h2>[\s\S]*<td>Bruno Keller and Chen Wei report to Ada Okafor[\s\S]*Walter Brandt and Xenia Petrou<br><span class="s">The team has no other members/);
  expect(page).toContain('Deputy custodian<br><span class="s">for Ada Okafor</span>');
  expect(render(samplePlan())).not.toContain('Exceptions from the separation of duties');
});
