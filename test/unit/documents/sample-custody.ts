/**
 * Folders of ceremonies on existing shares for the document tests: the rules' own story, with what goes wrong in a real room mixed in
 * (refused shares, an absent holder, a missing sheet). Manifests are real; keys and wrapped keys are made up.
 */
import { createHash, createPrivateKey, sign } from 'node:crypto';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { concatBytes, fromBase64, toHex, utf8 } from '../../../shared/bytes.ts';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { encodePlan, planDigest } from '../../../shared/ceremony/parse-plan.ts';
import type { Custody, Person, Plan, SetRef, Source } from '../../../shared/ceremony/plan-schema.ts';
import type { Step } from '../../../shared/ceremony/script-types.ts';
import { copiesToAccount } from '../../../shared/ceremony/select.ts';
import { encodeManifest } from '../../../shared/custody/manifest.ts';
import { setFingerprint, setName } from '../../../shared/custody/set-name.ts';
import { shareName } from '../../../shared/custody/share-name.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import { encodePem } from '../../../shared/transcript/pem.ts';
import { signedRecord } from '../../support/ceremony-folder.ts';
import { spkiOf } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { asPerson, reSharePlan, samplePinSet, samplePlanOf, sampleSource } from '../../support/sample-source.ts';
import { accountFact, destroyFact, digestOf, openingOf, playStep, readShareFact, Teller } from '../../support/story.ts';

export interface CustodyFolder { readonly name: string; readonly files: ReadonlyMap<string, Uint8Array>; readonly head: string; readonly plan: Plan }
export const KINDS = ['recovery', 're-share', 'share-check', 'share-destruction', 'pin'] as const;
export type SampleKind = (typeof KINDS)[number];

/** A real manifest of a set of the source: its set id is a real key. The commitments are those that the story's shares have. */
const manifestOf = (like: SetRef): { readonly set: SetRef; readonly text: Uint8Array } => {
  const seed = createHash('sha256').update(`source set ${like.holds}`).digest();
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
  const id = spkiOf(key).subarray(-32), setId = toHex(id) as Sha256Hex;
  const text = utf8(encodeManifest({
    format: 'quorate-manifest/1', ceremony: '0001-example-root-2026', nonce: digestOf('nonce'), setId, setName: setName(id), setFingerprint: setFingerprint(id), suite: like.drill ? '11' : '10', drill: like.drill,
    threshold: like.threshold, shares: like.shares, epoch: like.epoch, previous: null, issuedAt: '2026-11-24T09:30:00.000Z', reviewBy: null, kekCheck: digestOf('kek check'),
    custodians: like.holders.map(({ number, person, name }) => ({ number, x: 10 + number, person, name, shareName: shareName(name, person)!, commitment: digestOf(`share ${number}`), core: digestOf(`core ${number}`) })),
  }, (message) => new Uint8Array(sign(null, message, key))));
  return { set: { ...like, setId, setName: setName(id), setFingerprint: setFingerprint(id), manifestSha256: sha256Of(text) }, text };
};
const sourceOn = (set: SetRef, key: Source['key'] | null): Source => {
  const source = sampleSource();
  return { ...source, set, key: key ?? source.key, copies: source.copies.map(({ copy, bag }) => ({ copy: { ...copy, setId: set.setId }, bag })), known: [{ setId: digestOf('yet another set'), setName: 'JET-7712', epoch: 2, supersededAt: '2026-01-17' }] };
};

const custody = (carrier: Custody['carrier'], sheet: Custody['sheet'], serial: string | null): Custody => ({ carrier, sheet, card: serial === null ? null : { module: '/usr/lib/opensc-pkcs11.so', serial } });
const CUSTODIES: Readonly<Record<string, Custody>> = { ada: custody('paper', 'blind', null), bruno: custody('both', 'standard', 'DECC0401237'), chen: custody('card', 'standard', 'DECC0401298'), dalia: custody('paper', 'large', null) };
const carried = (people: readonly Person[]): Person[] => people.map((person) => (person.role === 'custodian' && CUSTODIES[person.id] ? { ...person, custody: CUSTODIES[person.id]! } : person));

/** The plan of each sample; the manifests of the sets it stands on come with it. */
const planOf = (kind: SampleKind, changes: Partial<Plan>, key: Source['key'] | null): { readonly plan: Plan; readonly manifests: ReadonlyMap<string, Uint8Array> } => {
  const wrapping = manifestOf(sampleSource().set), pin = manifestOf(samplePinSet()), source = sourceOn(wrapping.set, key);
  const byQuorum: Plan['pin'] = { control: 'quorum', typedBy: [asPerson('maria'), asPerson('walter')], so: 'quorum', soTypedBy: [asPerson('xenia')] };
  const held: Plan['pin'] = { control: 'held-by-quorum', set: pin.set, renew: false };
  const manifests = new Map([['source-manifest.dsse.json', wrapping.text]]);
  switch (kind) {
    case 'recovery': return { plan: samplePlanOf('recovery', { source, pin: held, ...changes }), manifests: manifests.set('source-pin-manifest.dsse.json', pin.text) };
    case 're-share': return { plan: reSharePlan({ source, people: carried(reSharePlan().people), sheets: { paper: 'A4', printer: { kind: 'folder' }, test: true }, ...changes }), manifests };
    case 'pin': return { plan: samplePlan({ pin: byQuorum, people: carried(samplePlan().people), ...changes }), manifests: new Map() };
    case 'share-check': case 'share-destruction': return { plan: samplePlanOf(kind, { source, ...changes }), manifests };
  }
};

const refuse = (teller: Teller, presenter: string, code: string, details: Readonly<Record<string, string | number>>): void => teller.tell({
  type: 'share-refused', actor: asPerson(presenter), body: { step: teller.state.current!, setId: teller.state.plan.source!.set.setId, presenter: asPerson(presenter), carrier: 'paper', fault: { code, details } },
});
const gatherWithTrouble = (teller: Teller, step: Extract<Step, { kind: 'gather' }>): void => {
  if (step.holds === 'pin') { playStep(teller, step); return; }
  const { setId } = teller.state.plan.source!.set;
  refuse(teller, 'bruno', 'SHARE_OLD_EPOCH', { presenter: 'Bruno Keller', claimsNumber: 2, claimsName: 'Bruno Keller', claimsSet: 'JET-7712', claimsEpoch: 2, supersededAt: '2026-01-17' });
  for (const share of [1, 2]) teller.tell(readShareFact(teller, share, setId));
  refuse(teller, 'chen', 'SHARE_DAMAGED', { presenter: 'Chen Wei' });
  refuse(teller, 'dalia', 'SHARE_WRONG_PERSON', { presenter: 'Dalia Haddad', number: 3, name: 'Chen Wei', person: 'chen' });
  teller.tell(readShareFact(teller, 3, setId));
  teller.complete('maria' as Person['id']);
};
const proveWithTrouble = (teller: Teller, step: Extract<Step, { kind: 'prove' }>): void => {
  const reason = step.shareNumber === 3 ? 'unreadable' as const : step.shareNumber === 4 ? 'absent' as const : null;
  if (reason === null) { playStep(teller, step); return; }
  if (reason === 'unreadable') refuse(teller, 'chen', 'SHARE_DAMAGED', { presenter: 'Chen Wei' });
  teller.tell({ type: 'share-unproved', actor: asPerson('walter'), body: { step: step.id, share: step.shareNumber, person: step.custodian, reason } });
  teller.complete('app');
};
/** Share 3 is missing and share 2 is collected or kept; everything else as the story does it. */
const accountWithLoss = (teller: Teller, step: Extract<Step, { kind: 'account' }>): void => {
  for (const { copy } of copiesToAccount(teller.state, step.about)) {
    const share = copy.kind === 'medium' ? 0 : copy.share;
    if (share === 3) teller.tell(accountFact(teller, copy, 'missing', null));
    else if (share === 2) teller.tell(step.about === 'all' ? accountFact(teller, copy, 'retained', null) : accountFact(teller, copy, 'collected', 'C-1207'));
    else destroyFact(teller, copy);
  }
  teller.complete('maria' as Person['id']);
};
export interface CustodyOptions { readonly plan?: Partial<Plan>; readonly loss?: boolean; readonly key?: Source['key']; readonly trouble?: boolean }
const play = (teller: Teller, step: Step, { loss = false, trouble = true }: CustodyOptions): void => {
  if (trouble && step.kind === 'gather') gatherWithTrouble(teller, step);
  else if (trouble && step.kind === 'prove') proveWithTrouble(teller, step);
  else if (loss && step.kind === 'account') accountWithLoss(teller, step);
  else playStep(teller, step);
};
const close = (teller: Teller, files: ReadonlyMap<string, Uint8Array>): void => teller.tell({
  type: 'closing', actor: 'app', body: { outcome: 'completed', exceptions: teller.state.exceptions.length, files: Object.fromEntries([...files].map(([name, bytes]) => [name, sha256Of(bytes)])) },
});

/** A completed ceremony, played through the rules. Nothing is written to disk. */
export const custodyFolder = (kind: SampleKind, options: CustodyOptions = {}): CustodyFolder => {
  const { plan, manifests } = planOf(kind, options.plan ?? {}, options.key ?? null), text = encodePlan(plan), teller = new Teller(plan), opening = openingOf(plan);
  teller.tell({ ...opening, body: { ...opening.body, number: 2, slug: 'custody', planSha256: planDigest(text), previous: { number: 1, head: digestOf('head'), record: digestOf('record') } } });
  const files = new Map<string, Uint8Array>([['plan.json', utf8(text)], ...manifests]);
  for (const { id, credential } of plan.people) if (credential.kind !== 'paper') files.set(`people/${id}.pem`, utf8(encodePem('PUBLIC KEY', fromBase64(credential.publicKey!)!)));
  for (const step of allSteps(teller.state.script)) {
    if (step.kind === 'machine' && step.operation === 'close') close(teller, files);
    else play(teller, step, options);
  }
  files.set('transcript.jsonl', concatBytes(...teller.lines));
  files.set('record.dsse.json', signedRecord(teller, plan.people.map(({ id }) => id)));
  return { name: '0002-custody', files, head: teller.state.head, plan };
};
