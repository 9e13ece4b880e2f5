import { DESTINATIONS } from '../story/vault-spec.ts';
import type { Scene } from '../world/record.ts';
import type { CopyThen, VaultThen } from '../world/vault-scene.ts';
import { allSeriesIn, countedAt, type Series } from './all-series.ts';

const DAY_MS = 86_400_000;

/** One place that a series is copied to, which takes every recovery point. */
export interface Route {
  readonly series: Series;
  readonly vaultArn: string;
  readonly last: number;
  /** What of the series is at home and can be copied, newest first. */
  readonly sources: readonly VaultThen[];
  readonly copies: readonly CopyThen[];
}

/** Lists where the recovery points of each series are to be copied. */
export const routesIn = (scene: Scene): readonly Route[] => {
  const points = new Map(scene.vaults.points.map((point) => [point.arn, point]));
  return allSeriesIn(scene).flatMap((series) => {
    const counted = countedAt(series, scene.at, scene.at);
    const sources = counted
      .flatMap(({ backup }) => points.get(backup.arn) ?? [])
      .filter(({ form, storage }) => form === 'advanced' && storage === 'WARM')
      .toSorted((a, b) => b.createdAt - a.createdAt);
    return (series.policy.vault?.copyTo ?? []).map(({ last, place }) => ({
      series,
      vaultArn: DESTINATIONS[place],
      last,
      sources,
      copies: scene.vaults.copies.filter(({ vaultArn }) => vaultArn === DESTINATIONS[place]),
    }));
  });
};

/** The shortest and the longest that so many of a rhythm last. */
const spanOf = ({ policy: { rhythm } }: Series, last: number): readonly [least: number, most: number] => {
  if (rhythm.dayOfMonth !== undefined) return [28 * last, 31 * last];
  const days = rhythm.weekday === undefined ? 1 : 7;
  return [days * last, days * last];
};

/** For how many days a destination keeps a copy, and what clocks and late copies may add. */
export const daysOf = ({ last, series }: Route): readonly [least: number, most: number] => {
  const [least, most] = spanOf(series, last);
  return [least, most + 9];
};

/** When a copy that is made now would be deleted, at the latest. */
export const deletedBy = (route: Route, { createdAt }: VaultThen): number =>
  createdAt + daysOf(route)[1] * DAY_MS;
