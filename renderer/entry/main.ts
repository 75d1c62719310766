/**
 * The entry window: one person, one secret, one port to the vault. Plain DOM, no framework and no state: a value lives in its field
 * until it is committed, and the field is emptied in the same turn. It talks to nobody but the vault.
 */
import type { EntryMessageIn, EntryMessageOut } from '../../shared/vault/contract.ts';
import { errorText } from '../../shared/text/errors.ts';
import { askedOf, readQuestion, type Asked, type Question } from './question.ts';
import { buildPage, type EntryPage } from './page.ts';
import { readReply } from './reply.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import './entry.css';

document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

/** The bytes of a field. The caller sends and wipes them. */
const take = (field: HTMLInputElement): Uint8Array => new TextEncoder().encode(field.value.normalize('NFC'));

class Entry {
  private readonly page: EntryPage;
  private readonly port: MessagePort;
  private readonly lines: boolean;
  private waiting = false;

  constructor(page: EntryPage, port: MessagePort, question: Question) {
    this.page = page;
    this.port = port;
    this.lines = question.spec.kind === 'share';
  }

  /** Joins the page to the port. */
  start(): void {
    const { page, port } = this;
    port.addEventListener('message', (event: MessageEvent) => { const reply = readReply(event.data); if (reply) this.hear(reply); });
    port.start();
    page.form.addEventListener('submit', (event) => { event.preventDefault(); this.commit(); });
    page.cancel.addEventListener('click', () => { this.leave(); });
    addEventListener('keydown', (event) => { if (event.key === 'Escape') this.leave(); });
    addEventListener('pagehide', () => { this.page.clear(); });
    for (const [index, field] of page.fields.entries()) this.watch(field, index);
    page.fields[0]?.focus();
  }

  private watch(field: HTMLInputElement, index: number): void {
    field.addEventListener('input', () => { this.page.mark(index, field.value === '' ? 'empty' : 'typed'); });
    if (this.lines) field.addEventListener('change', () => { this.checkLine(field, index); });
  }

  /** SECURITY: PROJ-1 bytes go by clone and both our copies are wiped; only whether the line is right comes back. */
  private checkLine(field: HTMLInputElement, index: number): void {
    if (field.value === '' || this.waiting) return;
    const value = take(field);
    this.post({ type: 'line', index: index as 0 | 1 | 2 | 3, value });
    value.fill(0);
  }

  private commit(): void {
    if (this.waiting) return;
    const empty = this.page.fields.findIndex((field) => field.value === '');
    if (empty >= 0) { this.page.say(`${this.page.labels[empty] ?? 'A field'} is empty.`); this.page.fields[empty]?.focus(); return; }
    const values = this.page.fields.map(take);
    this.waiting = true;
    this.page.say('');
    this.post({ type: 'commit', values, ...(this.lines ? { way: 'type' as const } : {}) });
    for (const value of values) value.fill(0);
    // Lines that are right stay until the vault has taken all four, so that one mistyped line does not cost the others.
    if (!this.lines) this.page.clear();
  }

  private hear(reply: EntryMessageOut): void {
    if (reply.type === 'line-checked') { this.lineChecked(reply.index, reply.ok); return; }
    this.waiting = false;
    if (reply.type === 'accepted') { this.page.clear(); this.page.close('Taken over. This window closes.'); return; }
    const text = errorText(reply.code, reply.details);
    this.page.say(`${text.title}. ${text.happened} ${text.next}`);
    if (!this.lines) this.page.clear();
    this.page.fields[this.page.firstWrong() ?? 0]?.focus();
  }

  private lineChecked(index: number, ok: boolean): void {
    this.page.mark(index, ok ? 'right' : 'wrong');
    const wrong = this.page.firstWrong();
    this.page.say(wrong === null ? '' : errorText('SHARE_LINE_MISTYPED', { line: wrong + 1 }).title + '. Read it again from the sheet.');
  }

  private leave(): void {
    this.page.clear();
    this.post({ type: 'cancel' });
    this.page.close('Nothing was taken over. This window closes.');
  }

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no target origin
  private post(message: EntryMessageIn): void { this.port.postMessage(message); }
}

addEventListener('message', function start(event: MessageEvent): void {
  if (event.source !== window || event.origin !== location.origin) return;
  const question = readQuestion(event.data);
  const port = event.ports[0];
  const root = document.getElementById('entry');
  if (!question || !port || !root) return;
  removeEventListener('message', start);
  const asked: Asked = askedOf(question);
  const entry = new Entry(buildPage(root, question, asked), port, question);
  entry.start();
});
