import { findingId } from '../../model/finding.ts';
import type { Instant } from '../../model/instant.ts';
import type { Memory, OpenFinding } from '../../model/memory.ts';
import type { Observation } from '../../model/observation.ts';
import type { Policies, Policy } from '../../model/policy.ts';
import { latestSlot } from '../calendar/slots.ts';
import { shortHash } from '../text/digest.ts';
import { quoted, quotedKey } from '../text/words.ts';
import { askedBy } from './asked.ts';
import { newestOf } from './due.ts';
import type { GovernedTable } from './governed.ts';
import { holdOf, nextHold } from './hold.ts';
import { type OwnSeriesByKey, seriesKey } from './own-points.ts';
import { expiryGaps } from './reach.ts';
import { askingOf, type Regimes } from './regimes.ts';
import type { Concerns } from './scope.ts';
import type { Series } from './series.ts';
import { withVaultJobs } from './series-jobs.ts';

/** The meaning of an unclear hold is unknown, so it stops expiry, and its words are reported. */
const holdIn = ({ table }: GovernedTable): Pick<Series, 'hold' | 'unclearHold'> => {
  const hold = holdOf(table);
  if (hold.kind !== 'unclear') return { hold: hold.kind === 'held' };
  return { hold: true, unclearHold: `${quotedKey(hold.key)} = ${quoted(hold.value)}` };
};

const latestSlots = (policies: readonly Policy[], now: Instant): ReadonlyMap<string, Instant> =>
  new Map(policies.map((policy) => [policy.name, latestSlot(policy, now)]));

type Unjudged = Omit<Series, 'backupsFailing'>;

/** Its newest one that can be restored is as young as promised. */
const isInTime = (series: Unjudged, now: Instant): boolean => {
  const newest = newestOf(series, now, ['available']);
  return newest !== undefined && now - newest.recoveryPoint.createdAt <= series.policy.rpoMs;
};

/**
 * The tables whose newest backups fail or are overdue, under any of their policies. What an audit
 * found overdue may have been made since, and the next audit is hours away, so the list takes
 * precedence over the finding.
 */
const tablesFailing = (
  allSeries: readonly Unjudged[],
  { now, openFindings }: SeriesInput,
  stoppingExpiry: ReadonlySet<string>,
): ReadonlySet<string | undefined> => {
  const inTime = new Set(
    allSeries
      .filter((series) => isInTime(series, now))
      .map(({ table, policy }) => findingId('recovery-point-overdue', table, policy.name)),
  );
  const failing = openFindings.filter(({ id, kind }) => stoppingExpiry.has(kind) && !inTime.has(id));
  return new Set(failing.map(({ table }) => table));
};

interface SeriesInput {
  readonly instance: string;
  readonly policies: Policies;
  readonly observation: Observation;
  readonly memory: Memory;
  readonly openFindings: readonly OpenFinding[];
  readonly now: Instant;
}

/** What the last backup run deferred since the latest slot, by its mark. */
const deferredSince = ({
  memory: { deferred },
}: SeriesInput): ((slot: Instant, table: string, policy: string) => boolean) => {
  const marks = new Set(deferred?.deferrals.flatMap((deferral) => deferral.marks));
  const at = deferred?.deferredAt ?? Number.NEGATIVE_INFINITY;
  return (slot, table, policy) => at >= slot && marks.has(shortHash(table, policy));
};

/** A removed hold still keeps everything until its removal has been reported for a day. */
const holdsLifted = ({ memory, now, openFindings }: SeriesInput) => {
  const before = new Map(memory.protections?.map((one) => [one.table, one]));
  const open = new Map(openFindings.map((finding) => [finding.id, finding]));
  return (one: GovernedTable): Pick<Series, 'holdLiftedAt'> => {
    const remembered = before.get(one.table.name);
    if (remembered?.hold === undefined) return {};
    const liftedAt = nextHold({ before: remembered, one, openFindings: open, now })?.liftedAt;
    return liftedAt === undefined ? {} : { holdLiftedAt: liftedAt };
  };
};

/** What series are built from, and those of an earlier look of the run. */
interface SeriesScene {
  readonly concerns: Pick<Concerns, 'vaults'>;
  readonly governed: readonly GovernedTable[];
  readonly own: OwnSeriesByKey;
  readonly regimes: Regimes;
  readonly clockSuspicious: string | undefined;
  readonly before?: readonly Series[] | undefined;
}

/** Without vaults no job makes anything, and all is seen that there is. */
const asListed = (series: Unjudged): Unjudged => series;

type PointsOf = (table: string, policy: string) => Series['points'];

const pointsIn = ({ before = [], own, regimes }: SeriesScene): PointsOf => {
  const askedOf = new Map([...regimes].map(([policy, all]) => [policy, askedBy(askingOf(all))]));
  const known = new Map(before.map(({ table, policy, points }) => [seriesKey(table, policy.name), points]));
  return (table, policy) => {
    const before = known.get(seriesKey(table, policy));
    // What jobs are making is added once it is known which table this is.
    if (before !== undefined) return before.filter(({ recoveryPoint }) => recoveryPoint.job === undefined);
    const points = own.get(seriesKey(table, policy))?.points ?? [];
    return askedOf.get(policy)?.(points) ?? points;
  };
};

/**
 * Builds one series for every table and policy that governs it, sorted by table and policy. A table
 * without a recovery point has an empty series.
 */
export const allSeriesOf = (
  input: SeriesInput,
  scene: SeriesScene,
  stoppingExpiry: ReadonlySet<string>,
): readonly Series[] => {
  const pointsOf = pointsIn(scene);
  const isDeferred = deferredSince(input);
  const slots = latestSlots(input.policies.policies, input.now);
  const gapsOf = expiryGaps(input.observation);
  const { clockSuspicious, concerns } = scene;
  const liftedAtOf = holdsLifted(input);
  const withJobs = concerns.vaults ? withVaultJobs(input) : asListed;
  const seriesOf =
    (one: GovernedTable) =>
    (policy: Policy): Unjudged => {
      const series: Unjudged = {
        table: one.table.name,
        policy,
        confirmed: one.table.details,
        ...holdIn(one),
        ...liftedAtOf(one),
        gaps: gapsOf(one.table.name),
        points: pointsOf(one.table.name, policy.name),
        latestSlot: slots.get(policy.name) ?? input.now,
        deferred: isDeferred(slots.get(policy.name) ?? input.now, one.table.name, policy.name),
        clockSuspicious,
      };
      return withJobs(series, one.policies);
    };
  const allSeries = scene.governed.flatMap((one) => one.policies.map(seriesOf(one)));
  const failing = tablesFailing(allSeries, input, stoppingExpiry);
  return allSeries.map((series) => ({ ...series, backupsFailing: failing.has(series.table) }));
};
