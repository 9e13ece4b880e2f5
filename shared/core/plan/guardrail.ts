import type { ExpireAction } from '../../model/action.ts';
import { DAY_MS, type Instant } from '../../model/instant.ts';
import type { Memory, SeriesLoss } from '../../model/memory.ts';
import type { GuardrailLimits } from '../../model/policy.ts';
import type { GuardrailExcess, GuardrailRefusal } from '../findings/context.ts';
import type { Kept } from '../findings/kind.ts';
import { incarnationOf } from '../retention/counting.ts';
import { byMaking, countedOf } from '../retention/judge.ts';
import type { Baseline, Moment, SeriesMoments } from '../retention/retain.ts';
import { seriesKey } from '../scene/own-points.ts';
import type { Regimes } from '../scene/regimes.ts';
import type { Series } from '../scene/series.ts';
import { type Measures, measuresOf } from './baselines.ts';
import { isLight, type Loss, lossOf, shareOf } from './weigh.ts';

/**
 * What the guardrail weighs: what would expire, from which series, and what is remembered of these.
 */
export interface GuardrailInput {
  readonly expiries: readonly ExpireAction[];
  readonly allSeries: readonly Series[];
  readonly regimes: Regimes;
  readonly memory: Pick<Memory, 'losses'>;
  readonly limits: GuardrailLimits;
  readonly now: Instant;
  readonly digest: string;
  /** What findings keep or have kept, by the recovery point's id. */
  readonly kept?: ReadonlyMap<string, Kept>;
  readonly approvedDigest?: string | undefined;
}

/**
 * Why nothing may expire, and what the edits of policies would have cost each series once it has.
 */
export interface GuardrailVerdict {
  readonly refusal: GuardrailRefusal | undefined;
  readonly losses: readonly SeriesLoss[];
}

interface Weighable {
  readonly series: Series;
  readonly tableId: string;
  readonly moments: SeriesMoments;
  readonly expiring: ReadonlySet<Moment>;
}

/** How long a prune may fail before a person has to approve again. */
const ANNOUNCED_MS = 2 * DAY_MS;

/** Whether the announced end of its keeping has only just passed. */
const isAnnounced = (kept: Kept | undefined, now: Instant): boolean =>
  kept !== undefined && now >= kept.until && now - kept.until < ANNOUNCED_MS;

const goneOf = (before: SeriesLoss, live: readonly Moment[]): readonly Moment[] => {
  const there = new Set(live.map((moment) => moment.madeAt));
  return before.madeAt.filter((at) => !there.has(at)).map((at) => ({ madeAt: at }));
};

const seriesOf = (
  series: Series,
  expiring: ReadonlySet<string>,
  before: SeriesLoss | undefined,
  { kept, now }: GuardrailInput,
): Weighable | undefined => {
  const tableId = incarnationOf(series);
  if (tableId === undefined) return undefined;
  const points = byMaking(countedOf(series, tableId, now));
  const goes = new Set<Moment>();
  const live = points.map((point): Moment => {
    const { createdAt, id } = point.recoveryPoint;
    const moment: Moment = isAnnounced(kept?.get(id), now)
      ? { madeAt: createdAt, slot: point.slot, announced: true }
      : { madeAt: createdAt, slot: point.slot };
    if (expiring.has(id)) goes.add(moment);
    return moment;
  });
  const gone = before?.tableId === tableId ? goneOf(before, live) : [];
  return { series, tableId, moments: { live, gone }, expiring: goes };
};

/**
 * What an edit costs is remembered while the previous rules would keep it; what it cost with a
 * person's approval is not.
 */
const nextLoss = (
  { series, tableId, moments, expiring }: Weighable,
  baselines: readonly Baseline[],
): readonly SeriesLoss[] => {
  const owed = baselines.flatMap(({ owed: of, replaced }) => (replaced === undefined ? [of] : []));
  const lost = [...moments.gone, ...expiring].filter((moment) => owed.some((of) => of.has(moment)));
  if (lost.length === 0) return [];
  const times = [...new Set(lost.map((moment) => moment.madeAt))].toSorted((a, b) => a - b);
  return [{ table: series.table, tableId, policy: series.policy.name, madeAt: times }];
};

/** Steady operation deletes little, and only what was made under the present rules. */
const isSteady = (weighable: Weighable, { limits, now, regimes }: GuardrailInput): boolean => {
  const { series, moments, expiring } = weighable;
  const since = regimes.get(series.policy.name)?.at(-1)?.since ?? now;
  const isOfThese = [...expiring].every((moment) => moment.madeAt > since);
  return isOfThese && isLight({ series: moments, expiring, limits, now });
};

interface WeighedSeries {
  readonly policy: string;
  readonly table: string;
  readonly loss: Loss | undefined;
  readonly next: readonly SeriesLoss[];
}

const weigh = (
  weighable: Weighable,
  measures: ReadonlyMap<string, Measures>,
  input: GuardrailInput,
): WeighedSeries => {
  const { series, moments, expiring } = weighable;
  const { limits, now } = input;
  const [policy, table] = [series.policy.name, series.table];
  if (isSteady(weighable, input)) return { policy, table, loss: undefined, next: [] };
  const baselines = measures.get(policy)?.(moments, expiring) ?? [];
  const loss = lossOf({ series: moments, expiring, baselines, limits, now });
  return { policy, table, loss, next: nextLoss(weighable, baselines) };
};

interface Over extends WeighedSeries {
  readonly loss: Loss;
}

const isOver = (weighable: WeighedSeries): weighable is Over => weighable.loss !== undefined;

const excessOf = (policy: string, ofPolicy: readonly Over[]): readonly GuardrailExcess[] => {
  const [worst] = ofPolicy.toSorted(
    (a, b) => shareOf(b.loss) - shareOf(a.loss) || b.loss.lost - a.loss.lost || (a.table < b.table ? -1 : 1),
  );
  if (worst === undefined) return [];
  return [
    {
      policy,
      tables: ofPolicy.map(({ table }) => table).toSorted(),
      expiries: ofPolicy.reduce((total, { loss }) => total + loss.lost, 0),
      worst: { table: worst.table, ...worst.loss },
    },
  ];
};

const refusalOf = (
  over: readonly Over[],
  { digest, expiries, limits }: GuardrailInput,
): GuardrailRefusal | undefined => {
  if (over.length === 0) return undefined;
  const excesses = [...Map.groupBy(over, ({ policy }) => policy)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([policy, ofPolicy]) => excessOf(policy, ofPolicy));
  const tables = [...new Set(expiries.map(({ table }) => table))].toSorted();
  return { digest, expiries: expiries.length, tables, limits, excesses };
};

const keyOf = ({ table, policy }: Pick<SeriesLoss, 'table' | 'policy'>): string => seriesKey(table, policy);

/**
 * A series that no longer exists is forgotten; when tables could not be seen, the run keeps its
 * memory as it was.
 */
const lossesAfter = (input: GuardrailInput, weighed: readonly WeighedSeries[]): readonly SeriesLoss[] => {
  const done = new Set(weighed.map(keyOf));
  const allSeries = new Set(input.allSeries.map(({ table, policy }) => seriesKey(table, policy.name)));
  const others = (input.memory.losses ?? []).filter(
    (loss) => !done.has(keyOf(loss)) && allSeries.has(keyOf(loss)),
  );
  const all = [...others, ...weighed.flatMap(({ next }) => next)];
  return all
    .map((loss) => ({ key: keyOf(loss), loss }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ loss }) => loss);
};

/**
 * SAFETY: weighs each series separately, by what the plan deletes from it and from how far back it
 * reaches, including what earlier edits of its policy deleted; orphans, series on hold and other
 * tables dilute nothing. What steady operation deletes is not weighed; what the first backup after
 * a standstill deletes is. Returns why nothing may be deleted at all, if any series would lose more
 * than its share. Exactly the share is allowed. A digest that a person approved passes, and only
 * for exactly that set.
 */
export const guardrailVerdict = (input: GuardrailInput): GuardrailVerdict => {
  const { approvedDigest, digest, expiries, memory, now, regimes, allSeries } = input;
  const bySeries = Map.groupBy(expiries, keyOf);
  const before = new Map(memory.losses?.map((loss) => [keyOf(loss), loss]));
  const measures = new Map([...regimes].map(([policy, all]) => [policy, measuresOf(all, now)]));
  const weighed = allSeries.flatMap((series) => {
    const key = seriesKey(series.table, series.policy.name);
    const going = bySeries.get(key);
    if (going === undefined) return [];
    const ids = new Set(going.map(({ recoveryPoint }) => recoveryPoint.id));
    const weighable = seriesOf(series, ids, before.get(key), input);
    return weighable === undefined ? [] : [weigh(weighable, measures, input)];
  });
  if (approvedDigest === digest) {
    const approved = weighed.map((one) => ({ ...one, next: [] }));
    return { refusal: undefined, losses: lossesAfter(input, approved) };
  }
  const refusal = refusalOf(weighed.filter(isOver), input);
  return { refusal, losses: refusal === undefined ? lossesAfter(input, weighed) : (memory.losses ?? []) };
};
