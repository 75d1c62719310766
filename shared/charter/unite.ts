/**
 * Draws up the charter of joined archives from those in force in them. Left and revoked win; what only one branch changed is taken over; where two
 * changed the same thing the stricter is taken, or, where none is stricter, one of them and a question for people. The order of the branches does not matter.
 */
import type { Role } from '../ceremony/person-schema.ts';
import type { Charter, Member, Standing } from './charter-schema.ts';
import { listText } from '../text/list.ts';
import { memberOf } from './changes.ts';
import { credentialKinds, credentialText, rolesText } from './difference.ts';

/** What people have to settle: `where` as in a plan, below `charter`. */
export interface Question { readonly where: string; readonly text: string }
export interface United { readonly charter: Charter; readonly questions: readonly Question[] }

const text = (value: unknown): string => JSON.stringify(value);
/** The order of a list says nothing. */
const meaning = (value: unknown): string => text(Array.isArray(value) ? value.toSorted() : value);
const least = <T>(values: readonly T[]): T => values.reduce((a, b) => (text(b) < text(a) ? b : a));
/** The values that branches gave instead of the common one; that one alone where none did. */
const changed = <T>(values: readonly T[], common: T | undefined): readonly T[] => {
  const meanings = new Set(values.map(meaning)), distinct = [...meanings].map((one) => least(values.filter((value) => meaning(value) === one)));
  const fresh = common === undefined ? distinct : distinct.filter((value) => meaning(value) !== meaning(common));
  return fresh.length === 0 ? [common ?? distinct[0]!] : fresh;
};

class Uniter {
  readonly questions: Question[] = [];
  /** @param settle of two or more values that differ. */
  take<T>(values: readonly T[], common: T | undefined, settle: (different: readonly T[]) => T): T {
    const left = changed(values, common);
    return left.length === 1 ? left[0]! : settle(left);
  }
  /** @param say the value as people read it. */
  ask<T>(where: string, what: string, say: (value: T) => string): (different: readonly T[]) => T {
    return (different) => {
      const taken = least(different), others = different.filter((value) => value !== taken);
      this.questions.push({ where, text: `${what}: one archive says ${say(taken)}, another ${listText(others.map(say))}. The draft has ${say(taken)}; settle which is right.` });
      return taken;
    };
  }
  /** What every branch allows; where that is nothing, a question. */
  shared<T>(where: string, what: string, say: (value: readonly T[]) => string): (different: readonly (readonly T[])[]) => readonly T[] {
    return (different) => {
      const common = least(different).filter((one) => different.every((list) => list.includes(one)));
      return common.length > 0 ? common : this.ask<readonly T[]>(where, what, say)(different);
    };
  }
}
const quoted = (value: string | null): string => (value === null ? 'nobody' : `“${value}”`);
const most = (values: readonly number[]): number => Math.max(...values);
const GRAVITY: readonly Standing[] = ['active', 'left', 'revoked'];

const uniteMember = (uniter: Uniter, id: string, where: string, branches: readonly Charter[], base: Charter | null): Member => {
  const versions = branches.flatMap((charter) => memberOf(charter, id) ?? []), common = (base && memberOf(base, id)) ?? undefined;
  const of = <K extends keyof Member>(field: K, what: string, say: (value: Member[K]) => string): Member[K] => uniter.take(versions.map((one) => one[field]), common?.[field], uniter.ask(`${where}.${field}`, `${what} of ${versions[0]!.name}`, say));
  return {
    id: versions[0]!.id, name: of('name', 'The name', quoted), organisation: of('organisation', 'The organisation', quoted), reportsTo: of('reportsTo', 'The line of report', quoted),
    roles: [...uniter.take(versions.map(({ roles }) => roles), common?.roles, uniter.shared<Role>(`${where}.roles`, `The roles of ${versions[0]!.name}`, (roles) => rolesText({ roles: [...roles] })))],
    credential: of('credential', 'The credential', (credential) => credentialText({ credential })),
    standing: GRAVITY[most(versions.map(({ standing }) => GRAVITY.indexOf(standing)))]!,
  };
};

type Kinds<W extends keyof Charter['policy']['credentials']> = Charter['policy']['credentials'][W][number];
const unitePolicy = (uniter: Uniter, branches: readonly Charter[], base: Charter | null): Charter['policy'] => {
  const policies = branches.map(({ policy }) => policy), common = base?.policy;
  const strictest = (of: (policy: Charter['policy']) => number): number => uniter.take(policies.map(of), common && of(common), most);
  return {
    quorum: { threshold: strictest(({ quorum }) => quorum.threshold), shares: strictest(({ quorum }) => quorum.shares) },
    headCount: { always: strictest(({ headCount }) => headCount.always), irreversible: strictest(({ headCount }) => headCount.irreversible) },
    credentials: {
      holdPoint: [...uniter.take(policies.map(({ credentials }) => credentials.holdPoint), common?.credentials.holdPoint, uniter.shared<Kinds<'holdPoint'>>('policy.credentials.holdPoint', 'Enough at a hold point', credentialKinds))],
      record: [...uniter.take(policies.map(({ credentials }) => credentials.record), common?.credentials.record, uniter.shared<Kinds<'record'>>('policy.credentials.record', 'Enough on the record', credentialKinds))],
    },
    // Excepting nothing is the strictest, and needs no question.
    exceptable: [...uniter.take<readonly string[]>(policies.map(({ exceptable }) => exceptable), common?.exceptable, (different) => least(different).filter((rule) => different.every((list) => list.includes(rule))))],
    exceptedBy: strictest(({ exceptedBy }) => exceptedBy),
  };
};

/**
 * @param branches the charters in force in the archives that are joined, at least one. @param base the charter that they all had before they parted;
 *   null where there was none, and then everything that differs counts as changed.
 * @returns people of `base` in its order, then all others by id.
 */
export const uniteCharters = (branches: readonly Charter[], base: Charter | null): United => {
  const uniter = new Uniter();
  const old = base?.members.map(({ id }) => id as string) ?? [], all = new Set(branches.flatMap(({ members }) => members.map(({ id }) => id as string)));
  const ids = [...old.filter((id) => all.has(id)), ...[...all].filter((id) => !old.includes(id)).sort()];
  const charter: Charter = {
    format: 'quorate-charter/1',
    organisation: uniter.take(branches.map(({ organisation }) => organisation), base?.organisation, uniter.ask<string>('organisation', 'The organisation', quoted)),
    members: ids.map((id, index) => uniteMember(uniter, id, `members.${index}`, branches, base)),
    approval: uniter.take(branches.map(({ approval }) => approval), base?.approval, most),
    policy: unitePolicy(uniter, branches, base),
  };
  return { charter, questions: uniter.questions };
};
