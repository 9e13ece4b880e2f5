import type { FileSpec, PolicySpec } from '../story/file-spec.ts';
import { POLICY_TAG } from '../world/happen.ts';
import type { Scene, TableThen } from '../world/record.ts';
import { isAsked } from './asked.ts';
import { holdOf } from './holds.ts';
import { isBelievable, type Own, ownIn } from './own.ts';
import { keptMoments } from './retention.ts';
import { latestSlotOf } from './slots.ts';

/** One table under one policy, as it truly stands. */
export interface Series {
  readonly table: TableThen;
  readonly policy: PolicySpec;
  readonly zone: string;
  readonly held: boolean;
  /** Every file that was ever deployed. */
  readonly files: readonly FileSpec[];
  /** Whether one that no known file asked for counts: it is not known what was asked for before Tablekeeper was deployed. */
  readonly isTrusted?: (point: Own) => boolean;
  /** Of this incarnation of the table. */
  readonly points: readonly Own[];
}

/** Since when a run can know what the policy of a series asks for: never where none has seen it. */
export const knownSince = ({ policy }: Series, since: ReadonlyMap<string, number>): number =>
  since.get(policy.name) ?? Number.POSITIVE_INFINITY;

/** The names in a table's tag. */
export const namesIn = ({ tags }: TableThen): readonly string[] => {
  const value = tags[POLICY_TAG];
  return value === undefined ? [] : [...new Set(value.split('+').map((name) => name.trim()))];
};

export const policiesOf = (table: TableThen, { policies }: FileSpec): readonly PolicySpec[] =>
  policies.filter(({ name }) => namesIn(table).includes(name));

const readAllSeries = (scene: Scene): readonly Series[] => {
  const { tables, file, files } = scene;
  const own = Map.groupBy(ownIn(scene), ({ backup, policy }) => `${backup.table.id} ${policy}`);
  return tables.flatMap((table) =>
    policiesOf(table, file).map((policy) => ({
      table,
      policy,
      zone: file.timezone,
      files,
      held: holdOf(table) !== 'none',
      points: own.get(`${table.id} ${policy.name}`) ?? [],
    })),
  );
};

/** Every invariant asks for them again. */
const known = new WeakMap<Scene, readonly Series[]>();

/** Lists every table under each of its policies. */
export const allSeriesIn = (scene: Scene): readonly Series[] => {
  const allSeries = known.get(scene) ?? readAllSeries(scene);
  known.set(scene, allSeries);
  return allSeries;
};

export const slotOf = ({ policy, zone }: Series, now: number): number =>
  latestSlotOf(policy.rhythm, zone, now);

/** Those that count at that instant: available, named for a slot that had come, and asked for when they were made. `now` is what the run takes for now. */
export const countedAt = (
  { points, files, isTrusted = () => false }: Series,
  instant: number,
  now: number,
): readonly Own[] =>
  points.filter(
    (point) =>
      point.backup.availableAt <= instant &&
      isBelievable(point, now) &&
      (isAsked(point, files) || isTrusted(point)),
  );

/** The newest by slot, then the newest by age: they never expire. */
export const floorOf = (counted: readonly Own[]): ReadonlySet<Own> => {
  const bySlot = counted.toSorted((a, b) => b.slot - a.slot || b.backup.createdAt - a.backup.createdAt);
  const byAge = counted.toSorted((a, b) => b.backup.createdAt - a.backup.createdAt);
  return new Set([...bySlot.slice(0, 1), ...byAge.slice(0, 1)]);
};

/** Of several for one slot the first that was made counts; the others go when it goes. */
export const firstOfSlots = (counted: readonly Own[]): readonly Own[] => {
  const first = new Map<number, Own>();
  for (const point of counted.toSorted((a, b) => a.backup.createdAt - b.backup.createdAt))
    if (!first.has(point.slot)) first.set(point.slot, point);
  return [...first.values()];
};

/** Lists the recovery points of a series that its policy no longer keeps, whatever may hold them back at the moment. */
export const expirable = (series: Series, instant: number, now: number): readonly Own[] => {
  const counted = countedAt(series, instant, now);
  const first = firstOfSlots(counted);
  const kept = keptMoments(
    first.map(({ backup }) => backup.createdAt),
    series.policy,
    series.zone,
  );
  const floor = floorOf(first);
  const free = new Set(
    first.filter((point) => !kept.has(point.backup.createdAt) && !floor.has(point)).map(({ slot }) => slot),
  );
  return counted.filter(({ slot }) => free.has(slot));
};
