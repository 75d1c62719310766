/** D5: the fingerprint of a key on one public page: to hang up, to put into a bag, and to read aloud from as the independent paper. */
import { fromBase64, fromHex, toHex } from '../../shared/bytes.ts';
import { keyPlan } from '../../shared/ceremony/people.ts';
import type { KeyPlan } from '../../shared/ceremony/plan-schema.ts';
import { recordDigest } from '../../shared/transcript/record.ts';
import { toWords } from '../../shared/transcript/words.ts';
import { algorithmName } from './algorithm.ts';
import type { CeremonyFolder } from './folder.ts';
import { day, fourDigits, hexGroups, stamp } from './format.ts';
import { html } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { marksOf } from './kind-words.ts';
import { footOf, noticesOf } from './notices.ts';
import type { Layout } from './page.ts';
import { firstWords, keyValues } from './parts.ts';
import { qrSvg } from './qr.ts';
import { inZone } from './zone.ts';

/** A longer key makes a symbol that a photocopy spoils: then it holds the digest only. */
const MAX_SPKI_BYTES = 160;
const CSS = `
.kn{font-size:30pt;overflow-wrap:anywhere}.lead{font-size:11.5pt;line-height:1.36;margin:2mm 0 4mm}
.big{border-top:var(--rule) solid}.big>div{display:grid;grid-template-columns:13mm 1fr 1fr 1fr 1fr 31mm;align-items:center;border-bottom:var(--rule) solid;padding:1.6mm 0;break-inside:avoid}
.big b.L{font-size:22pt;grid-row:1/3;align-self:start;line-height:1.2}.big span{font-size:14.5pt;font-weight:700;line-height:1.25;padding:1.3mm 0}.big code{font-size:11.5pt;text-align:right;white-space:nowrap}
.low{display:grid;grid-template-columns:1fr auto;column-gap:7mm;margin-top:6mm;align-items:start}.low .kv>div{grid-template-columns:30mm 1fr}.low .qr{margin:-3mm -3mm 0 0}.low .cap{font-size:var(--small);margin:1mm 0 0 3.2mm}
`;
const ROWS = ['A', 'B', 'C', 'D'] as const;
const words = (hex: string): Html => {
  const all = toWords(fromHex(hex)!), line = (at: number): HtmlValue => [all.slice(at * 4, at * 4 + 4).map((word) => html`<span>${word}</span>`), html`<code>${hexGroups(hex.slice(at * 8, at * 8 + 8))}</code>`];
  return html`<div class="big">${ROWS.map((letter, row) => html`<div><b class="L">${letter}</b>${line(row * 2)}${line(row * 2 + 1)}</div>`)}</div>`;
};
const symbol = (spki: Uint8Array, spkiSha256: string): Html => spki.length <= MAX_SPKI_BYTES
  ? html`<div>${qrSvg(`QUORATE SPKI ${toHex(spki).toUpperCase()}`, 0.8, 'Public key')}<p class="cap">Public key, ${spki.length} bytes,<br>SubjectPublicKeyInfo in hex</p></div>`
  : html`<div>${qrSvg(`QUORATE KEY ${spkiSha256.toUpperCase()}`, 1, 'SHA-256 of the public key')}<p class="cap">SHA-256 of the public key, in hex</p></div>`;

/** When the key came to the HSM of this ceremony; null when it did not. */
const cameAt = ({ plan, entries }: CeremonyFolder): string | null => {
  const kind = plan.ceremony.kind === 'recovery' ? 'restore' : 'generate-key';
  return entries.findLast(({ entry }) => entry.type === 'result' && entry.body.outcome.kind === kind)?.entry.at ?? null;
};
const validity = (plan: KeyPlan, folder: CeremonyFolder): readonly [string, HtmlValue] | null => folder.certificate === null ? null : ['Certificate', `${day(plan.certificate.notBefore)} to ${day(plan.certificate.notAfter)}`];
const policyWords = (plan: KeyPlan): string => (plan.source ? `Any ${plan.source.set.threshold} of ${plan.source.set.shares} shares recover it` : plan.key.backup.kind === 'none' ? 'No backup' : `Any ${plan.quorum.threshold} of ${plan.quorum.shares} shares recover it`);
const facts = (folder: CeremonyFolder, number: string): Html => {
  const plan = keyPlan(folder.plan), { state } = folder, at = cameAt(folder), recovered = plan.ceremony.kind === 'recovery';
  return keyValues([
    ['Algorithm', algorithmName(plan.key.profile)], [recovered ? 'Recovered' : 'Made', at === null ? html`<b>Not in this ceremony</b>` : `${stamp(at)}, ceremony ${number}`],
    ['HSM', html`<code>${plan.hsm.serial}</code>${plan.hsm.software ? html`, <b>a software token</b>` : null}`], ['Use', 'keyCertSign, cRLSign'], validity(plan, folder),
    ['Backup', policyWords(plan)], ['Attestation', 'None: no device signed a statement about this key'],
    plan.mode === 'rehearsal' ? ['State', html`<b>None: a rehearsal key has no state</b>`] : ['Closing head', firstWords(state.head).join(' ')],
    ['How to compare', 'One person reads all four rows; another follows on a paper of other origin. One differing word means another key.'],
  ]);
};

/** Ceremonies that put a key into an HSM, once they are completed. */
export const hasKeySheet = ({ plan, state }: CeremonyFolder): boolean =>
  (plan.ceremony.kind === 'root-key-generation' || (plan.ceremony.kind === 'recovery' && (state.backup?.restored ?? null) !== null)) && state.key !== null && state.closing?.outcome === 'completed';

/** @param folder one that hasKeySheet. @param printedAt ISO 8601 UTC. */
export const keySheetLayout = (folder: CeremonyFolder, printedAt: string): Layout => inZone(folder.plan.ceremony.timeZone, () => compose(folder, printedAt));

const compose = (folder: CeremonyFolder, printedAt: string): Layout => {
  const { state } = folder, plan = keyPlan(folder.plan), number = fourDigits(state.opening!.number), digest = recordDigest(state), key = state.key!;
  return {
    frame: {
      kind: 'key', paper: plan.sheets.paper, marks: marksOf(plan), title: 'Key fingerprint sheet', subject: 'Public · may be copied, posted and read aloud', purpose: null,
      notices: noticesOf(plan, state.opening!.tool.source), foot: footOf(plan, printedAt), digest, digestWords: firstWords(digest), number,
    },
    css: CSS,
    body: html`<section class="onepage"><h1 class="kn">${key.label}</h1><p class="lead">Root CA key of ${plan.ceremony.organisation}. SHA-256 of the public key (SubjectPublicKeyInfo, DER).</p>${words(key.spkiSha256)}
<div class="low">${facts(folder, number)}${symbol(fromBase64(key.spki)!, key.spkiSha256)}</div></section>`,
  };
};
