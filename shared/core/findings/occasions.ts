import { isDrillName } from '../../model/passing-table.ts';
import { MUTE_TAG } from '../../model/table.ts';
import { lessPitrOf } from '../protection/promise.ts';
import { coverageOf } from '../scene/governed.ts';
import { holdOf } from '../scene/hold.ts';
import { seriesKey } from '../scene/own-points.ts';
import { lockingKeyOf } from '../scene/table-keys.ts';
import type { CheckContext } from './context.ts';
import type { Occasion } from './kind.ts';
import { MAX_LAG_MS } from './restorable-lag.ts';
import { mayHaveShrunk } from './shrunk-tables.ts';

/** An event, or anything of a recovery point, that is later than now: by how much is not asked. */
const isAnythingAhead = ({ clockSuspicious, eventTime = 0, now, own }: CheckContext): boolean =>
  clockSuspicious !== undefined ||
  eventTime > now ||
  [...own.values()].some(({ facts: { aheadMs, newestSlot } }) => Math.max(aheadMs, newestSlot - now) > 0);

/** Fewer tables than are remembered, or none. */
const areTablesFewer = ({ governed, memory: { coverage, protections } }: CheckContext): boolean => {
  const tables = coverageOf(governed);
  return tables === 0 || tables < Math.max(coverage?.tables ?? 0, protections?.length ?? 0);
};

const isLessPromised = ({ governed, losses, memory }: CheckContext): boolean => {
  if (losses.length > 0) return true;
  const before = new Map(memory.protections?.map((one) => [one.table, one]));
  return governed.some((one) => lessPitrOf(one, before.get(one.table.name)).length > 0);
};

/** A recovery point of an incarnation that was not seen to be there. */
const isAnyOfLostTable = ({ governed, own }: CheckContext): boolean => {
  const ids = new Map(governed.map(({ table }) => [table.name, table.details?.tableId]));
  return [...own.values()].some(({ facts, table }) =>
    [...facts.tableIds].some((tableId) => ids.get(table) !== tableId),
  );
};

const isAnyWithoutPolicy = ({ governed, own, policies }: CheckContext): boolean => {
  const known = new Set(policies.policies.map(({ name }) => name));
  const ruled = new Set(
    governed.flatMap((one) => one.policies.map(({ name }) => seriesKey(one.table.name, name))),
  );
  return [...own].some(([key, { policy }]) => !ruled.has(key) || !known.has(policy));
};

/**
 * SAFETY: one may be wider than what its kinds find and never narrower, or something would be wrong in silence. Says by name whether there is what a
 * kind needs before it can find anything new.
 */
const OCCASIONS: Readonly<Record<Occasion, (context: CheckContext) => boolean>> = {
  'anything-ahead': isAnythingAhead,
  'drill-names': ({ observation }) => observation.tables.some(({ name }) => isDrillName(name)),
  'fewer-tables': areTablesFewer,
  gaps: ({ observation }) => observation.gaps.length > 0,
  'gone-tables': ({ gone }) => (gone.goneTables ?? []).length > 0,
  'guardrail-refusal': ({ guardrail }) => guardrail !== undefined,
  'inactive-tables': ({ governed }) => governed.some(({ table }) => table.details?.status !== 'ACTIVE'),
  'keys-in-doubt': ({ observation }) =>
    observation.keyFacts?.keys.some(
      (asked) => asked.seen.kind === 'unreadable' || lockingKeyOf(asked) !== undefined,
    ) === true,
  'late-windows': ({ now, promisedTables }) =>
    promisedTables.some(({ pitr }) => now - (pitr.latestRestorableAt ?? now) > MAX_LAG_MS),
  'less-promised': isLessPromised,
  'lifted-holds': ({ allSeries }) => allSeries.some(({ lifted }) => lifted !== undefined),
  losses: ({ losses }) => losses.length > 0,
  // Of those that were emptied since, the deletion is an open finding.
  'lost-tables': ({ lostTables }) => lostTables.length > 0,
  'mute-tags': ({ governed }) => governed.some(({ table }) => table.tags[MUTE_TAG] !== undefined),
  'no-subscription': ({ observation }) => observation.topic?.confirmed === 0,
  'points-of-lost-tables': isAnyOfLostTable,
  'points-without-policy': isAnyWithoutPolicy,
  'replaced-tables': ({ replacedTables }) => replacedTables.length > 0,
  'restarted-windows': ({ pitrBaselines }) =>
    [...pitrBaselines.values()].some(({ restartedAt }) => restartedAt !== undefined),
  'short-periods': ({ promisedTables }) =>
    promisedTables.some(
      ({ pitr, promise }) =>
        (pitr.recoveryPeriodDays ?? Number.POSITIVE_INFINITY) < promise.recoveryPeriodDays,
    ),
  'shrunk-tables': (context) => mayHaveShrunk(context).size > 0,
  'stray-tags': ({ observation }) => (observation.strayTags ?? []).length > 0,
  'unasked-points': ({ allSeries }) => allSeries.some(({ unasked }) => unasked.length > 0),
  'unavailable-points': ({ own }) => [...own.values()].some(({ facts }) => !facts.areAvailable),
  'unclear-holds': ({ governed }) => governed.some(({ table }) => holdOf(table).kind === 'unclear'),
  'vanished-points': ({ series }) => series.some(({ gone }) => gone.length > 0),
};

/** Checks whether there is what a kind needs. */
export const isThere = (occasion: Occasion, context: CheckContext): boolean => OCCASIONS[occasion](context);
