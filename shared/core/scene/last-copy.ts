import type { Instant } from '../../model/instant.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { evidenceOf, isListable, type Route } from './copy-evidence.ts';
import { type CopyThere, longestTerms, needsLastCopy } from './copy-renewal.ts';
import { madeBy, renewalStatusOf } from './copy-status.ts';
import { byTime, copyOf, isFit, lifeMs, type Noted, type WantedCopy, withWholeLife } from './wanted-copy.ts';

/** What one table of the name has at home and is asked for. */
export interface Incarnation {
  readonly tableId: string;
  readonly sources: readonly RecoveryPoint[];
  readonly noted: readonly Noted[];
  readonly wanted: readonly WantedCopy[];
}

/** What copy jobs made where nothing can be listed: a run that goes on beside this one has not noted it yet. */
const madeByJobs = (route: Route, sources: readonly RecoveryPoint[]): readonly CopyThere[] =>
  isListable(route)
    ? []
    : sources.flatMap((source) =>
        (route.jobs.get(source.id) ?? [])
          .filter(({ deleteAfterDays, state }) => state === 'completed' && deleteAfterDays !== undefined)
          .map((job) => ({ createdAt: source.createdAt, ...madeBy(job, source) })),
      );

/** What the vault has of the table, as far as it is listed, noted or shown by jobs. */
const inVault = (route: Route, { noted, sources, tableId, wanted }: Incarnation): readonly CopyThere[] => {
  const {
    listed,
    sight,
    series: { policy },
  } = route;
  return [
    ...wanted.flatMap(({ source: { createdAt }, status }) =>
      status.kind === 'there' ? [{ createdAt, deletesAt: status.deletesAt }] : [],
    ),
    ...[...listed.byId.values()].filter(
      (copy) =>
        copy.status === 'available' && copy.tableId === tableId && copy.origin?.policy === policy.name,
    ),
    ...[
      ...noted.map(([{ createdAt }, { deletesAt }]) => ({ createdAt, deletesAt })),
      ...madeByJobs(route, sources),
    ].filter(({ deletesAt = sight.now }) => deletesAt >= sight.now),
  ];
};

/**
 * What is asked for, as if what is begun now were there: where the newest is made late, so that it would be made once more before half of its life is over, it
 * gets a whole life at once.
 */
const onceBegun = (
  wanted: readonly WantedCopy[],
  newest: RecoveryPoint,
  now: Instant,
): readonly WantedCopy[] => {
  const isDue = wanted.some(({ source, status }) => source.id === newest.id && status.kind === 'missing');
  const made = (copy: WantedCopy): WantedCopy =>
    copy.status.kind === 'missing'
      ? { ...copy, status: { kind: 'there', deletesAt: now + lifeMs(copy, now) / 2 } }
      : copy;
  return isDue ? wanted.map(made) : wanted;
};

/** The newest recovery point at home once more, where the vault would be left without one. */
const lastCopyOf = (route: Route, incarnation: Incarnation): readonly WantedCopy[] => {
  const { destination, sight, series } = route;
  const { policy } = series;
  const source = incarnation.sources.filter(isFit).toSorted(byTime).at(-1);
  const terms = longestTerms(policy, destination);
  if (source === undefined || terms === undefined) return [];
  const sourceAt = source.createdAt;
  const wanted = onceBegun(incarnation.wanted, source, sight.now);
  const there = inVault(route, { ...incarnation, wanted });
  if (!needsLastCopy(there, wanted, { destination, now: sight.now, policy, sourceAt })) return [];
  const evidence = evidenceOf(route, source);
  const copy = { ...copyOf(route, evidence, terms), status: renewalStatusOf(evidence, sight.now) };
  return [withWholeLife({ ...copy, isLast: true }, sight.now)];
};

/** Adds the last copy of a table to those that rules ask for, where the vault would be left without one. */
export const withLast = (route: Route, incarnation: Incarnation): readonly WantedCopy[] => {
  const last = lastCopyOf(route, incarnation);
  const renewed = new Set(last.map(({ source }) => source.id));
  return [...incarnation.wanted.filter(({ source }) => !renewed.has(source.id)), ...last];
};
