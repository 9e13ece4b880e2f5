import { SMALLER_TAG } from '../world/happen.ts';
import type { Scene, TableThen } from '../world/record.ts';
import { allSeriesIn, countedAt, expirable, firstOfSlots, policiesOf, type Series } from './all-series.ts';
import { isBelievable, type Own } from './own.ts';

// The rule, as docs/findings.md states it of `table-shrunk`.

const MIB = 1_048_576;
const DAYS_35_MS = 35 * 86_400_000;

/** What a table lost nearly all of, by some of its recovery points. */
export interface Shrunk {
  /** Those that are kept: all of more than ten times the size of the newest, and the first one after the last of them. */
  readonly kept: ReadonlySet<string>;
  /** The oldest recovery point after the last larger one. It dates the drop, and is kept while a larger one is kept. */
  readonly first: string;
  /** When that first one was made. */
  readonly since: number;
}

type Sized = Own['backup'];

const shrunkBy = (points: readonly Sized[]): Shrunk | undefined => {
  const inTime = points.toSorted((a, b) => a.createdAt - b.createdAt || (a.arn > b.arn ? -1 : 1));
  const newest = inTime.at(-1);
  if (newest === undefined) return undefined;
  const isLarger = ({ sizeBytes }: Sized): boolean => sizeBytes >= MIB && sizeBytes > 10 * newest.sizeBytes;
  const last = inTime.findLastIndex(isLarger);
  const first = inTime[last + 1];
  if (last < 0 || first === undefined) return undefined;
  return {
    kept: new Set([...inTime.filter(isLarger), first].map(({ arn }) => arn)),
    first: first.arn,
    since: first.createdAt,
  };
};

const sizedOf = (points: readonly Own[]): readonly Sized[] => points.map(({ backup }) => backup);

const ofTable = (scene: Scene, table: TableThen): readonly Series[] =>
  allSeriesIn(scene).filter((series) => series.table.id === table.id);

/** Returns how a table shrank by the recovery points that count for certain, now being `now`; undefined where it did not. */
export const shrunkIn = (scene: Scene, table: TableThen, now: number): Shrunk | undefined =>
  shrunkBy(
    sizedOf(ofTable(scene, table).flatMap((series) => firstOfSlots(countedAt(series, scene.at, now)))),
  );

/** The same where every name is believed, for nobody can tell which a run had to believe before it remembered what was asked for. */
const shrunkByNames = (scene: Scene, table: TableThen, now: number): Shrunk | undefined =>
  shrunkBy(
    sizedOf(
      ofTable(scene, table).flatMap(({ points }) =>
        points.filter((point) => point.backup.availableAt <= scene.at && isBelievable(point, now)),
      ),
    ),
  );

const isMeant = ({ tags }: TableThen, since: number, now: number): boolean => {
  const day = tags[SMALLER_TAG];
  const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
  return day !== undefined && dayOf(since) <= day && day <= dayOf(now);
};

/** Whether the rules keep one of those that are larger: otherwise the first smaller one goes with them. */
const hasLargerToStay = (scene: Scene, table: TableThen, { kept, first }: Shrunk, now: number): boolean => {
  const free = new Set(
    ofTable(scene, table).flatMap((series) =>
      expirable(series, scene.at, now).map(({ backup }) => backup.arn),
    ),
  );
  return [...kept].some((arn) => arn !== first && !free.has(arn));
};

/** Returns the ARNs of recovery points that no run may delete because their table shrank since. */
export const keptOfShrunk = (scene: Scene, now: number): ReadonlySet<string> =>
  new Set(
    scene.tables
      .filter((table) => policiesOf(table, scene.file).length > 0)
      .flatMap((table) => {
        const [certain, named] = [shrunkIn(scene, table, now), shrunkByNames(scene, table, now)];
        if (certain === undefined || named === undefined) return [];
        if (now >= certain.since + DAYS_35_MS || isMeant(table, certain.since, now))
          return certain.first === named.first && hasLargerToStay(scene, table, certain, now)
            ? [certain.first]
            : [];
        return [...certain.kept].filter((arn) => named.kept.has(arn));
      }),
  );
