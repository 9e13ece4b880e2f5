import type { PolicySpec } from '../story/file-spec.ts';
import { allSeriesIn, countedAt, firstOfSlots, type Series } from '../truth/all-series.ts';
import { keptMoments } from '../truth/retention.ts';
import { nowOf, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';

/** The policy as it was deployed just before the present file, where the edit left its schedule as it was. */
const before = ({ policy, zone, files }: Series): PolicySpec | undefined => {
  const former = files.at(-2);
  const spec = former?.policies.find(({ name }) => name === policy.name);
  const isSameSchedule =
    former?.timezone === zone && JSON.stringify(spec?.rhythm) === JSON.stringify(policy.rhythm);
  return isSameSchedule ? spec : undefined;
};

const excessOf = (series: Series, run: RunRecord): readonly string[] => {
  const former = before(series);
  if (former === undefined) return [];
  // A second one for a slot is no history of its own: it goes with the first, and a hundred of them hide no loss.
  const counted = firstOfSlots(countedAt(series, run.before.at, nowOf(run)));
  const kept = keptMoments(
    counted.map(({ backup }) => backup.createdAt),
    former,
    series.zone,
  );
  const gone = new Set(run.deleted.map(({ arn }) => arn));
  // What was made under the present rules is theirs to drop.
  const lost = counted.filter(
    ({ backup }) =>
      backup.createdAt < run.before.deployedAt && kept.has(backup.createdAt) && gone.has(backup.arn),
  );
  return lost.length > run.before.file.guardrail.maxShare * kept.size
    ? [
        `${lost.length} of ${kept.size} of ${series.table.name} under ${series.policy.name} were deleted past the guardrail`,
      ]
    : [];
};

/** 6. Nobody approved it, so no run takes more of a series than the guardrail's share of what the rules before the last edit would keep: of what there was when they were edited. */
export const guardrailHolds: Invariant = (run) =>
  run.approved || run.deleted.length === 0 || run.skewMs !== 0
    ? []
    : allSeriesIn(run.before).flatMap((series) => excessOf(series, run));
