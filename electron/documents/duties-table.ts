/** Who is responsible for what, in the ceremony and after it: one row a role. Script and record share it. */
import { peopleIn } from '../../shared/ceremony/people.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { html } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { table } from './parts.ts';
import { roleName } from './people-words.ts';
import { dutiesOf, rolesIn } from './role-duties.ts';

const list = (sentences: readonly string[]): HtmlValue => sentences.map((sentence) => html`<p class="du">${sentence}</p>`);
export const dutiesTable = (plan: Plan): Html => table('tasks', ['Role', 'In the ceremony', 'After it'], rolesIn(plan).map((role) => {
  const duties = dutiesOf(plan, role);
  return [html`<b>${roleName(role)}</b><br><span class="s">${peopleIn(plan, role).map(({ name }) => name).join(', ')}</span>`, list(duties.during), list(duties.after)];
}));
