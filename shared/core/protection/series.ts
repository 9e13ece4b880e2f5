import { DAY_MS, type Instant, SECOND_MS } from '../../model/instant.ts';
import type { Regime, SeriesSeen } from '../../model/memory.ts';
import { countedOf, madeAt } from '../retention/judge.ts';
import { keptBy } from '../retention/retain.ts';
import { seriesKey } from '../scene/own-points.ts';
import { isSeenWhole } from '../scene/reach.ts';
import { DEPLOY_MS } from '../scene/regimes.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';
import type { Series } from '../scene/series.ts';
import type { Loss } from './loss.ts';

/** One series now, with what is missing from it. */
export interface SeriesNow extends SeriesSeen {
  readonly gone: readonly Instant[];
  /** How many the rules keep of all that were made, including those that are gone. */
  readonly kept: number;
  /** Whether the newest of all is among those that are gone. */
  readonly isNewestGone: boolean;
}

type SeriesInput = Pick<PlanInput, 'memory' | 'mode' | 'now' | 'observation'>;
type SeriesScene = Pick<Scene, 'clockSuspicious' | 'own' | 'regimes' | 'allSeries'>;

/** How long a loss is reported, so that people can investigate it; after that it is accepted. */
const OPEN_MS = 7 * DAY_MS;

/**
 * The newest points of a series that are remembered: an item holds 400 KB, and of a longer series
 * the oldest expire first anyway.
 */
const MOST_SEEN = 5_000;

const secondOf = (at: Instant): Instant => Math.floor(at / SECOND_MS) * SECOND_MS;

/** In order, each once. Most already are, the newest first. */
const sorted = (moments: readonly Instant[]): readonly Instant[] =>
  moments.every((at, index) => index === 0 || at < (moments[index - 1] ?? at))
    ? moments.toReversed()
    : [...new Set(moments)].toSorted((a, b) => a - b);

/** The rules by which a run may have deleted since an audit last looked. */
const regimesSince = (regimes: readonly Regime[], at: Instant): readonly Regime[] =>
  regimes.filter((_, index) => (regimes[index + 1]?.since ?? Number.POSITIVE_INFINITY) + DEPLOY_MS >= at);

/**
 * When a series was last compared with the account, or earlier: one that lost its tag for a while
 * was not compared by the audits since, but was when its newest point had been made.
 */
const lastSeenAt = (before: SeriesSeen | undefined, { memory }: SeriesInput): Instant =>
  Math.min(
    memory.coverage?.pointsSeenAt ?? Number.NEGATIVE_INFINITY,
    Math.max(...(before?.seen ?? []), ...(before?.gone ?? [])),
  );

interface Missing {
  readonly base: readonly Instant[];
  readonly missing: readonly Instant[];
  readonly regimes: readonly Regime[];
}

/**
 * SAFETY: only what all rules in force since the last audit keep can have been deleted by someone else. No rule keeps what a run deletes, even when
 * the run was killed before it could save anything, and when a person approved it.
 */
const keptOf = ({ base, missing, regimes }: Missing): Pick<SeriesNow, 'gone' | 'kept'> => {
  const moments = base.map((at) => ({ madeAt: at }));
  const keeping = regimes.map((rules) => new Set(keptBy(rules, moments).map((moment) => moment.madeAt)));
  return {
    gone: missing.filter((at) => keeping.every((kept) => kept.has(at))),
    kept: keeping.at(-1)?.size ?? 0,
  };
};

/** A loss that could be investigated for a week is closed. */
const stillOpen = (gone: readonly Instant[], before: SeriesSeen, now: Instant) => {
  const known = new Set(before.gone);
  const isNew = gone.some((at) => !known.has(at));
  const goneAt = isNew ? now : (before.goneAt ?? now);
  return gone.length === 0 || now - goneAt >= OPEN_MS ? { gone: [] } : { gone, goneAt };
};

/** The moments that were remembered of this incarnation and at which nothing that is listed was made, of any status. */
const missingOf = (
  { policy, table }: Series,
  tableId: string,
  before: SeriesSeen | undefined,
  { own }: SeriesScene,
): readonly Instant[] => {
  if (before?.tableId !== tableId) return [];
  const points = own.get(seriesKey(table, policy.name))?.points ?? [];
  const present = new Set(points.map(({ recoveryPoint }) => secondOf(recoveryPoint.createdAt)));
  return sorted([...before.seen, ...(before.gone ?? [])].filter((at) => !present.has(at)));
};

const compared = (
  series: Series,
  tableId: string,
  before: SeriesSeen | undefined,
  { input, scene }: { readonly input: SeriesInput; readonly scene: SeriesScene },
): SeriesNow => {
  const { table, policy } = series;
  const counted = countedOf(series, tableId, input.now).map((point) => secondOf(madeAt(point)));
  const seen = sorted(counted).slice(-MOST_SEEN);
  const now = { table, tableId, policy: policy.name, seen };
  const missing = missingOf(series, tableId, before, scene);
  if (before === undefined || missing.length === 0)
    return { ...now, gone: [], kept: seen.length, isNewestGone: false };
  const base = sorted([...counted, ...missing]);
  const regimes = regimesSince(scene.regimes.get(policy.name) ?? [], lastSeenAt(before, input));
  const { gone, kept } = keptOf({ base, missing, regimes });
  const open = stillOpen(gone, before, input.now);
  return { ...now, ...open, kept, isNewestGone: open.gone.at(-1) === base.at(-1) };
};

const keyOf = ({ table, policy }: Pick<SeriesSeen, 'table' | 'policy'>): string => seriesKey(table, policy);

/**
 * When the clock is not trusted the newest do not count, and the rules would keep others in their
 * place.
 */
const isListed = (input: SeriesInput, { clockSuspicious }: Pick<Scene, 'clockSuspicious'>): boolean =>
  input.mode === 'audit' &&
  isSeenWhole(input.observation, 'tags', 'recovery-points') &&
  clockSuspicious === undefined;

/**
 * Compares the series of all governed tables with what earlier audits saw of them. Only an audit
 * compares. Empty if tags or recovery points were not read completely, and without a table that was
 * not confirmed or has a gap, or whose vault has one: what was not seen may exist. A series that is seen for the first
 * time, or of a recreated table, misses nothing.
 */
export const compareSeries = (input: SeriesInput, scene: SeriesScene): readonly SeriesNow[] => {
  if (!isListed(input, scene)) return [];
  const before = new Map(input.memory.series?.map((one) => [keyOf(one), one]));
  const blind = new Set(
    input.observation.gaps.filter(({ facet }) => facet === 'recovery-points').map(({ table }) => table),
  );
  return scene.allSeries.flatMap((series) => {
    const { confirmed, policy, table, unseen } = series;
    if (confirmed === undefined || unseen === true || blind.has(table)) return [];
    return [compared(series, confirmed.tableId, before.get(seriesKey(table, policy.name)), { input, scene })];
  });
};

/**
 * What an audit found when it compared, and the series of which recovery points could be missing.
 */
interface Compared extends Pick<Scene, 'clockSuspicious'> {
  readonly losses: readonly Loss[];
  readonly series: readonly SeriesNow[];
  readonly allSeries: readonly { readonly table: string; readonly policy: { readonly name: string } }[];
}

const seenOf = ({ table, tableId, policy, seen, gone, goneAt }: SeriesNow): readonly SeriesSeen[] => {
  if (seen.length + gone.length === 0) return [];
  const open = gone.length > 0 && goneAt !== undefined ? { gone, goneAt } : {};
  return [{ table, tableId, policy, seen, ...open }];
};

/**
 * Returns what to remember of series. One that was not compared stays as it was as long as its
 * policy governs the table or is missed; recovery points of any other may be deleted without being
 * reported.
 */
export const nextSeries = (
  input: SeriesInput,
  { clockSuspicious, losses, series, allSeries }: Compared,
): readonly SeriesSeen[] => {
  const { series: before = [] } = input.memory;
  if (!isListed(input, { clockSuspicious })) return before;
  const done = new Set(series.map(keyOf));
  const owed = new Set([
    ...allSeries.map(({ table, policy }) => seriesKey(table, policy.name)),
    ...losses.filter(({ kind }) => kind === 'lost').map(keyOf),
  ]);
  const others = before.filter((one) => !done.has(keyOf(one)) && owed.has(keyOf(one)));
  return [...others, ...series.flatMap(seenOf)].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};
