import type { Action, CreateAction, EnablePitrAction, ExpireAction } from '../../model/action.ts';
import type { Instant } from '../../model/instant.ts';
import type { Mode, RetentionDecision } from '../../model/plan.ts';
import { recoveryPointName } from '../../model/recovery-point-name.ts';
import type { Kept } from '../findings/kind.ts';
import { decideSeries } from '../retention/decide.ts';
import { createWording } from '../retention/reasons.ts';
import { dueOf, type ListReach } from '../scene/due.ts';
import { type GovernedTable, isActedOn } from '../scene/governed.ts';
import { seriesKey } from '../scene/own-points.ts';
import { longestPeriodDays, promisesOf, repairReason } from '../scene/pitr.ts';
import type { PlanInput, Scene } from '../scene/scene.ts';
import type { Series } from '../scene/series.ts';
import { keptCopies } from './copies-shown.ts';
import { awaitedCopies, type JobSurroundings, jobTermsOf, oneJobEach } from './job-creates.ts';
import { leftoversOf } from './orphans.ts';

const KINDS: Readonly<Record<Mode, readonly Action['kind'][]>> = {
  protect: ['create', 'copy'],
  expire: ['expire'],
  audit: ['enable-pitr'],
};

/** Whether a mode performs this action. Each mode performs exactly the kinds that its role allows. */
export const carriesOut = (mode: Mode, action: Action): boolean => KINDS[mode].includes(action.kind);

/** What a create needs besides its series. */
export interface CreateScope extends JobSurroundings {
  readonly reach: ListReach;
}

const createOf = (series: Series, scope: CreateScope): readonly CreateAction[] => {
  const { instance, now, reach } = scope;
  const { confirmed, policy, table } = series;
  if (confirmed === undefined || !isActedOn(confirmed.status)) return [];
  const due = dueOf(series, now, reach);
  if (!due.due) return [];
  const { slot, urgency, reason } = due;
  const name = recoveryPointName({ instance, policy: policy.name, slot });
  const { tableId } = confirmed;
  return [
    {
      kind: 'create',
      engine: policy.engine,
      table,
      tableId,
      policy: policy.name,
      slot,
      name,
      urgency,
      ...jobTermsOf(series, scope),
      reason,
    },
  ];
};

const inTurn = (creates: readonly CreateAction[]): readonly CreateAction[] =>
  creates.some(({ job }) => job !== undefined) ? oneJobEach(creates) : creates;

/**
 * Plans one create for each series that is due. A gap in the observation holds none back, because a
 * claim on the slot precedes every call. A table that is not confirmed, or in a status that refuses
 * backups, waits for the next run.
 */
export const createsOf = (allSeries: readonly Series[], scope: CreateScope): readonly CreateAction[] =>
  inTurn(allSeries.flatMap((series) => createOf(series, scope)));

const repairOf = (governed: GovernedTable): readonly EnablePitrAction[] => {
  const { details, name } = governed.table;
  if (details === undefined || !isActedOn(details.status)) return [];
  const reason = repairReason(governed);
  if (reason === undefined) return [];
  const recoveryPeriodDays = longestPeriodDays(promisesOf(governed));
  return [{ kind: 'enable-pitr', table: name, tableId: details.tableId, recoveryPeriodDays, reason }];
};

/**
 * Plans one repair for each table whose point-in-time recovery is off, or keeps fewer days than a
 * policy with `onDrift: repair` promises. It sets the longest period that any of the table's
 * policies promises, so that no repair breaks another's promise, and never shortens a period; PITR
 * that was not read is left alone.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html (checked 2026-11-22)
 */
export const repairsOf = (governed: readonly GovernedTable[]): readonly EnablePitrAction[] =>
  governed.flatMap(repairOf);

type OfSeries = readonly [key: string, decisions: readonly RetentionDecision[]];

/** Each series' decisions are already sorted, newest slot first; only the series need sorting. */
const inOrder = (allSeries: readonly OfSeries[]): readonly RetentionDecision[] =>
  allSeries.toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, decisions]) => decisions);

const keyOf = ({ policy, recoveryPoint }: RetentionDecision): string =>
  seriesKey(recoveryPoint.tableName, policy);

/** SAFETY: what a finding keeps stays, whatever the rules say, and so does what has to stay beside it. */
const withKept = (
  decisions: readonly RetentionDecision[],
  kept: ReadonlyMap<string, Kept>,
  isKept: (one: Kept) => boolean,
): readonly RetentionDecision[] =>
  decisions.map((decision) => {
    const one = kept.get(decision.recoveryPoint.id);
    return decision.decision === 'keep' || one === undefined || !isKept(one)
      ? decision
      : { ...decision, decision: 'keep', reasons: [one.reason] };
  });

const staying = (allSeries: readonly OfSeries[]): ReadonlySet<string> =>
  new Set(
    allSeries.flatMap(([, decisions]) =>
      decisions.filter(({ decision }) => decision === 'keep').map(({ recoveryPoint }) => recoveryPoint.id),
    ),
  );

/** First what is kept until a given time, then what stays as long as something else does. */
const keptSeries = (
  allSeries: readonly OfSeries[],
  kept: ReadonlyMap<string, Kept>,
  now: Instant,
): readonly OfSeries[] => {
  if (kept.size === 0) return allSeries;
  const each = (some: readonly OfSeries[], isKept: (one: Kept) => boolean): readonly OfSeries[] =>
    some.map(([key, decisions]) => [key, withKept(decisions, kept, isKept)]);
  const inTime = each(allSeries, ({ until }) => now < until);
  const stays = staying(inTime);
  return each(inTime, ({ whileAnyOf = [] }) => whileAnyOf.some((id) => stays.has(id)));
};

/**
 * SAFETY: decides nothing unless the whole list of recovery points was asked for. Decides on every
 * recovery point of this deployment, sorted by table, policy, newest slot first.
 */
export const retentionOf = (
  input: PlanInput,
  scene: Scene,
  kept: ReadonlyMap<string, Kept>,
): readonly RetentionDecision[] => {
  const { instance, memory, now, observation } = input;
  if (!observation.facets.includes('recovery-points')) return [];
  const { concerns, copies, wantedCopies } = scene;
  const awaited = concerns.vaults
    ? awaitedCopies(wantedCopies, observation, now)
    : new Map<string, readonly string[]>();
  const shared = { awaited, wording: createWording() };
  const shown = { instance, target: observation.target, vaultRecords: memory.vaultRecords ?? [] };
  const isAnyCopy = concerns.vaults || copies.size > 0;
  return inOrder([
    ...keptSeries(
      scene.allSeries.map(
        (series): OfSeries => [
          seriesKey(series.table, series.policy.name),
          decideSeries(series, now, shared),
        ],
      ),
      kept,
      now,
    ),
    ...Map.groupBy(leftoversOf(scene, input), keyOf),
    // A space sorts before all that names may hold: copies come straight after their series.
    ...Map.groupBy(isAnyCopy ? keptCopies(scene, shown) : [], (copy) => `${keyOf(copy)} copies`),
  ]);
};

/** Plans one expiry for each recovery point that no rule keeps, without applying the guardrail. */
export const expiriesOf = (decisions: readonly RetentionDecision[]): readonly ExpireAction[] =>
  decisions
    .filter(({ decision }) => decision === 'expire')
    .map(({ isOfGoneTable, policy, reasons, recoveryPoint }) => ({
      kind: 'expire',
      engine: recoveryPoint.engine,
      table: recoveryPoint.tableName,
      policy,
      recoveryPoint,
      ...(isOfGoneTable === true && { isOfGoneTable }),
      reason: reasons.join('; '),
    }));
