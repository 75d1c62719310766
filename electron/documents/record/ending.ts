/** The last sections: what went differently, the close, attestation and signatures, how to verify with other tools. */
import { fromHex, utf8 } from '../../../shared/bytes.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import { recordDigest } from '../../../shared/transcript/record.ts';
import { toWords } from '../../../shared/transcript/words.ts';
import type { CeremonyFolder } from '../folder.ts';
import { clock, listed, minutesBetween, plural, stamp } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import type { PageDigests } from '../pages.ts';
import { keyValues, lines, longCode, table, wordGrid } from '../parts.ts';
import { nameOf, roleOf } from '../people-words.ts';
import { qrSvg } from '../qr.ts';
import { verifyMarkdown } from '../verify-md.ts';
import { endedEarly } from './lead.ts';
import { heading } from './sections.ts';
import { exceptionBox } from './steps.ts';
import { signedHow } from './signing.ts';

const REASONS = { break: 'Break', objection: 'Objection', fault: 'Fault', 'air-gap': 'Air gap' } as const;
const pauses = (folder: CeremonyFolder): HtmlValue => {
  const paused = folder.entries.flatMap(({ entry }) => (entry.type === 'paused' ? [entry] : []));
  return paused.length === 0 ? html`<p>None.</p>` : table('', ['From, UTC', 'To, UTC', 'Reason', 'Stayed'], paused.map((entry, index) => {
    const to = folder.state.pauses[index]?.to ?? null;
    return [clock(entry.at), to === null ? 'not resumed' : `${clock(to)} (${plural(minutesBetween(entry.at, to), 'minute')})`, html`${REASONS[entry.body.reason]}. ${folder.textOf(entry.seq, 'text') ?? html`<span class="grey">Text withheld.</span>`}`, listed(entry.body.stayed.map((id) => nameOf(folder.plan, id))) || 'Nobody'];
  }));
};
const restarts = ({ state, entries }: CeremonyFolder): HtmlValue => state.restarts.length === 0 ? html`<p>None.</p>`
  : table('', ['Time UTC', 'Entry', 'What the program found'], state.restarts.map((one) => [clock(entries[one.seq]?.entry.at ?? ''), String(one.seq), one.found]));
const repairs = ({ entries }: CeremonyFolder): HtmlValue => entries.flatMap(({ entry }) => entry.type === 'repair' ? [html`<p class="after">Entry ${entry.seq}: a torn last line of ${plural(entry.body.tornBytes, 'byte')} was set aside in <code>${entry.body.sideFile}</code>, SHA-256 ${longCode(entry.body.tornSha256)}.</p>`] : []);
const objections = (folder: CeremonyFolder): HtmlValue => folder.state.objections.map((one) => html`<p class="after"><b>${nameOf(folder.plan, one.person)} did not agree</b> at step ${one.step}, entry ${one.seq}: ${folder.textOf(one.seq, 'words') ?? 'words withheld in this copy'}.</p>`);

export const exceptionsSection = (folder: CeremonyFolder): Html => html`<section>${heading(folder.plan, 'exceptions', 'Exceptions, pauses and restarts')}
${folder.state.exceptions.length === 0 ? html`<p>No exception was recorded.</p>` : folder.state.exceptions.map((one) => exceptionBox(folder, one))}${objections(folder)}
<h3>Pauses</h3>${pauses(folder)}<h3>Starts after an end that was not planned</h3>${restarts(folder)}${repairs(folder)}</section>`;

const abortWords = (folder: CeremonyFolder): HtmlValue => {
  const early = endedEarly(folder);
  return early && html`<p><b>${early.how}</b>, ${stamp(early.at)}. ${early.reason}</p>`;
};
export const closeSection = (folder: CeremonyFolder): Html => {
  const { state } = folder;
  return html`<section>${heading(folder.plan, 'close', 'Close')}${abortWords(folder)}<div class="keep"><p>${state.closing ? `Closed ${stamp(state.lastAt ?? '')}. ${plural(state.count, 'entry', 'entries')}. SHA-256 of the last line:` : `Not closed. ${plural(state.count, 'entry', 'entries')} so far. SHA-256 of the last line:`}</p>
<div class="two" style="margin-top:2mm"><div>${wordGrid(state.head)}<p class="after">${longCode(state.head)}</p></div><div class="qrcell">${qrSvg(`QUORATE HEAD ${state.head.toUpperCase()}`, 0.8, 'Closing head')}</div></div></div>
<div class="keep"><h3>Copied by hand</h3><p>The words above were copied by hand, in the room, by:</p>${table('sig', ['Role', 'Name', 'Signature', 'Time UTC'], folder.plan.people.filter((one) => one.role === 'internal-witness' || one.role === 'external-auditor').map((person) => [roleOf(folder.plan, person), html`<b>${person.name}</b>`, html`<i></i>`, html`<i></i>`]))}</div>
${state.closing ? html`<div class="keep"><h3>Files that the closing entry names</h3>${table('files', ['File', 'SHA-256'], Object.entries(state.closing.files).map(([name, digest]) => [html`<code class="fit">${name}</code>`, html`<code class="fit">${digest.match(/.{1,8}/g)!.join(' ')}</code>`]))}</div>` : null}</section>`;
};

const STATEMENT = 'I was present throughout, except as noted. The ceremony followed its script, except as noted under exceptions. This record is true, and nothing was left out to deceive.';
const keyWords = (folder: CeremonyFolder, person: CeremonyFolder['plan']['people'][number]): HtmlValue => {
  const { keyId } = folder.signatureOf(person);
  return keyId === null ? null : html`<br><span class="s grey">Key ${toWords(fromHex(keyId)!.subarray(0, 8)).join(' ')}</span>`;
};
export const attestationSection = (folder: CeremonyFolder): Html => html`<section class="page">${heading(folder.plan, 'attestation', 'Attestation and signatures')}<p>“${STATEMENT}”</p><p class="after s">Strike through what you do not agree with, write why, and sign. Digital signatures cover record.dsse.json; they were checked when this was printed. A signature made with a credential file was made on the ceremony machine, where the file could have been copied.</p>
<div style="margin-top:3mm">${table('sig five', ['Role and name', 'Digital signature', 'Ink signature', 'Time UTC', 'Agree, or why not'], folder.plan.people.map((person) => [html`${roleOf(folder.plan, person)}<br><b>${person.name}</b>`, html`${signedHow(folder, person)}${keyWords(folder, person)}`, html`<i></i>`, html`<i></i>`, html`<i></i>`]))}</div></section>`;

const pageRow = (name: string, digest: string | null): readonly [string, HtmlValue] => [`SHA-256 of ${name}`, digest === null ? 'Not at hand when this was printed.' : longCode(digest)];
export const verifySection = (folder: CeremonyFolder, pages: PageDigests): Html => {
  const digest = folder.state.closing === null ? null : recordDigest(folder.state);
  return html`<section class="keep">${heading(folder.plan, 'verify', 'How to verify, without this program')}<ol class="how5">
<li>In the folder: <code>tail -n 1 transcript.jsonl | sha256sum</code> gives the closing head. Compare all of it with what people wrote on paper in the room.</li>
<li>Each line’s <code>prev</code> is the SHA-256 of the line before it, newline included. So the head names every line.</li>
<li>The closing line names the plan, people, ${folder.plan.source ? 'and the manifests of the sets' : 'manifest, certificate and request'} by SHA-256: <code>sha256sum</code> checks them.</li>
<li><code>VERIFY.md</code> in the folder has the commands (compare its SHA-256 first: below) for <code>sha256sum</code> and <code>openssl</code>: every sign-off, ${folder.plan.source ? 'the manifests' : 'the certificate, the request'}, the record.</li>
<li>With the program: <code>npm run --silent verify -- ${folder.name} --anchor HEAD</code>. It ends with 0 only when all of it holds and the head is yours. In a browser, <code>verify.html</code> says the same: compare its SHA-256 first.</li></ol>
${keyValues([digest === null ? null : ['Digest of the record', lines([longCode(digest), 'Named by the next ceremony of this archive.'])], pageRow('VERIFY.md', sha256Of(utf8(verifyMarkdown(folder, pages)))), pageRow('verify.html', pages.verify), pageRow('recover.html', pages.recover), ['What this can’t show', 'Whether the screen showed the truth, whether a share or PIN was copied, what happened before the first entry and after the last.']])}</section>`;
};
