/** Replayed ceremonies as a graph, and the past of some of them. */
import type { Sha256Hex } from '../brand.ts';
import { commonPast, reaches } from '../lineage/common-past.ts';
import { lineageOf, type Kin, type Lineage } from '../lineage/lineage.ts';
import { linksOf } from '../transcript/links.ts';
import type { ToldCeremony } from './issued-set.ts';

const kinOf = ({ number, state }: ToldCeremony): Kin => ({ head: state.head, number, openedAt: state.openedAt, parents: linksOf(state.opening?.previous ?? null).map(({ head }) => head) });
export const toldLineage = (told: readonly ToldCeremony[]): Lineage => lineageOf(told.map(kinOf));

/** @returns the ceremony with that head and all that went before it. */
export const pastOf = (told: readonly ToldCeremony[], head: Sha256Hex): readonly ToldCeremony[] => {
  const lineage = toldLineage(told), at = told.findIndex(({ state }) => state.head === head);
  return told.filter((_, index) => at >= 0 && reaches(lineage, index, at));
};
/** @returns what all of the ceremonies with those heads have before them. */
export const sharedPast = (told: readonly ToldCeremony[], heads: readonly Sha256Hex[]): readonly ToldCeremony[] => {
  const indices = heads.map((head) => told.findIndex(({ state }) => state.head === head));
  const past = indices.includes(-1) ? null : commonPast(toldLineage(told), indices);
  return past === null ? [] : pastOf(told, told[past]!.state.head);
};
