/** Joins the page to the vault's port: takes what is typed or scanned out of the page, sends it by clone, wipes it, and says what the vault answers. */
import type { EntryMessageIn, EntryMessageOut, ShareWay } from '../../shared/vault/contract.ts';
import { errorText } from '../../shared/text/errors.ts';
import { refusedDetails } from './advice.ts';
import type { EntryPage } from './page.ts';
import { askedOf, type Asked, type Question } from './question.ts';
import { readReply } from './reply.ts';
import { cameras, createScanning, type Scanning } from './scan/camera.ts';
import type { FrameFacts, FromWorker } from './scan/messages.ts';
import type { WantedText } from './scan/symbol-text.ts';

/** The bytes of a field. The caller sends and wipes them. */
const take = (field: HTMLInputElement): Uint8Array => new TextEncoder().encode(field.value.normalize('NFC'));
const sentence = (code: string, details: Readonly<Record<string, unknown>>): string => { const text = errorText(code, details); return `${text.title}. ${text.happened} ${text.next}`; };
const wantedText = ({ spec }: Question): WantedText => (spec.kind === 'test-symbol' ? 'test' : spec.kind === 'share' && spec.blind ? 'blind' : 'share');

/** After the vault refused a symbol, the sheet is still in front of the camera. */
const PAUSE_MS = 1500;
/** What was refused is not said any longer once it has been out of sight for a while. */
const REFUSAL_MS = 3000;
const NO_CAMERA = 'The camera cannot be used. See that it is plugged in and that no other program has it, or choose another way.';

export class Entry {
  private readonly page: EntryPage;
  private readonly port: MessagePort;
  private readonly asked: Asked;
  private readonly scanning: Scanning | null;
  /** What a symbol said, from the moment it was read until it is sent. */
  private symbol: Uint8Array | null = null;
  /** When the scanner last refused what was before the camera; 0 when nothing of it is on the screen. */
  private refusedAt = 0;
  private waiting = false;
  private over = false;

  /** @param build makes the page; it is told whom to call when a way is chosen */
  constructor(question: Question, port: MessagePort, build: (asked: Asked, onWay: (way: ShareWay) => void) => EntryPage) {
    this.port = port;
    this.asked = askedOf(question);
    this.scanning = this.asked.ways.length === 0 ? null : createScanning(wantedText(question), (message) => { this.scanned(message); });
    this.page = build(this.asked, (way) => { void this.useWay(way); });
  }

  /** Listens to the page and to the port, and puts the focus where the person begins. */
  async start(): Promise<void> {
    const { page, port } = this;
    port.addEventListener('message', (event: MessageEvent) => { const reply = readReply(event.data); if (reply) this.hear(reply); });
    port.start();
    page.form.addEventListener('submit', (event) => { event.preventDefault(); this.commit(); });
    page.cancel.addEventListener('click', () => { this.leave(); });
    addEventListener('keydown', (event) => { if (event.key === 'Escape') this.leave(); });
    addEventListener('pagehide', () => { this.clear(); });
    for (const [index, field] of page.fields.entries()) this.watch(field, index);
    const { ways } = page;
    if (ways === null) { page.fields[0]?.focus(); return; }
    ways.file.addEventListener('change', () => { this.pickPicture(ways.file); });
    ways.nextCamera.addEventListener('click', () => { void this.openCamera((scanning) => scanning.nextCamera()); });
    ways.choose(await this.firstWay());
  }

  /** The camera when there is one, else typing, else whatever is offered. */
  private async firstWay(): Promise<ShareWay> {
    const { ways } = this.asked, camera = ways.includes('scan') && (await cameras()).length > 0;
    return camera ? 'scan' : ways.find((way) => way === 'type') ?? ways.find((way) => way === 'image') ?? 'scan';
  }

  private async useWay(way: ShareWay): Promise<void> {
    this.dropSymbol();
    this.page.say('');
    this.scanning?.close();
    this.page.ways!.fileState.textContent = '';
    if (way === 'scan') await this.openCamera((scanning) => scanning.openCamera());
  }

  private async openCamera(open: (scanning: Scanning) => Promise<boolean>): Promise<void> {
    const { ways } = this.page;
    if (ways === null || this.scanning === null) return;
    ways.finder.say('The camera starts.', 'looking');
    if (!await open(this.scanning)) { ways.finder.say(NO_CAMERA, 'off'); return; }
    ways.nextCamera.hidden = (await cameras()).length < 2;
  }

  private pickPicture(input: HTMLInputElement): void {
    const file = input.files?.[0];
    if (file === undefined) return;
    this.dropSymbol();
    this.page.say('');
    this.page.ways!.fileState.textContent = 'The picture is being read.';
    this.scanning?.readPicture(file);
    // The name of the file is on the screen as long as the input holds it.
    input.value = '';
  }

  /** What the worker found. Nothing of a picture ever comes here. */
  private scanned(message: FromWorker): void {
    const { ways } = this.page;
    if (ways === null || this.over) { if (message.type === 'read') message.bytes.fill(0); return; }
    switch (message.type) {
      case 'frame': this.watched(message); return;
      case 'refused': this.refusedAt = performance.now(); this.page.say(sentence('SHARE_NOT_A_SHARE', refusedDetails(message.reason))); ways.fileState.textContent = ''; return;
      case 'broken': ways.finder.say(NO_CAMERA, 'off'); ways.fileState.textContent = 'The picture cannot be read.'; return;
      case 'read': this.keepSymbol(message.bytes);
    }
  }

  private watched(facts: FrameFacts): void {
    if (this.symbol !== null || this.waiting) return;
    this.page.ways!.finder.show(facts);
    if (this.refusedAt === 0 || performance.now() - this.refusedAt < REFUSAL_MS) return;
    this.refusedAt = 0;
    this.page.say('');
  }

  private keepSymbol(bytes: Uint8Array): void {
    this.dropSymbol();
    this.symbol = bytes;
    const [code] = this.page.asked(), said = code === undefined ? 'The symbol was read.' : 'The symbol was read. Now type its dice code.';
    this.page.ways!.finder.say(said, 'read');
    this.page.ways!.fileState.textContent = said;
    this.page.say('');
    if (code === undefined) this.commit(); else this.page.fields[code]?.focus();
  }

  private dropSymbol(): void { this.symbol?.fill(0); this.symbol = null; }

  private watch(field: HTMLInputElement, index: number): void {
    field.addEventListener('input', () => { this.page.mark(index, field.value === '' ? 'empty' : 'typed'); });
    if (index < this.asked.lines) field.addEventListener('change', () => { this.checkLine(field, index); });
  }

  /** SECURITY: SCR-1 bytes go by clone and both our copies are wiped; only whether the line is right comes back. */
  private checkLine(field: HTMLInputElement, index: number): void {
    if (field.value === '' || this.waiting) return;
    const value = take(field);
    this.post({ type: 'line', index: index as 0 | 1 | 2 | 3, value });
    value.fill(0);
  }

  private commit(): void {
    if (this.waiting) return;
    const { page } = this, way = page.ways?.chosen() ?? null, places = page.asked();
    if (way !== null && way !== 'type' && this.symbol === null) { page.say('No symbol has been read yet.'); return; }
    const empty = places.find((index) => page.fields[index]!.value === '');
    if (empty !== undefined) { page.say(`${page.labels[empty] ?? 'A field'} is empty.`); page.fields[empty]?.focus(); return; }
    const values = [...(this.symbol === null ? [] : [this.symbol]), ...places.map((index) => take(page.fields[index]!))];
    this.waiting = true;
    page.say('');
    this.post({ type: 'commit', values, ...(way === null ? {} : { way }) });
    for (const value of values) value.fill(0);
    this.symbol = null;
    // Lines that are right stay until the vault has taken all four, so that one mistyped line does not cost the others.
    if (this.asked.ways.length === 0) page.clear();
  }

  private hear(reply: EntryMessageOut): void {
    if (reply.type === 'line-checked') { this.lineChecked(reply.index, reply.ok); return; }
    this.waiting = false;
    if (reply.type === 'accepted') { this.end('Taken over. This window closes.'); return; }
    this.refusedAt = 0;
    this.page.say(sentence(reply.code, reply.details));
    if (this.asked.ways.length === 0) this.page.clear();
    const way = this.page.ways?.chosen();
    if (way === 'scan' || way === 'image') this.lookAgain();
    else this.page.fields[this.page.firstWrong() ?? 0]?.focus();
  }

  /** SECURITY: SCAN-1 a refused symbol is gone; scanning goes on with what is in front of the camera. */
  private lookAgain(): void {
    const { ways } = this.page;
    if (ways === null) return;
    ways.fileState.textContent = '';
    setTimeout(() => { if (!this.over) { ways.finder.say('Looking for a symbol.', 'looking'); this.scanning?.goOn(); } }, PAUSE_MS);
  }

  private lineChecked(index: number, ok: boolean): void {
    this.page.mark(index, ok ? 'right' : 'wrong');
    const wrong = this.page.firstWrong();
    this.page.say(wrong === null ? '' : errorText('SHARE_LINE_MISTYPED', { line: wrong + 1 }).title + '. Read it again from the sheet.');
  }

  private clear(): void { this.dropSymbol(); this.scanning?.close(); this.page.clear(); }

  private end(said: string): void { this.over = true; this.clear(); this.page.close(said); }

  private leave(): void {
    if (this.over) return;
    this.post({ type: 'cancel' });
    this.end('Nothing was taken over. This window closes.');
  }

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no target origin
  private post(message: EntryMessageIn): void { this.port.postMessage(message); }
}
