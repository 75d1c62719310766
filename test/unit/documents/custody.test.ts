/** Script, record and certificate of ceremonies on existing shares: what each says, and what it must not say. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { destructionLayout } from '../../../electron/documents/destruction-certificate.ts';
import { createDocuments } from '../../../electron/documents/documents.ts';
import { readCeremonyFolder } from '../../../electron/documents/folder.ts';
import type { CeremonyFolder } from '../../../electron/documents/folder.ts';
import { renderDocument } from '../../../electron/documents/page.ts';
import type { Layout } from '../../../electron/documents/page.ts';
import { recordLayout } from '../../../electron/documents/record/record-document.ts';
import { sectionsOf } from '../../../electron/documents/record/sections.ts';
import { verifyMarkdown } from '../../../electron/documents/verify-md.ts';
import { blanksOf } from '../../../electron/documents/script/observed.ts';
import { scriptLayout } from '../../../electron/documents/script/script-document.ts';
import { allSteps, buildScript } from '../../../shared/ceremony/build-script.ts';
import { keyPlan } from '../../../shared/ceremony/people.ts';
import type { KeyPlan, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { buildFolder, writeFolder } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { custodyFolder, generationByQuorum, KINDS } from './sample-custody.ts';

const AT = '2027-03-02T17:41:00.000Z';
let parent = '';
beforeEach(() => { parent = mkdtempSync(path.join(tmpdir(), 'quorate-custody-')); });
afterEach(() => { rmSync(parent, { recursive: true, force: true }); });

const read = (built: BuiltFolder): Promise<CeremonyFolder> => readCeremonyFolder(writeFolder(parent, built));
const wordsOf = (layout: Layout): string => renderDocument(layout, 0).replace(/<style>[\s\S]*?<\/style>/, '').replace(/<svg[\s\S]*?<\/svg>/g, '').replace(/<(br|\/t[dhr]|\/d[dt]|\/p|\/h\d|\/span)>/g, ' ').replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');
const record = async (built: BuiltFolder): Promise<string> => wordsOf(recordLayout(await read(built), AT));
const certificate = async (built: BuiltFolder): Promise<string> => wordsOf(destructionLayout(await read(built), AT));
const script = async (built: BuiltFolder): Promise<string> => {
  const { plan, planSha256, state } = await read(built);
  return wordsOf(scriptLayout({ plan, planSha256, script: state.script, number: '0002', printedAt: AT }));
};
const sheets = (paper: 'A4' | 'Letter') => (plan: KeyPlan): KeyPlan => ({ ...plan, sheets: { paper, printer: { kind: 'folder' } } });

describe.each(KINDS)('the papers of a %s', (kind) => {
  it('say purpose and authority on the first page and under the head of every page', async () => {
    const change = (plan: KeyPlan): KeyPlan => ({ ...plan, source: { ...plan.source!, purpose: 'A purpose of <this> day', authority: 'Decision 2027-014' } });
    const folder = await read(custodyFolder(kind, { change })), page = renderDocument(recordLayout(folder, AT), 0);
    expect(page).toContain('<span>Purpose: A purpose of &lt;this&gt; day</span><span>Decided by: Decision 2027-014</span>');
    expect(page).toContain('<dd><b>A purpose of &lt;this&gt; day</b></dd>');
    expect(await script(custodyFolder(kind, { change }))).toContain('Purpose A purpose of &lt;this&gt; day Decided by Decision 2027-014');
  });
  it('number the sections without a gap, and refer to none that is not there', async () => {
    const folder = await read(custodyFolder(kind)), page = renderDocument(recordLayout(folder, AT), 0), count = sectionsOf(folder.plan).length;
    expect([...page.matchAll(/<h2>(\d+) /g)].map((match) => Number(match[1]))).toEqual(Array.from({ length: count }, (_, index) => index + 2));
    for (const [, number] of page.matchAll(/section[ \u00a0](\d+)/g)) expect(Number(number)).toBeGreaterThan(1);
  });
  it('have every step in the script, with its number, and a form for what happens at the desk', async () => {
    const built = custodyFolder(kind), { plan, state, planSha256 } = await read(built);
    const page = renderDocument(scriptLayout({ plan, planSha256, script: state.script, number: '0002', printedAt: AT }), 0);
    expect([...page.matchAll(/<(?:tr[^>]*><td><b|b class="hn")>(\d\.\d+)<\/b><\/td><td><span class="nb">|<b class="hn">(\d\.\d+)/g)].map((match) => match[1] ?? match[2])).toEqual(allSteps(state.script).map((step) => step.id));
    const desk = allSteps(state.script).filter((step) => step.kind === 'gather' || step.kind === 'account').length + (kind === 'share-check' ? 1 : 0);
    expect(page.match(/<div class="desk/g)).toHaveLength(desk);
  });
  it('print wherever the transcript ends, and say that it is not closed', async () => {
    const built = custodyFolder(kind), dir = writeFolder(parent, built), lines = Buffer.from(built.files.get('transcript.jsonl')!).toString('utf8').split('\n').slice(0, -1);
    for (let count = 1; count < lines.length; count++) {
      writeFileSync(path.join(dir, 'transcript.jsonl'), `${lines.slice(0, count).join('\n')}\n`);
      const folder = await readCeremonyFolder(dir);
      expect(renderDocument(recordLayout(folder, AT), 0)).toContain('<h1 class="out">Not closed.</h1>');
      expect(verifyMarkdown(folder)).toContain('**Not closed.**');
    }
  });
  it('print on Letter too', async () => {
    expect(renderDocument(recordLayout(await read(custodyFolder(kind, { change: sheets('Letter') })), AT), 0)).toContain('@page{size:816px 1056px;margin:0}');
  });
  it('do not speak of a key that was made, nor of a certificate that was signed', async () => {
    expect(await record(custodyFolder(kind))).not.toMatch(/No key was made|No certificate was signed|Key generation/);
  });
});

describe('the record of a recovery', () => {
  it('says first what was recovered, where, and from which shares', async () => {
    expect(await record(custodyFolder('recovery'))).toMatch(/The key example-root-2026 P-384 was recovered into HSM target-2 on \d+ \w+ \d{4}, from shares 1, 2 and 3 of set [A-Z]+-\d{4}, epoch 1\. It is this key: the public key is equal, and it signed a challenge\. It is locked there\./);
  });
  it('tells what is shown of a refused share from what it only claims', async () => {
    const words = await record(custodyFolder('recovery'));
    expect(words).toMatch(/Bruno Keller Paper [^·]*\(SHARE_OLD_EPOCH\) Claims to be share 2, Bruno Keller, set JET-7712, epoch 2/);
    expect(words).toMatch(/Dalia Haddad Paper [^·]*\(SHARE_WRONG_PERSON\) ?: share 3, Chen Wei –/);
  });
  it('names who brought the share of another', async () => {
    const built = custodyFolder('recovery'), folder = await read(built);
    const shares = folder.state.gatherings[0]!.shares.map((share, index) => (index === 0 ? { ...share, presenter: 'maria' as typeof share.presenter } : share));
    const changed = { ...folder, state: { ...folder.state, gatherings: [{ ...folder.state.gatherings[0]!, shares }] } };
    expect(wordsOf(recordLayout(changed, AT))).toContain('1 Ada Okafor Maria Lindqvist symbol, by camera');
  });
  it('says where every share that was opened is now', async () => {
    expect(await record(custodyFolder('recovery'))).toMatch(/Sheet of share 1, Ada Okafor Attempt 1 \S+ Back in custody/);
  });
  it('says when it did not come about', async () => {
    const folder = await read(custodyFolder('recovery'));
    const words = wordsOf(recordLayout({ ...folder, state: { ...folder.state, backup: null } }, AT));
    expect(words).toContain('was not recovered.');
    expect(words).not.toContain('was recovered into');
  });
});

describe('the record of a re-share', () => {
  it('names both sets, counts the old copies, and says what the rest can still do', async () => {
    const words = await record(custodyFolder('re-share'));
    expect(words).toMatch(/were replaced on [^.]* by set [A-Z]+-\d{4}, epoch 2: any 3 of 5\. The new backup was proved\. The old set is superseded, 5 of 7 copies on the list destroyed\./);
    expect(words).toMatch(/2 old shares are left and no old wrapped key/);
    expect(words).toMatch(/Sheet of share 3, Chen Wei Attempt 1 \S+ Missing/);
    expect(words).toContain('Holder, share 5');
  });
  it('calls nothing exposed when everything is destroyed', async () => {
    const words = await record(custodyFolder('re-share', { trouble: false }));
    expect(words).toContain('all 7 copies on the list destroyed');
    expect(words).not.toContain('Treat the root key as exposed');
  });
});

describe('the record of a share check', () => {
  it('has a row for each slip, and the margin that is left', async () => {
    const words = await record(custodyFolder('share-check'));
    expect(words).toContain('3 of the 5 shares of set');
    expect(words).toMatch(/1 Ada Okafor Proved symbol, by camera \S+ UTC \S+ Credential file/);
    expect(words).toMatch(/3 Chen Wei Unreadable – – Not signed/);
    expect(words).toMatch(/4 Dalia Haddad Absent – – Not signed/);
    expect(words).toContain('4 shares less 3 needed: 1. One share more than needed can be counted on.');
  });
  it.each([[3, 'Replace the share set now'], [4, 'while the HSM works, rotation of the key is due']])('demands action when %i shares are lost', async (lost, demand) => {
    const folder = await read(custodyFolder('share-check', { trouble: false }));
    const proofs = folder.state.proofs.map((proof) => (proof.share <= lost - 1 ? { ...proof, found: 'lost' as const } : proof));
    expect(wordsOf(recordLayout({ ...folder, state: { ...folder.state, proofs } }, AT))).toContain(demand);
  });
  it('speaks of a PIN, not of a backup, when the set holds a PIN', async () => {
    const words = await record(custodyFolder('share-check', { on: generationByQuorum(), holds: 'pin' }));
    expect(words).toContain('The PIN set');
    expect(words).not.toContain('Wrapped key');
  });
});

describe('the PIN under quorum', () => {
  it('is said on the first page with what the security officer can do', async () => {
    const words = await record(generationByQuorum());
    expect(words).toMatch(/From now on any 3 of 5 shares of PIN set [A-Z]+-\d{4} open the HSM, and nobody knows its PIN\./);
    expect(words).toContain('The SO can reset the PIN, but the SO PIN is derived from the same PIN secret');
    expect(words).toContain('refused with CKR_PIN_INCORRECT');
  });
  it('says who can still reset it when the SO PIN was left', async () => {
    const words = await record(generationByQuorum({ pin: { control: 'quorum', typedBy: ['maria', 'walter'] as never, so: 'nobody', soTypedBy: [] } }));
    expect(words).toMatch(/The SO can reset the PIN of 8f2c41d09be3a776 and 13b0d7e52c9f4a68\. Nobody holds the SO PIN, says the plan; this record cannot show that\./);
  });
});

describe('carriers', () => {
  it('are told apart: blind, large, card and both, each card by serial and bag', async () => {
    const words = await record(generationByQuorum());
    for (const fact of ['Paper, printed blind', 'Paper, large print', 'DECC0401298 Not encrypted to a key of the card', 'Printer test: a test page was printed', 'Custodians’ cards']) expect(words).toContain(fact);
    expect(words).toContain('Annex B: what is in custody now');
    expect(words).toMatch(/2 Bruno Keller Card DECC0401237 \S+-C/);
  });
});

describe('marks', () => {
  it('say DRILL across a production drill, and REHEARSAL across a rehearsal', async () => {
    const folder = await read(generationByQuorum()), marks = (plan: Plan): readonly string[] => recordLayout({ ...folder, plan }, AT).frame.marks;
    expect(marks(folder.plan)).toEqual(['REHEARSAL']);
    expect(marks({ ...folder.plan, mode: 'production', drill: true })).toEqual(['DRILL']);
    expect(marks({ ...folder.plan, mode: 'production' })).toEqual([]);
    expect(renderDocument(recordLayout({ ...folder, plan: { ...folder.plan, mode: 'production', drill: true } }, AT), 0)).toContain('<div class="mark" aria-hidden="true">DRILL</div>');
  });
});

describe('the certificate of a destruction', () => {
  it('says destroyed only when every copy on the list is', async () => {
    const words = await certificate(custodyFolder('share-destruction', { on: generationByQuorum(), trouble: false }));
    expect(words).toMatch(/Share set [A-Z]+-\d{4} is destroyed\./);
    expect(words).not.toContain('not destroyed');
    expect(words).toContain('Object deleted from the card');
  });
  it('says how many, and names what is left, when one is missing', async () => {
    const words = await certificate(custodyFolder('share-destruction'));
    expect(words).toMatch(/5 of 7 copies of set [A-Z]+-\d{4} are destroyed\./);
    expect(words).not.toMatch(/Share set [A-Z]+-\d{4} is destroyed\./);
    expect(words).toMatch(/B Sheet of share 3, Chen Wei Attempt 1 bag \S+ Missing\./);
    expect(words).toMatch(/Entries \d+ to \d+ hold the evidence/);
  });
  it('of a recovery does not call the set destroyed', async () => {
    expect(await certificate(custodyFolder('recovery'))).toMatch(/No copy of set [A-Z]+-\d{4} was destroyed\./);
  });
  it('is not made of a ceremony that is not closed, nor of one without copies (TRANSCRIPT_NOT_CLOSED)', async () => {
    const documents = createDocuments({ htmlToPdf: () => Promise.reject(new Error('must not print')) });
    await expect(documents.makeDestructionCertificate(writeFolder(parent, buildFolder()), path.join(parent, 'c.pdf'))).rejects.toMatchObject({ code: 'TRANSCRIPT_NOT_CLOSED' });
  });
});

it('no paper holds a share, and the record names every copy on the list', async () => {
  const folder = await read(custodyFolder('share-destruction')), page = renderDocument(recordLayout(folder, AT), 0);
  expect(page).not.toMatch(/KCS1:|KCB1:/);
  for (const { copy } of folder.plan.source!.copies) if (copy.kind === 'card') expect(page).toContain(copy.serial);
});

describe('what a script asks people to write or read', () => {
  it('is the serial of the card where a share goes to a card, the attempt where it goes to a sheet, and both bags where to both', async () => {
    const change = (plan: KeyPlan): KeyPlan => {
      const carriers = ['paper', 'card', 'both'] as const;
      let next = 0;
      return { ...plan, people: plan.people.map((person) => (person.role !== 'custodian' ? person : { ...person, custody: { carrier: carriers[next % 3]!, sheet: 'standard', card: next++ % 3 === 0 ? null : { module: '/m.so', serial: `card-${next}` } } })) };
    };
    const plan = change(keyPlan((await read(custodyFolder('re-share'))).plan));
    const blanks = allSteps(buildScript(plan)).filter((step) => step.kind === 'handover').map((step) => blanksOf(plan, step));
    expect(blanks.slice(0, 3)).toEqual([['Sheet, attempt', 'Bag number'], ['Card, serial', 'Bag number'], ['Sheet, attempt', 'Bag number', 'Bag of the card']]);
  });
  it('is a paper of the day the key was made where the key is older than the ceremony', async () => {
    expect(await script(custodyFolder('recovery'))).toContain('Take a paper from the day the key was made');
    expect(await script(buildFolder())).toContain('Take the script the witness wrote in.');
  });
  it('says what everyone takes home only where something is taken home', async () => {
    const words = 'After the ceremony each custodian keeps the sealed share';
    expect(await record(custodyFolder('re-share'))).toContain(words);
    expect(await record(custodyFolder('share-destruction'))).not.toContain(words);
  });
  it('calls the shares of a rehearsal so, and no drill', async () => {
    expect(await record(custodyFolder('recovery'))).toMatch(/any \d of \d, rehearsal; issued by/);
  });
});
