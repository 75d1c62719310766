/**
 * The entry window: one person, one secret, one port to the vault. Plain DOM, no framework and no state: a value lives in its field
 * until it is committed, and the field is emptied in the same turn. It talks to nobody but the vault.
 */
import { Entry } from './entry.ts';
import { buildPage } from './page.ts';
import { readQuestion } from './question.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import './entry.css';

document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

addEventListener('message', function start(event: MessageEvent): void {
  if (event.source !== window || event.origin !== location.origin) return;
  const question = readQuestion(event.data);
  const port = event.ports[0];
  const root = document.getElementById('entry');
  if (!question || !port || !root) return;
  removeEventListener('message', start);
  const entry = new Entry(question, port, (asked, onWay) => buildPage(root, question, asked, onWay));
  void entry.start();
});
