/** The gather.* and share.prove* calls. Several sets may be gathered side by side; each is forgotten by its end or by a wipe. */
import { AppError } from '../../../shared/errors.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import type { Accepted, Presented, Wanted } from '../../../shared/custody/judge.ts';
import { parseManifest, type Manifest } from '../../../shared/custody/manifest.ts';
import type { KnownSet, Presenter, ReadShare, ShareHow, VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import { readShareFromCard } from '../cards/read.ts';
import type { HandlersOf, VaultContext } from '../context.ts';
import { wipeAll } from '../entries.ts';
import { Gather } from './gather.ts';
import { howOf, judgeEntered, judgeWhole, must, type Judge } from './presented.ts';

type GatherCall = 'gather.begin' | 'gather.read' | 'gather.read-card' | 'gather.combine' | 'gather.end' | 'share.prove' | 'share.prove-card';
type CardPlace = Pick<VaultRequest<'gather.read-card'>, 'module' | 'serial' | 'pinEntries' | 'presenter'>;

const gathers = new WeakMap<VaultContext, Map<Sha256Hex, Gather>>();
const allOf = (context: VaultContext): Map<Sha256Hex, Gather> => {
  const known = gathers.get(context) ?? new Map<Sha256Hex, Gather>();
  gathers.set(context, known);
  return known;
};
const end = (context: VaultContext, setId: Sha256Hex): void => { allOf(context).get(setId)?.wipe(); allOf(context).delete(setId); };

/** @throws VAULT_STATE (no-gather) */
export const gatherOf = (context: VaultContext, setId: Sha256Hex): Gather => {
  const gather = allOf(context).get(setId);
  if (gather === undefined) throw new AppError('VAULT_STATE', { reason: 'no-gather' });
  return gather;
};

interface WantedRequest { readonly manifest: string; readonly drill: boolean; readonly known: readonly KnownSet[] }
type ByManifest = Extract<Wanted, { by: 'manifest' }>;
/** @throws SHARE_MANIFEST_INVALID */
const wantedOf = ({ manifest, drill, known }: WantedRequest): ByManifest => ({ by: 'manifest', manifest: must(parseManifest(manifest)), drill, known });

const begin = (context: VaultContext, request: VaultRequest<'gather.begin'>): VaultResponse<'gather.begin'> => {
  const wanted = wantedOf(request), { setId, threshold, shares } = wanted.manifest;
  end(context, setId);
  allOf(context).set(setId, new Gather(wanted));
  return { setId, threshold, shares };
};

const presentedBy = ({ name, holder }: Presenter): Presented => ({ presenter: name, person: holder });

const readShare = (manifest: Manifest, { number }: Pick<Accepted, 'number'>, how: ShareHow): ReadShare => {
  const { person, commitment } = manifest.custodians[number - 1]!;
  return { share: number, person, how, commitment };
};

/** Takes what the presenter committed, and no one else's entry. @throws VAULT_ENTRY_MISSING, VAULT_STATE (entry) */
const withEntered = <T>(context: VaultContext, entryId: string, presenter: Presenter, work: (judge: Judge, how: ShareHow) => T): T => {
  const { spec, values, way } = context.entries.take(entryId);
  try {
    if (spec.kind !== 'share' || spec.person !== presenter.person || way === null) throw new AppError('VAULT_STATE', { reason: 'entry' });
    return work(judgeEntered({ spec, values, way }), howOf(way));
  } finally { wipeAll(values); }
};

const withCardShare = async <T>(context: VaultContext, { module, serial, pinEntries, presenter }: CardPlace, manifest: Manifest, work: (judge: Judge) => T): Promise<T> => {
  const { setId, custodians } = manifest, share = custodians.find(({ person }) => person === presenter.holder)?.number ?? null;
  const bytes = await readShareFromCard(context, { module, serial, pinEntries, expect: { setId, share } });
  try { return work(judgeWhole(bytes)); } finally { bytes.fill(0); }
};

/** Every gather of the vault is by manifest; by fingerprint is for a page that has none. */
const manifestOf = ({ wanted }: Gather): Manifest => {
  if (wanted.by !== 'manifest') throw new AppError('VAULT_STATE', { reason: 'no-manifest' });
  return wanted.manifest;
};

const read = (context: VaultContext, { setId, entryId, presenter }: VaultRequest<'gather.read'>): ReadShare => {
  const gather = gatherOf(context, setId);
  return withEntered(context, entryId, presenter, (judge, how) => readShare(manifestOf(gather), gather.read(presentedBy(presenter), judge), how));
};

const readCard = (context: VaultContext, request: VaultRequest<'gather.read-card'>): Promise<ReadShare> => {
  const gather = gatherOf(context, request.setId), manifest = manifestOf(gather);
  return withCardShare(context, request, manifest, (judge) => readShare(manifest, gather.read(presentedBy(request.presenter), judge), 'card'));
};

/** Judges one share and keeps nothing of it. */
const proveBy = (wanted: ByManifest, presenter: Presenter, judge: Judge, how: ShareHow): ReadShare => {
  const accepted = must(judge(wanted, presentedBy(presenter), []));
  accepted.y.fill(0);
  return readShare(wanted.manifest, accepted, how);
};

const prove = (context: VaultContext, request: VaultRequest<'share.prove'>): ReadShare => {
  const wanted = wantedOf(request), { entryId, presenter } = request;
  return withEntered(context, entryId, presenter, (judge, how) => proveBy(wanted, presenter, judge, how));
};

const proveCard = (context: VaultContext, request: VaultRequest<'share.prove-card'>): Promise<ReadShare> => {
  const wanted = wantedOf(request);
  return withCardShare(context, request, wanted.manifest, (judge) => proveBy(wanted, request.presenter, judge, 'card'));
};

/** Also adds the wiper of what is gathered. */
export const gatherCalls = (context: VaultContext): HandlersOf<GatherCall> => {
  context.hooks.wipers.add(() => { for (const setId of [...allOf(context).keys()]) end(context, setId); });
  return {
    'gather.begin': async (request) => begin(context, request),
    'gather.read': async (request) => read(context, request),
    'gather.read-card': (request) => readCard(context, request),
    'gather.combine': async ({ setId, shares }) => { await gatherOf(context, setId).combine(shares); return { shares }; },
    'gather.end': async ({ setId }) => { end(context, setId); return { ok: true }; },
    'share.prove': async (request) => prove(context, request),
    'share.prove-card': (request) => proveCard(context, request),
  };
};
